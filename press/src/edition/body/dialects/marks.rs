//! The marks of template languages: `{{< … >}}`, `{{% … %}}`, `{% … %}`, `{{ … }}` and `{# … #}`.

/// No mark is longer: an opening that is never closed is just text.
const LONGEST: usize = 4096;

/// The brackets of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Hugo's `{{< … >}}` and `{{% … %}}`.
    Shortcode,
    /// `{% … %}`.
    Tag,
    /// `{{ … }}`.
    Output,
}

/// A mark, from its first bracket to its last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark<'a> {
    pub(crate) kind: Kind,
    /// What stands between the brackets, without blanks and the hyphens that take blanks away.
    pub(crate) inner: &'a str,
    /// What is escaped by `/* … */` inside the brackets, with the brackets.
    pub(crate) escaped: Option<(&'static str, &'a str, &'static str)>,
    pub(crate) end: usize,
}

const BRACKETS: [(&str, &str, Kind); 4] = [
    ("{{<", ">}}", Kind::Shortcode),
    ("{{%", "%}}", Kind::Shortcode),
    ("{%", "%}", Kind::Tag),
    ("{{", "}}", Kind::Output),
];

/// The next place at or after `from` where a mark may begin.
pub(crate) fn next(text: &str, from: usize) -> Option<usize> {
    let tail = text.get(from..)?;
    let mut braces = tail.match_indices('{').map(|(at, _)| at);
    braces.find(|at| matches!(tail.as_bytes().get(at + 1), Some(b'{' | b'%'))).map(|at| from + at)
}

/// The mark that begins at `at`, if it ends.
pub(crate) fn read(text: &str, at: usize) -> Option<Mark<'_>> {
    let tail = text.get(at..)?;
    let (open, close, kind) = BRACKETS.into_iter().find(|(open, ..)| tail.starts_with(open))?;
    let body = tail.get(open.len()..)?;
    let length = end(body, close)?;
    let inner = body.get(..length)?;
    let escaped = inner.trim().strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/"));
    Some(Mark {
        kind,
        inner: inner.trim_matches('-').trim(),
        escaped: escaped.map(|inner| (open, inner, close)),
        end: at + open.len() + length + close.len(),
    })
}

/// The brackets that open at `at`.
pub(crate) fn opening(text: &str, at: usize) -> &'static str {
    let tail = text.get(at..).unwrap_or_default();
    let found = BRACKETS.iter().find(|(open, ..)| tail.starts_with(open));
    found.map_or("{{", |(open, ..)| open)
}

/// Where the closing bracket is. One inside quotes is none, unless the quotes are never closed.
fn end(body: &str, close: &str) -> Option<usize> {
    let mut cut = body.len().min(LONGEST);
    while !body.is_char_boundary(cut) {
        cut -= 1;
    }
    let body = body.get(..cut)?;
    match search(body, close, true) {
        Ok(found) => found,
        Err(()) => search(body, close, false).unwrap_or_default(),
    }
}

/// `Err` where a quote stays open.
fn search(body: &str, close: &str, quotes: bool) -> Result<Option<usize>, ()> {
    let bytes = body.as_bytes();
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in bytes.iter().copied().enumerate() {
        match quote {
            Some(open) => {
                if byte == open && before != b'\\' {
                    quote = None;
                }
            }
            None => {
                let tail = bytes.get(at..).unwrap_or_default();
                if tail.starts_with(close.as_bytes()) {
                    return Ok(Some(at));
                }
                if byte == b'{' && matches!(bytes.get(at + 1), Some(b'{' | b'%')) {
                    return Ok(None);
                }
                let may_open = before.is_ascii_whitespace() || b"=(,:|[{<%-".contains(&before);
                if quotes && may_open && matches!(byte, b'"' | b'\'' | b'`') {
                    quote = Some(byte);
                }
            }
        }
        before = byte;
    }
    if quote.is_some() { Err(()) } else { Ok(None) }
}

/// The name that a tag or shortcode begins with, and the rest.
pub(crate) fn split_name(inner: &str) -> Option<(&str, &str)> {
    let end = inner.find(|c: char| !(c.is_alphanumeric() || "-_./".contains(c)));
    let (name, rest) = inner.split_at(end.unwrap_or(inner.len()));
    (!name.is_empty()).then(|| (name.trim_end_matches('/'), rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_ends_outside_of_quotes() {
        let inner = |text: &'static str| read(text, 0).map(|mark| mark.inner);
        assert_eq!(inner("{{ \"}}\" }}x"), Some("\"}}\""));
        assert_eq!(inner("{% a 'b%}' -%}"), Some("a 'b%}'"));
        assert_eq!(inner("{{< a b=it's >}}"), Some("a b=it's"));
        assert_eq!(inner("{{ \"a }}"), Some("\"a"));
        assert_eq!(inner("{{ a {{ b }}"), None);
        assert_eq!(inner("{{< a }}"), None);
        assert_eq!(read("{{</* a */>}}", 0).unwrap().escaped, Some(("{{<", " a ", ">}}")));
    }
}
