//! The head of a document: what browsers, search engines and sharing people read of a page.

use std::fmt::Write as _;

use broadsheet::contract::{Feed, PageKind, Site};
use broadsheet::title::document_title;
use broadsheet::urls::{Route, Urls};

use super::json_ld;
use crate::feeds;
use crate::html::{attribute, json_in_html, text};
use crate::pages;
use crate::pictures::CARD;

/// Where the icons are, relative to the base path.
const ICON: &str = "icons/icon-512.png";

/// What the head of every page needs to know.
pub(super) struct Head<'a> {
    pub(super) site: &'a Site,
    pub(super) urls: &'a Urls,
    pub(super) csp: &'a str,
    pub(super) style: &'a str,
}

impl Head<'_> {
    /// Adds the elements of `<head>` that depend on the site and the page.
    pub(super) fn write(&self, out: &mut String, feed: &Feed) {
        let Self { site, urls, csp, style } = *self;
        let base = urls.base_path();
        let mut line = |html: std::fmt::Arguments<'_>| {
            // Writing into a String cannot fail.
            let _ = out.write_fmt(html);
            out.push('\n');
        };
        let item = feed.items.first().filter(|_| feed.extension.kind == PageKind::Article);
        let title = attribute(&document_title(site, feed));
        let lede = item.and_then(|item| item.summary.as_deref()).or(feed.description.as_deref());
        let description =
            attribute(lede.unwrap_or(if item.is_none() { &site.tagline } else { "" }));
        let withdrawn = item.is_some_and(|item| item.extension.withdrawn.is_some());
        let indexed = feed.extension.kind.is_of_the_newspaper() && !withdrawn;
        let url = attribute(&feed.home_page_url);

        line(format_args!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            attribute(csp)
        ));
        line(format_args!("<title>{}</title>", text(&document_title(site, feed))));
        if !description.is_empty() {
            line(format_args!("<meta name=\"description\" content=\"{description}\">"));
        }
        line(format_args!("<link rel=\"stylesheet\" href=\"{base}{style}\">"));
        if indexed {
            line(format_args!("<link rel=\"canonical\" href=\"{url}\">"));
            line(format_args!(
                "<link rel=\"alternate\" type=\"application/feed+json\" title=\"{}\" href=\"{}\">",
                attribute(&feed.title),
                attribute(&urls.local(&feed.feed_url))
            ));
            for (kind, title, path) in feeds_of(site, urls, feed) {
                line(format_args!(
                    "<link rel=\"alternate\" type=\"{kind}\" title=\"{}\" href=\"{}\">",
                    attribute(title),
                    attribute(&path)
                ));
            }
            if item.is_some() {
                for (kind, format) in [("application/json", "json"), ("text/xml", "xml")] {
                    line(format_args!(
                        "<link rel=\"alternate\" type=\"{kind}+oembed\" title=\"{}\" href=\"{}\">",
                        attribute(&feed.title),
                        attribute(&urls.oembed(&feed.home_page_url, format))
                    ));
                }
            }
        } else {
            line(format_args!("<meta name=\"robots\" content=\"noindex\">"));
        }
        for (language, url) in alternates(site, feed) {
            let (language, url) = (attribute(language), attribute(url));
            line(format_args!("<link rel=\"alternate\" hreflang=\"{language}\" href=\"{url}\">"));
        }
        for (rel, url) in [("prev", &feed.extension.newer_url), ("next", &feed.next_url)] {
            if let Some(url) = url {
                let path = attribute(&urls.local(url));
                line(format_args!("<link rel=\"{rel}\" href=\"{path}\">"));
            }
        }
        line(format_args!("<link rel=\"manifest\" href=\"{base}manifest.webmanifest\">"));
        line(format_args!(
            "<link rel=\"icon\" href=\"{base}icons/favicon.svg\" type=\"image/svg+xml\">"
        ));
        line(format_args!(
            "<link rel=\"icon\" href=\"{base}icons/icon-192.png\" sizes=\"192x192\">"
        ));
        line(format_args!(
            "<link rel=\"apple-touch-icon\" href=\"{base}icons/apple-touch-icon.png\">"
        ));

        // The Open Graph protocol, and Twitter Cards where their names differ.
        let mut property = |name: &str, content: &str| {
            if !content.is_empty() {
                let kind = if name.starts_with("twitter:") { "name" } else { "property" };
                line(format_args!("<meta {kind}=\"{name}\" content=\"{content}\">"));
            }
        };
        property("og:site_name", &attribute(&site.title));
        property("og:type", if item.is_some() { "article" } else { "website" });
        property("og:title", &attribute(&feed.title));
        property("og:description", &description);
        property("og:url", &url);
        property("og:locale", &attribute(&locale(&feed.language)));
        for translation in &feed.extension.translations {
            let language = translation.language.as_deref().unwrap_or_default();
            property("og:locale:alternate", &attribute(&locale(language)));
        }
        let picture =
            item.and_then(|item| Some((item.image.as_ref()?, item.extension.picture.as_ref()?)));
        match picture {
            Some((image, picture)) => {
                let (url, (width, height)) = match &picture.card {
                    Some(card) => (card, CARD),
                    None => (image, (picture.width, picture.height)),
                };
                property("og:image", &attribute(url));
                property("og:image:width", &width.to_string());
                property("og:image:height", &height.to_string());
                property("og:image:alt", &attribute(&picture.alt));
                property("twitter:card", "summary_large_image");
            }
            // Nothing invites to share what the newspaper took back.
            None if withdrawn => property("twitter:card", "summary"),
            None => {
                property("og:image", &attribute(&urls.absolute(&[base, ICON].concat())));
                property("twitter:card", "summary");
            }
        }
        property("twitter:title", &title);
        if let Some(item) = item {
            property("article:published_time", &item.date_published);
            property("article:modified_time", item.date_modified.as_deref().unwrap_or(""));
            let section = site.section(&item.extension.section);
            property("article:section", &attribute(section.map_or("", |it| &it.title)));
            for tag in &item.tags {
                property("article:tag", &attribute(tag));
            }
        }
        let icon = urls.absolute(&[base, ICON].concat());
        if let Some(data) = json_ld::of(site, urls, feed, &icon) {
            line(format_args!(
                "<script type=\"application/ld+json\">{}</script>",
                json_in_html(&data.to_string())
            ));
        }
    }
}

/// The feeds that a page names, with their types and titles: a list its own, an article that of all news, in one format
/// because pages are to stay small.
fn feeds_of<'a>(site: &'a Site, urls: &Urls, feed: &'a Feed) -> Vec<(&'a str, &'a str, String)> {
    let front = urls.path(Route::Front);
    let list = match (feed.extension.kind, &feed.extension.section) {
        (PageKind::Front, _) => front,
        (PageKind::Section, Some(section)) => urls.path(Route::Section(section)),
        _ => return vec![(feeds::RSS, &site.title, urls.rss(&front))],
    };
    vec![(feeds::RSS, &feed.title, urls.rss(&list)), (feeds::ATOM, &feed.title, urls.atom(&list))]
}

/// The languages and addresses of an article that has translations, its own included.
fn alternates<'a>(site: &Site, feed: &'a Feed) -> Vec<(&'a str, &'a str)> {
    let others = feed.extension.translations.iter();
    let others = others.filter_map(|it| Some((it.language.as_deref()?, it.url.as_str())));
    pages::alternates((&feed.language, &feed.home_page_url), others, &site.language)
}

/// `vi` as Open Graph writes it, `vi_VN`.
fn locale(language: &str) -> String {
    match language {
        "vi" => "vi_VN".to_owned(),
        "en" => "en_US".to_owned(),
        other => other.replace('-', "_"),
    }
}
