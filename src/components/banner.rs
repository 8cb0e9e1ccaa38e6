//! The banner: the masthead that leads home, and the sections.

use leptos::either::Either;
use leptos::prelude::*;

use crate::context::Context;
use crate::contract::PageKind;
use crate::urls::Route;

/// The head of every page.
#[component]
pub fn Banner() -> impl IntoView {
    let Context { site, urls, phrases, page, .. } = Context::expect();
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
    let front_is_shown = move || {
        let page = page.read();
        (page.extension.kind == PageKind::Front && page.extension.page.is_none()).then_some("page")
    };
    let sections = site
        .sections
        .iter()
        .map(|section| {
            let path = urls.path(Route::Section(&section.slug));
            let slug = section.slug.clone();
            // "page" on the section's own first page, "true" on what lies inside it
            // (WAI-ARIA 1.2, aria-current).
            let current = move || {
                let extension = &page.read().extension;
                (extension.section.as_deref() == Some(slug.as_str())).then_some(
                    if extension.kind == PageKind::Section && extension.page.is_none() {
                        "page"
                    } else {
                        "true"
                    },
                )
            };
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
                aria-current=front_is_shown
            >
                {masthead}
            </a>
            <nav class="sections" aria-label=phrases.sections>
                <ul>{sections}</ul>
            </nav>
        </header>
    }
}
