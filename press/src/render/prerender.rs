//! Prerendering: the app's components, run natively for one page.

use std::sync::Once;

use broadsheet::app::App;
use broadsheet::components::SavedPage;
use broadsheet::context::Context;
use broadsheet::contract::{Feed, Site};
use leptos::prelude::*;
use leptos_router::location::RequestUrl;

/// Prepares Leptos for rendering. Once in a process; more often does no harm.
pub fn init() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Fails only if there is an executor already, which then serves as well.
        let _ = any_spawner::Executor::init_futures_executor();
    });
}

/// The HTML inside the root element for a page, exactly as the app will expect it at `path`.
pub(super) fn html(site: &Site, feed: &Feed, path: &str) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(RequestUrl::new(path));
        provide_context(Context::new(site.clone(), feed.clone()));
        view! { <App /> }.to_html()
    })
}

/// The body of the page of saved articles.
pub(crate) fn saved_page(site: &Site) -> String {
    init();
    let site = site.clone();
    // No app takes this part over, so the marks for that are of no use.
    let html = Owner::new().with(|| view! { <SavedPage site /> }.to_html());
    html.replace("<!>", "")
}
