//! Prints a tree so that a parser builds the same one again.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;

use super::node::Node;
use super::{attribute_into, elements, text_into};

/// Prints all that is inside a node.
pub(super) fn children(parent: NodeRef<'_, Node>) -> String {
    let mut out = String::new();
    for edge in parent.traverse() {
        match edge {
            Edge::Open(node) if node != parent => open(&mut out, node),
            Edge::Close(node) if node != parent => close(&mut out, node.value()),
            _ => {}
        }
    }
    out
}

fn open(out: &mut String, node: NodeRef<'_, Node>) {
    match node.value() {
        Node::Element(element) => {
            out.push('<');
            out.push_str(&element.name);
            for (key, value) in &element.attributes {
                out.push(' ');
                out.push_str(key);
                out.push_str("=\"");
                attribute_into(out, value);
                out.push('"');
            }
            out.push('>');
            // A parser drops a line's end behind this tag.
            let first = node.first_child().map(|child| child.value());
            if &*element.name == "pre"
                && matches!(first, Some(Node::Text(t)) if t.starts_with('\n'))
            {
                out.push('\n');
            }
        }
        Node::Text(text) => text_into(out, text),
        Node::Other => {}
    }
}

fn close(out: &mut String, node: &Node) {
    if let Some(name) = node.name().filter(|name| !elements::is_void(name)) {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}
