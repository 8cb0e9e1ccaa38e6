//! Where an element may stand (HTML, "Content models"). One that may not becomes a `div`, or loses its tags where
//! only text may stand.

use super::spread::spread;
use super::tree::{Element, Node};
use super::{dates, lists, parts, values};

/// What may stand at a place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// Only text and what belongs to it.
    pub(super) phrasing: bool,
    /// Headings all the same: the place is a `summary`.
    pub(super) summary: bool,
    /// No headings, sections and footers: inside a term, a head of a table, an address.
    pub(super) plain: bool,
    /// Inside an address.
    pub(super) address: bool,
    /// Inside a footer.
    pub(super) footer: bool,
    /// Inside a link.
    pub(super) link: bool,
    /// Inside a definition.
    pub(super) definition: bool,
    /// Inside of ruby text.
    pub(super) ruby: bool,
    /// Inside of a table's caption, which has no table in it.
    pub(super) caption: bool,
    /// Elements of text around blocks lose their tags: they are too many to go around the text in each block.
    pub(super) unwraps: bool,
}

impl Place {
    /// The place inside of an element that holds text.
    pub(super) fn text(self) -> Self {
        Self { phrasing: true, ..self }
    }
}

/// Nodes under way to their place.
#[derive(Debug, Default)]
struct Placed<'a> {
    nodes: Vec<Node<'a>>,
    /// A block lost its tags: what comes next begins a line.
    break_due: bool,
}

impl<'a> Placed<'a> {
    fn push(&mut self, node: Node<'a>) {
        if !node.is_blank() && std::mem::take(&mut self.break_due) {
            let begun = self.nodes.iter().any(|node| !node.is_blank());
            if begun && node.name() != Some("br") {
                self.nodes.push(Node::Element(Element::new("br", Vec::new())));
            }
        }
        self.nodes.push(node);
    }
}

/// Puts nodes into a place.
pub(super) fn content<'a>(nodes: Vec<Node<'a>>, place: Place) -> Vec<Node<'a>> {
    let mut placed = Placed::default();
    put_all(nodes, place, &mut placed);
    placed.nodes
}

fn put_all<'a>(nodes: Vec<Node<'a>>, place: Place, out: &mut Placed<'a>) {
    for node in nodes {
        match node {
            Node::Element(element) => put(element, place, out),
            text => out.push(text),
        }
    }
}

/// An element whose name says that it is a block.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "aside"
            | "blockquote"
            | "details"
            | "div"
            | "dl"
            | "figure"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "ul"
    ) || is_part(name)
}

/// A part of a block, which nothing else may hold.
fn is_part(name: &str) -> bool {
    matches!(
        name,
        "caption"
            | "col"
            | "colgroup"
            | "dd"
            | "dt"
            | "figcaption"
            | "li"
            | "summary"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
    )
}

/// What an element of this name may hold depends on where it is.
pub(super) fn is_transparent(name: &str) -> bool {
    matches!(name, "a" | "del" | "ins")
}

/// Whether a node is a block, or holds one where it may.
pub(super) fn holds_block(node: &Node<'_>) -> bool {
    match node {
        Node::Text(_) => false,
        Node::Element(it) => {
            is_block(it.name) || (is_transparent(it.name) && it.children.iter().any(holds_block))
        }
    }
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn put<'a>(mut element: Element<'a>, place: Place, out: &mut Placed<'a>) {
    values::check(&mut element);
    let no_place = match element.name {
        "table" if place.caption => true,
        name if place.summary && !place.plain && is_heading(name) => false,
        name => place.phrasing && is_block(name),
    };
    if no_place {
        out.break_due = true;
        keep_target(&element, out);
        put_all(element.children, place.text(), out);
        out.break_due = true;
        return;
    }
    if is_part(element.name) {
        element.name = "div";
        element.attributes.retain(|(key, _)| matches!(*key, "id" | "class" | "lang" | "dir"));
    }
    let Some(name) = replaced(&element, place) else {
        keep_target(&element, out);
        return put_all(element.children, place, out);
    };
    let written = std::mem::replace(&mut element.name, name);
    let children = std::mem::take(&mut element.children);
    let inner = inside(name, place);
    element.children = match name {
        "ul" | "ol" => lists::items(children, name == "ol", inner),
        "dl" => match lists::terms(children, inner) {
            Ok(groups) => groups,
            Err(children) => {
                element.name = "div";
                children
            }
        },
        "table" => parts::table(children, inner),
        "figure" => parts::figure(children, inner),
        "ruby" => parts::ruby(children, inner),
        "details" => match parts::details(children, inner) {
            Ok(parts) => parts,
            Err(children) => {
                element.name = "div";
                element.attributes.retain(|(key, _)| *key != "open");
                children
            }
        },
        _ => content(children, inner),
    };
    if element.name != written {
        values::check(&mut element);
    }
    let text = !is_block(name) && !is_transparent(name);
    if !text || !element.children.iter().any(holds_block) {
        return out.push(Node::Element(element));
    }
    let children = std::mem::take(&mut element.children);
    let nodes = match place.unwraps {
        true => {
            keep_target(&element, out);
            children
        }
        false => spread(&mut element, children),
    };
    for node in nodes {
        out.push(node);
    }
}

/// Links still find what was said in an element that loses its tags.
fn keep_target<'a>(element: &Element<'a>, out: &mut Placed<'a>) {
    let id = element.attributes.iter().find(|(key, _)| *key == "id");
    if let Some(id) = id {
        let attributes = vec![id.clone()];
        out.push(Node::Element(Element { attributes, ..Element::new("span", Vec::new()) }));
    }
}

/// The name under which an element may stand here; `None` where it loses its tags.
fn replaced<'a>(element: &Element<'a>, place: Place) -> Option<&'a str> {
    let name = element.name;
    Some(match name {
        "rb" | "rp" | "rt" | "rtc" => return None,
        "ruby" if place.ruby || !parts::is_ruby(&element.children) => return None,
        "dfn" if place.definition => return None,
        "bdo" if !element.has("dir") => return None,
        // What the keyboard reaches by itself must not be in a link.
        "a" if place.link || element.contains(&["details", "pre", "table"]) => return None,
        "a" if element.attributes.is_empty() && !element.says_something() => return None,
        "time" if !element.has("datetime") && !dates::is_time_element(element) => "span",
        "strike" => "s",
        _ if is_heading(name) && !element.has_words() => return None,
        _ if is_heading(name) && place.plain => "div",
        "section" | "aside" if place.plain => "div",
        "footer" if place.plain || place.footer => "div",
        "address" if place.address => "div",
        _ => name,
    })
}

/// The place inside of an element.
fn inside(name: &str, place: Place) -> Place {
    match name {
        "p" | "pre" => place.text(),
        "summary" => Place { summary: true, ..place.text() },
        "address" => Place { address: true, plain: true, ..place },
        "footer" => Place { footer: true, ..place },
        "a" => Place { link: true, summary: false, ..place },
        "del" | "ins" => Place { summary: false, ..place },
        "dfn" => Place { definition: true, ..place },
        "ruby" => Place { ruby: true, ..place.text() },
        _ if is_heading(name) => Place { summary: false, ..place.text() },
        _ => place,
    }
}
