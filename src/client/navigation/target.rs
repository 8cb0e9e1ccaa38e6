//! The target of a link: the page of this site that it leads to.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlAnchorElement};

use crate::client::document;
use crate::urls::Urls;

/// A page of this site.
pub(super) struct Target {
    /// The canonical path of the page.
    pub(super) path: String,
    /// What the address has after the path: query and fragment.
    pub(super) rest: String,
}

/// The link around an event's target.
pub(super) fn link_around(target: Option<EventTarget>) -> Option<HtmlAnchorElement> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest("a[href]").ok()??.dyn_into().ok()
}

/// The page that a link leads to, unless the browser is to follow it by itself: to another origin,
/// to a file, to a place in the page that is shown, with a `target` or `download`.
pub(super) fn target_of(link: &HtmlAnchorElement, urls: &Urls) -> Option<Target> {
    let elsewhere = link.has_attribute("target")
        || link.has_attribute("download")
        || Some(link.origin()) != window().location().origin().ok();
    let path = (!elsewhere).then(|| urls.canonical(&link.pathname()))??;
    let inside = !link.hash().is_empty() && path == document::path();
    (!inside && urls.parse(&path).is_some())
        .then(|| Target { path, rest: [link.search(), link.hash()].concat() })
}
