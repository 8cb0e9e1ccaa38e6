//! A card: an article as it is listed.

use leptos::either::Either;
use leptos::prelude::*;

use crate::context::Context;
use crate::contract::Item;
use crate::dates;
use crate::pictures::{Place, html};

/// How much of an article a card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardShape {
    /// The first of a list: large picture, lede, loaded at once.
    Lead,
    /// Picture, title, lede, date.
    Story,
    /// Picture, title, date.
    Brief,
}

impl CardShape {
    fn class(self) -> &'static str {
        match self {
            CardShape::Lead => "card card--lead",
            CardShape::Story => "card",
            CardShape::Brief => "card card--brief",
        }
    }
}

/// How wide the picture of a story is: a column of three, beside the words of a list, or 30 % of a narrow screen.
const STORY: &str = "(min-width:64rem) 22rem, (min-width:40rem) 15rem, max(6.5rem, 28vw)";

/// An article as an element of a list. The link is on the title; its area is the card. The title
/// is a heading of the second level, or of the third where the list has a heading of its own.
pub fn card(
    item: &Item,
    shape: CardShape,
    below_heading: bool,
    context: &Context,
) -> impl IntoView + use<> {
    let Context { site, urls, phrases, .. } = context;
    let lead = shape == CardShape::Lead;
    // The title follows and says it all, so the picture has no words of its own here.
    let shown = item.image.as_ref().zip(item.extension.picture.as_ref()).map(|(src, shown)| {
        let (sizes, most) = match shape {
            CardShape::Lead => ("(min-width:64rem) 46.5rem, 92vw", u32::MAX),
            CardShape::Story => (STORY, 750),
            CardShape::Brief => ("6.5rem", 320),
        };
        let place = Place { class: "card__picture", sizes, most, first: lead };
        let html = html(&urls.local(src), shown, "", place);
        view! { <picture inner_html=html></picture> }
    });
    let section = (shape != CardShape::Brief)
        .then(|| site.section(&item.extension.section))
        .flatten()
        .map(|section| {
            let language = section.language.clone();
            view! { <span class="card__section" lang=language>{section.title.clone()}</span> }
        });
    let lede = item
        .summary
        .clone()
        .filter(|_| shape != CardShape::Brief)
        .map(|lede| view! { <p class="card__lede">{lede}</p> });
    let link = view! { <a href=urls.local(&item.url)>{item.title.clone()}</a> };
    let title = if below_heading {
        Either::Right(view! { <h3 class="card__title">{link}</h3> })
    } else {
        Either::Left(view! { <h2 class="card__title">{link}</h2> })
    };
    view! {
        <li
            class=shape.class()
            lang=item.language.clone()
            dir=item.extension.direction.clone()
        >
            {shown}
            <div class="card__text">
                {title}
                {lede}
                <p class="card__facts" lang=site.language.clone()>
                    {section}
                    <time datetime=item
                        .date_published
                        .clone()>{dates::short(&item.date_published, phrases)}</time>
                </p>
            </div>
        </li>
    }
}
