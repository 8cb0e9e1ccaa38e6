//! Dates and times as HTML writes them ("Dates and times", "The time element").

use jiff::civil::{Date, Time};

use super::tree::{Element, Node};

/// Whether the text of a `time` element says when, without an attribute.
pub(super) fn is_time_element(element: &Element<'_>) -> bool {
    match element.children.as_slice() {
        [Node::Text(text)] => is_time(text.trim_ascii()),
        _ => false,
    }
}

/// What `time` may say: a year, a month, a date with or without a year, a week, a time, a date with a time, a
/// duration.
pub(super) fn is_time(value: &str) -> bool {
    is_year(value)
        || is_month(value)
        || is_date(value)
        || is_clock(value)
        || is_week(value)
        || is_day_of_year(value)
        || is_duration(value)
        || is_span(value)
        || split(value).is_some_and(|(date, rest)| {
            is_date(date) && (is_clock(rest) || zoned(rest).is_some_and(is_clock))
        })
}

/// When something was put in or taken out: a date, or a date and a time with a zone.
pub(super) fn is_change(value: &str) -> bool {
    let moment = |(date, rest)| is_date(date) && zoned(rest).is_some_and(is_clock);
    is_date(value) || split(value).is_some_and(moment)
}

fn split(value: &str) -> Option<(&str, &str)> {
    value.split_once(['T', ' '])
}

fn digits(value: &str, count: usize) -> bool {
    value.len() == count && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_year(value: &str) -> bool {
    digits(value, 4) && value != "0000"
}

fn is_month(value: &str) -> bool {
    value.len() == 7 && is_date(&format!("{value}-01"))
}

fn is_date(value: &str) -> bool {
    let Some((year, rest)) = value.split_once('-') else { return false };
    let Some((month, day)) = rest.split_once('-') else { return false };
    let number = |text: &str| text.parse().ok();
    let date = || Date::new(year.parse().ok()?, number(month)?, number(day)?).ok();
    is_year(year) && digits(month, 2) && digits(day, 2) && date().is_some()
}

/// `07-02`, a day of every year.
fn is_day_of_year(value: &str) -> bool {
    // A leap year has all days.
    value.len() == 5 && is_date(&format!("2024-{value}"))
}

fn is_week(value: &str) -> bool {
    value.split_once("-W").is_some_and(|(year, week)| {
        is_year(year) && digits(week, 2) && ("01"..="53").contains(&week)
    })
}

/// `07:30`, `07:30:15`, `07:30:15.123`.
fn is_clock(value: &str) -> bool {
    let (time, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let parts: Vec<_> = time.split(':').collect();
    let number = |at: usize| parts.get(at).map_or(Some(0), |it| it.parse().ok());
    let time = || Time::new(number(0)?, number(1)?, number(2)?, 0).ok();
    (2..=3).contains(&parts.len())
        && (parts.len() == 3 || !value.contains('.'))
        && parts.iter().all(|it| digits(it, 2))
        && (1..=3).contains(&fraction.len())
        && digits(fraction, fraction.len())
        && time().is_some()
}

/// The time before `Z`, `+07:00` or `-0330`.
fn zoned(value: &str) -> Option<&str> {
    if let Some(time) = value.strip_suffix('Z') {
        return Some(time);
    }
    let (time, zone) = value.split_at_checked(value.rfind(['+', '-'])?)?;
    let zone = zone.get(1..)?;
    let clock = match zone.len() {
        4 => format!("{}:{}", zone.get(..2)?, zone.get(2..)?),
        _ => zone.to_owned(),
    };
    (clock.len() == 5 && is_clock(&clock)).then_some(time)
}

/// `4h 18m 3s`, a duration too.
fn is_span(value: &str) -> bool {
    let part = |part: &str| {
        let count = part.strip_suffix(['w', 'd', 'h', 'm', 's']);
        count.is_some_and(|it| digits(it, it.len()) && !it.is_empty())
    };
    let mut units: Vec<_> = value.split_ascii_whitespace().map(|it| it.chars().last()).collect();
    let count = units.len();
    units.sort_unstable();
    units.dedup();
    count > 0 && units.len() == count && value.split_ascii_whitespace().all(part)
}

/// `P3D`, `PT4H18M3S`.
fn is_duration(value: &str) -> bool {
    let Some(rest) = value.strip_prefix('P') else { return false };
    let (days, time) = match rest.split_once('T') {
        Some((days, time)) => (days, Some(time)),
        None => (rest, None),
    };
    let day = |text: &str| {
        text.strip_suffix('D').is_some_and(|it| digits(it, it.len()) && !it.is_empty())
    };
    let clock = |text: &str| {
        let mut rest = text;
        for unit in ['H', 'M', 'S'] {
            if let Some((count, tail)) = rest.split_once(unit) {
                if count.is_empty() || !digits(count, count.len()) {
                    return false;
                }
                rest = tail;
            }
        }
        rest.is_empty() && !text.is_empty()
    };
    match time {
        Some(time) => (days.is_empty() || day(days)) && clock(time),
        None => day(days),
    }
}
