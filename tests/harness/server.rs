//! A server that behaves like a CDN, until a test tells it to fail.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use press::serve::{Folder, router};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::{Paper, Result};

/// How a path fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// This status and nothing else.
    Status(u16),
    /// The page is not there any more: the site's own 404.
    Gone,
    /// HTML with status 200, as a captive portal answers.
    Html,
    /// The first half of what is asked for.
    Truncated,
    /// No answer, until the fault is lifted.
    Hang,
}

#[derive(Default)]
struct Behaviour {
    faults: Mutex<HashMap<String, Fault>>,
    /// The paths that were asked for.
    log: Mutex<Vec<String>>,
    lifted: tokio::sync::Notify,
}

/// A site being served on a port of its own.
pub struct Server {
    site: PathBuf,
    /// Never read: it keeps the folder in being.
    _folder: Arc<TempDir>,
    address: SocketAddr,
    behaviour: Arc<Behaviour>,
    task: Option<JoinHandle<()>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
    /// Serves a paper.
    pub async fn start(paper: &Paper) -> Result<Self> {
        let mut server = Self {
            site: paper.site(),
            _folder: paper.hold(),
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
        let layer = middleware::from_fn_with_state(self.behaviour.clone(), answer);
        let app = router(Folder::open(&self.site)?).layer(layer);
        self.task = Some(tokio::spawn(async move {
            // Ends only when the task is aborted.
            let _ = axum::serve(listener, app).await;
        }));
        Ok(())
    }

    /// Serves another paper from now on, at the same address: a deploy.
    pub async fn deploy(&mut self, paper: &Paper) -> Result {
        self.site = paper.site();
        self._folder = paper.hold();
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
        lock(&self.behaviour.faults).insert(path.to_owned(), fault);
    }

    /// Lifts all faults.
    pub fn mend(&self) {
        lock(&self.behaviour.faults).clear();
        self.behaviour.lifted.notify_waiters();
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        lock(&self.behaviour.log).iter().filter(|it| *it == path).count()
    }

    /// The paths that were asked for since the last call, in order.
    pub fn take_log(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.behaviour.log))
    }
}

async fn answer(
    State(behaviour): State<Arc<Behaviour>>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    lock(&behaviour.log).push(path.clone());
    loop {
        let lifted = behaviour.lifted.notified();
        let fault = lock(&behaviour.faults).get(&path).copied();
        match fault {
            None => return next.run(request).await,
            Some(Fault::Hang) => lifted.await,
            Some(Fault::Gone) => {
                *request.uri_mut() = Uri::from_static("/khong/con/nua/");
                return next.run(request).await;
            }
            Some(Fault::Status(status)) => {
                return StatusCode::from_u16(status).unwrap_or_default().into_response();
            }
            Some(Fault::Html) => {
                let kind = [(header::CONTENT_TYPE, "text/html")];
                return (kind, "<!doctype html><title>Đăng nhập Wi-Fi</title>").into_response();
            }
            Some(Fault::Truncated) => {
                request.headers_mut().remove(header::ACCEPT_ENCODING);
                request.headers_mut().remove(header::IF_NONE_MATCH);
                let (parts, body) = next.run(request).await.into_parts();
                let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
                let half = bytes.slice(..bytes.len() / 2);
                return Response::from_parts(parts, Body::from(half));
            }
        }
    }
}
