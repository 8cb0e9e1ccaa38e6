//! Channels: a list of articles as its feeds have it, in whatever format.

use broadsheet::urls::Route;
use jiff::ZonedDateTime;

use super::entry::{Entry, clean};
use crate::edition::Diagnostic;
use crate::pages::Pages;

/// The program that makes the feeds.
pub(super) const GENERATOR: &str = "Broadsheet";
/// The icon of a site, relative to its base path. It is square, as Atom asks (RFC 4287, section 4.2.5).
const ICON: &str = "icons/icon-192.png";

/// A list of articles. All addresses are absolute.
pub(super) struct Channel<'a> {
    pub(super) title: String,
    /// What it is about; may be empty.
    pub(super) description: String,
    /// The newspaper's name.
    pub(super) publisher: String,
    pub(super) language: &'a str,
    /// The page of the list.
    pub(super) url: String,
    pub(super) rss: String,
    pub(super) atom: String,
    pub(super) icon: String,
    pub(super) hubs: &'a [String],
    /// As the newest page of the list has them.
    pub(super) entries: Vec<Entry<'a>>,
}

impl<'a> Channel<'a> {
    /// The list of all sections, or of one. `description` is what `site.toml` says of that.
    ///
    /// # Errors
    /// If the text of one of its articles cannot be had any more.
    pub(super) fn of(
        pages: &'a Pages<'_>,
        section: Option<&str>,
        description: Option<&str>,
        hubs: &'a [String],
    ) -> Result<Self, Diagnostic> {
        let (site, urls) = (&pages.site, pages.urls());
        let path = urls.path(section.map_or(Route::Front, Route::Section));
        let (articles, language) = pages.on_the_newest_page(section);
        let title = match section.and_then(|slug| site.section(slug)) {
            Some(section) => format!("{} – {}", section.title, site.title),
            None => site.title.clone(),
        };
        Ok(Self {
            title: clean(&title),
            description: clean(description.unwrap_or(&site.tagline)),
            publisher: clean(&site.title),
            language,
            url: urls.absolute(&path),
            rss: urls.absolute(&urls.rss(&path)),
            atom: urls.absolute(&urls.atom(&path)),
            icon: urls.absolute(&[urls.base_path(), ICON].concat()),
            hubs,
            entries: articles
                .iter()
                .map(|it| Entry::of(it, pages, language))
                .collect::<Result<_, _>>()?,
        })
    }

    /// When an article of it was changed last.
    pub(super) fn updated(&self) -> Option<&ZonedDateTime> {
        self.entries.iter().map(Entry::updated).max_by_key(|it| it.timestamp())
    }
}
