//! Effects: what the navigator decides is done in the browser.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::history;
use super::navigator::{Destination, Effect, Entry, Event, Fetched};
use crate::client::data::{self, From};
use crate::client::document;
use crate::client::handle::{Handle, Provenance, Shown};
use crate::context::{Alert, Context, Status};
use crate::contract::PageKind;

/// Does one thing that the navigator decided.
pub(in crate::client) fn carry_out(handle: Handle, effect: Effect) {
    match effect {
        Effect::Fetch(path) => fetch(handle, path),
        Effect::Busy(busy) => document::set_busy(busy),
        Effect::Show(destination, fetched) => show(handle, destination, fetched),
        Effect::Load(url) => {
            let _ = window().location().set_href(&url);
        }
        Effect::LoadHere => document::reload(),
        Effect::Alert(error, path) => {
            handle.context().alert.set(Some(Alert::Page(error, path)));
        }
        Effect::ShownIsOutdated => handle.announce(Shown {
            path: handle.path(),
            page: handle.page(),
            provenance: Provenance::Outdated,
        }),
    }
}

fn fetch(handle: Handle, path: String) {
    let url = handle.context().urls.data(&path);
    spawn_local(async move {
        handle.dispatch(match data::fetch_page(&url, From::Anywhere).await {
            Ok(fetched) => Event::Arrived(path, fetched),
            Err(error) => Event::Failed(path, error),
        });
    });
}

/// Puts a page into the view and its address into the address bar.
fn show(handle: Handle, destination: Destination, Fetched { page, kept_at }: Fetched) {
    let Destination { path, rest, entry } = destination;
    let returning = entry == Entry::Traverse;
    // An article is painted before its related news. Whoever returns needs the whole height.
    let later = !returning && page.extension.kind == PageKind::Article;
    let Context { page: shown, related, alert, status, translated, .. } = handle.context();
    history::go_to([path.as_str(), rest.as_str()].concat(), entry == Entry::Push);
    translated.set_value(document::is_translated());
    alert.set(None);
    // There is a new build whatever page is shown.
    if status.get_untracked() != Some(Status::NewBuild) {
        status.set(None);
    }
    shown.set(page.clone());
    if !later {
        related.set(page.clone());
    }
    let provenance = kept_at.map_or(Provenance::Newspaper, Provenance::Copy);
    handle.announce(Shown { path, page: page.clone(), provenance });
    // The view changes in a microtask; the next frame is the first to show it.
    request_animation_frame(move || {
        document::arrive(&handle.context().site, &page);
        if returning {
            history::restore();
        } else {
            history::to_fragment_or_top();
        }
        // The frame after this one begins when this one is painted.
        if later {
            request_animation_frame(move || show_related(handle));
        }
    });
}

/// Shows the related news of the page that is shown.
fn show_related(handle: Handle) {
    handle.context().related.set(handle.page());
}
