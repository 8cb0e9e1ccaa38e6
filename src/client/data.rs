//! Data: the one place that fetches and parses what the contract describes.

use std::sync::Arc;

use gloo_net::http::Request;
use serde::de::DeserializeOwned;
use web_sys::{RequestCache, RequestInit};

use super::navigation::navigator::Fetched;
use super::{document, json};
use crate::context::PageError;

/// What is inlined in the document as `<script type="application/json" id=…>`.
pub(super) fn inlined<T: DeserializeOwned>(id: &str) -> Option<T> {
    json::parse(&document::by_id(id)?.text_content()?).ok()
}

/// The header by which the service worker says when a copy was kept.
const KEPT_HEADER: &str = "x-kept";

/// Where an answer may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// Wherever it is to be had soonest.
    Anywhere,
    /// The newspaper itself. The service worker then answers with no copy.
    Newspaper,
}

/// Fetches the page whose data is at `url` (a path).
pub(super) async fn fetch_page(url: &str, from: From) -> Result<Fetched, PageError> {
    let cache = match from {
        From::Anywhere => RequestCache::Default,
        From::Newspaper => RequestCache::NoCache,
    };
    // The builder of gloo-net brings what it takes to add headers and queries: more to download.
    let options = RequestInit::new();
    options.set_cache(cache);
    let request = web_sys::Request::new_with_str_and_init(url, &options);
    let request = Request::from(request.map_err(|_| PageError::Network)?);
    let answer = request.send().await.map_err(|_| PageError::Network)?;
    match answer.status() {
        200..300 => {}
        404 | 410 => return Err(PageError::Gone),
        _ => return Err(PageError::Server),
    }
    let kept_at = answer.headers().get(KEPT_HEADER);
    let text = answer.text().await.map_err(|_| PageError::Network)?;
    let page = json::parse(&text).map_err(|_| PageError::Unreadable)?;
    Ok(Fetched { page: Arc::new(page), kept_at })
}
