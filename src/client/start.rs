//! The start: the page that the browser shows becomes an app.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

use super::handle::{Handle, Provenance, Shown};
use super::navigation::navigator::Event;
use super::navigation::{effects, history, links, prefetch};
use super::offline::{corrections, first_page, freshness, saved_page, saving, updates, worker};
use super::{banner, controls, data, document, views};
use crate::app::App;
use crate::components::{AlertMessage, StatusMessage};
use crate::context::Context;
use crate::contract::{Feed, PageKind, Site};
use crate::ids;
use crate::urls::Urls;

/// The name of the performance mark (User Timing) that says when the page was taken over.
const READY_MARK: &str = "broadsheet-ready";

/// Starts the app in the page that the browser shows.
///
/// A page that lacks its root or its data is left as it is: it can be read, and its links work.
#[wasm_bindgen(start)]
fn start() {
    if cfg!(debug_assertions) {
        std::panic::set_hook(Box::new(|panic| {
            web_sys::console::error_1(&panic.to_string().into());
        }));
    }
    spawn_local(async {
        // One after the other, each in a task of its own: a browser compiles what runs for the first time, which takes
        // longer than running it, and between two tasks it hears the reader.
        document::next_task().await;
        let Some(root) = document::by_id(ids::ROOT) else { return };
        let Some(site) = data::inlined::<Site>(ids::SITE_DATA) else { return };
        document::next_task().await;
        let Some(page) = data::inlined::<Feed>(ids::PAGE_DATA) else { return };
        document::next_task().await;
        let place = Place::of(&site, &page);
        let handle = handle(site, page, &place.path);
        history::control(handle);
        document::next_task().await;
        take_over(handle, &root, &place);
        document::next_task().await;
        listen(handle);
        document::next_task().await;
        listen_offline(handle, &place);
        document::set_app_runs();
        match place.is_stray {
            true => {
                handle.dispatch(Event::Reload { path: place.path, rest: document::rest() });
            }
            // The page that is shown may be another one by now.
            false => handle.announce(handle.shown()),
        }
        document::mark(READY_MARK);
        document::at_idle(move || views::rehearse(handle.context(), &handle.page()));
    });
}

/// Where the app starts.
struct Place {
    /// The path that is shown.
    path: String,
    /// The page was printed for another path.
    is_stray: bool,
    /// The page stands for any path that leads nowhere, or cannot be had.
    answers_any_path: bool,
}

impl Place {
    fn of(site: &Site, page: &Feed) -> Self {
        let urls = Urls::of(site);
        let path = document::normalise_location(&urls);
        let answers_any_path = matches!(page.extension.kind, PageKind::Missing | PageKind::Offline);
        let is_stray = path != urls.local(&page.home_page_url) && !answers_any_path;
        Self { path, is_stray, answers_any_path }
    }
}

fn handle(site: Site, page: Feed, path: &str) -> Handle {
    // Signals need an owner. This one lives as long as the page.
    let owner = Owner::new();
    owner.set();
    let provenance = document::kept_at().map_or(Provenance::Newspaper, Provenance::Copy);
    let shown = Shown { path: path.to_owned(), page: Arc::new(page), provenance };
    let handle = Handle::new(Context::new(site), shown, effects::carry_out);
    std::mem::forget(owner);
    handle
}

/// Keeps the page where it was printed for the path that is shown, or answers any path. Everything else is a fallback
/// document: its root is cleared and the app mounted there. From now on the app opens links.
fn take_over(handle: Handle, root: &Element, place: &Place) {
    let page = handle.page();
    // The worker made the document from data, or from a page of an older build.
    if place.is_stray || document::is_remade() {
        root.set_inner_html("");
        let page = page.clone();
        mount(root, handle.context(), || view! { <App page /> });
    }
    links::listen(handle);
    prefetch::listen(handle);
    if !place.is_stray && !place.answers_any_path {
        handle.dispatch(Event::Known(place.path.clone(), page));
    }
}

/// Shows messages and follows controls.
fn listen(handle: Handle) {
    if let Some(status) = document::by_id(ids::STATUS) {
        mount(&status, handle.context(), || view! { <StatusMessage /> });
    }
    if let Some(alert) = document::by_id(ids::ALERT) {
        mount(&alert, handle.context(), || view! { <AlertMessage /> });
    }
    controls::listen(handle);
    banner::listen(handle);
}

/// Mounts a view, which reads the context, at the end of an element for as long as the page lives.
fn mount<V: IntoView + 'static>(
    parent: &Element,
    context: Context,
    view: impl FnOnce() -> V + 'static,
) {
    let Some(parent) = parent.dyn_ref::<HtmlElement>() else { return };
    let make = move || {
        provide_context(context);
        view()
    };
    leptos::mount::mount_to(parent.clone(), make).forget();
}

/// Registers the worker, and starts what needs it.
fn listen_offline(handle: Handle, place: &Place) {
    saving::listen(handle);
    freshness::listen(handle);
    saved_page::listen(handle);
    corrections::listen(handle);
    updates::listen(handle);
    worker::register(&handle.context());
    // The page of a stray path comes as data.
    let loaded = (!place.is_stray).then(|| place.path.clone());
    spawn_local(async move {
        if let Ok(registration) = worker::registration().await {
            updates::watch(handle, registration);
            first_page::keep(handle, loaded.as_deref()).await;
            corrections::sync(handle).await;
        }
    });
}
