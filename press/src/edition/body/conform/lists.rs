//! Lists, and lists of terms.

use super::place::{Place, content};
use super::tree::{Element, Node};

/// What a list holds: items. A list that stands between items goes into the item before it, anything else becomes
/// an item.
pub(super) fn items<'a>(children: Vec<Node<'a>>, numbered: bool, place: Place) -> Vec<Node<'a>> {
    let mut out: Vec<Node<'a>> = Vec::new();
    // What stands outside of all items.
    let mut loose: Vec<Node<'a>> = Vec::new();
    let end = |loose: &mut Vec<Node<'a>>, out: &mut Vec<Node<'a>>| {
        let loose = std::mem::take(loose);
        if loose.iter().all(Node::is_blank) {
            return out.extend(loose);
        }
        let mut loose = content(loose, place);
        let list = |node: &Node<'_>| matches!(node.name(), Some("ul" | "ol"));
        let before = out.iter_mut().rev().find_map(|node| match node {
            Node::Element(item) => Some(item),
            Node::Text(_) => None,
        });
        match before {
            Some(item) if loose.iter().all(|it| it.is_blank() || list(it)) => {
                item.children.append(&mut loose);
            }
            _ => out.push(Node::Element(Element::new("li", loose))),
        }
    };
    for node in children {
        match node {
            Node::Element(mut item) if item.name == "li" => {
                end(&mut loose, &mut out);
                super::values::check(&mut item);
                if !numbered {
                    item.attributes.retain(|(key, _)| *key != "value");
                }
                item.children = content(item.children, place);
                out.push(Node::Element(item));
            }
            node => loose.push(node),
        }
    }
    end(&mut loose, &mut out);
    out
}

/// What a list of terms holds: groups of terms and what is said of them. `Err` has the content where it is no such
/// list.
pub(super) fn terms<'a>(
    children: Vec<Node<'a>>,
    place: Place,
) -> Result<Vec<Node<'a>>, Vec<Node<'a>>> {
    let children = joined(children);
    if !are_groups(&children) {
        return Err(content(children, place));
    }
    Ok(children.into_iter().map(|node| group(node, place)).collect())
}

/// What stands behind what is said of a term is said of it too.
fn joined(nodes: Vec<Node<'_>>) -> Vec<Node<'_>> {
    let mut out: Vec<Node<'_>> = Vec::new();
    for node in nodes {
        let loose = !node.is_blank() && !matches!(node.name(), Some("dt" | "dd" | "div"));
        let before = out.iter_mut().rev().find(|node| !node.is_blank());
        match before {
            Some(Node::Element(said)) if loose && said.name == "dd" => said.children.push(node),
            _ => out.push(node),
        }
    }
    out
}

fn group<'a>(node: Node<'a>, place: Place) -> Node<'a> {
    let Node::Element(mut element) = node else { return node };
    super::values::check(&mut element);
    element.children = match element.name {
        "dt" => content(element.children, Place { plain: true, ..place }),
        "dd" => content(element.children, place),
        _ => element.children.into_iter().map(|it| group(it, place)).collect(),
    };
    Node::Element(element)
}

/// Whether these are terms each followed by what is said of them, or all of them such groups in a `div`.
fn are_groups(nodes: &[Node<'_>]) -> bool {
    let mut parts = nodes.iter().filter(|it| !it.is_blank());
    let groups = parts.all(|it| match it {
        Node::Element(it) => it.name == "div" && are_terms(&it.children),
        Node::Text(_) => false,
    });
    groups || are_terms(nodes)
}

fn are_terms(nodes: &[Node<'_>]) -> bool {
    let names: Vec<_> = nodes.iter().filter(|it| !it.is_blank()).map(Node::name).collect();
    names.first() == Some(&Some("dt"))
        && names.last() == Some(&Some("dd"))
        && names.iter().all(|it| matches!(it, Some("dt" | "dd")))
}
