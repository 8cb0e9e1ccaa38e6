//! A server that behaves like a CDN, until a test tells it to fail.

mod faults;
mod pages;

use std::net::{Shutdown, SocketAddr, TcpStream};
use std::os::fd::AsFd as _;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::Request;
use axum::middleware;
use axum::serve::ListenerExt as _;
use press::serve::{Folder, router};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower::ServiceExt as _;

use crate::{Paper, Result};
use faults::Behaviour;
pub use faults::{BLANK_PAGE, Fault};

/// Papers being served on a port of its own.
pub struct Server {
    papers: Arc<Mutex<Vec<Served>>>,
    address: SocketAddr,
    behaviour: Arc<Behaviour>,
    /// The sockets of all connections, for `stop` to cut.
    connections: Arc<Mutex<Vec<TcpStream>>>,
    task: Option<JoinHandle<()>>,
}

struct Served {
    base_path: String,
    router: Router,
    /// Never read: it keeps the folder in being.
    _folder: Arc<TempDir>,
}

impl Served {
    fn of(paper: &Paper) -> Result<Self> {
        let router = router(Folder::open(&paper.site())?);
        Ok(Self { base_path: paper.base_path.clone(), router, _folder: paper.hold() })
    }
}

impl Server {
    /// Serves a paper.
    pub async fn start(paper: &Paper) -> Result<Self> {
        Self::start_all(&[paper]).await
    }

    /// Serves papers with different base paths at one origin.
    pub async fn start_all(papers: &[&Paper]) -> Result<Self> {
        let papers = papers.iter().map(|paper| Served::of(paper)).collect::<Result<Vec<_>>>()?;
        let mut server = Self {
            papers: Arc::new(Mutex::new(papers)),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            behaviour: Arc::default(),
            connections: Arc::default(),
            task: None,
        };
        server.start_again().await?;
        Ok(server)
    }

    /// Starts after a stop, at the same address.
    pub async fn start_again(&mut self) -> Result {
        let listener = TcpListener::bind(self.address).await?;
        self.address = listener.local_addr()?;
        let connections = self.connections.clone();
        let listener = listener.tap_io(move |stream| {
            if let Ok(socket) = stream.as_fd().try_clone_to_owned() {
                let mut connections = connections.lock().unwrap_or_else(PoisonError::into_inner);
                connections.push(TcpStream::from(socket));
            }
        });
        let layer = middleware::from_fn_with_state(self.behaviour.clone(), faults::answer);
        let app = self.app().layer(layer);
        self.task = Some(tokio::spawn(async move {
            // Ends only when the task is aborted.
            let _ = axum::serve(listener, app).await;
        }));
        Ok(())
    }

    /// The paper with the longest base path that a request lies below answers it.
    fn app(&self) -> Router {
        let papers = self.papers.clone();
        Router::new().fallback(move |request: Request| {
            let below = format!("{}/", request.uri().path());
            let router = {
                let papers = papers.lock().unwrap_or_else(PoisonError::into_inner);
                let fitting = papers.iter().filter(|it| below.starts_with(&it.base_path));
                let found = fitting.max_by_key(|it| it.base_path.len()).or(papers.first());
                found.map(|it| it.router.clone()).unwrap_or_default()
            };
            router.oneshot(request)
        })
    }

    /// Serves another paper from now on in the place of the one with its base path: a deploy. What
    /// is being answered goes on.
    pub fn deploy(&self, paper: &Paper) -> Result {
        let served = Served::of(paper)?;
        let mut papers = self.papers.lock().unwrap_or_else(PoisonError::into_inner);
        papers.retain(|it| it.base_path != served.base_path);
        papers.push(served);
        Ok(())
    }

    /// Stops: connections are refused, and those that are open are cut.
    pub async fn stop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            // Aborted: the error says so.
            let _ = task.await;
        }
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        for socket in connections.drain(..) {
            // One that the browser closed already is not connected any more.
            let _ = socket.shutdown(Shutdown::Both);
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Lets a path fail.
    pub fn break_path(&self, path: &str, fault: Fault) {
        self.behaviour.set(path, Some(fault));
    }

    /// Lifts the fault of a path.
    pub fn mend_path(&self, path: &str) {
        self.behaviour.set(path, None);
    }

    /// Lifts all faults.
    pub fn mend(&self) {
        self.behaviour.mend();
    }

    /// Puts this text before what a path answers with.
    pub fn prepend(&self, path: &str, text: &str) {
        self.behaviour.add(path, text, "");
    }

    /// Puts this text after what a path answers with.
    pub fn append(&self, path: &str, text: &str) {
        self.behaviour.add(path, "", text);
    }

    /// Answers a path with a document of another site, with this content security policy.
    pub fn put(&self, path: &str, document: &str, policy: &str) {
        self.behaviour.put(path, document, policy);
    }

    /// Becomes a host that takes the slash away: `/a/b/` and `/a/b/index.html` lead to `/a/b`, where
    /// the page is.
    pub fn take_slashes_away(&self) {
        self.behaviour.take_slashes_away();
    }

    /// Becomes a host that cannot set a content security policy nor forbid frames, and lets other
    /// sites read it.
    pub fn be_open(&self) {
        self.behaviour.be_open();
    }

    /// Serves everything without its content security policy, in headers and in pages.
    pub fn take_policies_away(&self) {
        self.behaviour.printed.take_policies_away();
    }

    /// Lets every page load this script before anything else of it.
    pub fn load_first(&self, script: &str) {
        self.behaviour.printed.load_first(script);
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.behaviour.count(path)
    }

    /// Waits until a path was asked for this many times in all.
    pub async fn until_asked(&self, path: &str, times: usize) -> Result {
        self.behaviour.until_asked(path, times).await
    }

    /// The paths that were asked for since the last call, in order.
    pub fn take_log(&self) -> Vec<String> {
        self.behaviour.take_log()
    }
}
