//! Pictures open large, and a run of them is a gallery.
//!
//! Both are plain HTML: a link to the widest file, and a group of figures that the style sheet lays out. The script
//! that opens pictures in the page (`js/viewer.js`) knows its links by `data-large`, which no author can write.

use crate::edition::body::labels::Labels;
use crate::edition::body::names;
use crate::html::{Element, Node, NodeId, Tree};

/// Pixels; what is lower or narrower is a sign among words, such as a smiley or a badge.
const SMALL: u32 = 64;

/// What may stand around a gallery.
const AROUND: [&str; 7] = ["div", "section", "figure", "details", "aside", "article", "blockquote"];

/// A part of a body that shows pictures and nothing else.
enum Part {
    /// A figure, with its caption.
    Figure(NodeId),
    /// A paragraph or an item of a list, and the figures that it has or is to become.
    Row(NodeId, Vec<NodeId>),
}

/// Makes a gallery of each run of pictures: figures and paragraphs of pictures with nothing between them.
pub(super) fn group(tree: &mut Tree, labels: &Labels) {
    let inside = tree.all(|name| AROUND.contains(&name));
    let inside = inside.into_iter().map(|id| children(tree, id)).collect::<Vec<_>>();
    let top = tree.roots().map(|node| node.id()).collect();
    for siblings in inside.into_iter().chain([top]) {
        let mut run = Vec::new();
        for id in siblings {
            if is_blank(tree, id) {
                continue;
            }
            match part(tree, id) {
                Some(part) => run.push(part),
                None => gather(tree, std::mem::take(&mut run), labels),
            }
        }
        gather(tree, run, labels);
    }
    for list in tree.all(|name| name == "ul" || name == "ol") {
        group_list(tree, list, labels);
    }
}

/// A list whose every item is a picture, as WordPress writes galleries.
fn group_list(tree: &mut Tree, list: NodeId, labels: &Labels) {
    let items = children(tree, list).into_iter().filter(|id| !is_blank(tree, *id));
    let parts: Option<Vec<_>> = items.map(|item| row(tree, item)).collect();
    let Some(parts) = parts.filter(|parts| count(parts) > 1) else { return };
    if let Some(group) = tree.insert_before(list, gallery(count(&parts), labels)) {
        fill(tree, group, parts);
        tree.remove(list);
    }
}

fn count(parts: &[Part]) -> usize {
    let pictures = |part: &Part| match part {
        Part::Figure(_) => 1,
        Part::Row(_, pictures) => pictures.len(),
    };
    parts.iter().map(pictures).sum()
}

/// Puts the figures of a run into a gallery, in the place of the first.
fn gather(tree: &mut Tree, run: Vec<Part>, labels: &Labels) {
    let (total, first) = (count(&run), run.first());
    let Some(first) = first.filter(|_| total > 1) else { return };
    let (Part::Figure(first) | Part::Row(first, _)) = first;
    if let Some(group) = tree.insert_before(*first, gallery(total, labels)) {
        fill(tree, group, run);
    }
}

fn gallery(total: usize, labels: &Labels) -> Node {
    let attributes = [
        ("class", names::class("gallery")),
        ("role", "group".to_owned()),
        ("aria-label", format!("{} ({total})", labels.gallery)),
    ];
    Node::Element(Element::new("div", attributes))
}

/// Moves the figures of a run into a gallery.
fn fill(tree: &mut Tree, group: NodeId, run: Vec<Part>) {
    let total = count(&run);
    let mut index = 0;
    for part in run {
        let (row, pictures) = match part {
            Part::Figure(figure) => (None, vec![figure]),
            Part::Row(row, pictures) => (Some(row), pictures),
        };
        for picture in pictures {
            let figure = match tree.name(picture) {
                "figure" => picture,
                _ => figure_around(tree, picture).unwrap_or(picture),
            };
            tree.move_to(figure, group);
            set_sizes(tree, figure, index, total);
            index += 1;
        }
        if let Some(row) = row {
            tree.remove(row);
        }
    }
}

/// Makes a figure of a picture, and its title a caption.
fn figure_around(tree: &mut Tree, picture: NodeId) -> Option<NodeId> {
    let figure = tree.wrap(picture, Element::new("figure", []))?;
    let title = images(tree, picture)
        .first()
        .and_then(|image| tree.change(*image, |element| element.take("title")).flatten());
    if let Some(title) = title.filter(|title| !title.trim().is_empty())
        && let Some(caption) = tree.grow(Some(figure), Element::new("figcaption", []))
    {
        tree.append(caption, Node::Text(title));
    }
    Some(figure)
}

/// How wide a picture of a gallery is, as style/gallery.css has it: rows of three, or of two on narrow screens; what is
/// left of that comes first and is wider.
fn set_sizes(tree: &mut Tree, figure: NodeId, index: usize, total: usize) {
    let wide = match (total % 3, index) {
        (1, 0) => "40rem",
        (2, 0 | 1) => "20rem",
        _ => "13rem",
    };
    let narrow = if total % 2 == 1 && index == 0 { "92vw" } else { "46vw" };
    let sources = tree.get(figure).descendants().filter(|it| it.value().name() == Some("source"));
    for source in sources.map(|source| source.id()).collect::<Vec<_>>() {
        let sizes = format!("(min-width:44rem) {wide}, {narrow}");
        tree.change(source, |element| element.set("sizes", sizes));
    }
}

/// What a node is to a gallery.
fn part(tree: &Tree, id: NodeId) -> Option<Part> {
    match tree.name(id) {
        "figure" => {
            let pictures = images(tree, id);
            let alone = pictures.len() == 1 && !is_small(tree, *pictures.first()?);
            let pure = children(tree, id).into_iter().all(|child| {
                is_blank(tree, child) || tree.name(child) == "figcaption" || is_picture(tree, child)
            });
            (alone && pure).then_some(Part::Figure(id))
        }
        "p" => row(tree, id),
        _ => None,
    }
}

/// An element that holds pictures and nothing else.
fn row(tree: &Tree, id: NodeId) -> Option<Part> {
    let mut pictures = Vec::new();
    for child in children(tree, id) {
        let small = || images(tree, child).iter().any(|image| is_small(tree, *image));
        match part(tree, child) {
            Some(Part::Figure(figure)) => pictures.push(figure),
            Some(Part::Row(_, more)) => pictures.extend(more),
            None if is_picture(tree, child) && !small() => pictures.push(child),
            None if is_blank(tree, child) || tree.name(child) == "br" => {}
            None => return None,
        }
    }
    (!pictures.is_empty()).then_some(Part::Row(id, pictures))
}

fn children(tree: &Tree, id: NodeId) -> Vec<NodeId> {
    tree.get(id).children().map(|node| node.id()).collect()
}

fn images(tree: &Tree, id: NodeId) -> Vec<NodeId> {
    let all = tree.get(id).descendants().filter(|node| node.value().name() == Some("img"));
    all.map(|node| node.id()).collect()
}

/// Whether it is a picture, or a link around one.
fn is_picture(tree: &Tree, id: NodeId) -> bool {
    match tree.name(id) {
        "img" | "picture" => true,
        "a" => {
            let mut inside = children(tree, id).into_iter().filter(|it| !is_blank(tree, *it));
            let picture = inside.next().map(|it| tree.name(it).to_owned());
            matches!(picture.as_deref(), Some("img" | "picture")) && inside.next().is_none()
        }
        _ => false,
    }
}

fn is_blank(tree: &Tree, id: NodeId) -> bool {
    match tree.get(id).value() {
        Node::Element(_) => false,
        Node::Text(text) => text.trim().is_empty(),
        Node::Other => true,
    }
}

fn is_small(tree: &Tree, image: NodeId) -> bool {
    let side = |name| tree.element(image).and_then(|it| it.get(name)?.parse::<u32>().ok());
    ["width", "height"].into_iter().any(|name| side(name).is_some_and(|side| side < SMALL))
}

/// Makes a link to the widest file of each picture. One that its author made a link of stays that link.
pub(super) fn enlarge(tree: &mut Tree, labels: &Labels) {
    for image in tree.all(|name| name == "img") {
        if let Some(link) = tree.above(image, |name| name == "a") {
            let leads = tree.element(link).and_then(|it| it.get("href")).is_some_and(is_file);
            if leads && is_picture(tree, link) {
                tree.change(link, |element| element.set("data-large", ""));
            }
            continue;
        }
        if is_small(tree, image) || tree.is_inside(image, |name| name == "summary") {
            continue;
        }
        let shown = tree.above(image, |name| name == "picture").unwrap_or(image);
        let Some(element) = tree.element(image) else { continue };
        let label = match element.get("alt").unwrap_or_default().trim() {
            "" => labels.large.to_owned(),
            alt => format!("{}: {alt}", labels.large),
        };
        let src = element.get("src").unwrap_or_default();
        let href = widest(tree, shown).unwrap_or_else(|| src.to_owned());
        let link = [("href", href), ("data-large", String::new()), ("aria-label", label)];
        tree.wrap(shown, Element::new("a", link));
    }
}

/// The last candidate of a `srcset`, which is the widest.
fn widest(tree: &Tree, picture: NodeId) -> Option<String> {
    let mut sources = tree.get(picture).children().filter_map(|node| node.value().element());
    let set = sources.find_map(|element| element.get("srcset"))?;
    set.rsplit(", ").next()?.split(' ').next().map(str::to_owned)
}

/// Whether an address is that of a picture of this site.
fn is_file(href: &str) -> bool {
    let endings = [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg"];
    let href = href.to_ascii_lowercase();
    href.starts_with('/') && !href.starts_with("//") && endings.iter().any(|it| href.ends_with(it))
}
