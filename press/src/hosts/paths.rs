//! Paths and values in the words of each format: percent-encoded, quoted, or as a regular expression.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// What browsers encode in a path (URL Standard, "path percent-encode set"), and the percent sign itself.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'^').add(b'`');
const SENT: &AsciiSet = &PATH.add(b'{').add(b'}').add(b'%').add(b'\\').add(b'|');
/// All but what is never encoded (RFC 3986, section 2.3, "unreserved") and the slash.
const STRICT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
/// What has a meaning in a header's value in one of the formats: quotes, marks of variables and placeholders.
const VALUE: &AsciiSet = &CONTROLS
    .add(b'"')
    .add(b'\\')
    .add(b'$')
    .add(b'{')
    .add(b'}')
    .add(b'`')
    .add(b'<')
    .add(b'>')
    .add(b'%');

/// A decoded path as browsers send it.
pub(super) fn encoded(path: &str) -> String {
    utf8_percent_encode(path, SENT).to_string()
}

/// A decoded path as it can stand in any format: letters, digits, `-._~/` and percent signs.
pub(super) fn strict(path: &str) -> String {
    utf8_percent_encode(path, STRICT).to_string()
}

/// A header's value that means the same in every format without quoting. No value of the press holds anything else;
/// the percent sign is what Apache formats by.
pub(super) fn header_value(value: &str) -> String {
    utf8_percent_encode(value, VALUE).to_string()
}

/// A text as a regular expression that matches it alone, in RE2, PCRE and JavaScript. It can stand in quotes, and
/// between `#`.
pub(super) fn regex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '"' | '#' | '\'' | '`' | '\0'..='\x1f' | '\x7f' => {
                out.push_str(&format!(r"\x{:02x}", u32::from(c)))
            }
            '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Whether a path holds what no line of a configuration can: control characters, line breaks of Unicode included.
pub(super) fn is_one_line(path: &str) -> bool {
    !path.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}
