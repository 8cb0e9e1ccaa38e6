//! Marks what becomes a card though its author wrote no link: an address that stands alone in its block, and a film or
//! sound that was written as a picture.

use super::{MARK, own, providers};
use crate::edition::addresses::urls;
use crate::edition::body::names;
use crate::edition::body::postprocess::{Complaints, Surroundings};
use crate::edition::diagnostics::Problem;
use crate::edition::media::Lookup;
use crate::html::{Element, Node, Tree};

/// Puts marked links in the place of what stands alone and of pictures that play.
pub(crate) fn mark(tree: &mut Tree) {
    let alone = tree.nodes().filter_map(|node| {
        let Node::Text(text) = node.value() else { return None };
        let address = text.trim();
        let parent = node.parent()?;
        let is_block = matches!(parent.value().name(), Some("p" | "div" | "figure"));
        let is_only = node.prev_sibling().is_none() && node.next_sibling().is_none();
        // An address in text: what exports of block editors leave in `div`.
        let fits = address.starts_with("http") && is_block && is_only;
        (fits && providers::of(address).is_some()).then(|| (node.id(), address.to_owned()))
    });
    for (id, address) in alone.collect::<Vec<_>>() {
        let link = Element::new("a", [("href", address), ("class", names::class(MARK))]);
        tree.wrap(id, link);
    }
    for id in tree.all(|name| name == "img") {
        let Some(picture) = tree.element(id).cloned() else { continue };
        let src = picture.get("src").unwrap_or_default();
        if own::kind(src).is_none() || tree.is_inside(id, |name| name == "a") {
            continue;
        }
        let words = picture.get("alt").map(str::trim).filter(|it| !it.is_empty()).unwrap_or(src);
        let link = Element::new("a", [("href", src.to_owned()), ("class", names::class(MARK))]);
        let words = Node::Text(words.to_owned());
        // In a figure a block of its own, so that its caption stays.
        let in_figure = tree.get(id).parent().is_some_and(|it| it.value().name() == Some("figure"));
        if in_figure {
            tree.wrap(id, Element::new("p", []));
        }
        if let Some(link) = tree.insert_before(id, Node::Element(link)) {
            tree.append(link, words);
        }
        tree.remove(id);
    }
}

/// Takes out posters that cannot be shown: a card does without, and no article stays out for one.
pub(crate) fn drop_posters(
    tree: &mut Tree,
    surroundings: Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) {
    let mark = names::class(MARK);
    let is_marked = |element: &Element| {
        element.get("class").is_some_and(|it| it.split(' ').any(|class| class == mark))
    };
    for id in tree.all(|name| name == "img") {
        let link = tree.above(id, |name| name == "a");
        if !link.and_then(|link| tree.element(link)).is_some_and(is_marked) {
            continue;
        }
        let src = tree.element(id).and_then(|it| it.get("src")).unwrap_or_default().to_owned();
        let linker = surroundings.linker;
        let found = match linker.media.find(linker.dir, &src) {
            Lookup::File(file) if !urls::is_foreign(&src) => linker.media.picture(&file).is_ok(),
            _ => false,
        };
        if !found {
            complaints.once(&src, Problem::PosterLeftOut { src: src.clone() });
            tree.remove(id);
        }
    }
}
