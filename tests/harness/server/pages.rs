//! Pages in other words than they were printed: without their policies, with a script of the test.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Where the script of the test is. The policy of a page allows it, because it is of the page's origin.
const SCRIPT: &str = "/script-of-the-test.js";
const HEAD: &str = "<head>";
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\"";

/// What is changed in every page.
#[derive(Default)]
pub(super) struct Pages {
    script: Mutex<Option<String>>,
    without_policies: AtomicBool,
}

impl Pages {
    pub(super) fn load_first(&self, script: &str) {
        *self.script() = Some(script.to_owned());
    }

    pub(super) fn take_policies_away(&self) {
        self.without_policies.store(true, Ordering::Relaxed);
    }

    fn script(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether any page is changed.
    pub(super) fn are_changed(&self) -> bool {
        self.script().is_some() || self.without_policies.load(Ordering::Relaxed)
    }

    /// The script of the test, at its address.
    pub(super) fn answer(&self, path: &str) -> Option<Response> {
        let script = self.script().clone().filter(|_| path == SCRIPT)?;
        Some(([(header::CONTENT_TYPE, "text/javascript")], script).into_response())
    }

    /// The answer as it is sent, which must not be compressed yet.
    pub(super) async fn change(&self, answer: Response) -> Response {
        let (mut parts, body) = answer.into_parts();
        let without_policies = self.without_policies.load(Ordering::Relaxed);
        if without_policies {
            parts.headers.remove(header::CONTENT_SECURITY_POLICY);
        }
        let kind = parts.headers.get(header::CONTENT_TYPE);
        if kind.is_none_or(|it| !it.as_bytes().starts_with(b"text/html")) {
            return Response::from_parts(parts, body);
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if without_policies {
            text = without_policy(&text);
        }
        if self.script().is_some() {
            let tag = format!("{HEAD}<script src=\"{SCRIPT}\"></script>");
            text = text.replacen(HEAD, &tag, 1);
        }
        parts.headers.remove(header::ETAG);
        parts.headers.remove(header::CONTENT_LENGTH);
        Response::from_parts(parts, Body::from(text))
    }
}

/// The page without the policy that it says itself.
fn without_policy(page: &str) -> String {
    let parts = page.split_once(POLICY).and_then(|(before, rest)| {
        let (_, after) = rest.split_once('>')?;
        Some([before, after].concat())
    });
    parts.unwrap_or_else(|| page.to_owned())
}
