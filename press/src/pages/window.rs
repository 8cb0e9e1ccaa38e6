//! Windows: what the related news of an article are chosen from. While a window holds the same articles, the page that
//! was made for it would be made again as it was, and its recipe need not be found again: of an archive's 100,000 articles
//! a new one is in the windows of 200.
//!
//! A window is named by the sum of its articles' hashes, which is found for each from those of the one before. The order
//! of its articles follows from what they say, so it is not in the name.

use std::ops::Range;

use super::related::Neighbour;
use crate::hash::{Hash, hash};

/// The sums of the hashes of a section's articles: at each place that of all before it.
#[derive(Debug, Default)]
pub(super) struct Sums(Vec<u128>);

impl Sums {
    pub(super) fn of(section: &[Neighbour<'_>]) -> Self {
        let mut sum = 0_u128;
        let sums = section.iter().map(|it| {
            sum = sum.wrapping_add(u128::from_le_bytes(identity(it)));
            sum
        });
        Self([0].into_iter().chain(sums).collect())
    }

    /// The name of the window of the article at a place of the section, in a section of this language of a site whose pages
    /// share what has this hash.
    pub(super) fn name(
        &self,
        shared: &Hash,
        place: usize,
        window: Range<usize>,
        language: &str,
    ) -> Option<Hash> {
        let sum = |range: Range<usize>| {
            let [start, end] = [self.0.get(range.start)?, self.0.get(range.end)?];
            Some(end.wrapping_sub(*start).to_le_bytes())
        };
        let (all, own) = (sum(window)?, sum(place..place + 1)?);
        // With two letters for the language it fits into one block of the hash.
        Some(hash(&[shared, &all, &own, language.as_bytes()]))
    }
}

/// The hash of all that is said of an article, and of what orders it among those of its section.
fn identity(it: &Neighbour<'_>) -> Hash {
    let moment = it.article.published.timestamp().as_nanosecond().to_le_bytes();
    hash(&[&it.own, &moment, it.article.file.as_os_str().as_encoded_bytes()])
}
