//! The page of saved articles, as far as the app knows it: a heading, and what the press printed.

use std::sync::Arc;

use leptos::prelude::*;

use crate::contract::Feed;
use crate::ids;

/// The page. Its body came with its data; `js/saved-page.js`, which loads when this page opens,
/// brings it to life.
#[component]
pub fn SavedView(
    /// The page.
    page: Arc<Feed>,
) -> impl IntoView {
    let body = page.extension.body.clone().unwrap_or_default();
    view! {
        <h1 id=ids::HEADING class="list__heading" tabindex="-1">
            {page.title.clone()}
        </h1>
        <div id=ids::SAVED_PAGE class="saved-page" inner_html=body></div>
    }
}
