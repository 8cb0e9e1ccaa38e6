//! Sitemaps (sitemaps.org, protocol 0.9): an index, the lists, the articles, and the news of two days.
//!
//! Articles are numbered from the oldest: a new one changes the last sitemap alone. Nothing but the news depends on
//! the moment of printing.

mod articles;
mod news;
mod xml;

use anyhow::Result;
use broadsheet::urls::Route;
use jiff::ZonedDateTime;

use super::Sink;
use super::entry::updated;
use crate::edition::Edition;
use crate::pages::Pages;
use xml::{Document, Image, Page};

/// The index of all sitemaps.
pub(super) const INDEX: &str = "sitemap.xml";
/// The sitemap of the front and the sections.
const LISTS: &str = "sitemap-lists.xml";
/// The news of two days.
pub(super) const NEWS: &str = "sitemap-news.xml";

/// What one sitemap holds at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Addresses.
    pub(super) urls: usize,
    /// Bytes, uncompressed.
    pub(super) bytes: usize,
}

/// The protocol's ("Using Sitemap index files").
pub(super) const LIMITS: Limits = Limits { urls: 50_000, bytes: 52_428_800 };

/// Makes the sitemaps of an edition that `sink` does not keep.
pub(super) fn write(
    edition: &Edition,
    pages: &Pages<'_>,
    limits: Limits,
    sink: &impl Sink,
) -> Result<()> {
    let urls = pages.urls();
    let absolute = |name: &str| urls.absolute(&[urls.base_path(), name].concat());
    let write = |name: &str, bytes: &[u8]| sink.write(name, bytes, None);
    let mut index = xml::Index::begin()?;

    let mut lists = Document::begin(xml::PAGES)?;
    let sections = edition.site.sections.iter().map(|it| Some(it.slug.as_str()));
    for section in [None].into_iter().chain(sections) {
        let path = urls.path(section.map_or(Route::Front, Route::Section));
        let (articles, _) = pages.on_the_newest_page(section);
        let changed = articles.iter().map(|it| updated(it)).max_by_key(|it| it.timestamp());
        lists.add(&Page { changed, ..Page::at(urls.absolute(&path)) }, limits)?;
    }
    let (bytes, changed) = lists.end()?;
    index.add(&absolute(LISTS), changed.as_ref())?;
    write(LISTS, &bytes)?;

    articles::write(edition, pages, limits, sink, |name, changed| {
        index.add(&absolute(name), changed)
    })?;

    // Without a date: that would be the only thing in the index that depends on the moment.
    index.add(&absolute(NEWS), None)?;
    write(NEWS, &news::document(edition, pages)?)?;
    write(INDEX, &index.end()?)
}

/// A moment as the protocol has it (W3C, "Date and Time Formats"), in the newsroom's time zone.
fn date(moment: &ZonedDateTime) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
