//! Parts that stand without what they are parts of, or in the wrong order: items, captions, summaries.

use crate::edition::body::postprocess::nesting::dissolve;
use crate::html::{Element, Node, NodeId, Tree};

/// Puts parts in their places. What has no place becomes a division.
pub(super) fn mend(tree: &mut Tree) {
    for id in tree.all(|name| matches!(name, "rb" | "rtc" | "rt" | "rp" | "strike")) {
        let ruby = tree.is_inside(id, |name| name == "ruby");
        match tree.name(id) {
            "strike" => tree.rename(id, "s"),
            "rt" | "rp" if ruby => {}
            _ => dissolve(tree, id),
        }
    }
    for id in tree.all(|name| matches!(name, "ul" | "ol")) {
        list(tree, id);
    }
    for id in tree.all(|name| name == "dl") {
        definitions(tree, id);
    }
    for id in tree.all(|name| name == "figure") {
        figure(tree, id);
    }
    for id in tree.all(|name| name == "details") {
        details(tree, id);
    }
    for id in tree.all(|name| matches!(name, "li" | "dt" | "dd" | "figcaption" | "summary")) {
        let parent = tree.parent_name(id);
        let in_place = match tree.name(id) {
            "li" => matches!(parent, "ul" | "ol"),
            "figcaption" => parent == "figure",
            "summary" => parent == "details",
            _ => parent == "dl" || (parent == "div" && grandparent_name(tree, id) == "dl"),
        };
        let in_ol = parent == "ol";
        if !in_place {
            tree.rename(id, "div");
        }
        if !in_ol {
            tree.change(id, |element| element.take("value"));
        }
    }
}

fn grandparent_name(tree: &Tree, id: NodeId) -> &str {
    tree.get(id).parent().map(|parent| tree.parent_name(parent.id())).unwrap_or_default()
}

fn is_blank(tree: &Tree, id: NodeId) -> bool {
    match tree.get(id).value() {
        Node::Text(text) => text.trim().is_empty(),
        Node::Element(_) => false,
        Node::Other => true,
    }
}

/// The children that are not wanted go into the item before them, or into one of their own.
fn gather(tree: &mut Tree, list: NodeId, wanted: impl Fn(&str) -> bool, item: &str) {
    let mut last = None;
    for child in tree.children(list) {
        if wanted(tree.name(child)) {
            last = Some(child);
        } else if !is_blank(tree, child) {
            match last {
                Some(last) => tree.move_to(child, last),
                None => last = tree.wrap(child, Element::new(item, [])),
            }
        }
    }
}

fn list(tree: &mut Tree, id: NodeId) {
    gather(tree, id, |name| name == "li", "li");
}

fn definitions(tree: &mut Tree, id: NodeId) {
    let children = tree.children(id);
    match children.iter().any(|child| matches!(tree.name(*child), "dt" | "div")) {
        true => gather(tree, id, |name| matches!(name, "dt" | "dd" | "div"), "dd"),
        false => tree.rename(id, "div"),
    }
}

/// A figure has one caption, first or last.
fn figure(tree: &mut Tree, id: NodeId) {
    let children: Vec<_> =
        tree.children(id).into_iter().filter(|it| !is_blank(tree, *it)).collect();
    let is_caption = |it: &&NodeId| tree.name(**it) == "figcaption";
    let captions: Vec<_> = children.iter().filter(is_caption).copied().collect();
    let Some((caption, others)) = captions.split_first() else {
        return;
    };
    for other in others {
        tree.rename(*other, "div");
    }
    if children.first() != Some(caption) && children.last() != Some(caption) {
        tree.move_to(*caption, id);
    }
}

/// What can be opened begins with its summary.
fn details(tree: &mut Tree, id: NodeId) {
    let children = tree.children(id);
    let first = children.iter().find(|child| !is_blank(tree, **child)).copied();
    let mut summaries = children.into_iter().filter(|child| tree.name(*child) == "summary");
    let (summary, others) = (summaries.next(), summaries.collect::<Vec<_>>());
    for other in others {
        tree.rename(other, "div");
    }
    match summary {
        Some(summary) if first != Some(summary) => tree.move_first(summary, id),
        Some(_) => {}
        None => {
            tree.rename(id, "div");
            tree.change(id, |element| element.take("open"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_place() {
        for (html, good) in [
            ("<li value=\"2\">a</li><dt>b</dt>", "<div>a</div><div>b</div>"),
            ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
            (
                "<ol>a<b>b</b><li value=\"2\">c</li></ol>",
                "<ol><li>a<b>b</b></li><li value=\"2\">c</li></ol>",
            ),
            ("<dl><dd>a</dd></dl>", "<div><div>a</div></div>"),
            ("<dl><dt>a</dt><dd>b</dd><p>c</p></dl>", "<dl><dt>a</dt><dd>b<p>c</p></dd></dl>"),
            (
                "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
                "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
            ),
            (
                "<figure><i>1</i><figcaption>a</figcaption><i>2</i><figcaption>b</figcaption></figure>",
                "<figure><i>1</i><i>2</i><div>b</div><figcaption>a</figcaption></figure>",
            ),
            ("<figcaption>a</figcaption><summary>b</summary>", "<div>a</div><div>b</div>"),
            ("<details open=\"\"><p>a</p></details>", "<div><p>a</p></div>"),
            (
                "<details>a<summary>b</summary></details>",
                "<details><summary>b</summary>a</details>",
            ),
            (
                "<details>\n<summary>b</summary></details>",
                "<details>\n<summary>b</summary></details>",
            ),
            ("<ruby><rb>漢</rb><rt>kan</rt></ruby><rt>x</rt>", "<ruby>漢<rt>kan</rt></ruby>x"),
            ("<strike>a</strike>", "<s>a</s>"),
        ] {
            let mut tree = Tree::parse(html);
            mend(&mut tree);
            assert_eq!(tree.to_html(), good);
            assert_eq!(Tree::parse(good).to_html(), good);
        }
    }
}
