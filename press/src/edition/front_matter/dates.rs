//! Dates as publishers and other generators write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

use crate::edition::front_matter::kept;

/// A point in time and whether only its day was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Moment {
    #[serde(with = "kept::moment")]
    pub(crate) at: ZonedDateTime,
    pub(crate) date_only: bool,
}

/// Reads a date; one without a zone is in the site's zone, and every one ends up there.
pub(crate) fn parse(text: &str, zone: &TimeZone) -> Option<Moment> {
    let mut rest = Cursor(text.trim());
    let date = rest.date()?;
    if rest.0.is_empty() {
        let at = date.to_zoned_datetime(zone.clone()).ok()?;
        return Some(Moment { at, date_only: true });
    }
    rest.0 = rest.0.strip_prefix(['T', 't', ' '])?.trim_start();
    let civil = DateTime::from_parts(date, rest.time()?);
    rest.0 = rest.0.trim_start();
    let at = match rest.offset()? {
        Some(offset) => offset
            .to_timestamp(civil)
            .ok()
            .map(|stamp: Timestamp| stamp.to_zoned_datetime(zone.clone()))?,
        None => civil.to_zoned_datetime(zone.clone()).ok()?,
    };
    Some(Moment { at, date_only: false })
}

/// The day that an old address tells: three numbers in a row, `/2016/03/01/name/`.
pub(crate) fn in_address(address: &str, zone: &TimeZone) -> Option<Moment> {
    let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
    parts.windows(3).find_map(|parts| {
        let numbers = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        numbers.then(|| parse(&parts.join("-"), zone))?
    })
}

struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    fn number(&mut self, least: usize, most: usize) -> Option<i16> {
        let digits = self.0.bytes().take(most).take_while(u8::is_ascii_digit);
        let length = digits.count();
        let (number, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        (length >= least).then(|| number.parse().ok()).flatten()
    }

    fn skip(&mut self, c: char) -> Option<()> {
        self.0 = self.0.strip_prefix(c)?;
        Some(())
    }

    fn date(&mut self) -> Option<Date> {
        let year = self.number(4, 4)?;
        let separator = if self.0.starts_with('/') { '/' } else { '-' };
        self.skip(separator)?;
        let month = i8::try_from(self.number(1, 2)?).ok()?;
        self.skip(separator)?;
        let day = i8::try_from(self.number(1, 2)?).ok()?;
        Date::new(year, month, day).ok()
    }

    fn time(&mut self) -> Option<Time> {
        let hour = i8::try_from(self.number(1, 2)?).ok()?;
        self.skip(':')?;
        let minute = i8::try_from(self.number(2, 2)?).ok()?;
        let mut second = 0;
        if self.skip(':').is_some() {
            second = i8::try_from(self.number(2, 2)?).ok()?.min(59);
            if self.skip('.').is_some() {
                // Nobody dates an article by fractions of a second.
                self.0 = self.0.trim_start_matches(|c: char| c.is_ascii_digit());
            }
        }
        Time::new(hour, minute, second, 0).ok()
    }

    /// `Some(None)` when no zone is written, `None` when what follows is no zone.
    fn offset(&mut self) -> Option<Option<Offset>> {
        let sign = match self.0.chars().next() {
            None => return Some(None),
            Some('+') => 1,
            Some('-') => -1,
            Some(_) => {
                let utc = ["Z", "UTC", "GMT"];
                let known = utc.iter().any(|name| self.0.eq_ignore_ascii_case(name));
                return known.then_some(Some(Offset::UTC));
            }
        };
        self.0 = self.0.get(1..)?;
        let hours = i32::from(self.number(1, 2)?);
        let _ = self.skip(':');
        let minutes = match self.0 {
            "" => 0,
            _ => i32::from(self.number(2, 2)?),
        };
        // jiff and RFC 9557 write the zone's name behind the offset.
        let named = self.0.starts_with('[') && self.0.ends_with(']');
        if minutes > 59 || !(self.0.is_empty() || named) {
            return None;
        }
        Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        parse(text, &zone).map(|m| m.at.strftime("%Y-%m-%d %H:%M:%S %:z").to_string())
    }

    #[test]
    fn every_usual_way_to_write_a_date_is_read() {
        for (text, expected) in [
            ("2020-08-04T05:00:00+07:00", "2020-08-04 05:00:00 +07:00"),
            ("2023-11-28 08:52:00 -0500", "2023-11-28 20:52:00 +07:00"),
            ("2020-07-02T17:00:00Z", "2020-07-03 00:00:00 +07:00"),
            ("2020-07-02T17:00:00.123+00:00[UTC]", "2020-07-03 00:00:00 +07:00"),
            ("2020-07-02T17:00:00", "2020-07-02 17:00:00 +07:00"),
            ("2020-07-02 17:00", "2020-07-02 17:00:00 +07:00"),
            ("2020-07-02", "2020-07-02 00:00:00 +07:00"),
            ("2020-7-2 9:05", "2020-07-02 09:05:00 +07:00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn an_old_address_tells_the_day() {
        let day = |address: &str| {
            let moment = in_address(address, &TimeZone::UTC)?;
            Some(moment.at.date().to_string())
        };
        assert_eq!(day("2014/09/15/cho-que").as_deref(), Some("2014-09-15"));
        assert_eq!(day("/tin/2014/9/5/cho-que.html").as_deref(), Some("2014-09-05"));
        for address in ["/tin/cho-que/", "/2014/13/01/x/", "/2014/09/x/", "/14/09/15/x/", ""] {
            assert_eq!(day(address), None, "{address}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "31/02",
            "2020-02-30",
            "2020-13-01",
            "hôm nay",
            "2020-07-02T25:00",
            "2020",
            "2020-07-02 17:00 PST",
            "2020-07-02T",
            "9999-12-31T23:59:59-25:00x",
            "2020-07-02T17",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
