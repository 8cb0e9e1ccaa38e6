//! The chapters of the edition's own sound and films: a list behind the player whose items begin with a time
//! (`- [12:30] Title`), or a track of chapters in WebVTT.

use std::fs;
use std::path::Path;

use super::own;
use crate::html::{Element, Node, NodeId, Tree};

/// No track is larger, in bytes.
const LARGEST: u64 = 1_000_000;
/// More chapters are a mistake.
const MOST: usize = 500;

/// A chapter: where it begins in seconds, and its title.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chapter {
    pub(super) start: u64,
    pub(super) title: String,
}

/// The chapters in a list, if every item of it is one.
pub(super) fn of_list(tree: &Tree, list: NodeId) -> Option<Vec<Chapter>> {
    if !matches!(tree.name(list), "ul" | "ol") {
        return None;
    }
    let items = tree.get(list).children().filter(|it| it.value().name().is_some());
    let chapters: Option<Vec<Chapter>> = items
        .map(|item| {
            let links_or_pictures = item
                .descendants()
                .any(|it| matches!(it.value().name(), Some("a" | "img" | "ul" | "ol")));
            let words = tree.words(item.id(), |_| false);
            (!links_or_pictures).then(|| of_line(&words))?
        })
        .collect();
    chapters.filter(|it| (2..=MOST).contains(&it.len()) && in_order(it))
}

fn in_order(chapters: &[Chapter]) -> bool {
    chapters.is_sorted_by(|a, b| a.start < b.start)
}

/// `[12:30] Title`, `12:30 – Title`, `(1:02:03) Title`.
fn of_line(line: &str) -> Option<Chapter> {
    let line = line.trim();
    let (time, rest) = match line.strip_prefix(['[', '(']) {
        Some(inner) => inner.split_once([']', ')'])?,
        None => line.split_once(char::is_whitespace)?,
    };
    let start = seconds(time.trim_end_matches([':', '.', ',']))?;
    let title = rest.trim_start_matches([' ', '-', '–', '—', ':', '.']).trim();
    (!title.is_empty()).then(|| Chapter { start, title: title.to_owned() })
}

/// Seconds of `12:30` and `1:02:03`, with or without thousandths.
pub(crate) fn seconds(time: &str) -> Option<u64> {
    let whole = time.split('.').next().unwrap_or(time);
    let parts: Vec<&str> = whole.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    parts.iter().enumerate().try_fold(0_u64, |sum, (at, part)| {
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        let fits = if at == 0 { (1..=3).contains(&part.len()) } else { part.len() == 2 };
        let number: u64 = part.parse().ok().filter(|it| at == 0 || *it < 60)?;
        (digits && fits).then_some(sum * 60 + number)
    })
}

/// The chapters of a file in WebVTT (W3C, "WebVTT: The Web Video Text Tracks Format", "WebVTT file using chapter
/// title text").
pub(super) fn of_track(file: &Path) -> Option<Vec<Chapter>> {
    own::bytes(file).filter(|bytes| *bytes <= LARGEST)?;
    let chapters = of_webvtt(&String::from_utf8_lossy(&fs::read(file).ok()?));
    (!chapters.is_empty() && in_order(&chapters)).then_some(chapters)
}

fn of_webvtt(text: &str) -> Vec<Chapter> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.starts_with("WEBVTT") {
        return Vec::new();
    }
    let mut chapters = Vec::new();
    let mut lines = text.lines().skip(1).map(str::trim);
    while let Some(line) = lines.next() {
        let Some(start) = line.split_once("-->").and_then(|(start, _)| seconds(start.trim()))
        else {
            continue;
        };
        let words: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        let title = without_tags(&words.join(" "));
        let title = crate::html::to_text(&title);
        let title = title.trim();
        if !title.is_empty() && chapters.len() < MOST {
            chapters.push(Chapter { start, title: title.to_owned() });
        }
    }
    chapters
}

/// The words of a cue without its tags (`<c>`, `<v Name>`, `<i>`).
fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('>').map_or("", |(_, words)| words))
}

/// Adds chapters to a card, as links to their places in the file (W3C, "Media Fragments URI 1.0", "Temporal
/// Dimension").
pub(super) fn add(tree: &mut Tree, card: NodeId, file: &str, chapters: &[Chapter], label: &str) {
    let list = [("class", "c-chapters".to_owned()), ("aria-label", label.to_owned())];
    let Some(list) = tree.append(card, Node::Element(Element::new("ol", list))) else { return };
    for Chapter { start, title } in chapters {
        let href = format!("{file}#t={start}");
        let link = tree
            .append(list, Node::Element(Element::new("li", [])))
            .and_then(|item| tree.append(item, Node::Element(Element::new("a", [("href", href)]))));
        let Some(link) = link else { continue };
        if let Some(time) = tree.append(link, Node::Element(Element::new("span", []))) {
            tree.append(time, Node::Text(own::clock(*start)));
        }
        tree.append(link, Node::Text(format!(" {title}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(html: &str) -> Option<Vec<u64>> {
        let tree = Tree::parse(html);
        let list = tree.all(|name| matches!(name, "ul" | "ol"))[0];
        of_list(&tree, list).map(|it| it.iter().map(|it| it.start).collect())
    }

    #[test]
    fn a_list_of_times_is_one_of_chapters() {
        for (html, wanted) in [
            ("<ul><li>[0:00] Mở đầu</li><li>[12:30] <b>Gió</b></li></ul>", Some(vec![0, 750])),
            ("<ol><li>00:00 - A</li><li>1:02:03 – B</li></ol>", Some(vec![0, 3723])),
            ("<ul><li>(5:00) A</li><li>(4:00) B</li></ul>", None),
            ("<ul><li>[0:00] A</li></ul>", None),
            ("<ul><li>[0:00] A</li><li>B</li></ul>", None),
            ("<ul><li>[0:00] <a href=x>A</a></li><li>[1:00] B</li></ul>", None),
            ("<ul><li>[0:75] A</li><li>[2:00] B</li></ul>", None),
        ] {
            assert_eq!(starts(html), wanted, "{html}");
        }
    }

    #[test]
    fn a_track_has_chapters() {
        let track = "WEBVTT\n\nNOTE x\n\n1\n00:00.000 --> 00:10.000\n<c>Mở</c> đầu\n\n01:02:03.500 --> 02:00:00.000\nB &amp; C\n";
        let found = of_webvtt(track);
        let found: Vec<_> = found.iter().map(|it| (it.start, it.title.as_str())).collect();
        assert_eq!(found, [(0, "Mở đầu"), (3723, "B & C")]);
        assert!(of_webvtt("00:00.000 --> 00:10.000\nA").is_empty());
    }
}
