//! Moments as they are kept: without their zone, which is the site's for all of them and is put back when they are
//! read.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use super::FrontMatter;

impl FrontMatter {
    /// Puts the moments of a front matter that was kept into the site's zone.
    pub(crate) fn in_zone(&mut self, zone: &TimeZone) {
        let notes = [&mut self.corrected, &mut self.withdrawn].into_iter().flatten();
        let moments = [&mut self.date, &mut self.modified].into_iter();
        let moments = moments.chain(notes.map(|note| &mut note.date)).flatten();
        let moments = moments.map(|moment| &mut moment.at);
        let times = [&mut self.times.appears, &mut self.times.goes].into_iter().flatten();
        for at in moments.chain(times) {
            *at = in_zone(at, zone);
        }
    }
}

/// A moment in a zone.
fn in_zone(at: &ZonedDateTime, zone: &TimeZone) -> ZonedDateTime {
    at.timestamp().to_zoned_datetime(zone.clone())
}

/// A moment without a zone.
pub(crate) mod timestamp {
    use super::Timestamp;
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(crate) fn serialize<S: Serializer>(at: &Timestamp, into: S) -> Result<S::Ok, S::Error> {
        (at.as_second(), at.subsec_nanosecond()).serialize(into)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        let (second, nanosecond) = <(i64, i32)>::deserialize(from)?;
        Timestamp::new(second, nanosecond).map_err(D::Error::custom)
    }
}

/// The same, which need not be there.
pub(crate) mod some_timestamp {
    use super::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Moment(#[serde(with = "super::timestamp")] Timestamp);

    pub(crate) fn serialize<S: Serializer>(
        at: &Option<Timestamp>,
        into: S,
    ) -> Result<S::Ok, S::Error> {
        at.map(Moment).serialize(into)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        Ok(Option::<Moment>::deserialize(from)?.map(|it| it.0))
    }
}

/// A moment that is there.
pub(crate) mod moment {
    use super::{TimeZone, ZonedDateTime, timestamp};
    use serde::{Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(at: &ZonedDateTime, into: S) -> Result<S::Ok, S::Error> {
        timestamp::serialize(&at.timestamp(), into)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<ZonedDateTime, D::Error> {
        Ok(timestamp::deserialize(from)?.to_zoned_datetime(TimeZone::UTC))
    }
}

/// A moment that need not be there.
pub(crate) mod some_moment {
    use super::{TimeZone, ZonedDateTime, some_timestamp};
    use serde::{Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        at: &Option<ZonedDateTime>,
        into: S,
    ) -> Result<S::Ok, S::Error> {
        some_timestamp::serialize(&at.as_ref().map(ZonedDateTime::timestamp), into)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<ZonedDateTime>, D::Error> {
        Ok(some_timestamp::deserialize(from)?.map(|at| at.to_zoned_datetime(TimeZone::UTC)))
    }
}
