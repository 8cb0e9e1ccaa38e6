//! Texts of people as values of TOML and YAML that read back as what was meant.

use std::fmt::Write as _;

use crate::edition::body::plain;
use crate::html;
use crate::text::line;

/// A text as a value of TOML, on one line.
pub(super) fn toml(text: &str) -> String {
    double_quoted(&line(text))
}

/// A headline as a value of YAML. HTML is read in headlines and marks of footnotes are left out, so what looks like
/// either is written with character references.
pub(super) fn yaml_title(title: &str) -> String {
    let shown = line(title);
    if plain::of_html(&shown) == shown {
        return double_quoted(&shown);
    }
    double_quoted(&html::text(&shown).replace("[^", "&#91;^"))
}

/// A string in double quotes, with the escapes that TOML 1.0 (section "String") and YAML 1.2 (section 5.7) share.
fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // What neither shows nor may stand as it is: controls, separators of lines, directions of writing.
            '\0'..=' '
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
                if c != ' ' =>
            {
                // Writing into a string does not fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
