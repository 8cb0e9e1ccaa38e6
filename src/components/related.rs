//! Related news: the neighbours of an article in its section.

use leptos::prelude::*;

use super::{CardShape, card};
use crate::app::Context;
use crate::contract::Feed;

/// The list "Tin cùng chuyên mục" below an article. Nothing where there are no neighbours.
///
/// It is a view of its own, so that the article can be painted first.
#[component]
pub fn RelatedView() -> impl IntoView {
    let context = Context::expect();
    move || related_news(&context.related.get(), &context)
}

fn related_news(page: &Feed, context: &Context) -> impl IntoView + use<> {
    let related = &page.extension.related;
    let heading = context.phrases.related;
    (!related.is_empty()).then(|| {
        let cards = related
            .iter()
            .map(|item| card(item, CardShape::Brief, true, context))
            .collect::<Vec<_>>();
        view! {
            <aside class="related" aria-labelledby="related">
                <h2 id="related" class="related__heading">
                    {heading}
                </h2>
                <ul class="cards cards--briefs">{cards}</ul>
            </aside>
        }
    })
}
