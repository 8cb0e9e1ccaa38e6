//! The browser: all that touches web-sys. It takes the prerendered page over and keeps it going.

mod data;
mod desk;
mod document;
mod freshness;
mod json;
mod links;
mod prefetch;
mod scroll;
mod store;
mod visits;
mod worker;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use crate::app::{App, Context, ROOT_ID};
use crate::contract::{Feed, PageKind, Site};
use crate::urls::Urls;
use visits::Visits;

/// The name of the performance mark (User Timing) that says when the page was taken over.
const READY_MARK: &str = "broadsheet-ready";

/// Starts the app in the page that the browser shows.
///
/// A page that lacks its root or its data is left as it is: it can be read, and its links work.
#[wasm_bindgen(start)]
pub fn start() {
    if cfg!(debug_assertions) {
        std::panic::set_hook(Box::new(|panic| {
            web_sys::console::error_1(&panic.to_string().into());
        }));
    }
    let root = document::by_id(ROOT_ID).and_then(|root| root.dyn_into::<HtmlElement>().ok());
    let site = data::inlined::<Site>(crate::app::SITE_DATA_ID);
    let page = data::inlined::<Feed>(crate::app::PAGE_DATA_ID);
    if let (Some(root), Some(site), Some(page)) = (root, site, page) {
        take_over(root, site, page);
    }
}

/// Hydrates the page where it was prerendered for the path that is shown, or answers any path.
/// Everything else is a fallback document: its root is cleared and the app mounted there.
fn take_over(root: HtmlElement, site: Site, page: Feed) {
    let urls = Urls::of(&site);
    let path = document::normalise_location(&urls);
    let kind = page.extension.kind;
    let printed_for = urls.local(&page.home_page_url);
    let answers_any_path = matches!(kind, PageKind::Missing | PageKind::Offline);
    let stray = path != printed_for && !answers_any_path;
    // The worker made the document from data, or from a page of an older build.
    let remade = document::is_remade();

    // Signals need an owner. This one lives as long as the page.
    let owner = Owner::new();
    owner.set();
    let context = Context::new(site, page);
    let visits = Visits::new(context.clone());
    std::mem::forget(owner);

    // The listeners on links and on the history come before those of the router: they decide first.
    links::listen(visits);
    scroll::control(visits);
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
    if stray {
        visits.replace(&path);
    } else {
        if !answers_any_path {
            visits.keep_current(&path);
        }
        freshness::look(visits, &path, document::kept_at());
    }
    document::set_app_runs();
    prefetch::listen(visits);
    desk::listen(visits);
    freshness::listen(visits);
    worker::register(visits);
    document::mark(READY_MARK);
}
