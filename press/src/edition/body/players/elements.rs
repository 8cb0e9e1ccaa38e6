//! Elements that play something (`iframe`, `video`, `audio`, `embed`, `object`) become links with a mark before the
//! sanitizer sees them, so that it lets none of them through: [`super::cards`] makes cards of the links.

use std::borrow::Cow;

use super::{MARK, own};
use crate::edition::addresses::urls;
use crate::html::{Element, Node, NodeId, Tree};

/// The elements that play something.
const ELEMENTS: [&str; 5] = ["iframe", "video", "audio", "embed", "object"];

/// Whether HTML may hold one of the elements.
fn has_any(html: &str) -> bool {
    html.match_indices('<').any(|(at, _)| {
        ELEMENTS.iter().any(|name| {
            let tag = html.as_bytes().get(at + 1..at + 1 + name.len());
            tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
        })
    })
}

/// The HTML with links in the place of these elements. What has none is not even parsed.
pub(crate) fn adopt(html: &str) -> Cow<'_, str> {
    if !has_any(html) {
        return Cow::Borrowed(html);
    }
    let mut tree = Tree::parse(html);
    for id in tree.all(|name| ELEMENTS.contains(&name)) {
        // An `embed` in an `object` is what older browsers played in its place.
        if tree.is_inside(id, |name| ELEMENTS.contains(&name)) {
            continue;
        }
        replace(&mut tree, id);
    }
    Cow::Owned(tree.to_html())
}

fn replace(tree: &mut Tree, id: NodeId) {
    let Some(element) = tree.element(id).cloned() else { return };
    let name = element.name.to_string();
    let inner: Vec<Element> =
        tree.get(id).descendants().skip(1).filter_map(|it| it.value().element()).cloned().collect();
    let within = |wanted: &'static [&'static str]| {
        inner.iter().filter(move |it| wanted.contains(&&*it.name))
    };
    let src = match &*name {
        "object" => element
            .get("data")
            .or_else(|| within(&["embed"]).find_map(|it| it.get("src")))
            .or_else(|| within(&["param"]).find(|it| is_movie(it)).and_then(|it| it.get("value"))),
        // Pages that load late keep the address elsewhere.
        _ => element.get("src").filter(|it| *it != "about:blank").or(element.get("data-src")),
    };
    let sources = within(&["source"]).filter_map(|it| it.get("src"));
    let all: Vec<&str> = src.into_iter().chain(sources).map(str::trim).collect();
    // What every browser plays comes first (HTML, "The source element", leaves the choice to the browser).
    let best = all.iter().find(|it| own::plays_everywhere(it)).or(all.first()).copied();
    let address = match best.unwrap_or_default() {
        src if src.starts_with("//") => format!("https:{src}"),
        src => src.to_owned(),
    };
    let title = ["title", "aria-label"].iter().find_map(|it| element.get(it)).unwrap_or_default();
    let title = title.trim();
    let mut class = format!("{MARK} {MARK}-{name}");
    if let (Some(width), Some(height)) = (pixels(&element, "width"), pixels(&element, "height")) {
        class.push_str(&format!(" size-{width}x{height}"));
    }
    let words = if title.is_empty() { address.clone() } else { title.to_owned() };
    let mut link = Element::new("a", [("href", address), ("class", class)]);
    if !title.is_empty() {
        link.set("title", title);
    }
    // A paragraph that says something else, too, keeps the link among its words.
    let in_text = tree.is_inside(id, |name| name == "p");
    let place = match in_text {
        true => Some(id),
        false => tree.wrap(id, Element::new("p", [])).and(Some(id)),
    };
    let link = place.and_then(|place| tree.insert_before(place, Node::Element(link)));
    if let Some(link) = link {
        tree.append(link, Node::Text(words));
        let poster = element.get("poster").filter(|it| !it.is_empty() && !urls::is_foreign(it));
        if let Some(poster) = poster {
            let picture = [("src", poster.to_owned()), ("alt", String::new())];
            tree.append(link, Node::Element(Element::new("img", picture)));
        }
    }
    let chapters = within(&["track"]).find(|it| it.get("kind") == Some("chapters"));
    if let Some(src) = chapters.and_then(|it| it.get("src")) {
        let class = format!("{MARK} {MARK}-chapters");
        let link = Element::new("a", [("href", src.to_owned()), ("class", class)]);
        if let Some(link) = tree.insert_before(id, Node::Element(link)) {
            tree.append(link, Node::Text(src.to_owned()));
        }
    }
    tree.remove(id);
}

/// The parameter with the address of what an `object` plays.
fn is_movie(element: &Element) -> bool {
    let name = element.get("name").unwrap_or_default();
    ["movie", "src", "url"].iter().any(|it| it.eq_ignore_ascii_case(name))
}

fn pixels(element: &Element, name: &str) -> Option<u32> {
    let value = element.get(name)?.trim().trim_end_matches("px").parse().ok()?;
    (1..=10_000).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_becomes_a_link_with_a_mark() {
        for (html, link) in [
            (
                "<IFRAME src='//youtu.be/a' width=560 height=315 onload=x()><b>x</b></IFRAME>",
                "<p><a href=\"https://youtu.be/a\" class=\"player player-iframe size-560x315\">https://youtu.be/a</a></p>",
            ),
            (
                "<p><video title=\"Gió\" poster=p.jpg><source src=a.webm><source src=a.mp4>no</video></p>",
                "<p><a href=\"a.mp4\" class=\"player player-video\" title=\"Gió\">Gió<img src=\"p.jpg\" alt=\"\"></a></p>",
            ),
            (
                "<audio src=a.mp3><track kind=chapters src=a.vtt></audio>",
                "<p><a href=\"a.mp3\" class=\"player player-audio\">a.mp3</a><a href=\"a.vtt\" class=\"player player-chapters\">a.vtt</a></p>",
            ),
            (
                "<object><param name=movie value=\"https://youtu.be/a\"><embed src=x></object>",
                "<p><a href=\"x\" class=\"player player-object\">x</a></p>",
            ),
            (
                "<video poster=\"https://b.example/p.jpg\" src=a.mp4></video>",
                "<p><a href=\"a.mp4\" class=\"player player-video\">a.mp4</a></p>",
            ),
        ] {
            assert_eq!(adopt(html), link, "{html}");
        }
    }

    #[test]
    fn what_plays_nothing_is_left_as_it_was() {
        for html in ["<p>a < b</p>", "<i>frame</i>", "a video"] {
            assert!(matches!(adopt(html), Cow::Borrowed(it) if it == html));
        }
    }
}
