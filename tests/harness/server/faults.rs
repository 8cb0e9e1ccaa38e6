//! How the server of a test differs from a good one: faults, other bytes, other hosts' habits.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::bail;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use tokio::sync::Notify;

use super::pages::Pages;
use crate::Result;

/// A page of every server that belongs to no paper and has no content security policy.
pub const BLANK_PAGE: &str = "/blank/";

/// How long a test waits for a request before it says that none came.
const PATIENCE: Duration = Duration::from_secs(40);

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

/// What a server does besides serving.
#[derive(Default)]
pub(super) struct Behaviour {
    faults: Mutex<HashMap<String, Fault>>,
    /// What is put before and after the bytes of a path.
    added: Mutex<HashMap<String, (String, String)>>,
    /// Pages of another site: documents and their content security policies.
    pages: Mutex<HashMap<String, (String, String)>>,
    without_slashes: AtomicBool,
    open: AtomicBool,
    pub(super) printed: Pages,
    /// The paths that were asked for since the log was taken.
    log: Mutex<Vec<String>>,
    /// How often each path was asked for.
    counts: Mutex<HashMap<String, usize>>,
    changed: Notify,
    asked: Notify,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Behaviour {
    pub(super) fn set(&self, path: &str, fault: Option<Fault>) {
        match fault {
            Some(fault) => lock(&self.faults).insert(path.to_owned(), fault),
            None => lock(&self.faults).remove(path),
        };
        self.changed.notify_waiters();
    }

    pub(super) fn mend(&self) {
        lock(&self.faults).clear();
        self.changed.notify_waiters();
    }

    pub(super) fn add(&self, path: &str, before: &str, after: &str) {
        lock(&self.added).insert(path.to_owned(), (before.to_owned(), after.to_owned()));
    }

    pub(super) fn put(&self, path: &str, document: &str, policy: &str) {
        lock(&self.pages).insert(path.to_owned(), (document.to_owned(), policy.to_owned()));
    }

    pub(super) fn take_slashes_away(&self) {
        self.without_slashes.store(true, Ordering::Relaxed);
    }

    pub(super) fn be_open(&self) {
        self.open.store(true, Ordering::Relaxed);
    }

    pub(super) fn count(&self, path: &str) -> usize {
        lock(&self.counts).get(path).copied().unwrap_or_default()
    }

    pub(super) fn take_log(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.log))
    }

    pub(super) async fn until_asked(&self, path: &str, times: usize) -> Result {
        let waiting = async {
            loop {
                let asked = self.asked.notified();
                tokio::pin!(asked);
                // What comes between the look and the wait is not missed.
                asked.as_mut().enable();
                if self.count(path) >= times {
                    return;
                }
                asked.await;
            }
        };
        if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
            bail!("{path} was asked for {} times, not {times}", self.count(path));
        }
        Ok(())
    }

    fn note(&self, path: &str) {
        lock(&self.log).push(path.to_owned());
        *lock(&self.counts).entry(path.to_owned()).or_default() += 1;
        self.asked.notify_waiters();
    }
}

/// Answers a request as the test wants it.
pub(super) async fn answer(
    State(behaviour): State<Arc<Behaviour>>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    behaviour.note(&path);
    if let Some(script) = behaviour.printed.answer(&path) {
        return script;
    }
    if path == BLANK_PAGE {
        return html("<!doctype html><title>blank</title><body></body>");
    }
    let page = lock(&behaviour.pages).get(&path).cloned();
    if let Some((document, policy)) = page {
        let kind = "text/html; charset=utf-8".to_owned();
        let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_SECURITY_POLICY, policy)];
        return (headers, document).into_response();
    }
    let changed = behaviour.printed.are_changed();
    if changed {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
        request.headers_mut().remove(header::IF_NONE_MATCH);
    }
    let mut answer = answer_or_fail(&behaviour, &path, request, next).await;
    if changed {
        answer = behaviour.printed.change(answer).await;
    }
    if behaviour.open.load(Ordering::Relaxed) {
        let headers = answer.headers_mut();
        headers.remove(header::CONTENT_SECURITY_POLICY);
        headers.remove(header::X_FRAME_OPTIONS);
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    answer
}

async fn answer_or_fail(
    behaviour: &Behaviour,
    path: &str,
    mut request: Request,
    next: Next,
) -> Response {
    loop {
        let changed = behaviour.changed.notified();
        tokio::pin!(changed);
        changed.as_mut().enable();
        let fault = lock(&behaviour.faults).get(path).copied();
        match fault {
            None => break,
            Some(Fault::Hang) => changed.await,
            Some(Fault::Gone) => {
                *request.uri_mut() = Uri::from_static("/khong/con/nua/");
                return next.run(request).await;
            }
            Some(Fault::Status(status)) => {
                return StatusCode::from_u16(status).unwrap_or_default().into_response();
            }
            Some(Fault::Html) => return html("<!doctype html><title>Đăng nhập Wi-Fi</title>"),
            Some(Fault::Truncated) => {
                let change = |bytes: Bytes| bytes.slice(..bytes.len() / 2);
                return with_other_bytes(request, next, change).await;
            }
        }
    }
    if behaviour.without_slashes.load(Ordering::Relaxed) {
        match without_slashes(path) {
            Slashless::Redirect(to) => return Redirect::permanent(&to).into_response(),
            Slashless::Page(uri) => *request.uri_mut() = uri,
            Slashless::File => {}
        }
    }
    let added = lock(&behaviour.added).get(path).cloned();
    match added {
        Some((before, after)) => {
            let change =
                |bytes: Bytes| [before.as_bytes(), &bytes, after.as_bytes()].concat().into();
            with_other_bytes(request, next, change).await
        }
        None => next.run(request).await,
    }
}

fn html(text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "text/html")], text).into_response()
}

/// The answer with other bytes. Its entity tag and length would be those of the right ones.
async fn with_other_bytes(
    mut request: Request,
    next: Next,
    change: impl FnOnce(Bytes) -> Bytes,
) -> Response {
    request.headers_mut().remove(header::ACCEPT_ENCODING);
    request.headers_mut().remove(header::IF_NONE_MATCH);
    let (mut parts, body) = next.run(request).await.into_parts();
    parts.headers.remove(header::ETAG);
    parts.headers.remove(header::CONTENT_LENGTH);
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    Response::from_parts(parts, Body::from(change(bytes)))
}

/// What a host that takes slashes away does with a path.
enum Slashless {
    Redirect(String),
    /// The page's path with the slash, where the folder has it.
    Page(Uri),
    File,
}

fn without_slashes(path: &str) -> Slashless {
    let page = path.strip_suffix("index.html").unwrap_or(path);
    match page.strip_suffix('/') {
        // The start page keeps its slash: there is no other way to ask for it.
        Some("") if page == path => Slashless::File,
        Some("") => Slashless::Redirect("/".to_owned()),
        Some(short) => Slashless::Redirect(short.to_owned()),
        None if path.rsplit('/').next().is_some_and(|name| name.contains('.')) => Slashless::File,
        None => format!("{path}/").parse().map_or(Slashless::File, Slashless::Page),
    }
}
