//! The banner: the masthead that leads home, and the sections.

use std::sync::Arc;

use leptos::either::Either;
use leptos::prelude::*;

use crate::context::Context;
use crate::contract::{Feed, PageKind};
use crate::urls::Route;

/// The head of every page.
#[component]
pub fn Banner(
    /// The page below it.
    page: Arc<Feed>,
) -> impl IntoView {
    let Context { site, urls, phrases, .. } = Context::expect();
    let masthead = match &site.banner {
        Some(banner) => Either::Left(view! {
            <img
                class="masthead__picture"
                src=banner.src.clone()
                width=banner.width
                height=banner.height
                alt=banner.alt.clone()
            />
        }),
        None => Either::Right(view! {
            <span class="masthead__title">{site.title.clone()}</span>
            <span class="masthead__tagline">{site.tagline.clone()}</span>
        }),
    };
    let sections = site
        .sections
        .iter()
        .map(|section| {
            let path = urls.path(Route::Section(&section.slug));
            let current = aria_current(Some(&section.slug), &page);
            view! {
                <li>
                    <a href=path lang=section.language.clone() aria-current=current>
                        {section.title.clone()}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <header class="banner">
            <a
                class="masthead"
                class:masthead--picture=site.banner.is_some()
                href=urls.path(Route::Front)
                aria-current=aria_current(None, &page)
            >
                {masthead}
            </a>
            <nav class="sections" aria-label=phrases.sections>
                <ul>{sections}</ul>
            </nav>
        </header>
    }
}

/// What `aria-current` says on the banner's link to the front, or to a section, while a page is shown: `page` on the
/// first page of the list itself, `true` on what lies inside of a section (WAI-ARIA 1.2, aria-current).
pub fn aria_current(section: Option<&str>, page: &Feed) -> Option<&'static str> {
    let extension = &page.extension;
    let is_first = |kind: PageKind| extension.kind == kind && extension.page.is_none();
    match section {
        None => is_first(PageKind::Front).then_some("page"),
        Some(_) if extension.section.as_deref() != section => None,
        Some(_) if is_first(PageKind::Section) => Some("page"),
        Some(_) => Some("true"),
    }
}
