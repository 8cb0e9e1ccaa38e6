//! HTML as the sanitizer prints it: lower-case tags, double quotes, nothing left open. Only such HTML is cut
//! here; what authors write goes through a real parser first.

use std::borrow::Cow;

/// A piece of printed HTML.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// Text, still escaped.
    Text(&'a str),
    /// `<name …>`.
    Start(Tag<'a>),
    /// `</name>`.
    End { name: &'a str, raw: &'a str },
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    /// The whole tag, brackets and all.
    pub(super) raw: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Names and values of the attributes, unescaped.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, tail) = rest.trim_start().split_once("=\"")?;
            let (value, tail) = tail.split_once('"')?;
            rest = tail;
            Some((name, unescape(value)))
        })
    }

    pub(super) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut all = self.attributes();
        all.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    pub(super) fn is_void(&self) -> bool {
        is_void(self.name)
    }
}

/// Whether an element has neither content nor an end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "wbr" | "col")
}

/// Cuts printed HTML into pieces.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, tail) = match rest.find('<') {
            Some(0) => {
                let (raw, tail) = rest.split_at(tag_end(rest));
                (tag(raw), tail)
            }
            at => {
                let (text, tail) = rest.split_at(at.unwrap_or(rest.len()));
                (Piece::Text(text), tail)
            }
        };
        rest = tail;
        Some(piece)
    })
}

fn tag_end(html: &str) -> usize {
    let mut quoted = false;
    for (i, b) in html.bytes().enumerate() {
        match b {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return i + 1,
            _ => {}
        }
    }
    html.len()
}

fn tag(raw: &str) -> Piece<'_> {
    let inner = raw.trim_start_matches('<').trim_end_matches('>');
    if let Some(name) = inner.strip_prefix('/') {
        return Piece::End { name, raw };
    }
    let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
    Piece::Start(Tag { name, raw, attributes })
}

/// How many elements of any HTML are open at once at most, at a guess that costs nothing.
pub(super) fn open_tags(html: &str) -> usize {
    // What HTML closes by itself, or never needs to.
    let alone = [
        "br", "hr", "img", "wbr", "col", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead",
        "rp", "rt", "input", "link", "meta",
    ];
    let (mut open, mut most) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let tail = html.get(at + 1..).unwrap_or_default();
        let (closing, tail) = match tail.strip_prefix('/') {
            Some(tail) => (true, tail),
            None => (false, tail),
        };
        let end = tail.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let name = tail.get(..end).unwrap_or_default();
        if name.is_empty() || alone.iter().any(|tag| tag.eq_ignore_ascii_case(name)) {
            continue;
        }
        open = if closing { open.saturating_sub(1) } else { open + 1 };
        most = most.max(open);
    }
    most
}

/// The text of printed HTML without its tags, unescaped, with single spaces.
pub(super) fn text(html: &str) -> String {
    let mut out = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => out.push_str(&unescape(text)),
            Piece::Start(tag) if tag.name == "br" => out.push(' '),
            _ => {}
        }
    }
    single_spaces(&out)
}

/// Runs of white space become one space.
pub(super) fn single_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let plain =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{a0}"), ("&amp;", "&")];
    let mut out = text.to_owned();
    for (entity, c) in plain {
        out = out.replace(entity, c);
    }
    Cow::Owned(out)
}

/// Adds text, escaped for content and attributes alike.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\u{a0}']) {
        let (plain, tail) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = tail.chars();
        out.push_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&nbsp;",
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Text escaped for content and attributes alike.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_text_are_told_apart() {
        let html = "<p class=\"a > b\" id=\"x&amp;y\">1 &lt; 2</p>";
        let all: Vec<_> = pieces(html).collect();
        let Piece::Start(tag) = all[0] else { panic!() };
        assert_eq!(tag.get("class").as_deref(), Some("a > b"));
        assert_eq!(tag.get("id").as_deref(), Some("x&y"));
        assert_eq!(all[1], Piece::Text("1 &lt; 2"));
        assert_eq!(text(html), "1 < 2");
    }
}
