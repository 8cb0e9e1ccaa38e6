//! The texts of a body, in Unicode's composed form and without characters that no document may hold.

use std::borrow::Cow;

use ego_tree::iter::Edge;

use crate::html::{Node, Tree};
use crate::text::{composed, line, permitted};

/// Attributes that are read, not followed.
const READ: [&str; 4] = ["alt", "title", "aria-label", "abbr"];

/// Composes all texts. Code stays as it was written.
pub(super) fn compose(tree: &mut Tree) {
    let is_code = |node: &Node| matches!(node.name(), Some("pre" | "code" | "samp"));
    let (mut code, mut changed) = (0_usize, Vec::new());
    for edge in tree.walk() {
        match edge {
            Edge::Open(node) => {
                code += usize::from(is_code(node.value()));
                if let Node::Text(text) = node.value()
                    && let Cow::Owned(new) = if code > 0 { permitted(text) } else { composed(text) }
                {
                    changed.push((node.id(), new));
                }
            }
            Edge::Close(node) => code -= usize::from(is_code(node.value())),
        }
    }
    for (id, text) in changed {
        tree.set_text(id, text);
    }
    for element in tree.elements_mut() {
        for (key, value) in &mut element.attributes {
            if READ.contains(&&**key) {
                *value = line(value);
            } else if let Cow::Owned(new) = permitted(value) {
                *value = new;
            }
        }
    }
}
