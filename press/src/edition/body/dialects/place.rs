//! Where in a text a template's mark stands: among words, or where an address is expected.

use crate::edition::body::dialects::lined_text::{LinedText, line_before};

/// Nothing further back is looked at: an address longer than that is none.
const FARTHEST: usize = 2000;

/// What surrounds the end of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Words,
    /// `[words](` or `![words](`, whose first bracket is at the offset.
    Destination {
        bracket: usize,
    },
    /// `<`, at the offset.
    Angle {
        open: usize,
    },
    /// ` name="`, of which the name begins at the offset.
    Attribute {
        name: usize,
        quote: Option<char>,
    },
    /// `[name]: `, a definition that ends with the line.
    Definition,
}

/// The place at the end of a text.
pub(crate) fn of(text: &str) -> Place {
    let line = line_before(text, text.len(), FARTHEST);
    let start = text.len() - line.len();
    if let Some(at) = line.rfind("](") {
        let inside = line.get(at + 2..).unwrap_or_default();
        if !inside.contains([')', ' ', '<', '"']) {
            return Place::Destination { bracket: opening(text, start + at).unwrap_or(start + at) };
        }
    }
    if let Some(at) = line.rfind('<') {
        let inside = line.get(at + 1..).unwrap_or_default();
        if let Some(attribute) = attribute(inside, start + at + 1) {
            return attribute;
        }
        if !inside.contains([' ', '>', '"']) {
            return Place::Angle { open: start + at };
        }
    }
    let defined = line.trim_start().starts_with('[') && line.trim_end().ends_with("]:");
    if defined { Place::Definition } else { Place::Words }
}

/// The attribute whose value is open at the end of a tag's beginning.
fn attribute(tag: &str, start: usize) -> Option<Place> {
    let (mut at, mut open) = (0, None);
    let mut value = 0;
    for (i, c) in tag.char_indices() {
        match open {
            Some(quote) if c == quote => open = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') && tag.get(..i)?.ends_with('=') => {
                (open, value) = (Some(c), i);
            }
            None if c == '>' => return None,
            None if c.is_whitespace() => at = i + 1,
            None => {}
        }
    }
    let bare = open.is_none() && tag.ends_with('=');
    if open.is_none() && !bare {
        return None;
    }
    let before = tag.get(..if bare { tag.len() } else { value })?;
    let name = before.rfind(char::is_whitespace).map_or(at, |at| at + 1);
    Some(Place::Attribute { name: start + name, quote: open })
}

/// The bracket that closes at `close`, no further back than an address may be.
fn opening(text: &str, close: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    for at in (close.saturating_sub(FARTHEST)..close).rev() {
        match bytes.get(at) {
            Some(b']') => depth += 1,
            Some(b'[') if depth == 0 => return Some(at),
            Some(b'[') => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Takes the link away whose address cannot be known, from the end of `out` and the beginning of `rest`; the words
/// of a link stay. Gives back how much of `rest` is gone.
pub(crate) fn unlink(place: Place, out: &mut LinedText, rest: &str) -> usize {
    let line = line_near(rest);
    match place {
        Place::Words => 0,
        Place::Destination { bracket } => {
            let end = closing(line);
            let Some(words) = out.text.get(bracket..).and_then(|t| t.rsplit_once("](")) else {
                return 0;
            };
            let words = words.0.trim_start_matches('[').to_owned();
            let picture =
                bracket.checked_sub(1).filter(|at| out.text.as_bytes().get(*at) == Some(&b'!'));
            match picture {
                Some(mark) => out.truncate(mark),
                None => {
                    out.truncate(bracket);
                    out.text.push_str(&words);
                }
            }
            end
        }
        Place::Angle { open } => {
            out.truncate(open);
            line.find('>').map_or(0, |at| at + 1)
        }
        Place::Attribute { name, quote } => {
            out.truncate(name);
            match quote {
                Some(quote) => rest.find(quote).map_or(0, |at| at + 1),
                None => line.find([' ', '>']).unwrap_or(line.len()),
            }
        }
        Place::Definition => {
            out.text.push_str("<>");
            line.find(' ').unwrap_or(line.len())
        }
    }
}

/// Takes the backticks away between which nothing is left: two of them would open code of their own. Gives back how
/// much of `rest` is gone.
pub(crate) fn empty_span(out: &mut LinedText, rest: &str) -> usize {
    let run =
        |bytes: &mut dyn Iterator<Item = u8>| bytes.take(9).take_while(|b| *b == b'`').count();
    let before = run(&mut out.text.bytes().rev());
    if before == 0 || before > 8 || before != run(&mut rest.bytes()) {
        return 0;
    }
    out.truncate(out.text.len() - before);
    before
}

/// The beginning of a text up to the end of its line, no further than an address may reach.
fn line_near(text: &str) -> &str {
    let mut end = text.len().min(FARTHEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let near = text.get(..end).unwrap_or_default();
    near.split('\n').next().unwrap_or(near)
}

/// The end of a destination and its title, behind the bracket that closes it.
fn closing(line: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return at + 1,
            b')' => depth -= 1,
            _ => {}
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_for_an_address_is_known_by_what_stands_before() {
        assert_eq!(of("a [b](https://x/"), Place::Destination { bracket: 2 });
        assert_eq!(of("[a [b]]("), Place::Destination { bracket: 0 });
        assert_eq!(of("a <"), Place::Angle { open: 2 });
        assert_eq!(of("<a class=\"x\" href=\"/y"), Place::Attribute { name: 13, quote: Some('"') });
        assert_eq!(of("<a href="), Place::Attribute { name: 3, quote: None });
        assert_eq!(of("[1]: "), Place::Definition);
        for words in ["", "a", "[a](b) ", "5 < 6 ", "<b>", "a\n", "(a"] {
            assert_eq!(of(words), Place::Words, "{words}");
        }
    }

    #[test]
    fn a_link_without_an_address_leaves_its_words() {
        let unlinked = |before: &str, rest: &str| {
            let mut out = LinedText::new(before, 1);
            let gone = unlink(of(before), &mut out, rest);
            out.text + &rest[gone..]
        };
        assert_eq!(unlinked("a [b *c*](x/", "/y \"t\") d"), "a b *c* d");
        assert_eq!(unlinked("a ![b](", ") d"), "a  d");
        assert_eq!(unlinked("a <", "> d"), "a  d");
        assert_eq!(unlinked("<a id=1 href=\"x", "\">d</a>"), "<a id=1 >d</a>");
        assert_eq!(unlinked("[1]: ", " 'x'"), "[1]: <> 'x'");
    }
}
