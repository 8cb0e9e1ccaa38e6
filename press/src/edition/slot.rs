//! Slots: what is remembered of one article's file, as bytes that are read only when they are needed.

use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::edition::prose::Prose;

/// Bytes that may be part of larger ones.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    of: Arc<Vec<u8>>,
    at: Range<usize>,
}

impl Piece {
    /// The part of bytes at a place.
    pub(crate) fn of(of: &Arc<Vec<u8>>, at: Range<usize>) -> Self {
        Self { of: Arc::clone(of), at }
    }
}

impl From<Vec<u8>> for Piece {
    fn from(mut bytes: Vec<u8>) -> Self {
        bytes.shrink_to_fit();
        let at = 0..bytes.len();
        Self { of: Arc::new(bytes), at }
    }
}

impl Deref for Piece {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.of.get(self.at.clone()).unwrap_or_default()
    }
}

impl Piece {
    /// Whether it is the very same part of the same bytes.
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.of, &other.of) && self.at == other.at
    }
}

/// What is remembered of the file of an article.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// The file's state, and what its front matter says.
    pub(crate) draft: Piece,
    /// What became of its body.
    pub(crate) body: Option<Piece>,
    /// What there is to know of the article in short, where it says nothing out of the ordinary (`card`).
    pub(crate) card: Option<Piece>,
    /// The text, where it was made in this process.
    pub(crate) prose: Option<Prose>,
}

impl Slot {
    /// Whether it says the very same.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let same = |a: &Option<Piece>, b: &Option<Piece>| match (a, b) {
            (Some(a), Some(b)) => a.is(b),
            (a, b) => a.is_none() && b.is_none(),
        };
        self.draft.is(&other.draft)
            && same(&self.body, &other.body)
            && same(&self.card, &other.card)
    }
}
