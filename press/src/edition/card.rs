//! Cards: what there is to know in short of an article that says nothing out of the ordinary: no notes, no files, no old
//! addresses, no translations, no questions to anything around it. Of 100,000 articles most are so, and a print after
//! another one needs no more of those that did not change.
//!
//! All else that such an article says is read of what is remembered when a page has to be made of it (`told`).

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::edition::front_matter::kept;
use crate::edition::slot::Piece;
use crate::hash::Hash;

/// What an article is called.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Name {
    /// The section that it is in, and its part of the address there.
    pub(crate) section: String,
    pub(crate) slug: String,
    pub(crate) language: String,
    /// The language of its section, else of the site.
    pub(crate) main: String,
}

/// What there is to know of an article in short, beside its name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Card {
    #[serde(with = "kept::timestamp")]
    pub(crate) published: Timestamp,
    #[serde(with = "kept::some_timestamp")]
    pub(crate) modified: Option<Timestamp>,
    /// When it comes online.
    #[serde(with = "kept::some_timestamp")]
    pub(crate) appears: Option<Timestamp>,
    pub(crate) tags: Vec<String>,
    /// The hashes of all that its own page says of it, and of what other pages do.
    pub(crate) seals: [Hash; 2],
}

/// The card that was kept for an article in a section.
pub(crate) fn read(kept: &Piece, section: &str) -> Option<(Name, Card)> {
    let (name, card): (Name, Card) = postcard::from_bytes(kept).ok()?;
    (name.section == section).then_some((name, card))
}

impl Card {
    /// Whether the article is online at a moment.
    pub(crate) fn is_online(&self, now: Timestamp) -> bool {
        self.appears.is_none_or(|at| at <= now)
    }
}

/// Whether something that was remembered could not be read, though it was kept whole by the same program.
static UNREADABLE: AtomicBool = AtomicBool::new(false);

/// Notes that something could not be read: nothing may be printed of what stands in its place.
pub(crate) fn note_unreadable() {
    UNREADABLE.store(true, Ordering::Relaxed);
}

/// Whether something could not be read.
pub(crate) fn found_unreadable() -> bool {
    UNREADABLE.load(Ordering::Relaxed)
}
