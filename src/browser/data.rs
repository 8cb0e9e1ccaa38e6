//! Data: the one place that fetches and parses what the contract describes.

use gloo_net::http::Request;
use serde::de::DeserializeOwned;

use super::{document, json};
use crate::app::Failure;
use crate::contract::Feed;

/// What is inlined in the document as `<script type="application/json" id=…>`.
pub(super) fn inlined<T: DeserializeOwned>(id: &str) -> Option<T> {
    json::parse(&document::by_id(id)?.text_content()?).ok()
}

/// The text inlined under an `id`, as the press printed it.
pub(super) fn inlined_text(id: &str) -> Option<String> {
    document::by_id(id)?.text_content()
}

/// Parses a page that was kept somewhere.
pub(super) fn parse_page(text: &str) -> Option<Feed> {
    json::parse(text).ok()
}

/// Fetches the page whose data is at `url` (a path).
pub(super) async fn fetch_page(url: &str) -> Result<Feed, Failure> {
    let answer = Request::get(url).send().await.map_err(|_| Failure::Network)?;
    match answer.status() {
        200..300 => {}
        404 | 410 => return Err(Failure::Missing),
        // What the service worker answers where there is no network.
        504 => return Err(Failure::Network),
        _ => return Err(Failure::Server),
    }
    let text = answer.text().await.map_err(|_| Failure::Network)?;
    json::parse(&text).map_err(|_| Failure::Data)
}
