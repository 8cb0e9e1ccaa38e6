//! An element of text around blocks goes around the text in them instead: `<em><h2>a</h2></em>` becomes
//! `<h2><em>a</em></h2>`.

use super::place::{holds_block, is_block, is_transparent};
use super::tree::{Element, Node, elements};

/// How many bytes of tags that would be about, in all of these nodes.
pub(super) fn cost(nodes: &[Node<'_>]) -> usize {
    fn add(nodes: &[Node<'_>], around: usize, cost: &mut usize) {
        for element in elements(nodes) {
            let is_text = !is_block(element.name) && !is_transparent(element.name);
            if !is_text {
                *cost = cost.saturating_add(around);
            }
            let own = || element.attributes.iter().map(|(key, value)| key.len() + value.len() + 4);
            let tags = if is_text { 2 * element.name.len() + 5 + own().sum::<usize>() } else { 0 };
            add(&element.children, around.saturating_add(tags), cost);
        }
    }
    let mut cost = 0;
    add(nodes, 0, &mut cost);
    cost
}

/// Puts an element around the text in blocks that stand inside of it. The first of them gets its id.
pub(super) fn spread<'a>(around: &mut Element<'a>, nodes: Vec<Node<'a>>) -> Vec<Node<'a>> {
    let mut out = Vec::new();
    let mut run = Vec::new();
    for node in nodes {
        match node {
            node if !holds_block(&node) => run.push(node),
            Node::Element(mut block) => {
                wrap(around, std::mem::take(&mut run), &mut out);
                let children = std::mem::take(&mut block.children);
                block.children = match holds_parts(block.name) {
                    true => children.into_iter().map(|part| spread_in_part(around, part)).collect(),
                    false => spread(around, children),
                };
                out.push(Node::Element(block));
            }
            Node::Text(_) => {}
        }
    }
    wrap(around, run, &mut out);
    out
}

/// The same for a part of a list or a table, beside which nothing but blanks stands.
fn spread_in_part<'a>(around: &mut Element<'a>, part: Node<'a>) -> Node<'a> {
    match part {
        Node::Element(mut element) => {
            let inside = std::mem::take(&mut element.children);
            element.children = match holds_parts(element.name) {
                true => inside.into_iter().map(|part| spread_in_part(around, part)).collect(),
                false => spread(around, inside),
            };
            Node::Element(element)
        }
        blank => blank,
    }
}

/// Whether an element holds parts and no text.
fn holds_parts(name: &str) -> bool {
    matches!(name, "colgroup" | "dl" | "ol" | "table" | "tbody" | "tfoot" | "thead" | "tr" | "ul")
}

/// Puts an element around text, where that has words and the element means something.
fn wrap<'a>(around: &mut Element<'a>, text: Vec<Node<'a>>, out: &mut Vec<Node<'a>>) {
    let Element { name, attributes, .. } = around;
    if text.iter().all(Node::is_blank) || (*name == "span" && attributes.is_empty()) {
        return out.extend(text);
    }
    let wrapped = Element { name, attributes: attributes.clone(), children: text };
    attributes.retain(|(key, _)| *key != "id");
    out.push(Node::Element(wrapped));
}
