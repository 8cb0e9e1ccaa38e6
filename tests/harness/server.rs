//! A server that behaves like a CDN, until a test tells it to fail.

mod faults;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware;
use press::serve::{Folder, router};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower::ServiceExt as _;

use crate::{Paper, Result};
pub use faults::{BLANK_PAGE, Fault};
use faults::Behaviour;

/// Papers being served on a port of its own.
pub struct Server {
    papers: Vec<Served>,
    address: SocketAddr,
    behaviour: Arc<Behaviour>,
    task: Option<JoinHandle<()>>,
}

struct Served {
    base_path: String,
    site: PathBuf,
    /// Never read: it keeps the folder in being.
    _folder: Arc<TempDir>,
}

impl Served {
    fn of(paper: &Paper) -> Self {
        Self { base_path: paper.base_path.clone(), site: paper.site(), _folder: paper.hold() }
    }
}

impl Server {
    /// Serves a paper.
    pub async fn start(paper: &Paper) -> Result<Self> {
        Self::start_all(&[paper]).await
    }

    /// Serves papers with different base paths at one origin.
    pub async fn start_all(papers: &[&Paper]) -> Result<Self> {
        let mut server = Self {
            papers: papers.iter().map(|paper| Served::of(paper)).collect(),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            behaviour: Arc::default(),
            task: None,
        };
        server.start_again().await?;
        Ok(server)
    }

    /// Starts after a stop, at the same address.
    pub async fn start_again(&mut self) -> Result {
        let listener = TcpListener::bind(self.address).await?;
        self.address = listener.local_addr()?;
        let layer = middleware::from_fn_with_state(self.behaviour.clone(), faults::answer);
        let app = self.app()?.layer(layer);
        self.task = Some(tokio::spawn(async move {
            // Ends only when the task is aborted.
            let _ = axum::serve(listener, app).await;
        }));
        Ok(())
    }

    /// The paper with the longest base path that a request lies below answers it.
    fn app(&self) -> Result<Router> {
        let mut routers = Vec::new();
        for paper in &self.papers {
            routers.push((paper.base_path.clone(), router(Folder::open(&paper.site)?)));
        }
        routers.sort_by_key(|(base, _)| std::cmp::Reverse(base.len()));
        let routers = Arc::new(routers);
        Ok(Router::new().fallback(move |request: Request| {
            let routers = routers.clone();
            async move {
                let path = request.uri().path();
                let below = |base: &str| format!("{path}/").starts_with(base);
                let found = routers.iter().find(|(base, _)| below(base)).or(routers.last());
                let router = found.map(|(_, router)| router.clone()).unwrap_or_default();
                router.oneshot(request).await
            }
        }))
    }

    /// Serves another paper from now on in the place of the one with its base path: a deploy.
    pub async fn deploy(&mut self, paper: &Paper) -> Result {
        for served in &mut self.papers {
            if served.base_path == paper.base_path {
                *served = Served::of(paper);
            }
        }
        if self.task.is_some() {
            self.stop().await;
            self.start_again().await?;
        }
        Ok(())
    }

    /// Stops: connections are refused, and those that are open are cut.
    pub async fn stop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            // Aborted: the error says so.
            let _ = task.await;
        }
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

    /// Becomes a host that takes the slash away: `/a/b/` and `/a/b/index.html` lead to `/a/b`, where
    /// the page is.
    pub fn take_slashes_away(&self) {
        self.behaviour.take_slashes_away();
    }

    /// Becomes a host that cannot set a content security policy, and lets other sites read it.
    pub fn be_open(&self) {
        self.behaviour.be_open();
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
