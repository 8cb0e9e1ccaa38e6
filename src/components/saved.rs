//! The page of saved articles, as far as the app knows it: a heading, and what the press printed.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::HEADING_ID;
use crate::contract::Feed;

/// The page. Its body came with its data; `public/shelf.js`, which loads when this page opens,
/// brings it to life.
#[component]
pub fn SavedView(
    /// The page.
    page: Arc<Feed>,
) -> impl IntoView {
    let body = page.extension.body.clone().unwrap_or_default();
    view! {
        <h1 id=HEADING_ID class="list__heading" tabindex="-1">
            {page.title.clone()}
        </h1>
        <div id="shelf" class="shelf" inner_html=body></div>
    }
}
