//! The desk: the controls of the reader that need the store, and what the store knows of a page.
//!
//! A control says what it does in `data-action`; no component touches a browser. The page of saved
//! articles has a script of its own, `public/shelf.js`.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, Element};

use super::visits::Visits;
use super::{document, freshness, store, worker};
use crate::app::Notice;
use crate::components::{ACTION, SAVE, SHOW_CHANGED, USE_BUILD};
use crate::contract::{Feed, Item, PageKind};

/// Asks `public/boot.js` to load what fills in the page of saved articles.
const SHELF_EVENT: &str = "broadsheet:shelf";

/// Listens to the controls. The listener lives as long as the page.
pub(super) fn listen(visits: Visits) {
    let _ = window_event_listener(ev::click, move |click| {
        let target = click.target().and_then(|it| it.dyn_into::<Element>().ok());
        let control = target.and_then(|it| it.closest(&["[", ACTION, "]"].concat()).ok().flatten());
        match control.and_then(|it| it.get_attribute(ACTION)).as_deref() {
            Some(SAVE) => save(visits),
            Some(SHOW_CHANGED) => freshness::show_changed(visits),
            Some(USE_BUILD) => worker::use_new_build(),
            _ => {}
        }
    });
}

/// Saves the article that is shown, or gives it up. Shown at once, and taken back if it fails.
fn save(visits: Visits) {
    let (saved, notice) = visits.with(|state| (state.context.saved, state.context.notice));
    let was_saved = saved.get_untracked();
    saved.set(!was_saved);
    spawn_local(async move {
        let name = if was_saved { "remove" } else { "save" };
        if let Err(failure) = store::ask(name, &[document::path().into()]).await {
            saved.set(was_saved);
            notice.set(Some(Notice::Keep(failure)));
        }
    });
}

/// Asks the newspaper what it corrected and withdrew, for the copies that the device keeps.
pub(super) async fn contact() {
    // Without a network there is no contact; the next one does it.
    let _ = store::ask("contact", &[]).await;
}

/// A page is shown: what the device knows of it.
pub(super) fn page_changed(visits: Visits) {
    let context = visits.with(|state| state.context.clone());
    let page = context.page.get_untracked();
    match page.extension.kind {
        PageKind::Article => {
            let path = document::path();
            context.saved.set(false);
            spawn_local(async move {
                let saved = store::ask("isSaved", &[path.as_str().into()]).await;
                if visits.shows(&path) {
                    context.saved.set(saved.is_ok_and(|it| it.is_truthy()));
                }
            });
        }
        PageKind::Saved => {
            if let Ok(event) = CustomEvent::new(SHELF_EVENT) {
                let _ = window().dispatch_event(&event);
            }
        }
        PageKind::Offline => spawn_local(async move {
            let readable = store::ask_for::<Vec<Item>>("readable", &[]).await;
            let items = readable.unwrap_or_default();
            context.page.set(Arc::new(Feed { items, ..Feed::clone(&page) }));
        }),
        _ => {}
    }
}
