//! The network: a server on a port of its own, and all that can go wrong between it and a reader.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use futures::stream;
use press::serve::{Folder, router};
use tests::Result;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What a captive portal says of every address.
pub(crate) const PORTAL_TITLE: &str = "Đăng nhập Wi-Fi";
/// What a server in trouble says.
pub(crate) const TROUBLE_TITLE: &str = "Error of the server";

/// How an answer fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// This status, with a page of the server's own.
    Status(u16),
    /// HTML of somebody else with status 200.
    Portal,
    /// The first half, as if that were all.
    Truncated,
    /// The connection ends in the middle of the body.
    Cut,
    /// The answer begins so much later.
    Slow(Duration),
    /// No answer until the fault is lifted.
    Hold,
}

/// Which answers fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Files {
    /// All of them.
    All,
    /// That of one path.
    One(String),
    /// The pictures of articles.
    Pictures,
    /// The data of pages.
    Data,
    /// Files with a hash in their name, and the worker: what a build consists of.
    Shell,
    /// `edition.json` and `corrections.json`.
    Lists,
}

impl Files {
    /// Whether the answer for a path fails.
    pub(crate) fn has(&self, path: &str) -> bool {
        match self {
            Files::All => true,
            Files::One(one) => one == path,
            Files::Pictures => path.ends_with(".png") && !path.starts_with("/icons/"),
            Files::Data => path.ends_with("/index.json"),
            Files::Shell => is_of_shell(path),
            Files::Lists => path == "/edition.json" || path == "/corrections.json",
        }
    }

    /// Whether a build of the app may come incomplete or not at all.
    pub(crate) fn touches_shell(&self) -> bool {
        match self {
            Files::All | Files::Shell => true,
            Files::One(path) => is_of_shell(path),
            _ => false,
        }
    }
}

fn is_of_shell(path: &str) -> bool {
    path.starts_with("/assets/")
        || path.starts_with("/icons/")
        || ["/sw.js", "/offline/", "/saved/", "/site.json", "/manifest.webmanifest"].contains(&path)
        || ["/offline/index.json", "/saved/index.json"].contains(&path)
}

#[derive(Default)]
struct Behaviour {
    faults: Mutex<Vec<(Files, Fault)>>,
    lifted: Notify,
}

/// The server of the newspaper and the way to it.
pub(crate) struct Network {
    site: PathBuf,
    address: SocketAddr,
    behaviour: Arc<Behaviour>,
    task: Option<JoinHandle<()>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Network {
    /// Serves a site.
    pub(crate) async fn start(site: &Path) -> Result<Self> {
        let mut network = Self {
            site: site.to_owned(),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            behaviour: Arc::default(),
            task: None,
        };
        network.restore().await?;
        Ok(network)
    }

    /// The URL of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Connections are refused, and those that are open are cut.
    pub(crate) async fn cut(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            // Aborted: the error says so.
            let _ = task.await;
            self.behaviour.lifted.notify_waiters();
        }
    }

    /// There is a network again, at the same address. Faults stay.
    pub(crate) async fn restore(&mut self) -> Result {
        if self.task.is_some() {
            return Ok(());
        }
        let listener = TcpListener::bind(self.address).await?;
        self.address = listener.local_addr()?;
        let layer = middleware::from_fn_with_state(self.behaviour.clone(), answer);
        let app = router(Folder::open(&self.site)?).layer(layer);
        self.task = Some(tokio::spawn(async move {
            // Ends only when the task is aborted.
            let _ = axum::serve(listener, app).await;
        }));
        Ok(())
    }

    /// Whether there is a network.
    pub(crate) fn is_up(&self) -> bool {
        self.task.is_some()
    }

    /// Lets answers fail. A later fault goes before an earlier one.
    pub(crate) fn fail(&self, files: Files, fault: Fault) {
        lock(&self.behaviour.faults).insert(0, (files, fault));
    }

    /// Lifts all faults.
    pub(crate) fn mend(&self) {
        lock(&self.behaviour.faults).clear();
        self.behaviour.lifted.notify_waiters();
    }

    /// The faults that are not lifted.
    pub(crate) fn faults(&self) -> Vec<(Files, Fault)> {
        lock(&self.behaviour.faults).clone()
    }

    /// Whether nothing can go wrong now.
    pub(crate) fn is_fine(&self) -> bool {
        self.is_up() && lock(&self.behaviour.faults).is_empty()
    }
}

async fn answer(
    State(behaviour): State<Arc<Behaviour>>,
    mut request: Request,
    next: Next,
) -> Response {
    // Half of a compressed answer would be none at all.
    request.headers_mut().remove(header::ACCEPT_ENCODING);
    let path = request.uri().path().to_owned();
    loop {
        let lifted = behaviour.lifted.notified();
        let faults = lock(&behaviour.faults).clone();
        let fault = faults.into_iter().find(|(files, _)| files.has(&path)).map(|it| it.1);
        match fault {
            None => return next.run(request).await,
            Some(Fault::Hold) => lifted.await,
            Some(Fault::Slow(delay)) => {
                tokio::select! {
                    () = tokio::time::sleep(delay) => return next.run(request).await,
                    () = lifted => {}
                }
            }
            Some(Fault::Status(status)) => {
                let status = StatusCode::from_u16(status).unwrap_or_default();
                return (status, html(TROUBLE_TITLE)).into_response();
            }
            Some(Fault::Portal) => return html(PORTAL_TITLE).into_response(),
            Some(Fault::Truncated) => return half(request, next, false).await,
            Some(Fault::Cut) => return half(request, next, true).await,
        }
    }
}

fn html(title: &str) -> impl IntoResponse + use<> {
    let body = format!("<!doctype html><title>{title}</title><h1>{title}</h1>");
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body)
}

/// The first half of an answer. Where it is cut, the connection fails after it.
async fn half(mut request: Request, next: Next, cut: bool) -> Response {
    request.headers_mut().remove(header::IF_NONE_MATCH);
    let (mut parts, body) = next.run(request).await.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = bytes.slice(..bytes.len() / 2);
    // The press knows nothing of this half, and a validator would make the browser keep it.
    parts.headers.remove(header::ETAG);
    parts.headers.remove(header::CONTENT_LENGTH);
    // Else half of a file whose name has a hash would stay in the browser's own cache for a year, where
    // nobody but the worker of its build looks at the bytes.
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let body = if cut {
        let broken = std::io::Error::other("cut");
        Body::from_stream(stream::iter([Ok::<Bytes, std::io::Error>(half), Err(broken)]))
    } else {
        Body::from(half)
    };
    Response::from_parts(parts, body)
}
