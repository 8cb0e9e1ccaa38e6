//! Lets the parser of html5ever build a [`Tree`].

use std::borrow::Cow;
use std::cell::RefCell;

use ego_tree::{NodeId, NodeMut};
use html5ever::driver::{ParseOpts, parse_fragment};
use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, QualName, local_name, ns};

use super::node::{Element, Node};

/// Parses HTML as a browser does inside `<body>`. What was parsed is below the first child of the root.
pub(super) fn parse(html: &str) -> ego_tree::Tree<Node> {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let builder = Builder { tree: RefCell::new(ego_tree::Tree::new(Node::Other)) };
    parse_fragment(builder, ParseOpts::default(), body, Vec::new(), false).one(html)
}

struct Builder {
    tree: RefCell<ego_tree::Tree<Node>>,
}

/// A node as the parser knows it: the tree keeps less of its name than the parser needs.
#[derive(Clone)]
struct Handle {
    id: NodeId,
    name: QualName,
}

impl Builder {
    fn orphan(&self, node: Node) -> Handle {
        let name = match &node {
            Node::Element(element) => QualName::new(None, ns!(html), element.name.clone()),
            _ => QualName::new(None, ns!(), local_name!("")),
        };
        Handle { id: self.tree.borrow_mut().orphan(node).id(), name }
    }

    fn change(&self, handle: &Handle, change: impl FnOnce(&mut NodeMut<'_, Node>)) {
        if let Some(mut node) = self.tree.borrow_mut().get_mut(handle.id) {
            change(&mut node);
        }
    }

    fn has_parent(&self, handle: &Handle) -> bool {
        self.tree.borrow().get(handle.id).is_some_and(|node| node.parent().is_some())
    }
}

/// Adds text to the end of a text node.
fn add_to(node: Option<NodeMut<'_, Node>>, text: &str) -> bool {
    match node {
        Some(mut node) => match node.value() {
            Node::Text(earlier) => {
                earlier.push_str(text);
                true
            }
            _ => false,
        },
        None => false,
    }
}

impl TreeSink for Builder {
    type Handle = Handle;
    type Output = ego_tree::Tree<Node>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self::Output {
        self.tree.into_inner()
    }

    fn get_document(&self) -> Handle {
        let name = QualName::new(None, ns!(), local_name!(""));
        Handle { id: self.tree.borrow().root().id(), name }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let attributes = attrs.into_iter().map(|it| (it.name.local, it.value.to_string()));
        let element = Element { name: name.local.clone(), attributes: attributes.collect() };
        Handle { name, ..self.orphan(Node::Element(element)) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.orphan(Node::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.orphan(Node::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.change(parent, |parent| match child {
            NodeOrText::AppendNode(child) => {
                parent.append_id(child.id);
            }
            NodeOrText::AppendText(text) => {
                if !add_to(parent.last_child(), &text) {
                    parent.append(Node::Text(text.to_string()));
                }
            }
        });
    }

    fn append_before_sibling(&self, sibling: &Handle, new: NodeOrText<Handle>) {
        if !self.has_parent(sibling) {
            return;
        }
        if let NodeOrText::AppendNode(node) = &new {
            self.remove_from_parent(node);
        }
        self.change(sibling, |sibling| match new {
            NodeOrText::AppendNode(node) => {
                sibling.insert_id_before(node.id);
            }
            NodeOrText::AppendText(text) => {
                if !add_to(sibling.prev_sibling(), &text) {
                    sibling.insert_before(Node::Text(text.to_string()));
                }
            }
        });
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        match self.has_parent(element) {
            true => self.append_before_sibling(element, child),
            false => self.append(previous, child),
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.change(target, |node| node.detach());
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.change(new_parent, |parent| parent.reparent_from_id_append(node.id));
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        self.change(target, |node| {
            if let Node::Element(element) = node.value() {
                for attr in attrs {
                    if element.get(&attr.name.local).is_none() {
                        element.attributes.push((attr.name.local, attr.value.to_string()));
                    }
                }
            }
        });
    }

    // The contents of a template stay where they are: no template is printed.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}
}
