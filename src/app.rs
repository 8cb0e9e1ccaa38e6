//! The app: what every page is made of.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::hooks::use_navigate;

use crate::components::{Banner, Footer, Messages, PageView, RelatedView};
use crate::context::Context;
use crate::ids;

/// Everything inside the root element. Expects [`Context`] to be provided.
///
/// `Router` keeps the history and the location. There are no `Routes`: they would change the view
/// as soon as the URL changes, before the page's data is there. The page shown is the one whose
/// data has arrived, and its kind is written in the data.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Page />
        </Router>
    }
}

/// The page from head to foot.
#[component]
fn Page() -> impl IntoView {
    let Context { phrases, navigate, .. } = Context::expect();
    navigate.set_value(Some(Arc::new(use_navigate())));
    view! {
        <a class="skip" href=["#", ids::MAIN].concat()>
            {phrases.skip}
        </a>
        <Banner />
        <main id=ids::MAIN class="page">
            <PageView />
            <RelatedView />
        </main>
        <Footer />
        <Messages />
        <p id=ids::ANNOUNCER class="unseen" role="status"></p>
    }
}
