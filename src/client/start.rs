//! The start: the page that the browser shows becomes an app.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use super::handle::{Handle, Provenance, Shown};
use super::navigation::navigator::Event;
use super::navigation::{effects, history, links, prefetch};
use super::offline::{corrections, first_page, freshness, saved_page, saving, updates, worker};
use super::{controls, data, document, views};
use crate::app::App;
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
    let root = document::by_id(ids::ROOT).and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let site = data::inlined::<Site>(ids::SITE_DATA);
    let page = data::inlined::<Feed>(ids::PAGE_DATA);
    if let (Some(root), Some(site), Some(page)) = (root, site, page) {
        take_over(root, site, page);
    }
}

/// Hydrates the page where it was prerendered for the path that is shown, or answers any path.
/// Everything else is a fallback document: its root is cleared and the app mounted there.
fn take_over(root: HtmlElement, site: Site, page: Feed) {
    let urls = Urls::of(&site);
    let path = document::normalise_location(&urls);
    let printed_for = urls.local(&page.home_page_url);
    let answers_any_path = matches!(page.extension.kind, PageKind::Missing | PageKind::Offline);
    let stray = path != printed_for && !answers_any_path;
    // The worker made the document from data, or from a page of an older build.
    let remade = document::is_remade();

    // Signals need an owner. This one lives as long as the page.
    let owner = Owner::new();
    owner.set();
    let context = Context::new(site, page);
    let handle = Handle::new(context.clone(), &path, effects::carry_out);
    std::mem::forget(owner);

    history::control(handle);
    links::listen(handle);
    controls::listen(handle);
    let app = move || {
        provide_context(context);
        view! { <App /> }
    };
    if stray || remade {
        root.set_inner_html("");
        leptos::mount::mount_to(root, app).forget();
    } else {
        leptos::mount::hydrate_from(root, app).forget();
    }
    document::set_app_runs();
    prefetch::listen(handle);
    listen_offline(handle);
    if stray {
        handle.dispatch(Event::Reload { path, rest: document::rest() });
    } else {
        let page = handle.page();
        if !answers_any_path {
            handle.dispatch(Event::Known(path.clone(), page.clone()));
        }
        let provenance = document::kept_at().map_or(Provenance::Newspaper, Provenance::Copy);
        handle.announce(Shown { path, page, provenance });
    }
    document::mark(READY_MARK);
    document::at_idle(move || views::rehearse(handle.context()));
}

/// Registers the worker, and starts what needs it.
fn listen_offline(handle: Handle) {
    saving::listen(handle);
    freshness::listen(handle);
    saved_page::listen(handle);
    corrections::listen(handle);
    updates::listen(handle);
    worker::register(&handle.context());
    spawn_local(async move {
        if let Ok(registration) = worker::registration().await {
            updates::watch(handle, registration);
            first_page::keep(handle).await;
            corrections::sync(handle).await;
        }
    });
}
