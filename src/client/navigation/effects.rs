//! Effects: what the navigator decides is done in the browser.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::history;
use super::navigator::{Destination, Effect, Entry, Event, Fetched};
use crate::client::data::{self, From};
use crate::client::document;
use crate::client::handle::{Handle, Provenance, Shown};
use crate::client::views;
use crate::context::{Alert, Context, Status};

/// Does one thing that the navigator decided.
pub(in crate::client) fn carry_out(handle: Handle, effect: Effect) {
    match effect {
        Effect::Fetch(path) => fetch(handle, path),
        Effect::Busy(busy) => document::set_busy(busy),
        Effect::Prepare(page) => views::prepare(handle.context(), page),
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

/// Puts a page into the view and its address into the address bar. What nobody sees comes when the page is painted.
fn show(handle: Handle, destination: Destination, Fetched { page, kept_at }: Fetched) {
    let Destination { path, rest, entry } = destination;
    let returning = entry == Entry::Traverse;
    let context = handle.context();
    let Context { alert, status, .. } = context.clone();
    history::go_to([path.as_str(), rest.as_str()].concat(), entry == Entry::Push);
    if alert.with_untracked(Option::is_some) {
        alert.set(None);
    }
    // There is a new build whatever page is shown.
    if !matches!(status.get_untracked(), None | Some(Status::NewBuild)) {
        status.set(None);
    }
    // A page that is laid out goes to its top for nothing; one that is not would be laid out now.
    let at_top = !returning && !rest.contains('#');
    if at_top {
        history::to_top();
    }
    let (later, there, arrived) = (context.clone(), path.clone(), page.clone());
    document::after_paint(move || {
        if handle.shows(&there) {
            document::arrive(&later.site, &arrived);
            views::complete(&later);
        }
    });
    views::show(&context, &page, !at_top);
    if returning {
        history::restore();
    } else if !at_top {
        history::to_fragment_or_top();
    }
    let provenance = kept_at.map_or(Provenance::Newspaper, Provenance::Copy);
    handle.announce(Shown { path, page, provenance });
}
