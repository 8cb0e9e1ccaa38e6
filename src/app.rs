//! The app: what every page is made of.

use leptos::prelude::*;

use crate::components::{Banner, Footer, Messages, PageView, RelatedView};
use crate::context::Context;
use crate::ids;

/// Everything inside the root element, the page from head to foot. Expects [`Context`] to be provided.
///
/// There is no `Router`: it would change the view as soon as the URL changes, before the page's data is
/// there. The page shown is the one whose data has arrived, and its kind is written in the data. `<main>` is that
/// of the first page; each further page brings one of its own (`client::views`).
#[component]
pub fn App() -> impl IntoView {
    let Context { phrases, page, .. } = Context::expect();
    let page = page.get_untracked();
    view! {
        <a class="skip" href=["#", ids::MAIN].concat()>
            {phrases.skip}
        </a>
        <Banner />
        <main id=ids::MAIN class="page">
            <PageView page=page.clone() />
            <RelatedView page />
        </main>
        <Footer />
        <Messages />
        <p id=ids::ANNOUNCER class="unseen" role="status"></p>
    }
}
