//! A quick way to the tree of HTML that a serializer has printed, with every element closed and every value in quotes.
//!
//! It reads what stands in the tree of a parser as it is written. Where the standard would close, move or drop something (a
//! paragraph in a paragraph, a table, a link in a link), it reads nothing, and a parser has to
//! (HTML, "Parsing HTML documents", 13.2.6.4.7).

use super::elements::{heading_level, is_inline, is_void};
use super::node::{Element, Node};

/// Blocks whose start tag does nothing but to close a paragraph.
const BLOCKS: [&str; 17] = [
    "address",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "figcaption",
    "figure",
    "footer",
    "hr",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "ul",
    "li",
];
/// What a serializer escapes (HTML, "Escaping a string", and what html5ever escapes besides).
const ENTITIES: [(&str, &str); 5] =
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{a0}")];

/// The tree, with all that was read right below its root; nothing if a parser could build another one.
pub(super) fn read(html: &str) -> Option<ego_tree::Tree<Node>> {
    let mut tree = ego_tree::Tree::new(Node::Other);
    let mut parent = tree.root().id();
    let mut open = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (text, tag) =
            rest.split_at(memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len()));
        if !text.is_empty() {
            tree.get_mut(parent)?.append(Node::Text(unescaped(text)?));
        }
        if tag.is_empty() {
            break;
        }
        if let Some(end) = tag.strip_prefix("</") {
            let (name, after) = end.split_once('>')?;
            let (before, opened) = open.pop()?;
            if name != opened {
                return None;
            }
            (parent, rest) = (before, after);
            continue;
        }
        let (name, mut after) = tag.get(1..)?.split_at_checked(tag.find([' ', '>'])? - 1)?;
        if !stays(name, &open) {
            return None;
        }
        let mut attributes = Vec::new();
        while let Some(attribute) = after.strip_prefix(' ') {
            let (key, value) = attribute.split_once("=\"")?;
            let (value, next) = value.split_once('"')?;
            if !key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
                return None;
            }
            attributes.push((key.into(), unescaped(value)?));
            after = next;
        }
        rest = after.strip_prefix('>')?;
        let element = Element { name: name.into(), attributes };
        let id = tree.get_mut(parent)?.append(Node::Element(element)).id();
        if !is_void(name) {
            open.push((parent, name));
            parent = id;
        }
        if name == "pre" {
            // A line's end behind this tag is none of the text.
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
    }
    open.is_empty().then_some(tree)
}

/// Whether an element stays where it is written, below the open ones.
fn stays(name: &str, open: &[(ego_tree::NodeId, &str)]) -> bool {
    let parent = open.last().map_or("", |(_, name)| name);
    let is_in = |wanted: &str| open.iter().any(|(_, name)| *name == wanted);
    match name {
        "a" => !is_in("a"),
        "br" | "img" => true,
        name if is_inline(name) => true,
        "li" => matches!(parent, "ul" | "ol") && !is_in("p"),
        "dt" | "dd" => parent == "dl" && !is_in("p"),
        name if heading_level(name).is_some() => heading_level(parent).is_none() && !is_in("p"),
        name => BLOCKS.contains(&name) && !is_in("p"),
    }
}

/// What a text or a value means; nothing for what a parser would change besides.
fn unescaped(text: &str) -> Option<String> {
    if memchr::memchr2(b'\r', b'\0', text.as_bytes()).is_some() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (plain, entity) = rest.split_at(at);
        let (written, means) = ENTITIES.iter().find(|(written, _)| entity.starts_with(written))?;
        out.push_str(plain);
        out.push_str(means);
        rest = entity.get(written.len()..)?;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::Tree;
    use super::*;

    /// Numbers that look random (SplitMix64).
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, count: usize) -> usize {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) % count as u64) as usize
        }
    }

    const NAMES: [&str; 30] = [
        "p",
        "p",
        "a",
        "b",
        "em",
        "strong",
        "code",
        "span",
        "ul",
        "ol",
        "li",
        "li",
        "blockquote",
        "pre",
        "h2",
        "h3",
        "div",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
        "details",
        "summary",
        "table",
        "tr",
        "br",
        "img",
        "hr",
        "ruby",
    ];
    const TEXTS: [&str; 6] = ["Chợ ", "\n", "\u{a0}ổ", "1 < 2 & \"3\" > 4", "\n\na", "  "];

    /// Elements in each other at random, as a serializer prints them.
    fn html(chance: &mut Chance, depth: usize, out: &mut String) {
        for _ in 0..chance.below(4) {
            if depth == 0 || chance.below(3) == 0 {
                crate::html::text_into(out, TEXTS[chance.below(TEXTS.len())]);
                out.push_str("<br>");
                continue;
            }
            let name = NAMES[chance.below(NAMES.len())];
            let attribute =
                [" id=\"a&amp;b\"", " href=\"/ổ?a=1&amp;b\" title=\"&quot;&gt;\"", "", ""];
            out.push_str(&format!("<{name}{}>", attribute[chance.below(4)]));
            if !is_void(name) {
                html(chance, depth - 1, out);
                out.push_str(&format!("</{name}>"));
            }
        }
    }

    #[test]
    fn what_is_read_is_what_a_parser_builds() {
        let mut read_ones = 0;
        for seed in 0..20_000 {
            let mut text = String::new();
            html(&mut Chance(seed), 4, &mut text);
            if let Some(nodes) = read(&text) {
                let quick = Tree::of(nodes);
                let parsed = Tree::parse(&text);
                assert_eq!(quick.to_html(), parsed.to_html(), "{text}");
                assert_eq!(quick.nodes().count(), parsed.nodes().count(), "{text}");
                read_ones += 1;
            }
        }
        assert!(read_ones > 2_000, "{read_ones}");
    }

    #[test]
    fn what_a_parser_would_move_is_not_read() {
        for html in [
            "<p><p></p></p>",
            "<p><b><div></div></b></p>",
            "<a><b><a></a></b></a>",
            "<ul><li><div><li></li></div></li></ul>",
            "<h2><h3></h3></h2>",
            "<table><tr><td></td></tr></table>",
            "<ruby><rt></rt></ruby>",
            "<p>a\r\nb</p>",
            "<p>&copy;</p>",
            "<p>",
            "</p>",
            "<p></b>",
            "<script>1</script>",
            "<!-- -->",
            "<p a=b></p>",
        ] {
            assert!(read(html).is_none(), "{html}");
        }
        for html in ["", "a", "<p>a <b>b</b></p>\n<ul><li>c</li></ul><hr>", "<pre>\n\na</pre>"] {
            assert_eq!(read(html).map(|nodes| Tree::of(nodes).to_html()).as_deref(), Some(html));
        }
    }
}
