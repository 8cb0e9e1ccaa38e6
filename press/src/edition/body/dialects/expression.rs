//! What stands in `{{ … }}`: a literal, a value that is known here, or a call, with filters behind it.

use std::collections::HashMap;

use crate::edition::body::dialects::Context;
use crate::edition::config::Generator;

/// What an expression comes to.
#[derive(Debug, PartialEq)]
pub(crate) enum Value {
    /// Text as a template would print it.
    Text(String),
    /// Text that its author put into quotes so that it stays what it is.
    Literal(String),
    /// An address of the site.
    Address(String),
    /// The site's own address, before whatever follows it.
    SiteAddress,
    Unknown,
}

/// The pseudo address of an article, as `links` resolves it.
pub(crate) fn reference(written: &str) -> String {
    let written = written.trim();
    match written.starts_with('#') || written.starts_with("@/") || written.contains("://") {
        true => encoded(written),
        false => format!("@ref/{}", encoded(written)),
    }
}

/// Without what would end an address in Markdown or in an attribute.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '"' | '\'' | '\n' | '\t' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// The value of an expression.
pub(crate) fn value(inner: &str, context: &Context<'_>, set: &HashMap<String, String>) -> Value {
    let mut parts = split(inner, '|').into_iter();
    let head = parts.next().unwrap_or_default().trim();
    let mut value = match literal(head) {
        Some(text) => Value::Literal(text.to_owned()),
        None => known(head, context, set),
    };
    for filter in parts {
        value = filtered(value, filter.trim(), context, set);
    }
    value
}

/// The text between the quotes of a literal.
fn literal(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    text.get(1..)?.strip_suffix(quote)
}

fn known(name: &str, context: &Context<'_>, set: &HashMap<String, String>) -> Value {
    if let Some(text) = set.get(name) {
        return Value::Text(text.clone());
    }
    let text = |text: Option<String>| text.map_or(Value::Unknown, Value::Text);
    match name {
        "site.url" | "site.baseurl" | "site.baseUrl" | "site.base_url" | "site.github.url"
        | "config.base_url" => Value::SiteAddress,
        "site.title" | "site.name" | "config.title" | "metadata.title" => {
            text(Some(context.site_title.to_owned()))
        }
        _ => match name.strip_prefix("page.") {
            Some(name) => text((context.value)(name)),
            None if context.generator == Some(Generator::Eleventy) => text((context.value)(name)),
            None => Value::Unknown,
        },
    }
}

fn filtered(
    value: Value,
    filter: &str,
    context: &Context<'_>,
    set: &HashMap<String, String>,
) -> Value {
    let end = filter.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    let (name, rest) = filter.split_at(end.unwrap_or(filter.len()));
    let argument = || {
        let argument = rest.trim_start_matches([':', '(', ' ']).trim_end_matches([')', ' ']);
        match literal(argument) {
            Some(text) => Some(text.to_owned()),
            None => match known(argument, context, set) {
                Value::Text(text) | Value::Literal(text) => Some(text),
                Value::SiteAddress => Some(String::new()),
                _ => None,
            },
        }
    };
    let text = match value {
        Value::Unknown if name == "default" => {
            return argument().map_or(Value::Unknown, Value::Text);
        }
        Value::Unknown => return Value::Unknown,
        Value::SiteAddress => String::new(),
        Value::Text(ref text) | Value::Literal(ref text) | Value::Address(ref text) => text.clone(),
    };
    match name {
        "relative_url" | "absolute_url" | "url" | "htmlBaseUrl" | "absurl" | "relurl" => {
            Value::Address(text)
        }
        "inputPathToUrl" | "get_url" => Value::Address(reference(&text)),
        "prepend" => argument().map_or(Value::Unknown, |more| Value::Text(format!("{more}{text}"))),
        "append" => argument().map_or(Value::Unknown, |more| Value::Text(format!("{text}{more}"))),
        "upcase" | "upper" => Value::Text(text.to_uppercase()),
        "downcase" | "lower" => Value::Text(text.to_lowercase()),
        "strip" | "trim" => Value::Text(text.trim().to_owned()),
        "date" => {
            argument().and_then(|format| dated(&text, &format)).map_or(Value::Unknown, Value::Text)
        }
        "escape" | "xml_escape" | "safe" | "strip_html" | "markdownify" | "default"
        | "capitalize" => value,
        // Of a literal its author's words are known, whatever the filter would make of them.
        _ if matches!(value, Value::Literal(_)) => Value::Text(text),
        _ => Value::Unknown,
    }
}

/// A date in the words of `strftime`.
fn dated(text: &str, format: &str) -> Option<String> {
    let day: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    jiff::fmt::strtime::format(format, day).ok()
}

/// Splits at a sign that stands outside of quotes.
fn split(text: &str, at: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (i, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if c == at => {
                parts.push(text.get(start..i).unwrap_or_default());
                start = i + c.len_utf8();
            }
            None => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eval(inner: &str, generator: Option<Generator>) -> Value {
        let page = |name: &str| (name == "date").then(|| "2026-03-09 08:00".to_owned());
        let exists = |_: &str| false;
        let context = Context {
            generator,
            site_title: "Báo",
            value: &page,
            exists: &exists,
            ..Context::default()
        };
        value(inner, &context, &HashMap::from([("so".to_owned(), "ba".to_owned())]))
    }

    #[test]
    fn addresses_pass_their_filters() {
        for written in [
            "\"/b/\" | relative_url",
            "'/b/'|absolute_url",
            "\"/b/\" | url",
            "'b/' | prepend: '/' | url",
        ] {
            assert_eq!(eval(written, None), Value::Address("/b/".into()), "{written}");
        }
        assert_eq!(eval("'/b/' | prepend: site.baseurl", None), Value::Text("/b/".into()));
        assert_eq!(eval("\"{{\"", None), Value::Literal("{{".into()));
    }

    #[test]
    fn what_is_known_here_is_said() {
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(eval("site.title | upcase", None), text("BÁO"));
        assert_eq!(eval("page.date | date: \"%d/%m/%Y\"", None), text("09/03/2026"));
        assert_eq!(eval("so", None), text("ba"));
        assert_eq!(eval("date", Some(Generator::Eleventy)), text("2026-03-09 08:00"));
        for unknown in
            ["date", "page.x", "site.data.x | first", "page.date | date: \"%H %Q\"", "", "|"]
        {
            assert_eq!(eval(unknown, None), Value::Unknown, "{unknown}");
        }
        assert_eq!(eval("page.x | default: 'hai'", None), text("hai"));
    }

    #[test]
    fn a_reference_is_an_address_without_blanks() {
        assert_eq!(reference("_posts/bài một (2).md#x"), "@ref/_posts/bài%20một%20%282%29.md#x");
        assert_eq!(reference("#x"), "#x");
    }
}
