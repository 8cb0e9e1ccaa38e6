//! The answer to a request: a file, a redirect, or the page that says that there is none.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tower_http::services::ServeDir;
use tower_service::Service as _;

use super::conditions;
use super::files::Files;
use super::folder::Folder;
use super::headers::Rules;
use super::paths;
use super::redirects::{Redirect, Redirects};
use crate::kinds;

/// Long enough for names that carry a hash of their bytes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Kept, but asked for again each time; the entity tag makes that cheap.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// What of a name is written otherwise in a path: all but letters of ASCII, digits and the slash.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/');
const NOT_FOUND_PAGE: &str = "404.html";
/// What is smaller is sent as it is: it fits into one packet with the headers.
const WORTH_COMPRESSING: u64 = 512;

/// Marks an answer whose bytes may be compressed on the way.
#[derive(Debug, Clone, Copy)]
pub(super) struct MayCompress;

/// What the site asks its host for, at the moment of a request.
struct Wishes {
    headers: Arc<Rules>,
    redirects: Arc<Redirects>,
}

/// Answers a GET or a HEAD.
pub(crate) async fn answer(State(folder): State<Arc<Folder>>, request: Request) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let path = uri.path();
    let reading = folder.clone();
    let wishes = tokio::task::spawn_blocking(move || Wishes {
        headers: reading.headers(),
        redirects: reading.redirects(),
    });
    let Ok(wishes) = wishes.await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let redirect = wishes.redirects.find(path);
    if let Some(redirect) = redirect.filter(|it| it.forced) {
        return follow(redirect, &uri);
    }
    if format!("{path}/") == folder.base_path() {
        return add_slash(&uri);
    }
    let name = path.strip_prefix(folder.base_path()).and_then(paths::name);
    if let Some(name) = name {
        let answer = file(&folder, &method, &name, request.headers()).await;
        match answer.status() {
            // `ServeDir` finds a page where a file is asked for.
            StatusCode::TEMPORARY_REDIRECT => return add_slash(&uri),
            StatusCode::NOT_FOUND => {}
            _ => return dress(answer, path, &name, &wishes.headers),
        }
    }
    match redirect {
        Some(redirect) => follow(redirect, &uri),
        None => not_found(&folder, &method, request.headers(), &wishes.headers).await,
    }
}

/// What `ServeDir` answers for a file, by its name relative to the site.
async fn file(folder: &Arc<Folder>, method: &Method, name: &str, headers: &HeaderMap) -> Response {
    let mut headers = headers.clone();
    conditions::tidy(method, &mut headers);
    let (first, whole) = conditions::of_range(headers);
    let answer = serve(folder, method, name, first).await;
    match whole.filter(|_| conditions::failed(answer.status())) {
        Some(headers) => serve(folder, method, name, headers).await,
        None => answer,
    }
}

async fn serve(folder: &Arc<Folder>, method: &Method, name: &str, headers: HeaderMap) -> Response {
    let path = format!("/{}", utf8_percent_encode(name, NAME));
    let Ok(uri) = Uri::try_from(path) else { return StatusCode::NOT_FOUND.into_response() };
    let mut request = Request::new(Body::empty());
    *request.method_mut() = method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    let mut files = ServeDir::with_backend("", Files(folder.clone()))
        .precompressed_br()
        .precompressed_gzip()
        .ignore_multi_range_requests(true);
    let answer: Result<_, Infallible> = files.call(request).await;
    match answer {
        Ok(answer) => answer.map(Body::new),
        Err(never) => match never {},
    }
}

/// Gives an answer the headers that the site, or else a good host, wants for the path.
fn dress(mut answer: Response, path: &str, name: &str, rules: &Rules) -> Response {
    let file = if name.is_empty() || name.ends_with('/') { "index.html" } else { name };
    let compresses = kinds::compresses(file);
    let headers = answer.headers_mut();
    // Dates of modification are none here, see `files`.
    headers.remove(header::LAST_MODIFIED);
    headers.remove(header::VARY);
    if headers.contains_key(header::CONTENT_TYPE)
        && let Some(value) = kinds::content_type(file).and_then(|it| HeaderValue::try_from(it).ok())
    {
        headers.insert(header::CONTENT_TYPE, value);
    }
    if compresses {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        weaken(headers);
    }
    let cache = if name_has_hash(file) { FOR_EVER } else { REVALIDATE };
    headers.insert(header::CACHE_CONTROL, cache);
    rules.apply(path, headers);
    let length = headers.get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse().ok());
    if compresses && length.is_some_and(|it: u64| it >= WORTH_COMPRESSING) {
        answer.extensions_mut().insert(MayCompress);
    }
    answer
}

/// Makes an entity tag weak: the same text may be compressed in one answer and not in the next (RFC 9110, section
/// 8.8.1).
fn weaken(headers: &mut HeaderMap) {
    let weak = headers.get(header::ETAG).map(|tag| [b"W/", tag.as_bytes()].concat());
    if let Some(Ok(weak)) = weak.map(|it| HeaderValue::from_bytes(&it)) {
        headers.insert(header::ETAG, weak);
    }
}

/// Whether a name carries a hash of the bytes (`app.1a2b3c4d.css`), so that they never change.
fn name_has_hash(name: &str) -> bool {
    let mut parts = name.rsplit('.').skip(1);
    let hash = parts.next().filter(|_| parts.next().is_some()).unwrap_or("");
    hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

async fn not_found(
    folder: &Arc<Folder>,
    method: &Method,
    headers: &HeaderMap,
    rules: &Rules,
) -> Response {
    let headers = conditions::of_missing_page(headers);
    let answer = serve(folder, method, NOT_FOUND_PAGE, headers).await;
    if answer.status() != StatusCode::OK {
        return StatusCode::NOT_FOUND.into_response();
    }
    let path = format!("{}{NOT_FOUND_PAGE}", folder.base_path());
    let mut answer = dress(answer, &path, NOT_FOUND_PAGE, rules);
    *answer.status_mut() = StatusCode::NOT_FOUND;
    answer.headers_mut().remove(header::ACCEPT_RANGES);
    answer
}

/// Leads to the page whose path lacks its slash.
fn add_slash(uri: &Uri) -> Response {
    // A path that begins with two slashes would lead to another host.
    let to = format!("/{}/", uri.path().trim_matches('/'));
    let status = StatusCode::MOVED_PERMANENTLY;
    follow(&Redirect { to, status, forced: false }, uri)
}

/// Sends a reader on, with the query that the address has, unless the new one has its own.
fn follow(redirect: &Redirect, uri: &Uri) -> Response {
    let to = match uri.query() {
        Some(query) if !redirect.to.contains(['?', '#']) => format!("{}?{query}", redirect.to),
        _ => redirect.to.clone(),
    };
    match HeaderValue::try_from(to) {
        Ok(to) => (redirect.status, [(header::LOCATION, to)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
