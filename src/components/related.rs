//! Related news: the neighbours of an article in its section.

use std::sync::Arc;

use leptos::prelude::*;

use super::card::{CardShape, card};
use crate::context::Context;
use crate::contract::Feed;
use crate::ids;

/// The list "Tin cùng chuyên mục" below an article. Nothing where there are no neighbours.
///
/// It is a view of its own, so that the article can be painted first.
#[component]
pub fn RelatedView(
    /// The page of the article.
    page: Arc<Feed>,
) -> impl IntoView {
    let context = Context::expect();
    let related = &page.extension.related;
    let heading = context.phrases.related;
    (!related.is_empty()).then(|| {
        let cards = related
            .iter()
            .map(|item| card(item, CardShape::Brief, true, &context))
            .collect::<Vec<_>>();
        view! {
            <aside class="related" aria-labelledby=ids::RELATED>
                <h2 id=ids::RELATED class="related__heading">
                    {heading}
                </h2>
                <ul class="cards cards--briefs">{cards}</ul>
            </aside>
        }
    })
}
