//! JSON-LD: what search engines read of a page, in the words of schema.org.
//!
//! Articles are `NewsArticle` with the properties that Google's "Article structured data" names;
//! the way to them is a `BreadcrumbList`.

use broadsheet::contract::{Feed, Item, PageKind, Site};
use broadsheet::phrases::Phrases;
use broadsheet::urls::{Route, Urls};
use serde_json::{Value, json};

use crate::edition::same_language;
use crate::pictures::CARD;

/// The JSON-LD of a page; `None` for pages that search engines are not sent to.
pub(super) fn of(site: &Site, urls: &Urls, feed: &Feed, icon: &str) -> Option<Value> {
    let publisher = json!({
        "@type": "NewsMediaOrganization",
        "name": site.title,
        "url": site.base_url,
        "logo": {"@type": "ImageObject", "url": icon},
    });
    let graph = match (feed.extension.kind, feed.items.first()) {
        (PageKind::Article, Some(item)) if item.extension.withdrawn.is_none() => {
            vec![article(site, feed, item, publisher), breadcrumb(site, urls, feed)]
        }
        (PageKind::Section, _) => vec![breadcrumb(site, urls, feed)],
        (PageKind::Front, _) if feed.extension.page.is_none() => vec![json!({
            "@type": "WebSite",
            "name": site.title,
            "url": site.base_url,
            "inLanguage": site.language,
            "publisher": publisher,
        })],
        _ => return None,
    };
    Some(json!({"@context": "https://schema.org", "@graph": graph}))
}

fn article(site: &Site, feed: &Feed, item: &Item, publisher: Value) -> Value {
    let mut article = json!({
        "@type": "NewsArticle",
        "headline": item.title,
        "url": item.url,
        "mainEntityOfPage": item.url,
        "inLanguage": feed.language,
        "datePublished": item.date_published,
        "dateModified": item.date_modified.as_ref().unwrap_or(&item.date_published),
        "publisher": publisher,
        "isAccessibleForFree": true,
    });
    let section = site.section(&item.extension.section);
    let authors: Vec<_> =
        item.authors.iter().map(|it| json!({"@type": "Person", "name": it.name})).collect();
    let image = item.image.as_ref().zip(item.extension.picture.as_ref()).map(|(url, picture)| {
        let (url, (width, height)) = match &picture.card {
            Some(card) => (card, CARD),
            None => (url, (picture.width, picture.height)),
        };
        json!([{
            "@type": "ImageObject",
            "url": url,
            "width": width,
            "height": height,
            "caption": picture.caption,
        }])
    });
    let source = item.extension.source.as_ref();
    let [translation_of, translations] = translations(site, feed, item);
    let more = [
        ("description", item.summary.as_ref().map(|it| json!(it))),
        ("articleSection", section.map(|it| json!(it.title))),
        ("author", (!authors.is_empty()).then(|| json!(authors))),
        ("image", image),
        ("keywords", (!item.tags.is_empty()).then(|| json!(item.tags))),
        ("isBasedOn", source.and_then(|it| it.url.as_ref()).map(|it| json!(it))),
        ("sourceOrganization", source.map(|it| json!({"@type": "Organization", "name": it.name}))),
        ("translationOfWork", translation_of),
        ("workTranslation", translations),
    ];
    if let Some(object) = article.as_object_mut() {
        object.extend(more.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    }
    article
}

/// What an article is a translation of, or its translations. The one in the language of its section counts as the
/// original, else nothing is said.
fn translations(site: &Site, feed: &Feed, item: &Item) -> [Option<Value>; 2] {
    let translations = &feed.extension.translations;
    let section = site.section(&item.extension.section).and_then(|it| it.language.as_ref());
    let main = section.unwrap_or(&site.language);
    let work = |it: &Item| json!({"@type": "NewsArticle", "url": it.url, "headline": it.title, "inLanguage": it.language});
    if same_language(&feed.language, main) {
        let works: Vec<_> = translations.iter().map(work).collect();
        return [None, (!works.is_empty()).then(|| json!(works))];
    }
    [
        translations
            .iter()
            .find(|it| it.language.as_ref().is_some_and(|it| same_language(it, main)))
            .map(work),
        None,
    ]
}

fn breadcrumb(site: &Site, urls: &Urls, feed: &Feed) -> Value {
    let section = feed.extension.section.as_deref().and_then(|slug| site.section(slug));
    let mut places =
        vec![(Phrases::of(&site.language).front.to_owned(), urls.absolute(urls.base_path()))];
    if let Some(section) = section {
        let path = urls.path(Route::Section(&section.slug));
        places.push((section.title.clone(), urls.absolute(&path)));
    }
    if feed.extension.kind == PageKind::Article {
        places.push((feed.title.clone(), feed.home_page_url.clone()));
    }
    let items: Vec<_> = places
        .into_iter()
        .zip(1..)
        .map(|((name, item), position)| {
            json!({"@type": "ListItem", "position": position, "name": name, "item": item})
        })
        .collect();
    json!({"@type": "BreadcrumbList", "itemListElement": items})
}
