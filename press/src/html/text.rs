//! The text that a value means in which HTML may be written, such as a title from WordPress.

use std::borrow::Cow;
use std::ops::Range;

use super::text_into;
use super::tree::Tree;

/// Tags of words. Any other is what the author writes of: a title may be "What <canvas> is for".
const OF_WORDS: [&str; 40] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "center", "cite", "code", "del", "dfn", "div",
    "em", "font", "i", "ins", "kbd", "mark", "nobr", "p", "q", "rb", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "h1",
];
/// The longest entity has 33 bytes.
const LONGEST_ENTITY: usize = 40;

/// Resolves entities, and takes out the tags of words and comments. What only looks like either stays:
/// `a < b & c`, `<3`.
pub(crate) fn to_text(value: &str) -> Cow<'_, str> {
    if !value.contains(['<', '&']) {
        return Cow::Borrowed(value);
    }
    let mut html = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find(['<', '&']) {
        let (plain, tail) = rest.split_at(at);
        text_into(&mut html, plain);
        let end = markup(tail);
        let (marked, after) = tail.split_at(end.unwrap_or(1));
        match end {
            Some(_) => html.push_str(marked),
            None => text_into(&mut html, marked),
        }
        rest = after;
    }
    text_into(&mut html, rest);
    Cow::Owned(Tree::parse(&html).all_words())
}

/// The end of the entity, tag or comment that a text begins with.
fn markup(text: &str) -> Option<usize> {
    if text.starts_with('&') {
        let end = text.bytes().take(LONGEST_ENTITY).position(|b| b == b';')?;
        let name = text.get(1..end)?;
        let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'#';
        let known = !name.is_empty() && name.bytes().all(fits) && is_entity(name);
        return known.then_some(end + 1);
    }
    if text.starts_with("<!--") {
        return text.find("-->").map(|at| at + 3);
    }
    let name = name(text)?;
    let after = text.get(name.end..)?;
    let word = text.get(name).unwrap_or_default();
    if !OF_WORDS.iter().any(|tag| tag.eq_ignore_ascii_case(word))
        || !after.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))
    {
        return None;
    }
    tag_end(text)
}

/// Whether all of a name is that of an entity: browsers take `&notes;` for `&not` and `es;`.
fn is_entity(name: &str) -> bool {
    name == "semi" || !Tree::parse(&format!("&{name};")).all_words().ends_with(';')
}

fn name(text: &str) -> Option<Range<usize>> {
    let start = if text.starts_with("</") { 2 } else { 1 };
    let length = text.get(start..)?.bytes().take_while(u8::is_ascii_alphanumeric).count();
    (length > 0).then_some(start..start + length)
}

fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, b) in text.bytes().enumerate() {
        match (quote, b) {
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), b) if open == b => quote = None,
            (None, b'>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::to_text;

    #[test]
    fn entities_and_tags_of_words_become_text() {
        for (value, text) in [
            ("Mía &amp; đường", "Mía & đường"),
            ("Xem <em>Tắt đèn</em> lần hai", "Xem Tắt đèn lần hai"),
            ("3 &lt; 4 &#8212; &#x201C;dễ&#X201d; &hellip;", "3 < 4 — “dễ” …"),
            ("Giá&nbsp;mới", "Giá mới"),
            ("A &amp;amp; B", "A &amp; B"),
            ("&lt;b&gt;", "<b>"),
            ("Dòng<br/>hai<!-- ghi chú -->", "Dòng hai"),
            ("<a href='x?a>b' title=\">\">Nối</a>", "Nối"),
        ] {
            assert_eq!(to_text(value), text, "{value}");
        }
    }

    #[test]
    fn what_only_looks_like_markup_stays() {
        for value in [
            "a < b & c",
            "<3",
            "I <3 Vinh",
            "R&D, AT&T; Q&A",
            "x &nothing; y",
            "5 <y",
            "<b",
            "Thẻ <canvas> & <Bí thư>",
            "a <b c",
            "&;",
            "**x** `y` _z_",
        ] {
            assert_eq!(to_text(value), value);
        }
    }
}
