//! Cards: what there is to know in short of an article that says nothing out of the ordinary: no notes, no files, no old
//! addresses, no translations, no questions to anything around it. Of 100,000 articles most are so, and a print after
//! another one needs no more of those that did not change.
//!
//! All else that such an article says sleeps in what is remembered of it. It is read when a page has to be made of it.

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

use crate::edition::slot::Piece;
use crate::hash::Hash;

/// A moment without its zone: seconds since 1970, and nanoseconds.
pub(crate) type Moment = (i64, i32);

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
    pub(crate) published: Moment,
    pub(crate) modified: Option<Moment>,
    /// When it comes online.
    pub(crate) appears: Option<Moment>,
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
        self.appears.is_none_or(|at| at <= (now.as_second(), now.subsec_nanosecond()))
    }

    /// When the article was published, and when it was changed.
    pub(crate) fn moments(
        &self,
        zone: &TimeZone,
    ) -> Option<(ZonedDateTime, Option<ZonedDateTime>)> {
        let moment = |(second, rest): Moment| {
            Some(Timestamp::new(second, rest).ok()?.to_zoned_datetime(zone.clone()))
        };
        let modified = match self.modified {
            Some(modified) => Some(moment(modified)?),
            None => None,
        };
        Some((moment(self.published)?, modified))
    }
}

/// A moment without its zone.
pub(crate) fn moment(at: &ZonedDateTime) -> Moment {
    let at = at.timestamp();
    (at.as_second(), at.subsec_nanosecond())
}

/// Whether something that was remembered could not be read, though it was kept whole by the same program.
static IS_LOST: AtomicBool = AtomicBool::new(false);

/// Notes that something could not be read: nothing may be printed of what stands in its place.
pub(crate) fn lose() {
    IS_LOST.store(true, Ordering::Relaxed);
}

/// Whether something could not be read.
pub(crate) fn is_lost() -> bool {
    IS_LOST.load(Ordering::Relaxed)
}
