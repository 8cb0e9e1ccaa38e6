//! The page cache: the data of pages that this tab fetched, so that going back fetches nothing.

use std::sync::Arc;

use crate::contract::Feed;

/// How long fetched data is shown without asking again, in milliseconds.
const FRESH_MS: f64 = 5.0 * 60.0 * 1000.0;
/// How many pages are kept.
const CAPACITY: usize = 60;

/// A page as it was fetched.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fetched {
    /// Its data.
    pub(crate) page: Arc<Feed>,
    /// When the service worker kept it (ISO 8601), if it is a copy.
    pub(crate) kept_at: Option<String>,
}

#[derive(Debug)]
struct Entry {
    path: String,
    fetched: Fetched,
    /// Milliseconds since 1970.
    at: f64,
}

/// The pages, the one that was fetched last at the end.
#[derive(Debug, Default)]
pub(super) struct PageCache(Vec<Entry>);

impl PageCache {
    /// A page that is fresh at `now` (milliseconds since 1970), or of whatever age.
    pub(super) fn find(&self, path: &str, now: f64, whatever_age: bool) -> Option<Fetched> {
        let fresh = |entry: &&Entry| whatever_age || now - entry.at < FRESH_MS;
        let entry = self.0.iter().find(|entry| entry.path == path).filter(fresh)?;
        Some(entry.fetched.clone())
    }

    /// Puts a page that was fetched at `now`. The oldest one makes room.
    pub(super) fn put(&mut self, path: &str, fetched: Fetched, now: f64) {
        self.remove(path);
        if self.0.len() == CAPACITY {
            self.0.remove(0);
        }
        self.0.push(Entry { path: path.to_owned(), fetched, at: now });
    }

    /// Forgets a page.
    pub(super) fn remove(&mut self, path: &str) {
        self.0.retain(|entry| entry.path != path);
    }
}
