//! Elements that hold parts in an order: tables, figures, `details`, ruby.

use std::collections::VecDeque;

use super::place::{Place, content, is_heading};
use super::tree::{Element, Node, elements, elements_mut};
use super::{grid, values};

/// An element among the parts of another: its attributes checked, its content in a place.
fn part<'a>(mut element: Element<'a>, place: Place) -> Node<'a> {
    values::check(&mut element);
    element.children = content(element.children, place);
    Node::Element(element)
}

/// What a table holds: one caption, columns, one head, bodies, one foot, in this order.
pub(super) fn table<'a>(children: Vec<Node<'a>>, place: Place) -> Vec<Node<'a>> {
    let rank = |node: &Node<'a>| match node.name() {
        Some("caption") => 0,
        Some("colgroup") => 1,
        Some("thead") => 2,
        Some("tfoot") => 4,
        _ => 3,
    };
    let mut caption: Option<Vec<Node<'a>>> = None;
    let (mut head, mut foot) = (false, false);
    let mut out = Vec::new();
    for node in children {
        let Node::Element(mut element) = node else {
            out.push(node);
            continue;
        };
        values::check(&mut element);
        match element.name {
            "caption" => {
                let more = element.children;
                match &mut caption {
                    Some(words) => {
                        words.push(Node::Element(Element::new("br", Vec::new())));
                        words.extend(more);
                    }
                    None => {
                        caption = Some(more);
                        out.push(Node::Element(Element { children: Vec::new(), ..element }));
                    }
                }
                continue;
            }
            "thead" if std::mem::replace(&mut head, true) => element.name = "tbody",
            "tfoot" if std::mem::replace(&mut foot, true) => element.name = "tbody",
            _ => {}
        }
        if element.name == "colgroup" {
            elements_mut(&mut element.children).for_each(values::check);
        }
        if matches!(element.name, "thead" | "tbody" | "tfoot") {
            element.children = rows(element.children, element.name == "thead", place);
        }
        out.push(Node::Element(element));
    }
    if let Some(words) = caption {
        let words = content(words, Place { plain: true, caption: true, ..place });
        for node in &mut out {
            if let Node::Element(element) = node
                && element.name == "caption"
            {
                element.children = words;
                break;
            }
        }
    }
    // Only parts that stand in another order are moved: the blanks between the others stay.
    let ranks: Vec<_> = out.iter().filter(|it| !it.is_blank()).map(rank).collect();
    if !ranks.is_sorted() {
        out.retain(|node| !node.is_blank());
        out.sort_by_key(rank);
    }
    grid::fit(&mut out);
    out
}

/// The rows that have a cell, of the head of a table or of another part.
fn rows<'a>(children: Vec<Node<'a>>, in_head: bool, place: Place) -> Vec<Node<'a>> {
    let has_cells = |row: &Element<'a>| row.contains(&["td", "th"]);
    let mut below: VecDeque<_> = elements(&children).map(has_cells).collect();
    let mut out = Vec::new();
    for node in children {
        let Node::Element(mut row) = node else {
            out.push(node);
            continue;
        };
        if !has_cells(&row) {
            below.pop_front();
            continue;
        }
        cut(&mut row, &below);
        below.pop_front();
        values::check(&mut row);
        let cells = std::mem::take(&mut row.children);
        let heads = in_head || cells.iter().all(|it| it.is_blank() || it.name() == Some("th"));
        let scope = if heads { "col" } else { "row" };
        row.children = cells.into_iter().map(|node| cell(node, scope, place)).collect();
        out.push(Node::Element(row));
    }
    out
}

/// Cuts off what cells of a row have of rows that are not there.
fn cut(row: &mut Element<'_>, with_those_below: &VecDeque<bool>) {
    for cell in elements_mut(&mut row.children) {
        if let Some(rows @ 1..) = cell.number("rowspan") {
            let there = with_those_below.iter().take(rows).filter(|has_cells| **has_cells);
            cell.set_span("rowspan", there.count());
        }
    }
}

/// A cell of a row. A head says what it is the head of.
fn cell<'a>(node: Node<'a>, scope: &'static str, place: Place) -> Node<'a> {
    let Node::Element(mut cell) = node else { return node };
    let is_head = cell.name == "th";
    values::check(&mut cell);
    if is_head && !cell.has("scope") {
        cell.attributes.insert(0, ("scope", scope.into()));
    }
    cell.children = content(cell.children, Place { plain: place.plain || is_head, ..place });
    Node::Element(cell)
}

/// What a figure holds: one caption, before or behind the rest.
pub(super) fn figure<'a>(children: Vec<Node<'a>>, place: Place) -> Vec<Node<'a>> {
    let mut children = children;
    let is_caption = |node: &Node<'a>| node.name() == Some("figcaption");
    let Some(at) = children.iter().position(is_caption) else {
        return content(children, place);
    };
    let behind = children.split_off(at + 1);
    let caption = match children.pop() {
        Some(Node::Element(caption)) => part(caption, place),
        _ => return content(behind, place),
    };
    let first = children.iter().all(Node::is_blank);
    let last = behind.iter().all(Node::is_blank);
    let mut out = content(children, place);
    let behind = content(behind, place);
    if first || last {
        out.push(caption);
        out.extend(behind);
    } else {
        out.extend(behind);
        out.push(caption);
    }
    out
}

/// What `details` holds: the summary, then the rest. `Err` has the content where there is no summary.
pub(super) fn details<'a>(
    children: Vec<Node<'a>>,
    place: Place,
) -> Result<Vec<Node<'a>>, Vec<Node<'a>>> {
    let mut children = children;
    let Some(at) = children.iter().position(|node| node.name() == Some("summary")) else {
        return Err(content(children, place));
    };
    let behind = children.split_off(at + 1);
    let summary = children.pop();
    let mut out = Vec::new();
    let blank = children.iter().all(Node::is_blank);
    if blank {
        out.append(&mut children);
    }
    if let Some(Node::Element(summary)) = summary {
        // It may be a heading, or hold one.
        let one = headings(&summary) < 2;
        out.push(part(summary, Place { summary: one, ..place.text() }));
    }
    children.extend(behind);
    out.extend(content(children, place));
    Ok(out)
}

fn headings(element: &Element<'_>) -> usize {
    let inside = elements(&element.children);
    inside.map(|it| usize::from(is_heading(it.name)) + headings(it)).sum()
}

/// Whether these are texts each followed by how they are read, in brackets or not.
pub(super) fn is_ruby(nodes: &[Node<'_>]) -> bool {
    let mut nodes = nodes.iter().filter(|it| !it.is_blank());
    let is_reading = |node: Option<&Node<'_>>| match node {
        Some(Node::Element(it)) => it.name == "rt" || (it.name == "rtc" && !it.contains(&["rp"])),
        _ => false,
    };
    let is_bracket = |node: Option<&Node<'_>>| match node {
        Some(Node::Element(it)) => it.name == "rp" && elements(&it.children).next().is_none(),
        _ => false,
    };
    let (mut begun, mut read) = (false, false);
    while let Some(node) = nodes.next() {
        let right = match node.name() {
            Some("rt" | "rtc") => is_reading(Some(node)),
            Some("rp") => {
                is_bracket(Some(node)) && is_reading(nodes.next()) && is_bracket(nodes.next())
            }
            _ => {
                (begun, read) = (true, false);
                continue;
            }
        };
        if !begun || !right {
            return false;
        }
        read = true;
    }
    read
}

/// What ruby holds: text, and how it is read.
pub(super) fn ruby<'a>(children: Vec<Node<'a>>, place: Place) -> Vec<Node<'a>> {
    let mut out = Vec::new();
    let mut text = Vec::new();
    for node in children {
        match node {
            Node::Element(mut it) if matches!(it.name, "rb" | "rp" | "rt" | "rtc") => {
                out.extend(content(std::mem::take(&mut text), place));
                values::check(&mut it);
                it.children = match it.name {
                    "rtc" => ruby(it.children, place),
                    _ => content(it.children, place),
                };
                out.push(Node::Element(it));
            }
            node => text.push(node),
        }
    }
    out.extend(content(text, place));
    out
}
