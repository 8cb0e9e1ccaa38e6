//! Entries: what a feed says of an article, in whatever format.

use broadsheet::contract::{Item, Site};
use broadsheet::phrases::Phrases;
use broadsheet::urls::Route;
use jiff::ZonedDateTime;

use super::absolute;
use crate::edition::{Article, Diagnostic, direction};
use crate::hosts;
use crate::html::{attribute, text};
use crate::pages::Pages;
use crate::text::permitted;

/// An article as a feed has it. All texts are without characters that XML cannot hold.
pub(super) struct Entry<'a> {
    pub(super) article: &'a Article,
    /// The article in the terms of the contract; its URLs are absolute.
    pub(super) item: Item,
    /// The name of its section.
    pub(super) section: String,
    /// The page of its section.
    pub(super) section_url: String,
    /// The whole text as HTML, with absolute addresses.
    pub(super) html: String,
    /// The lead picture.
    pub(super) enclosure: Option<Enclosure>,
}

/// A file that belongs to an entry.
pub(super) struct Enclosure {
    pub(super) url: String,
    /// In bytes.
    pub(super) length: u64,
    pub(super) media_type: &'static str,
}

impl<'a> Entry<'a> {
    /// An article in a feed in the language `feed`.
    ///
    /// # Errors
    /// If its text cannot be had any more.
    pub(super) fn of(
        article: &'a Article,
        pages: &Pages<'_>,
        feed: &str,
    ) -> Result<Self, Diagnostic> {
        let mut item = pages.whole(article)?;
        let section = pages.site.section(&article.section).map(|it| clean(&it.title));
        let html = html(article, &item, &pages.site, feed);
        for part in [Some(&mut item.title), item.summary.as_mut()].into_iter().flatten() {
            *part = clean(part);
        }
        item.authors.iter_mut().for_each(|it| it.name = clean(&it.name));
        item.tags.iter_mut().for_each(|it| *it = clean(it));
        Ok(Self {
            article,
            section: section.unwrap_or_default(),
            section_url: pages
                .urls()
                .absolute(&pages.urls().path(Route::Section(&article.section))),
            html,
            enclosure: enclosure(article, &item),
            item,
        })
    }

    /// When the article was changed last.
    pub(super) fn updated(&self) -> &ZonedDateTime {
        updated(self.article)
    }
}

/// When an article was changed last. A date of change before that of publication counts for nothing.
pub(super) fn updated(article: &Article) -> &ZonedDateTime {
    let published = &article.published;
    article.modified.as_ref().filter(|it| *it > published).unwrap_or(published)
}

/// A text without characters that XML cannot hold (XML 1.0, "Char").
pub(super) fn clean(text: &str) -> String {
    permitted(text).into_owned()
}

/// The article as its page shows it: what the newspaper corrected, the lead picture unless the body has it, the
/// body. An article whose language or direction is not the feed's says so.
fn html(article: &Article, item: &Item, site: &Site, feed: &str) -> String {
    let body = item.content_html.as_deref().unwrap_or_default();
    let mut html = String::with_capacity(body.len() + 512);
    if let Some(note) = &article.corrected {
        let start = Phrases::of(&site.language).corrected.trim_end();
        let language = attribute(&site.language);
        html.push_str(&format!(
            "<p><b lang=\"{language}\">{}</b> {}</p>\n",
            text(start),
            text(note)
        ));
    }
    let picture = article.image.as_ref().filter(|_| !article.lead_in_body);
    if let (Some(picture), Some(url)) = (picture, &item.image) {
        let words: Vec<String> =
            [&picture.caption, &picture.credit].into_iter().flatten().map(|it| text(it)).collect();
        let caption = match words.as_slice() {
            [] => String::new(),
            words => format!("<figcaption>{}</figcaption>", words.join(" ")),
        };
        html.push_str(&format!(
            "<figure><img src=\"{}\" width=\"{}\" height=\"{}\" alt=\"{}\">{caption}</figure>\n",
            attribute(url),
            picture.width,
            picture.height,
            attribute(&picture.alt)
        ));
    }
    html.push_str(&absolute::html(body, &item.url));
    let direction = direction(&article.language);
    if article.language != feed || direction == "rtl" {
        let language = attribute(&article.language);
        html = format!("<div lang=\"{language}\" dir=\"{direction}\">{html}</div>");
    }
    clean(&html)
}

/// The lead picture as a file of the site.
fn enclosure(article: &Article, item: &Item) -> Option<Enclosure> {
    let url = item.image.clone()?;
    let name = url.rsplit('/').next()?;
    let file = article.files.iter().find(|it| it.to == name)?;
    let length = file.length().ok()?;
    Some(Enclosure { media_type: hosts::media_type(name)?, url, length })
}
