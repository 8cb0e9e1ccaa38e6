//! Nodes on their way to their place: borrowed from the tree that was parsed, and put into a new one.

use std::borrow::Cow;

use crate::html::{self, NodeId, NodeRef, Tree};
use crate::text::line;

/// A node of the tree.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// Text.
    Text(&'a str),
    /// An element.
    Element(Element<'a>),
}

/// An element and what is inside.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    /// Names and values, unescaped.
    pub(super) attributes: Vec<(&'a str, Cow<'a, str>)>,
    pub(super) children: Vec<Node<'a>>,
}

impl<'a> Element<'a> {
    /// An element without attributes.
    pub(super) fn new(name: &'a str, children: Vec<Node<'a>>) -> Self {
        Self { name, attributes: Vec::new(), children }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether an element of one of these names is inside.
    pub(super) fn contains(&self, names: &[&str]) -> bool {
        self.children.iter().any(|node| match node {
            Node::Text(_) => false,
            Node::Element(it) => names.contains(&it.name) || it.contains(names),
        })
    }

    /// Whether a reader finds words or a picture inside.
    pub(super) fn says_something(&self) -> bool {
        self.contains(&["img"]) || self.has_words()
    }

    /// Whether there are words inside, those of a picture or others. The number of a footnote is no word.
    pub(super) fn has_words(&self) -> bool {
        let says = |node: &Node<'_>| match node {
            Node::Text(text) => !line(text).is_empty(),
            Node::Element(it) => it.get("role") != Some("doc-noteref") && it.has_words(),
        };
        let alt = self.get("alt").filter(|_| self.name == "img");
        alt.is_some_and(|alt| !line(alt).is_empty()) || self.children.iter().any(says)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| &**value)
    }

    /// The number that an attribute says.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    /// Sets or takes out how many columns or rows a cell has. One is what it has without an attribute.
    pub(super) fn set_span(&mut self, name: &'a str, number: usize) {
        self.attributes.retain(|(key, _)| *key != name || number > 1);
        for (key, value) in &mut self.attributes {
            if *key == name {
                *value = number.to_string().into();
            }
        }
    }
}

impl Node<'_> {
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Node::Text(_) => None,
            Node::Element(element) => Some(element.name),
        }
    }

    /// Text of nothing but white space, as HTML counts it.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Node::Text(text) if is_blank(text))
    }
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_whitespace())
}

/// The elements among nodes.
pub(super) fn elements<'n, 'a>(nodes: &'n [Node<'a>]) -> impl Iterator<Item = &'n Element<'a>> {
    nodes.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

/// The elements among nodes, to be changed.
pub(super) fn elements_mut<'n, 'a>(
    nodes: &'n mut [Node<'a>],
) -> impl Iterator<Item = &'n mut Element<'a>> {
    nodes.iter_mut().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

/// What is at the top of a tree.
pub(super) fn nodes(tree: &Tree) -> Vec<Node<'_>> {
    tree.roots().filter_map(node).collect()
}

/// A node with all that is in it. The tree is not deeper than an article may be.
fn node(read: NodeRef<'_, html::Node>) -> Option<Node<'_>> {
    Some(match read.value() {
        html::Node::Text(text) => Node::Text(text),
        html::Node::Element(element) => {
            let attributes = element.attributes.iter();
            Node::Element(Element {
                name: &element.name,
                attributes: attributes.map(|(key, it)| (&**key, it.as_str().into())).collect(),
                children: read.children().filter_map(node).collect(),
            })
        }
        html::Node::Other => return None,
    })
}

/// A tree of these nodes.
pub(super) fn tree(nodes: Vec<Node<'_>>) -> Tree {
    let mut tree = Tree::default();
    grow(&mut tree, None, nodes);
    tree
}

fn grow(tree: &mut Tree, parent: Option<NodeId>, nodes: Vec<Node<'_>>) {
    for node in nodes {
        match node {
            Node::Text(text) => tree.grow_text(parent, text),
            Node::Element(Element { name, attributes, children }) => {
                let attributes = attributes.into_iter().map(|(key, it)| (key, it.into_owned()));
                let element = html::Element::new(name, attributes);
                let inner = tree.grow(parent, element);
                grow(tree, inner, children);
            }
        }
    }
}
