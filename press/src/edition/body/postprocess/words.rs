//! How many words a body has.

use ego_tree::iter::Edge;

use crate::html::elements::is_inline;
use crate::html::{Node, Tree};
use crate::text::has_byte;

/// Counts the words as they are read: `**h**ai` is one.
pub(super) fn count(tree: &Tree) -> usize {
    let (mut words, mut in_word) = (0, false);
    for edge in tree.walk() {
        match edge {
            Edge::Open(node) if node.value().name().is_none() => {
                if let Node::Text(text) = node.value() {
                    let (count, ends_in_word) = words_of(text, in_word);
                    words += count;
                    in_word = ends_in_word;
                }
            }
            Edge::Open(node) | Edge::Close(node) => {
                in_word &= node.value().name().is_none_or(is_inline);
            }
        }
    }
    words
}

/// How many words begin in a text, and whether it ends in one. `in_word` says whether it begins in one.
fn words_of(text: &str, in_word: bool) -> (usize, bool) {
    match has_wide_blanks(text.as_bytes()) {
        true => begun(text.chars().map(char::is_whitespace), in_word),
        false => begun(text.bytes().map(is_blank), in_word),
    }
}

/// The same of a text of which each sign, in its order, is a blank or is none.
fn begun(blanks: impl Iterator<Item = bool>, mut in_word: bool) -> (usize, bool) {
    let mut words = 0;
    for blank in blanks {
        words += usize::from(!blank & !in_word);
        in_word = !blank;
    }
    (words, in_word)
}

/// The white space of ASCII (`char::is_whitespace`).
fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// Whether a text may have white space besides that of ASCII, which begins with the bytes C2, E2 or E3, or is E1 9A 80.
fn has_wide_blanks(text: &[u8]) -> bool {
    has_byte(text, |b| matches!(b, 0xc2 | 0x9a | 0xe2 | 0xe3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blank_parts_words() {
        for c in '\0'..=char::MAX {
            let text = format!("Chợ{c}ổ");
            let wanted = if c.is_whitespace() { 2 } else { 1 };
            assert_eq!(words_of(&text, false), (wanted, true), "{c:?}");
            assert_eq!(words_of(&format!("{c}"), true), (0, !c.is_whitespace()), "{c:?}");
        }
    }
}
