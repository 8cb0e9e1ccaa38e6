//! Pages that the device fills: that of saved articles, by a script of its own, and the one that
//! stands in for what cannot be fetched.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::CustomEvent;

use super::protocol::Request;
use super::worker;
use crate::client::handle::{Handle, Shown};
use crate::client::{document, views};
use crate::contract::{Feed, Item, PageKind};

/// Asks `js/boot.js` to load what fills in the page of saved articles.
const SAVED_PAGE_EVENT: &str = "broadsheet:saved-page";

/// Fills these pages whenever one is shown.
pub(in crate::client) fn listen(handle: Handle) {
    handle.watch(fill);
}

fn fill(handle: Handle, shown: &Shown) {
    match shown.page.extension.kind {
        PageKind::Saved => {
            if let Ok(event) = CustomEvent::new(SAVED_PAGE_EVENT) {
                let _ = window().dispatch_event(&event);
            }
        }
        PageKind::Offline => {
            let Shown { path, page, .. } = shown.clone();
            spawn_local(async move {
                let items = worker::ask_for::<Vec<Item>>(Request::Readable).await;
                if handle.shows(&path) {
                    let items = items.unwrap_or_default();
                    let filled = Feed { items, ..Feed::clone(&page) };
                    let had_focus = document::heading_has_focus();
                    views::show(&handle.context(), &Arc::new(filled), true);
                    if had_focus {
                        document::focus_heading();
                    }
                }
            });
        }
        _ => {}
    }
}
