//! The pager: the way to older and newer lists.

use leptos::prelude::*;

use crate::context::Context;
use crate::contract::Feed;

/// The links to the neighbours of a list. Nothing where there are none.
pub fn pager(page: &Feed, context: &Context) -> impl IntoView + use<> {
    let Context { urls, phrases, .. } = context;
    let link = |url: &Option<String>, rel: &'static str, text: &'static str| {
        url.as_ref().map(|url| {
            view! { <a class="pager__link" rel=rel href=urls.local(url)>{text}</a> }
        })
    };
    let newer = link(&page.extension.newer_url, "prev", phrases.newer);
    let older = link(&page.next_url, "next", phrases.older);
    (newer.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=phrases.pages>
                {newer}
                {older}
            </nav>
        }
    })
}
