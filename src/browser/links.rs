//! Links: which clicks the app answers, and which are the browser's.

use leptos::ev;
use leptos::prelude::window_event_listener;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlAnchorElement, MouseEvent};

use super::visits::Visits;
use super::{document, scroll};
use crate::urls::Urls;

/// A link to a page of this site.
pub(super) struct Target {
    /// The canonical path of the page.
    pub(super) path: String,
    /// What the address has after the path: query and fragment.
    pub(super) rest: String,
}

/// The link around an event's target.
fn anchor(target: Option<EventTarget>) -> Option<HtmlAnchorElement> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest("a[href]").ok()??.dyn_into().ok()
}

/// The page that a link leads to, unless the browser is to follow it by itself: to another origin,
/// to a file, to a place in the page that is shown, with a `target` or `download`.
fn page_behind(link: &HtmlAnchorElement, urls: &Urls) -> Option<Target> {
    let elsewhere = link.has_attribute("target")
        || link.has_attribute("download")
        || Some(link.origin()) != leptos::prelude::window().location().origin().ok();
    let path = (!elsewhere).then(|| urls.canonical(&link.pathname()))??;
    let inside = !link.hash().is_empty() && path == document::path();
    (!inside && urls.parse(&path).is_some())
        .then(|| Target { path, rest: [link.search(), link.hash()].concat() })
}

/// The page that the link around an event's target leads to.
pub(super) fn page_of_event(target: Option<EventTarget>, urls: &Urls) -> Option<Target> {
    page_behind(&anchor(target)?, urls)
}

fn modified(click: &MouseEvent) -> bool {
    click.button() != 0
        || click.meta_key()
        || click.ctrl_key()
        || click.shift_key()
        || click.alt_key()
}

/// Opens pages of this site in the app; leaves every other click to the browser.
///
/// The router listens for clicks too, and would change the address before the page's data is
/// there. This listener is added before it and keeps clicks on links away from it.
pub(super) fn listen(visits: Visits) {
    // The listener lives as long as the page.
    let _ = window_event_listener(ev::click, move |click: MouseEvent| {
        if click.default_prevented() {
            return;
        }
        let Some(link) = anchor(click.target()) else { return };
        click.stop_immediate_propagation();
        if modified(&click) {
            return;
        }
        match visits.with(|state| page_behind(&link, &state.context.urls)) {
            Some(target) => {
                click.prevent_default();
                visits.follow(target);
            }
            None => scroll::remember(),
        }
    });
}
