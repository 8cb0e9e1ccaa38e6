//! What an attribute may say. One that says something else is taken out.

use super::dates;
use super::tree::Element;
use crate::edition::addresses::urls;

/// The attributes of a link that describe where it leads.
pub(crate) const OF_TARGET: [&str; 3] = ["hreflang", "role", "aria-label"];

/// Takes out the attributes that are not valid on an element.
pub(super) fn check(element: &mut Element<'_>) {
    let name = element.name;
    let mut attributes = std::mem::take(&mut element.attributes);
    if name == "a" {
        check_link(element, &mut attributes);
    }
    let has_columns = name == "colgroup" && element.contains(&["col"]);
    let is_sign = attributes.iter().any(|(key, value)| *key == "role" && value == "img");
    for (key, value) in &mut attributes {
        if matches!(*key, "colspan" | "rowspan" | "span" | "start" | "value")
            && let Some(number) = as_read(value)
            && number != **value
        {
            *value = number.into();
        }
    }
    attributes.retain(|(key, value)| match (name, *key) {
        ("bdo", "dir") => matches!(&**value, "ltr" | "rtl"),
        (_, "dir") => matches!(&**value, "ltr" | "rtl" | "auto"),
        (_, "lang") => value.is_empty() || is_language(value),
        ("a", "hreflang") => is_language(value),
        (_, "role") => match &**value {
            "doc-noteref" | "doc-backlink" => name == "a",
            // The sign of a task that is done or open.
            "img" => name == "span",
            _ => matches!(name, "section" | "div"),
        },
        // Elements without a role cannot be named (WAI-ARIA 1.2, "Prohibited names").
        ("span", "aria-label") => is_sign,
        (_, "aria-label") => {
            matches!(
                name,
                "a" | "aside" | "details" | "figure" | "img" | "ol" | "section" | "table" | "ul"
            )
        }
        (_, "cite") => urls::encoded(value) == **value,
        ("time", "datetime") => dates::is_time(value.trim_ascii()),
        ("ins" | "del", "datetime") => dates::is_change(value.trim_ascii()),
        ("ol", "type") => matches!(&**value, "1" | "a" | "A" | "i" | "I"),
        ("ul", "type") => false,
        ("ol", "start") | ("li", "value") => value.parse::<i32>().is_ok(),
        ("td" | "th", "colspan") | ("col", "span") => is_number(value, 1, 1000),
        ("colgroup", "span") => !has_columns && is_number(value, 1, 1000),
        // More rows than a table has are cut off there.
        ("td" | "th", "rowspan") => is_number(value, 0, u32::MAX),
        ("th", "scope") => matches!(&**value, "row" | "col" | "rowgroup" | "colgroup"),
        _ => true,
    });
    for (key, value) in &mut attributes {
        if matches!(*key, "reversed" | "open") && !value.is_empty() {
            *value = "".into();
        }
    }
    element.attributes = attributes;
}

/// A link that says nothing leads nowhere; what describes its target goes with the target.
fn check_link(element: &Element<'_>, attributes: &mut Vec<(&str, std::borrow::Cow<'_, str>)>) {
    let named = attributes.iter().any(|(key, value)| *key == "aria-label" && !value.is_empty());
    let leads = attributes.iter().any(|(key, value)| *key == "href" && !value.trim().is_empty());
    if !leads || !(named || element.says_something()) {
        attributes.retain(|(key, _)| *key != "href" && !OF_TARGET.contains(key));
    }
}

/// A number as browsers read it: blanks before it and anything behind it are left out.
fn as_read(value: &str) -> Option<String> {
    let value = value.trim_ascii_start();
    let number = value.strip_prefix('+').unwrap_or(value);
    let bare = number.strip_prefix('-').unwrap_or(number);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let end = number.len() - bare.len() + digits;
    (digits > 0).then(|| number[..end].to_owned())
}

fn is_number(value: &str, least: u32, most: u32) -> bool {
    let plain = value.bytes().all(|b| b.is_ascii_digit());
    plain && value.parse().is_ok_and(|number: u32| (least..=most).contains(&number))
}

/// Whether this has the form of a language tag (BCP 47): a language of 2 or 3 letters, then subtags.
fn is_language(value: &str) -> bool {
    let mut parts = value.split('-');
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    parts.next().is_some_and(|it| (2..=3).contains(&it.len()) && letters(it))
        && parts
            .all(|it| (2..=8).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric()))
}
