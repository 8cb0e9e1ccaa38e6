//! A list page: the front, a section, an older numbered list, or the answer to a dead URL.

use std::sync::Arc;

use leptos::prelude::*;

use super::card::{CardShape, card};
use super::pager::pager;
use crate::context::Context;
use crate::contract::{Feed, PageKind};
use crate::ids;

/// A lead story and the stories after it, under the heading that the kind of page asks for.
#[component]
pub fn ListView(
    /// The page.
    page: Arc<Feed>,
) -> impl IntoView {
    let context = Context::expect();
    let phrases = context.phrases;
    let kind = page.extension.kind;
    let number = page.extension.page;
    let fresh = number.is_none();
    let heading = match kind {
        PageKind::Front => phrases.latest.to_owned(),
        PageKind::Missing => phrases.missing.to_owned(),
        PageKind::Offline => phrases.offline.to_owned(),
        _ => page.title.clone(),
    };
    // The front needs no headline of its own: the masthead is right above.
    let heading_class = if kind == PageKind::Front && fresh { "unseen" } else { "list__heading" };
    let language = page
        .extension
        .section
        .as_ref()
        .and_then(|slug| context.site.section(slug))
        .and_then(|section| section.language.clone());
    let number = number.map(|number| {
        view! { <p class="list__number">{phrases.page}{number.to_string()}</p> }
    });
    let (why, over_list) = match kind {
        PageKind::Missing => (Some(phrases.missing_why), Some(phrases.latest)),
        PageKind::Offline => (Some(phrases.offline_why), Some(phrases.readable)),
        _ => (None, None),
    };
    let why = why.map(|why| view! { <p class="list__why">{why}</p> });
    let over_list = over_list
        .filter(|_| !page.items.is_empty())
        .map(|text| view! { <h2 class="list__over">{text}</h2> });
    let below_heading = over_list.is_some();
    let empty = (page.items.is_empty() && kind != PageKind::Offline)
        .then(|| view! { <p class="list__why">{phrases.empty}</p> });
    let embed = page.extension.section.as_ref().filter(|_| fresh).map(|slug| {
        view! {
            <p class="embed-link" lang=context.site.language.clone()>
                <a href=context.urls.embed("section", slug)>{phrases.embed_section}</a>
            </p>
        }
    });
    let with_lead = fresh && matches!(kind, PageKind::Front | PageKind::Section);
    let cards = page
        .items
        .iter()
        .enumerate()
        .map(|(place, item)| {
            let shape = if with_lead && place == 0 { CardShape::Lead } else { CardShape::Story };
            card(item, shape, below_heading, &context)
        })
        .collect::<Vec<_>>();
    view! {
        <div class="list" class:list--led=with_lead>
            <h1 id=ids::HEADING class=heading_class tabindex="-1" lang=language dir="auto">
                {heading}
            </h1>
            {number}
            {why}
            {empty}
            {over_list}
            <ul class="cards">{cards}</ul>
            {pager(&page, &context)}
            {embed}
        </div>
    }
}
