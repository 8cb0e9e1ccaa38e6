//! Dates as a newspaper prints them.
//!
//! The contract carries RFC 3339 timestamps with the newsroom's own offset, so the local date and
//! time can be read off the text: no time zone data travels to the browser, and the prerendered
//! page and the app print the same characters.

use crate::phrases::Phrases;

/// A date and a time of day on the newsroom's wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Local {
    year: i32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
}

/// Reads `2020-07-02T17:00:00+07:00` (RFC 3339, section 5.6). The offset is not looked at.
fn parse(timestamp: &str) -> Option<Local> {
    let number = |from: usize, to: usize| timestamp.get(from..to)?.parse::<u32>().ok();
    let local = Local {
        year: number(0, 4)? as i32,
        month: number(5, 7)?,
        day: number(8, 10)?,
        hour: number(11, 13)?,
        minute: number(14, 16)?,
    };
    ((1..=12).contains(&local.month) && (1..=31).contains(&local.day)).then_some(local)
}

/// The day of the week, 0 for Sunday (Sakamoto's method for the Gregorian calendar).
fn weekday(date: Local) -> usize {
    const SHIFT: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = if date.month < 3 { date.year - 1 } else { date.year };
    let shift = SHIFT.get(date.month as usize - 1).copied().unwrap_or(0);
    (year + year / 4 - year / 100 + year / 400 + shift + date.day as i32).rem_euclid(7) as usize
}

/// Two digits.
fn two(number: u32) -> String {
    [if number < 10 { "0" } else { "" }, &number.to_string()].concat()
}

fn day_month_year(date: Local, phrases: &Phrases) -> String {
    let year = date.year.to_string();
    match phrases.months {
        Some(months) => {
            let month = months.get(date.month as usize - 1).copied().unwrap_or("");
            [&date.day.to_string(), " ", month, " ", &year].concat()
        }
        None => [&two(date.day), "/", &two(date.month), "/", &year].concat(),
    }
}

/// "Thứ Năm, 02/07/2020, 17:00" or "Thursday, 2 July 2020, 17:00". Midnight sharp is how a date
/// without a time arrives, so no time is printed for it. A timestamp that cannot be read is
/// printed as it is.
pub fn full(timestamp: &str, phrases: &Phrases) -> String {
    let Some(date) = parse(timestamp) else { return timestamp.to_owned() };
    let day = phrases.weekdays.get(weekday(date)).copied().unwrap_or("");
    let mut text = [day, ", ", &day_month_year(date, phrases)].concat();
    if (date.hour, date.minute) != (0, 0) {
        text.push_str(&[", ", &two(date.hour), ":", &two(date.minute)].concat());
    }
    text
}

/// "17:00", or "17:00, 02/07/2020" where that is not the day of `today`: when something happened
/// on the reader's device. Both are timestamps with the device's own time in them.
pub fn moment(timestamp: &str, today: &str, phrases: &Phrases) -> String {
    let Some(date) = parse(timestamp) else { return timestamp.to_owned() };
    let mut text = [&two(date.hour), ":", &two(date.minute)].concat();
    if timestamp.get(..10) != today.get(..10) {
        text.push_str(&[", ", &day_month_year(date, phrases)].concat());
    }
    text
}

/// "02/07/2020" or "2 July 2020".
pub fn short(timestamp: &str, phrases: &Phrases) -> String {
    parse(timestamp).map_or_else(|| timestamp.to_owned(), |date| day_month_year(date, phrases))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrases::{ENGLISH, VIETNAMESE};

    #[test]
    fn a_date_is_printed_in_the_readers_language() {
        let timestamp = "2020-07-02T17:00:00+07:00";
        assert_eq!(full(timestamp, &VIETNAMESE), "Thứ Năm, 02/07/2020, 17:00");
        assert_eq!(full(timestamp, &ENGLISH), "Thursday, 2 July 2020, 17:00");
        assert_eq!(short(timestamp, &VIETNAMESE), "02/07/2020");
    }

    #[test]
    fn a_date_without_a_time_shows_none() {
        assert_eq!(full("2024-02-29T00:00:00+07:00", &VIETNAMESE), "Thứ Năm, 29/02/2024");
    }

    #[test]
    fn the_weekday_is_right_around_the_leap_days() {
        let day = |text: &str| parse(text).map(weekday);
        assert_eq!(day("2000-01-01T00:00:00Z"), Some(6));
        assert_eq!(day("2023-12-31T00:00:00Z"), Some(0));
        assert_eq!(day("2024-03-01T00:00:00Z"), Some(5));
    }

    #[test]
    fn what_is_no_date_is_printed_as_it_is() {
        for text in ["", "hôm qua", "2020-13-45T00:00:00Z", "Ậ2020-07-02T17:00:00"] {
            assert_eq!(full(text, &VIETNAMESE), text);
        }
    }
}
