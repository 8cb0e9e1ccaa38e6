//! An article: title, lede, byline, body, tags.

use std::sync::Arc;

use leptos::prelude::*;

use super::actions::SAVE;
use crate::context::Context;
use crate::contract::{Feed, Item, Source};
use crate::dates;
use crate::ids;
use crate::pictures::{Place, html, widest};
use crate::urls::Route;

/// The article of a page. A page without one, which the press never prints, shows its title.
#[component]
pub fn ArticleView(
    /// The page.
    page: Arc<Feed>,
) -> impl IntoView {
    let context = Context::expect();
    let item = page.items.first();
    let title = item.map_or(&page.title, |item| &item.title).clone();
    let language = item.and_then(|item| item.language.clone());
    let direction = item.and_then(|item| item.extension.direction.clone());
    let body = item.and_then(|item| item.content_html.as_deref()).map(body).unwrap_or_default();
    view! {
        {breadcrumb(&page, &context)}
        <article class="article" lang=language dir=direction>
            <header class="article__head">
                <h1 id=ids::HEADING class="article__title" tabindex="-1">
                    {title}
                </h1>
                {item
                    .and_then(|item| item.summary.clone())
                    .map(|lede| view! { <p class="article__lede">{lede}</p> })}
                {item.map(|item| byline(&page, item, &context))}
                {item.and_then(|item| newsroom_note(item, &context))}
            </header>
            {item.and_then(|item| lead_picture(item, &context))}
            <div class="prose" inner_html=body></div>
            {item.and_then(|item| tags(item, &context))}
            {item.and_then(|item| embed_link(item, &context))}
        </article>
    }
}

/// The body as it is put into a page. In the browser that may be before it is shown: its first picture, which the
/// press marked as urgent, waits for that.
fn body(html: &str) -> String {
    if cfg!(feature = "csr")
        && let Some((before, picture)) = html.split_once("<img ")
    {
        // No sign of a tag is in the value of an attribute, and no quotation mark.
        let (tag, after) = picture.split_at(picture.find('<').unwrap_or(picture.len()));
        let tag = tag.replace("fetchpriority=\"high\"", "loading=\"lazy\"");
        return [before, "<img ", &tag, after].concat();
    }
    html.to_owned()
}

/// The way back: front, section.
fn breadcrumb(page: &Feed, context: &Context) -> impl IntoView + use<> {
    let Context { site, urls, phrases, .. } = context;
    let section =
        page.extension.section.as_ref().and_then(|slug| site.section(slug)).map(|section| {
            view! {
                <li>
                    <a
                        href=urls.path(Route::Section(&section.slug))
                        lang=section.language.clone()
                    >
                        {section.title.clone()}
                    </a>
                </li>
            }
        });
    view! {
        <nav class="breadcrumb" aria-label=phrases.breadcrumb>
            <ol>
                <li>
                    <a href=urls.path(Route::Front)>{phrases.front}</a>
                </li>
                {section}
            </ol>
        </nav>
    }
}

/// Who wrote it, where it is from, when, how long it takes, and in which other languages it is there.
fn byline(page: &Feed, item: &Item, context: &Context) -> impl IntoView + use<> {
    let Context { site, urls, phrases, .. } = context;
    let names = item.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>();
    let authors = (!names.is_empty()).then(|| {
        let names = names.join(", ");
        view! { <li class="byline__authors">{phrases.by}<b>{names}</b></li> }
    });
    let source = item.extension.source.as_ref().map(|source| {
        let Source { name, url } = source.clone();
        linked(phrases.source, None, None, url, name)
    });
    let date = |timestamp: &String| {
        view! { <time datetime=timestamp.clone()>{dates::full(timestamp, phrases)}</time> }
    };
    let updated = item
        .date_modified
        .as_ref()
        .map(|timestamp| view! { <li>{phrases.updated}{date(timestamp)}</li> });
    let minutes = item
        .extension
        .minutes
        .map(|minutes| view! { <li>{minutes.to_string()}{phrases.minutes}</li> });
    let translations = page.extension.translations.iter().map(|it| {
        let url = Some(urls.local(&it.url));
        let label = it.content_text.clone().unwrap_or_default();
        linked("", Some("alternate"), it.language.clone(), url, label)
    });
    let links = source.into_iter().chain(translations).collect::<Vec<_>>();
    view! {
        <ul class="byline" lang=site.language.clone()>
            {authors}
            {links}
            <li>{date(&item.date_published)}</li>
            {updated}
            {minutes}
            {(!site.online_only)
                .then(|| view! { <li class="byline__save">{save_button(context)}</li> })}
        </ul>
    }
}

/// A link in the byline: the source, a translation; one kind of view for both is less to download. Without an
/// address it is a link without a target, which is plain text (HTML, "The a element").
fn linked(
    before: &'static str,
    rel: Option<&'static str>,
    language: Option<String>,
    url: Option<String>,
    text: String,
) -> impl IntoView {
    view! {
        <li>
            {before}<a rel=rel hreflang=language.clone() lang=language href=url>{text}</a>
        </li>
    }
}

/// Keeps the article on the device. The style sheet shows it where the app runs, with one of the two
/// labels: a text that changed in place would be lost where the browser translates the page. `client::offline::saving`
/// says which.
fn save_button(context: &Context) -> impl IntoView + use<> {
    let phrases = context.phrases;
    view! {
        <button
            type="button"
            class="save"
            data-action=SAVE
            aria-pressed="false"
        >
            <span class="save__offer">{phrases.save}</span>
            <span class="save__done">{phrases.is_saved}</span>
        </button>
    }
}

/// What the newspaper says about the article itself: that it was corrected, or withdrawn.
fn newsroom_note(item: &Item, context: &Context) -> Option<impl IntoView + use<>> {
    let Context { site, phrases, .. } = context;
    let withdrawn = item.extension.withdrawn.clone().map(|why| (phrases.withdrawn, why));
    let corrected = item.extension.corrected.clone().map(|what| (phrases.corrected, what));
    withdrawn.or(corrected).map(|(start, text)| {
        view! {
            <p class="article__note">
                <b lang=site.language.clone()>{start}</b>
                " "
                {text}
            </p>
        }
    })
}

/// How the picture above an article is shown: as wide as the article, 46rem at most.
const LEAD: Place =
    Place { class: "", sizes: "(min-width:50rem) 46rem, 92vw", most: u32::MAX, first: true };

/// The article's picture, where the body does not show it.
fn lead_picture(item: &Item, context: &Context) -> Option<impl IntoView + use<>> {
    let src = item.image.as_ref()?;
    let shown = item.extension.picture.as_ref()?;
    let credit = shown.credit.clone().map(|credit| view! { <span class="credit">{credit}</span> });
    let caption = (shown.caption.is_some() || credit.is_some()).then(|| {
        view! { <figcaption>{shown.caption.clone()}" "{credit}</figcaption> }
    });
    (!item.extension.picture_in_body).then(|| {
        let src = context.urls.local(src);
        let html = ["<picture>", &html(&src, shown, &shown.alt, LEAD), "</picture>"].concat();
        let label = [context.phrases.large, &shown.alt].concat();
        view! {
            <figure class="article__picture">
                <a
                    data-large=""
                    href=widest(&src, shown)
                    aria-label=label
                    inner_html=html
                ></a>
                {caption}
            </figure>
        }
    })
}

/// What the article is about.
fn tags(item: &Item, context: &Context) -> Option<impl IntoView + use<>> {
    let list = item.tags.iter().map(|tag| view! { <li>{tag.clone()}</li> }).collect::<Vec<_>>();
    (!list.is_empty()).then(|| {
        view! {
            <ul class="tags" aria-label=context.phrases.tags>
                {list}
            </ul>
        }
    })
}

/// The way to the code with which other sites embed the article.
fn embed_link(item: &Item, context: &Context) -> Option<impl IntoView + use<>> {
    let Context { site, urls, phrases, .. } = context;
    let href = urls.embed("article", &urls.local(&item.url));
    item.extension.withdrawn.is_none().then(|| {
        view! {
            <p class="embed-link" lang=site.language.clone()>
                <a href=href>{phrases.embed_article}</a>
            </p>
        }
    })
}
