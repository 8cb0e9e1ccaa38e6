//! Mends what may not stand where it does, by the content models of the HTML standard: links in links, headings
//! that say nothing or hold blocks, words around blocks (`<b><p>…</p></b>`).

use std::collections::HashSet;

use crate::edition::body::headings::is_footnote;
use crate::html::elements::{heading_level, is_phrasing, is_void};
use crate::html::{Element, Node, NodeId, Tree};

/// How many elements a body may get more by moving elements of words into blocks.
const MOST_MOVED: usize = 2000;

/// Mends a tree that has no more levels than an article may have.
pub(super) fn mend(tree: &mut Tree) {
    links(tree);
    preformatted(tree);
    headings(tree);
    words_around_blocks(tree);
}

/// A link has no other in it, and nothing else that can be clicked.
fn links(tree: &mut Tree) {
    let is_link = |name: &str| name == "a";
    for inner in tree.all(|name| matches!(name, "a" | "details")) {
        while let Some(outer) = tree.above(inner, is_link) {
            let dissolved = if tree.name(inner) == "a" { inner } else { outer };
            dissolve(tree, dissolved);
            if dissolved == inner {
                break;
            }
        }
    }
}

/// Preformatted text holds words alone; with a table of line numbers in it, it is a division.
fn preformatted(tree: &mut Tree) {
    for id in tree.all(|name| name == "pre") {
        if blocks_in(tree, id).next().is_some() {
            tree.rename(id, "div");
        }
    }
}

/// A heading and a summary hold words alone, and a heading says something.
fn headings(tree: &mut Tree) {
    for id in tree.all(|name| heading_level(name).is_some() || name == "summary") {
        let blocks: Vec<_> = match tree.name(id) {
            "summary" => {
                blocks_in(tree, id).filter(|(_, name)| heading_level(name).is_none()).collect()
            }
            _ => blocks_in(tree, id).collect(),
        };
        let blocks: Vec<_> = blocks.into_iter().map(|(id, _)| id).collect();
        for block in blocks {
            if tree.get(block).prev_sibling().is_some() {
                tree.insert_before(block, Node::Text(" ".to_owned()));
            }
            dissolve(tree, block);
        }
    }
    for id in tree.all(|name| heading_level(name).is_some()) {
        let has_picture = tree.get(id).descendants().any(|node| node.value().name() == Some("img"));
        if !has_picture && tree.words(id, is_footnote).is_empty() {
            dissolve(tree, id);
        }
    }
}

/// Elements of words move into the blocks that they are around.
fn words_around_blocks(tree: &mut Tree) {
    let mut around = HashSet::new();
    for block in
        tree.nodes().filter(|node| node.value().name().is_some_and(|name| !is_phrasing(name)))
    {
        let names = block.ancestors().filter_map(|node| Some((node.id(), node.value().name()?)));
        // What these may hold depends on what they are in.
        let of_words = |name: &str| is_phrasing(name) && !matches!(name, "a" | "ins" | "del");
        around.extend(names.filter(|(_, name)| of_words(name)).map(|(id, _)| id));
    }
    if around.is_empty() {
        return;
    }
    let mut room = MOST_MOVED;
    for id in tree.all(is_phrasing).into_iter().filter(|id| around.contains(id)) {
        let Some(mut moved) = tree.element(id).cloned() else {
            continue;
        };
        let children = tree.children(id);
        dissolve(tree, id);
        moved.take("id");
        let says_nothing = &*moved.name == "span" && moved.attributes.is_empty();
        if !says_nothing && !matches!(&*moved.name, "ruby" | "rt" | "rp" | "rb" | "rtc") {
            move_into(tree, children, &moved, &mut room);
        }
    }
}

/// Wraps the words in nodes into an element each, inside of all blocks.
fn move_into(tree: &mut Tree, mut nodes: Vec<NodeId>, moved: &Element, room: &mut usize) {
    while let Some(id) = nodes.pop() {
        let name = tree.name(id);
        let holds_blocks =
            !name.is_empty() && (!is_phrasing(name) || blocks_in(tree, id).next().is_some());
        if holds_blocks {
            nodes.extend(tree.children(id));
            continue;
        }
        let blank = matches!(tree.get(id).value(), Node::Text(text) if text.trim().is_empty());
        if !blank && !is_void(name) && *room > 0 {
            *room -= 1;
            tree.wrap(id, moved.clone());
        }
    }
}

fn blocks_in(tree: &Tree, id: NodeId) -> impl Iterator<Item = (NodeId, &str)> {
    let inside = tree.get(id).descendants().skip(1);
    let named = inside.filter_map(|node| Some((node.id(), node.value().name()?)));
    named.filter(|(_, name)| !is_phrasing(name))
}

/// Puts the content of an element in its place. Links still find it.
pub(super) fn dissolve(tree: &mut Tree, id: NodeId) {
    let own = tree.element(id).and_then(|element| element.get("id")).map(str::to_owned);
    if let Some(own) = own {
        tree.insert_before(id, Node::Element(Element::new("span", [("id", own)])));
    }
    tree.unwrap(id);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(html: &str) -> String {
        let mut tree = Tree::parse(html);
        mend(&mut tree);
        let printed = tree.to_html();
        assert_eq!(Tree::parse(&printed).to_html(), printed);
        printed
    }

    #[test]
    fn a_heading_holds_words_and_says_something() {
        for (html, good) in [
            ("<h2><div>Một</div><p>Hai</p></h2>", "<h2>Một Hai</h2>"),
            ("<h2></h2><h3> <br></h3><p>x</p>", " <br><p>x</p>"),
            ("<h2 id=\"c-x\"><b></b></h2>", "<span id=\"c-x\"></span><b></b>"),
            ("<h2><img src=\"a\"></h2>", "<h2><img src=\"a\"></h2>"),
            ("<h2><div><h3>Ba</h3></div></h2>", "<h2>Ba</h2>"),
        ] {
            assert_eq!(mended(html), good);
        }
    }

    #[test]
    fn words_move_into_the_blocks_that_they_are_around() {
        for (html, good) in [
            ("<b><p>Một</p><p>hai</p></b>", "<p><b>Một</b></p><p><b>hai</b></p>"),
            (
                "<em>a <i><ul><li>b</li></ul></i></em>",
                "<em>a </em><ul><li><i><em>b</em></i></li></ul>",
            ),
            ("<span><div>a</div></span>", "<div>a</div>"),
            ("<a href=\"/x\"><p>a</p></a>", "<a href=\"/x\"><p>a</p></a>"),
            ("<p><b>a</b></p>", "<p><b>a</b></p>"),
        ] {
            assert_eq!(mended(html), good);
        }
    }

    #[test]
    fn a_link_has_no_other_in_it() {
        let html = "<a href=\"/a\"><table><tbody><tr><td><a href=\"/b\" id=\"c-b\">b</a></td></tr></tbody></table></a>";
        assert_eq!(mended(html).matches("<a ").count(), 1);
        assert!(mended(html).contains("<span id=\"c-b\"></span>b"));
        assert_eq!(
            mended("<a href=\"/a\"><details><summary>s</summary></details></a>"),
            "<details><summary>s</summary></details>"
        );
    }
}
