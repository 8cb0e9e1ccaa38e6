//! HTML as a tree. Nothing here calls itself: however deeply a text is nested, the stack does not grow.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;

use super::node::{Element, Node};
use super::{builder, elements, print, printed};
use crate::text::single_spaces;

pub(crate) use ego_tree::NodeId;

/// A parsed piece of HTML.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: ego_tree::Tree<Node>,
    /// The node below which everything is.
    top: NodeId,
}

impl Default for Tree {
    /// A tree with nothing in it.
    fn default() -> Self {
        Self::of(ego_tree::Tree::new(Node::Other))
    }
}

impl Tree {
    /// Parses HTML as a browser does inside `<body>`.
    pub(crate) fn parse(html: &str) -> Self {
        let nodes = builder::parse(html);
        let root = nodes.root();
        let top = root.first_child().unwrap_or(root).id();
        Self { nodes, top }
    }

    /// Reads HTML that a serializer has printed, if a parser would build the same of it.
    pub(crate) fn of_printed(html: &str) -> Option<Self> {
        printed::read(html).map(Self::of)
    }

    /// The tree of nodes below a root.
    pub(super) fn of(nodes: ego_tree::Tree<Node>) -> Self {
        let top = nodes.root().id();
        Self { nodes, top }
    }

    /// Prints the tree.
    pub(crate) fn to_html(&self) -> String {
        print::children(self.top())
    }

    fn top(&self) -> NodeRef<'_, Node> {
        self.nodes.get(self.top).unwrap_or_else(|| self.nodes.root())
    }

    /// The node of an id of this tree.
    pub(crate) fn get(&self, id: NodeId) -> NodeRef<'_, Node> {
        self.nodes.get(id).unwrap_or_else(|| self.nodes.root())
    }

    /// All beginnings and ends of nodes, in the order of the text.
    pub(crate) fn walk(&self) -> impl Iterator<Item = Edge<'_, Node>> {
        let top = self.top;
        self.top().traverse().filter(move |edge| match edge {
            Edge::Open(node) | Edge::Close(node) => node.id() != top,
        })
    }

    /// All nodes, in the order of the text.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = NodeRef<'_, Node>> {
        self.top().descendants().skip(1)
    }

    /// The nodes at the top.
    pub(crate) fn roots(&self) -> impl Iterator<Item = NodeRef<'_, Node>> {
        self.top().children()
    }

    /// Adds an element at the end of another one, or at the end of the top.
    pub(crate) fn grow(&mut self, parent: Option<NodeId>, element: Element) -> Option<NodeId> {
        let mut parent = self.nodes.get_mut(parent.unwrap_or(self.top))?;
        Some(parent.append(Node::Element(element)).id())
    }

    /// Adds text there. As in a tree that was parsed, no text is empty and no two stand side by side.
    pub(crate) fn grow_text(&mut self, parent: Option<NodeId>, text: &str) {
        let Some(mut parent) = self.nodes.get_mut(parent.unwrap_or(self.top)) else { return };
        if let Some(mut last) = parent.last_child()
            && let Node::Text(earlier) = last.value()
        {
            earlier.push_str(text);
        } else if !text.is_empty() {
            parent.append(Node::Text(text.to_owned()));
        }
    }

    /// The elements at the top.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = NodeRef<'_, Node>> {
        self.top().children().filter(|node| node.value().name().is_some())
    }

    /// The elements whose names are wanted, in the order of the text.
    pub(crate) fn all(&self, wanted: impl Fn(&str) -> bool) -> Vec<NodeId> {
        let found = self.nodes().filter(|node| node.value().name().is_some_and(&wanted));
        found.map(|node| node.id()).collect()
    }

    /// The element of an id.
    pub(crate) fn element(&self, id: NodeId) -> Option<&Element> {
        self.get(id).value().element()
    }

    /// The name of an element; nothing for text.
    pub(crate) fn name(&self, id: NodeId) -> &str {
        self.get(id).value().name().unwrap_or_default()
    }

    /// Changes an element.
    pub(crate) fn change<T>(
        &mut self,
        id: NodeId,
        change: impl FnOnce(&mut Element) -> T,
    ) -> Option<T> {
        match self.nodes.get_mut(id)?.value() {
            Node::Element(element) => Some(change(element)),
            _ => None,
        }
    }

    /// All elements, in any order.
    pub(crate) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.nodes.values_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// Replaces a text.
    pub(crate) fn set_text(&mut self, id: NodeId, text: String) {
        if let Some(mut node) = self.nodes.get_mut(id) {
            *node.value() = Node::Text(text);
        }
    }

    /// Whether an element is inside one whose name is wanted.
    pub(crate) fn is_inside(&self, id: NodeId, wanted: impl Fn(&str) -> bool) -> bool {
        self.above(id, wanted).is_some()
    }

    /// The nearest element around a node whose name is wanted.
    pub(crate) fn above(&self, id: NodeId, wanted: impl Fn(&str) -> bool) -> Option<NodeId> {
        let around = self.get(id).ancestors().take_while(|node| node.id() != self.top);
        let mut around = around.filter(|node| node.value().name().is_some_and(&wanted));
        around.next().map(|node| node.id())
    }

    /// How many elements are inside each other at most.
    pub(crate) fn depth(&self) -> usize {
        let (mut depth, mut most) = (0_usize, 0);
        for edge in self.walk() {
            match edge {
                Edge::Open(node) => depth += usize::from(node.value().name().is_some()),
                Edge::Close(node) => depth -= usize::from(node.value().name().is_some()),
            }
            most = most.max(depth);
        }
        most
    }

    /// The words inside a node, on one line, without those of elements that are to be left out.
    pub(crate) fn words(&self, id: NodeId, leave_out: impl Fn(&Element) -> bool) -> String {
        words(self.get(id), leave_out)
    }

    /// The words of the whole tree, on one line.
    pub(crate) fn all_words(&self) -> String {
        words(self.top(), |_| false)
    }

    /// Puts a new element in the place of a node, which becomes its only child.
    pub(crate) fn wrap(&mut self, id: NodeId, element: Element) -> Option<NodeId> {
        let wrapper = self.insert_before(id, Node::Element(element))?;
        self.move_to(id, wrapper);
        Some(wrapper)
    }

    /// Takes a node out.
    pub(crate) fn remove(&mut self, id: NodeId) {
        if let Some(mut node) = self.nodes.get_mut(id) {
            node.detach();
        }
    }

    /// Puts a new node before another.
    pub(crate) fn insert_before(&mut self, id: NodeId, node: Node) -> Option<NodeId> {
        let mut sibling = self.nodes.get_mut(id)?;
        sibling.parent()?;
        Some(sibling.insert_before(node).id())
    }

    /// Puts a new node behind another.
    pub(crate) fn insert_after(&mut self, id: NodeId, node: Node) -> Option<NodeId> {
        let mut sibling = self.nodes.get_mut(id)?;
        sibling.parent()?;
        Some(sibling.insert_after(node).id())
    }

    /// Puts a new node at the end of an element.
    pub(crate) fn append(&mut self, id: NodeId, node: Node) -> Option<NodeId> {
        Some(self.nodes.get_mut(id)?.append(node).id())
    }

    /// Moves a node to the end of an element that is not inside it.
    pub(crate) fn move_to(&mut self, id: NodeId, parent: NodeId) {
        if let Some(mut parent) = self.nodes.get_mut(parent).filter(|_| id != parent) {
            parent.append_id(id);
        }
    }

    /// Renames an element.
    pub(crate) fn rename(&mut self, id: NodeId, name: &str) {
        self.change(id, |element| element.name = name.into());
    }
}

fn words(node: NodeRef<'_, Node>, leave_out: impl Fn(&Element) -> bool) -> String {
    let mut out = String::new();
    let mut left_out = None;
    for edge in node.traverse() {
        match edge {
            Edge::Open(node) if left_out.is_none() => match node.value() {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) if leave_out(element) => left_out = Some(node.id()),
                Node::Element(element) if !elements::is_inline(&element.name) => out.push(' '),
                _ => {}
            },
            Edge::Open(_) => {}
            Edge::Close(node) if left_out == Some(node.id()) => left_out = None,
            Edge::Close(node) => match node.value().name() {
                Some(name) if left_out.is_none() && !elements::is_inline(name) => out.push(' '),
                _ => {}
            },
        }
    }
    single_spaces(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_parsed_is_printed_and_read() {
        for html in [
            "<p class=\"a &gt; b\" id=\"x&amp;y\">1 &lt; 2<br>3</p>",
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
            "<pre>\n\na</pre>",
            "a<img src=\"b\" alt=\"\">\u{a0}c",
        ] {
            assert_eq!(Tree::parse(html).to_html(), html);
        }
        assert_eq!(Tree::parse("<p>1 &lt; <b>2</b><br>3</p><p>4</p>").all_words(), "1 < 2 3 4");
    }

    #[test]
    fn a_hundred_thousand_tags_do_not_grow_the_stack() {
        let tree = Tree::parse(&"<span>".repeat(100_000));
        assert_eq!(tree.depth(), 100_000);
        assert_eq!(tree.to_html().len(), "<span></span>".len() * 100_000);
        assert_eq!(tree.all_words(), "");
    }

    #[test]
    fn elements_are_wrapped_and_renamed() {
        let mut tree = Tree::parse("<p>a<b>b</b>c</p>");
        let bold = tree.all(|name| name == "b")[0];
        tree.wrap(bold, Element::new("i", [("id", "x".to_owned())]));
        tree.rename(bold, "u");
        assert_eq!(tree.to_html(), "<p>a<i id=\"x\"><u>b</u></i>c</p>");
    }
}
