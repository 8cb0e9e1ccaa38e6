//! The feed of corrections: which articles the newspaper corrected or withdrew, and what it says of
//! them. Who keeps copies learns here which of them no longer hold.

use std::cmp::Reverse;
use std::sync::Arc;

use broadsheet::contract::{Feed, PageKind};

use super::seal::Sealed;
use super::{Page, Pages, extension, items};
use crate::edition::Diagnostic;
use crate::hash::{Hash, hash};

/// The name of the feed, relative to the base path.
pub(crate) const FILE: &str = "corrections.json";
/// How many entries the feed has at most, unless there are more withdrawals than that.
const LIMIT: usize = 500;

impl Pages<'_> {
    /// The hash of all that [`Pages::corrections`] says.
    pub(crate) fn seal_of_corrections(&self) -> Hash {
        let articles: Vec<Hash> = self.corrections.iter().map(|it| it.own).collect();
        hash(&[b"corrections", articles.as_flattened()])
    }

    /// The corrected and withdrawn articles, newest change first.
    ///
    /// # Errors
    /// If the text of one of them cannot be had any more.
    pub fn corrections(&self) -> Result<Feed, Diagnostic> {
        let correction = |it: &Sealed<'_>| {
            let revision = self.revision(it)?;
            Ok(items::correction(it, &self.site, &self.urls, revision))
        };
        let changes = newest_changes(&self.corrections);
        let base_path = self.urls.base_path();
        let feed = Feed {
            feed_url: self.urls.absolute(&[base_path, FILE].concat()),
            items: changes.iter().map(correction).collect::<Result<_, Diagnostic>>()?,
            extension: extension(PageKind::Front),
            ..self.feed(base_path, &self.site.title)
        };
        Ok(Arc::unwrap_or_clone(Page::new(base_path.to_owned(), feed).feed))
    }
}

/// Sorts by the time of the change, newest first. A withdrawal without a date counts as made now. Above
/// the limit the corrections that were made first are left out; withdrawals never are, because a copy
/// of a withdrawn article is deleted only where its withdrawal is listed.
fn newest_changes<'a>(articles: &[Sealed<'a>]) -> Vec<Sealed<'a>> {
    let mut changes = articles.to_vec();
    changes.sort_by_key(|it| {
        let undated = it.withdrawn.is_some() && it.withdrawn_at.is_none();
        let changed = it.modified.as_ref().unwrap_or(&it.published).timestamp();
        (Reverse(undated), Reverse(changed))
    });
    let withdrawals = changes.iter().filter(|it| it.withdrawn.is_some()).count();
    let mut room = LIMIT.saturating_sub(withdrawals);
    changes.retain(|it| {
        let kept = it.withdrawn.is_some() || room > 0;
        room -= usize::from(kept && it.withdrawn.is_none());
        kept
    });
    changes
}
