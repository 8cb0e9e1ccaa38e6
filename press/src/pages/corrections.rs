//! The feed of corrections: which articles the newspaper corrected or withdrew, and what it says of
//! them. Who keeps copies learns here which of them no longer hold.

use std::cmp::Reverse;

use broadsheet::contract::{Feed, PageKind};

use super::{Page, Pages, extension, items};
use crate::edition::Article;

/// The name of the feed, relative to the base path.
pub(crate) const FILE: &str = "corrections.json";
/// How many articles it names: the newest changes.
const COUNT: usize = 500;

impl Pages<'_> {
    /// The corrected and withdrawn articles, newest change first.
    pub fn corrections(&self) -> Feed {
        let mut articles = self.corrections.clone();
        let changed = |it: &Article| it.modified.as_ref().unwrap_or(&it.published).timestamp();
        articles.sort_by_key(|it| Reverse(changed(it)));
        articles.truncate(COUNT);
        let correction =
            |it: &&Article| items::correction(it, &self.site, &self.urls, self.revision(it));
        let base_path = self.urls.base_path();
        let feed = Feed {
            feed_url: self.urls.absolute(&[base_path, FILE].concat()),
            items: articles.iter().map(correction).collect(),
            extension: extension(PageKind::Front),
            ..self.feed(base_path, &self.site.title)
        };
        Page::new(base_path.to_owned(), feed).feed
    }
}
