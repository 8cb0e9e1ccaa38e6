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

/// Takes the files, by their names relative to the site. They may come from several threads.
pub trait Sink: Sync {
    /// Whether a file need not be made, because the one that is there was made of the same: `seal` is the hash of all
    /// that it says.
    ///
    /// # Errors
    /// If the file has no place in the site.
    fn keep(&self, name: &str, seal: [u8; 16]) -> Result<bool>;

    /// Takes a file; `seal` is that for which it is kept the next time.
    ///
    /// # Errors
    /// If the file cannot be written.
    fn write(&self, name: &str, bytes: &[u8], seal: Option<[u8; 16]>) -> Result<()>;
}

/// Makes all files that `sink` does not keep.
///
/// # Errors
/// What `sink` says, and if a file cannot be made.
pub fn write(edition: &Edition, pages: &Pages<'_>, sink: &impl Sink) -> Result<()> {
    let sections = edition.site.sections.iter();
    let sections = sections.map(|it| (Some(it.slug.as_str()), it.description.as_deref()));
    let lists: Vec<_> = [(None, None)].into_iter().chain(sections).collect();
    lists.par_iter().try_for_each(|(section, description)| {
        let folder = section.map(|slug| format!("{slug}/")).unwrap_or_default();
        let (rss, atom) = (pages.urls().rss(&folder), pages.urls().atom(&folder));
        let seal = pages.seal_of_newest(*section);
        let (has_rss, has_atom) = (sink.keep(&rss, seal)?, sink.keep(&atom, seal)?);
        if has_rss && has_atom {
            return anyhow::Ok(());
        }
        let channel = Channel::of(pages, *section, *description, &edition.site.feeds.hubs)?;
        if !has_rss {
            sink.write(&rss, &rss::document(&channel)?, Some(seal))?;
        }
        if !has_atom {
            sink.write(&atom, &atom::document(&channel)?, Some(seal))?;
        }
        Ok(())
    })?;
    sitemap::write(edition, pages, sitemap::LIMITS, sink)?;
    let write = |name: &str, bytes: &[u8]| sink.write(name, bytes, None);
    if let Some(key) = &edition.site.publish.indexnow {
        write(robots::INDEXNOW, key.as_bytes())?;
    }
    write(ROBOTS, &robots::robots(&edition.root, pages))?;
    write(robots::LLMS, robots::llms(pages).as_bytes())
}
