//! Clean HTML as a tree.

use std::borrow::Cow;

use super::super::html::{self, Piece, escape_into};

/// A node of the tree.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// Text, still escaped.
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
        self.attributes.iter().any(|(key, _)| *key == name)
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
        self.children.iter().any(|node| match node {
            Node::Text(text) => !is_blank(text),
            Node::Element(it) => it.name == "img" || it.says_something(),
        })
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

/// Reads printed HTML.
pub(super) fn parse(html: &str) -> Vec<Node<'_>> {
    let mut open = Open { elements: Vec::new(), nodes: Vec::new() };
    for piece in html::pieces(html) {
        match piece {
            Piece::Text(text) => open.add(Node::Text(text)),
            Piece::Start(tag) => {
                let attributes = tag.attributes().collect();
                open.elements.push(Element { name: tag.name, attributes, children: Vec::new() });
                if tag.is_void() {
                    open.end();
                }
            }
            Piece::End { .. } => open.end(),
        }
    }
    while !open.elements.is_empty() {
        open.end();
    }
    open.nodes
}

/// What has been read so far.
struct Open<'a> {
    /// The elements whose end has not come, the outermost first.
    elements: Vec<Element<'a>>,
    /// What stands outside of all elements.
    nodes: Vec<Node<'a>>,
}

impl<'a> Open<'a> {
    fn add(&mut self, node: Node<'a>) {
        match self.elements.last_mut() {
            Some(parent) => parent.children.push(node),
            None => self.nodes.push(node),
        }
    }

    fn end(&mut self) {
        if let Some(element) = self.elements.pop() {
            self.add(Node::Element(element));
        }
    }
}

/// Prints nodes as HTML.
pub(super) fn print(nodes: &[Node<'_>]) -> String {
    let mut out = String::new();
    print_into(&mut out, nodes);
    out
}

fn print_into(out: &mut String, nodes: &[Node<'_>]) {
    for node in nodes {
        let element = match node {
            Node::Text(text) => {
                out.push_str(text);
                continue;
            }
            Node::Element(element) => element,
        };
        let Element { name, attributes, children } = element;
        out.push('<');
        out.push_str(name);
        for (key, value) in attributes {
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            escape_into(out, value);
            out.push('"');
        }
        out.push('>');
        if !html::is_void(name) {
            print_into(out, children);
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        }
    }
}
