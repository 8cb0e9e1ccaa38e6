//! The app: what every page is made of.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{Banner, Footer, PageView, RelatedView};
use crate::context::Context;
use crate::contract::Feed;
use crate::ids;

/// Everything inside the root element, the page from head to foot. Expects [`Context`] to be provided.
///
/// There is no `Router`: it would change the view as soon as the URL changes, before the page's data is
/// there. The page shown is the one whose data has arrived, and its kind is written in the data. `<main>` is that
/// of the first page; each further page brings one of its own (`client::views`).
///
/// Nothing here is hydrated: the elements that the press printed stay as they are. What changes in them later is one
/// attribute of the banner's links and of the save button, which `client` sets, and what is shown in the two live regions.
#[component]
pub fn App(
    /// The first page.
    page: Arc<Feed>,
) -> impl IntoView {
    let phrases = Context::expect().phrases;
    view! {
        <a class="skip" href=["#", ids::MAIN].concat()>
            {phrases.skip}
        </a>
        <Banner page=page.clone() />
        <main id=ids::MAIN class="page">
            <PageView page=page.clone() />
            <RelatedView page />
        </main>
        <Footer />
        <div id=ids::STATUS role="status"></div>
        <div id=ids::ALERT role="alert"></div>
        <p id=ids::ANNOUNCER class="unseen" role="status"></p>
    }
}
