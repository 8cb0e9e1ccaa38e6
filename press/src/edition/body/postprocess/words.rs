//! How many words a body has.

use ego_tree::iter::Edge;

use crate::html::elements::is_inline;
use crate::html::{Node, Tree};

/// Counts the words as they are read: `**h**ai` is one.
pub(super) fn count(tree: &Tree) -> usize {
    let (mut words, mut in_word) = (0, false);
    for edge in tree.walk() {
        match edge {
            Edge::Open(node) if node.value().name().is_none() => {
                if let Node::Text(text) = node.value() {
                    for c in text.chars() {
                        let blank = c.is_whitespace();
                        words += usize::from(!blank && !in_word);
                        in_word = !blank;
                    }
                }
            }
            Edge::Open(node) | Edge::Close(node) => {
                in_word &= node.value().name().is_none_or(is_inline);
            }
        }
    }
    words
}
