//! Feeds: what feed readers, search engines and other programs read of a site beside its pages: RSS and Atom,
//! sitemaps, `robots.txt` and `llms.txt`. The JSON Feeds are the data of the pages themselves.
//!
//! A feed has the articles of its list's newest page, whole and with absolute addresses. Each list is made by itself,
//! and each sitemap when it is full, so that an archive need not fit into memory twice.

mod absolute;
mod atom;
mod channel;
mod entry;
mod moved;
mod robots;
mod rss;
mod sitemap;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use anyhow::Result;
use rayon::prelude::*;

use crate::edition::Edition;
use crate::pages::Pages;
pub(crate) use atom::MEDIA_TYPE as ATOM;
use channel::Channel;
pub use moved::{Moved, claim};
pub(crate) use robots::ROBOTS;
pub(crate) use rss::MEDIA_TYPE as RSS;

/// Makes all files, and gives each to `write` by its name relative to the site. They may come from several threads.
///
/// # Errors
/// What `write` says, and if a file cannot be made.
pub fn write(
    edition: &Edition,
    pages: &Pages<'_>,
    write: impl Fn(&str, &[u8]) -> Result<()> + Sync,
) -> Result<()> {
    let sections = edition.site.sections.iter();
    let sections = sections.map(|it| (Some(it.slug.as_str()), it.description.as_deref()));
    let lists: Vec<_> = [(None, None)].into_iter().chain(sections).collect();
    lists.par_iter().try_for_each(|(section, description)| {
        let channel = Channel::of(pages, *section, *description, &edition.site.feeds.hubs);
        let folder = section.map(|slug| format!("{slug}/")).unwrap_or_default();
        write(&pages.urls().rss(&folder), &rss::document(&channel)?)?;
        write(&pages.urls().atom(&folder), &atom::document(&channel)?)
    })?;
    sitemap::write(edition, pages, sitemap::LIMITS, &write)?;
    if let Some(key) = &edition.site.publish.indexnow {
        write(robots::INDEXNOW, key.as_bytes())?;
    }
    write(ROBOTS, &robots::robots(&edition.root, pages))?;
    write(robots::LLMS, robots::llms(pages).as_bytes())
}
