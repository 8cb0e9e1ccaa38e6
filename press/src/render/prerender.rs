//! Prerendering: the app's components, run natively for one page.

use std::sync::{Arc, LazyLock, Once};

use broadsheet::app::App;
use broadsheet::components::SavedPage;
use broadsheet::context::Context;
use broadsheet::contract::{Feed, Site};
use leptos::prelude::*;
use memchr::memmem::Finder;

/// Prepares Leptos for rendering. Once in a process; more often does no harm.
pub fn init() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Fails only if there is an executor already, which then serves as well.
        let _ = any_spawner::Executor::init_futures_executor();
    });
}

/// The mark that Leptos puts between two texts, and where a list or an absent part ends, for an app that hydrates. Ours
/// does not, and to HTML it is a parse error.
///
/// Texts and attributes of a view have `<` escaped, and so have those of an article's body (`edition::sanitize`,
/// which also takes out comments). So these three characters stand together nowhere else.
const MARK: &str = "<!>";

/// Adds the HTML inside the root element for a page.
pub(super) fn write(out: &mut String, site: &Arc<Site>, page: &Arc<Feed>) {
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(Context::new(site.clone()));
        view! { <App page=page.clone() /> }.to_html()
    });
    without_marks(out, &html);
}

/// Adds HTML without the marks in it.
fn without_marks(out: &mut String, html: &str) {
    static FINDER: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(MARK));
    let mut done = 0;
    for at in FINDER.find_iter(html.as_bytes()) {
        out.push_str(html.get(done..at).unwrap_or_default());
        done = at + MARK.len();
    }
    out.push_str(html.get(done..).unwrap_or_default());
}

/// The body of the page of saved articles.
pub(crate) fn saved_page(site: &Site) -> String {
    init();
    let site = site.clone();
    let html = Owner::new().with(|| view! { <SavedPage site /> }.to_html());
    let mut out = String::with_capacity(html.len());
    without_marks(&mut out, &html);
    out
}
