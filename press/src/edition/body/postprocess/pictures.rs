//! The pictures of a body: local ones get their address and size, those of other sites become links.

use std::path::PathBuf;
use std::sync::Arc;

use broadsheet::pictures::srcset;

use crate::edition::addresses::urls;
use crate::edition::article::BundleFile;
use crate::edition::body::headings::is_footnote;
use crate::edition::diagnostics::Problem;
use crate::edition::media::{Lookup, MediaFile};
use crate::edition::picture::Picture;
use crate::html::{Element, Node, NodeId, Tree};

use super::{Complaints, Shown, Surroundings};

/// Leaves out pictures without an address, and reads a picture's title where it has no other words.
pub(super) fn prepare(tree: &mut Tree, complaints: &mut Complaints<'_>) {
    for id in tree.all(|name| name == "img") {
        let Some(picture) = tree.element(id) else {
            continue;
        };
        if picture.get("src").unwrap_or_default().is_empty() {
            // It had none, or one that no picture may have.
            let words = picture.get("alt").unwrap_or_default();
            complaints.once(words, Problem::MediaWithoutAddress { words: words.to_owned() });
            tree.remove(id);
            continue;
        }
        tree.change(id, |element| {
            if element.get("alt").unwrap_or_default().is_empty()
                && let Some(title) = element.take("title")
            {
                element.set("alt", title);
            }
        });
    }
}

/// Shows all pictures, and adds the files that must be published for them.
pub(super) fn show(
    tree: &mut Tree,
    surroundings: Surroundings<'_>,
    complaints: &mut Complaints<'_>,
    files: &mut Vec<BundleFile>,
) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    let is_early = early(tree);
    for id in tree.all(|name| name == "img") {
        let Some(picture) = tree.element(id).cloned() else {
            continue;
        };
        let src = picture.get("src").unwrap_or_default();
        let is_foreign = urls::is_foreign(src);
        let found = match is_foreign {
            true => fetch(src, surroundings, complaints),
            false => find(src, surroundings, complaints),
        };
        let Some((file, known)) = found else {
            match is_foreign {
                true => link(tree, id, &picture, surroundings),
                false => remove(tree, id),
            }
            continue;
        };
        let figure = tree.above(id, |name| name == "figure");
        let first = figure.is_some() && shown.is_empty() && is_early.contains(&id);
        let urgent = first && surroundings.lead.is_none_or(|lead| lead == file);
        let url = surroundings.linker.address.file(&known.name);
        let alt = picture.get("alt").unwrap_or_default();
        let mut picture = Picture::of(&known, url.clone(), alt);
        if let Some(figure) = figure {
            (picture.caption, picture.credit) = caption(tree, figure);
        }
        let sources = sources(&picture);
        let tint = picture.tint.clone();
        tree.change(id, |element| place(element, &known, url, urgent, tint));
        if let Some(source) = sources
            && let Some(around) = tree.wrap(id, Element::new("picture", []))
            && let Some(img) = tree.get(around).first_child().map(|it| it.id())
        {
            tree.insert_before(img, Node::Element(source));
        }
        files.push(BundleFile::shown(&known));
        shown.push(Shown { picture, file, in_figure: figure.is_some() });
    }
    shown
}

/// Takes a picture out, and the figure that shows nothing else.
fn remove(tree: &mut Tree, id: NodeId) {
    let figure = tree.above(id, |name| name == "figure");
    tree.remove(id);
    if let Some(figure) = figure
        && !tree
            .get(figure)
            .descendants()
            .any(|it| matches!(it.value().name(), Some("img" | "table" | "pre" | "blockquote")))
    {
        tree.remove(figure);
    }
}

/// The pictures in the first two blocks: what a reader sees first.
fn early(tree: &Tree) -> Vec<NodeId> {
    let blocks = tree.blocks().take(2);
    let pictures = blocks.flat_map(|block| block.descendants());
    pictures.filter(|node| node.value().name() == Some("img")).map(|node| node.id()).collect()
}

/// How wide a picture of the text is shown: `--measure`, and on narrow screens all but the gutters (style/tokens.css).
const SIZES: &str = "(min-width:44rem) 40rem, 92vw";

/// What browsers choose from, where there are several widths. AVIF comes later, where it was made.
fn sources(picture: &Picture) -> Option<Element> {
    let set = srcset(&picture.src, picture.width, u32::MAX, "webp");
    let source = [("type", "image/webp".to_owned()), ("srcset", set), ("sizes", SIZES.to_owned())];
    (!picture.formats.is_empty()).then(|| Element::new("source", source))
}

fn place(
    element: &mut Element,
    known: &MediaFile,
    url: String,
    urgent: bool,
    tint: Option<String>,
) {
    let (mut width, mut height) = known.size;
    // An author may ask for less than the whole width; the proportions are the picture's.
    let asked = element.take("width").and_then(|w| w.trim_end_matches("px").parse().ok());
    if let Some(asked) = asked.filter(|asked| (1..width).contains(asked)) {
        height = (height * asked).div_ceil(width);
        width = asked;
    }
    let alt = element.take("alt").unwrap_or_default();
    let title = element.take("title").map(|title| ("title", title));
    let when = if urgent { ("fetchpriority", "high") } else { ("loading", "lazy") };
    let first =
        [("src", url), ("width", width.to_string()), ("height", height.to_string()), ("alt", alt)];
    let last = [(when.0, when.1.to_owned()), ("decoding", "async".to_owned())];
    let tint = tint.map(|tint| ("data-tint", tint));
    element.lead_with(first.into_iter().chain(title).chain(last).chain(tint));
}

/// The site's pages load nothing of other sites: readers are nobody else's business.
fn link(tree: &mut Tree, id: NodeId, picture: &Element, surroundings: Surroundings<'_>) {
    let words = match picture.get("alt").unwrap_or_default().trim() {
        "" => surroundings.labels.picture,
        alt => alt,
    };
    let words = Node::Text(words.to_owned());
    if tree.is_inside(id, |name| name == "a") {
        tree.insert_before(id, words);
    } else {
        let src = urls::encoded(picture.get("src").unwrap_or_default()).into_owned();
        let mut link = Element::new("a", [("href", src), ("rel", "noopener".to_owned())]);
        if let Some(target) = picture.get("id") {
            link.set("id", target);
        }
        if let Some(link) = tree.insert_before(id, Node::Element(link)) {
            tree.append(link, words);
        }
    }
    tree.remove(id);
}

fn find(
    src: &str,
    surroundings: Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) -> Option<(PathBuf, Arc<MediaFile>)> {
    let Surroundings { linker, .. } = surroundings;
    let problem = match linker.media.find(linker.dir, src) {
        Lookup::File(file) => match linker.media.picture(&file) {
            Ok(known) => {
                if let Some(remark) = known.remark(src) {
                    complaints.once(src, remark);
                }
                return Some((file, known));
            }
            Err(why) => Lookup::unfit(src, why),
        },
        lookup => lookup.complaint(src),
    };
    complaints.once(src, problem);
    None
}

/// The same for a picture of another site, where the publisher wants these fetched.
fn fetch(
    src: &str,
    surroundings: Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) -> Option<(PathBuf, Arc<MediaFile>)> {
    let media = surroundings.linker.media;
    let Some(fetched) = media.fetched(src) else {
        complaints.diagnostics.external_pictures += 1;
        return None;
    };
    let known = fetched.and_then(|file| match media.picture(&file) {
        Ok(known) => Ok((file, known)),
        Err(refusal) => Err(refusal.to_string()),
    });
    known
        .map_err(|reason| {
            complaints.once(src, Problem::MediaNotFetched { src: src.to_owned(), reason });
        })
        .ok()
}

/// The caption of a figure and the credit, which is the small print in the caption.
fn caption(tree: &Tree, figure: NodeId) -> (Option<String>, Option<String>) {
    let captions = tree.get(figure).children();
    let caption = captions.into_iter().find(|node| node.value().name() == Some("figcaption"));
    let Some(caption) = caption else {
        return (None, None);
    };
    let credit = |element: &Element| &*element.name == "small";
    let words = |text: String| Some(text).filter(|text| !text.is_empty());
    let no_words = |element: &Element| credit(element) || is_footnote(element);
    let credits = caption.descendants().filter(|node| node.value().element().is_some_and(credit));
    let credits: Vec<_> = credits.map(|node| tree.words(node.id(), is_footnote)).collect();
    (words(tree.words(caption.id(), no_words)), words(credits.join(" ")))
}
