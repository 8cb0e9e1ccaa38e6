//! Which values attributes may have: what no validator takes is left out.

/// Whether an element may have an attribute with a value.
pub(crate) fn fits(element: &str, attribute: &str, value: &str) -> bool {
    let number = || value.trim().parse::<u32>().ok();
    match (element, attribute) {
        (_, "lang" | "hreflang") => is_language(value),
        (_, "dir") => matches!(value, "ltr" | "rtl" | "auto"),
        ("a", "role") => matches!(value, "doc-noteref" | "doc-backlink"),
        ("section", "role") => value == "doc-endnotes",
        // The sign of a task that is done or open.
        ("span", "role") => value == "img",
        (_, "role") => false,
        // On elements without a role nobody hears it.
        (_, "aria-label") => {
            matches!(element, "a" | "section" | "aside" | "table" | "figure" | "span")
        }
        (_, "colspan" | "span") => number().is_some_and(|n| (1..=1000).contains(&n)),
        (_, "rowspan") => number().is_some_and(|n| n <= 65_534),
        (_, "start" | "value") => value.trim().parse::<i32>().is_ok(),
        ("ol", "type") => matches!(value, "1" | "a" | "A" | "i" | "I"),
        ("th", "scope") => matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
        (_, "datetime") => is_time(value),
        _ => true,
    }
}

fn is_language(value: &str) -> bool {
    let mut parts = value.split('-');
    let plain = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let first = parts.next().is_some_and(|first| (2..=3).contains(&first.len()) && plain(first));
    first && parts.all(plain)
}

/// Whether a value has the shape of a year, a month, a day, a week, a time, or of a day with a time.
fn is_time(value: &str) -> bool {
    let shape: String =
        value.trim().chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let is_clock = |clock: &str| {
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        matches!(clock, "00:00" | "00:00:00") && matches!(fraction, "0" | "00" | "000")
    };
    let is_moment = |clock: &str| {
        let zone = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
        let (clock, zone) = clock.split_at(zone);
        is_clock(clock) && matches!(zone, "" | "Z" | "+00:00" | "-00:00" | "+0000" | "-0000")
    };
    match shape.split_once(['T', ' ']) {
        Some((day, clock)) => day == "0000-00-00" && is_moment(clock),
        None => {
            matches!(&*shape, "0000" | "0000-00" | "0000-00-00" | "00-00" | "0000-W00")
                || is_clock(&shape)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_the_standard_has_it() {
        for good in [
            "2020",
            "2020-07",
            "2020-07-02",
            "07-02",
            "18:30",
            "2020-07-02T18:30:05+07:00",
            "2020-W03",
            "2020-07-02 18:30Z",
        ] {
            assert!(is_time(good), "{good}");
        }
        for bad in ["", "hôm qua", "2/7/2020", "2020-7-2", "2020-07-02T18", "20200702"] {
            assert!(!is_time(bad), "{bad}");
        }
    }

    #[test]
    fn a_language_and_a_number_are_what_they_say() {
        assert!(
            fits("p", "lang", "zh-Hant-TW")
                && fits("td", "rowspan", "0")
                && fits("ol", "start", "-1")
        );
        for (element, attribute, value) in [
            ("p", "lang", "tiếng Việt"),
            ("p", "lang", "v"),
            ("td", "colspan", "0"),
            ("td", "colspan", "nhiều"),
            ("ol", "type", "disc"),
            ("p", "aria-label", "x"),
            ("p", "role", "doc-endnotes"),
        ] {
            assert!(!fits(element, attribute, value), "{element} {attribute}={value}");
        }
    }
}
