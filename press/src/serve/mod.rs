//! Serve: a site over HTTP, as a good CDN would serve it.
//!
//! Right types, brotli, `ETag`s, cache rules, real 404s, redirects to the trailing slash, and what
//! the site's `_headers` say. The browser tests run against it, so that they see what a
//! reader sees.

mod folder;
mod headers;
mod partner;
mod types;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};

pub use folder::Folder;
use folder::{File, Found};

/// Long enough for names that carry a hash of their bytes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Kept, but asked for again each time; the `ETag` makes that cheap.
const REVALIDATE: &str = "no-cache";

/// The router that serves a site.
pub fn router(folder: Folder) -> Router {
    Router::new().fallback(answer).with_state(Arc::new(folder))
}

/// Serves the site in `site` at `address` until the process is interrupted, and prints where; and a partner's
/// page with embeds of it at `partner`, where that is asked for and possible.
///
/// # Errors
/// If the folder holds no site, or `address` is taken.
pub async fn run(site: &Path, address: SocketAddr, partner: Option<SocketAddr>) -> Result<()> {
    let folder = Folder::open(site)?;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another port"))?;
    let url = format!("http://localhost:{}{}", listener.local_addr()?.port(), folder.base_path());
    #[allow(clippy::print_stdout, reason = "the address is the command's output")]
    {
        println!("Serving {} at {url} (Ctrl+C stops)", site.display());
    }
    let partner = async {
        if let Some(address) = partner
            && let Err(error) = partner::run(address, url, site).await
        {
            // The site is shown all the same.
            #[allow(clippy::print_stderr, reason = "the error is the command's output")]
            {
                eprintln!("warning: no partner's page is shown: {error:#}");
            }
        }
        std::future::pending::<()>().await;
    };
    let stop = async {
        // Without a handler the process just ends on Ctrl+C, which is as good.
        let _ = tokio::signal::ctrl_c().await;
    };
    tokio::select! {
        ended = axum::serve(listener, router(folder)).with_graceful_shutdown(stop) => Ok(ended?),
        () = partner => Ok(()),
    }
}

async fn answer(State(folder): State<Arc<Folder>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let headers = request.headers().clone();
    let path = request.uri().path().to_owned();
    // Reading and compressing block, so they have a thread of their own.
    let answer = tokio::task::spawn_blocking(move || respond(&folder, &path, &headers)).await;
    answer.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn respond(folder: &Folder, path: &str, headers: &HeaderMap) -> Response {
    match folder.find(path) {
        Found::File(file) => send(folder, StatusCode::OK, path, &file, headers),
        Found::Redirect(to) => match HeaderValue::try_from(to) {
            Ok(to) => (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response(),
            Err(_) => StatusCode::NOT_FOUND.into_response(),
        },
        Found::Nothing => match folder.not_found_page() {
            Some(file) => {
                let path = format!("{}{}", folder.base_path(), file.name);
                send(folder, StatusCode::NOT_FOUND, &path, &file, headers)
            }
            None => StatusCode::NOT_FOUND.into_response(),
        },
    }
}

/// Sends a file, with the headers that the site asks for at `path`.
fn send(
    folder: &Folder,
    status: StatusCode,
    path: &str,
    file: &File,
    headers: &HeaderMap,
) -> Response {
    let accepts = |name: HeaderName, what: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        value.split(',').any(|it| it.split(';').next().map(str::trim) == Some(what))
    };
    let kind = types::of(&file.name);
    let packed = kind.compresses && accepts(header::ACCEPT_ENCODING, "br");
    let Ok(body) = folder.read(file, packed) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let cache = if file.name_has_hash() { FOR_EVER } else { REVALIDATE };
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.headers_mut().insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, kind.mime);
    set(header::CACHE_CONTROL, cache);
    set(header::ETAG, &body.etag);
    if kind.compresses {
        set(header::VARY, "accept-encoding");
    }
    if packed {
        set(header::CONTENT_ENCODING, "br");
    }
    folder.headers().apply(path, answer.headers_mut());
    if status == StatusCode::OK && accepts(header::IF_NONE_MATCH, &body.etag) {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        *answer.body_mut() = Body::from(body.bytes);
    }
    answer
}
