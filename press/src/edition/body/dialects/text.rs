//! What all generators share: addresses with blanks, and what `bare` finds.

use std::ops::Range;

use crate::edition::body::dialects::lined_text::holding;
use crate::edition::body::dialects::{bare, code};

/// No address with blanks is longer.
const LONGEST: usize = 1000;

/// Files that an author may link with blanks in their names.
const ENDINGS: [&str; 30] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "doc", "docx", "xls", "xlsx", "ppt",
    "pptx", "odt", "ods", "odp", "csv", "txt", "zip", "epub", "mp3", "mp4", "ogg", "wav", "webm",
    "md", "markdown", "html", "htm",
];

/// Translates a text.
pub(crate) fn translate(text: String) -> String {
    let text = match text.contains("](") {
        true => addresses(&text),
        false => text,
    };
    if bare::may_have_links_or_emoji(&text) { bare::links_and_emoji(&text) } else { text }
}

/// Puts `<…>` around addresses that hold blanks: `![a](cho noi.png "title")`.
pub(crate) fn addresses(text: &str) -> String {
    let mut code: Option<Vec<Range<usize>>> = None;
    let mut out = String::new();
    let (mut from, mut done) = (0, 0);
    while let Some(at) = text.get(from..).and_then(|tail| tail.find("](")).map(|at| from + at + 2) {
        from = at;
        let Some((length, address)) = spaced(text.get(at..).unwrap_or_default()) else {
            continue;
        };
        let code = code.get_or_insert_with(|| code::ranges(text));
        if holding(code, at).is_some() || (!is_picture(text, at) && !is_file(address)) {
            continue;
        }
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push('<');
        out.push_str(address);
        out.push('>');
        done = at + length;
        from = done;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// An address with blanks in it, without its title, and how far it reaches.
fn spaced(tail: &str) -> Option<(usize, &str)> {
    let mut depth = 0_usize;
    let mut close = None;
    for (at, byte) in tail.bytes().enumerate().take(LONGEST) {
        match byte {
            b'\n' | b'<' | b'>' => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => {
                close = Some(at);
                break;
            }
            b')' => depth -= 1,
            _ => {}
        }
    }
    let whole = tail.get(..close?)?;
    let quote = [" \"", " '"].iter().filter_map(|quote| whole.find(quote)).min();
    let written = whole.get(..quote.unwrap_or(whole.len()))?;
    let address = written.trim();
    let fits = !address.is_empty() && !address.contains(['"', '\'', '\\']);
    (fits && address.contains(' ')).then_some((written.trim_end().len(), address))
}

/// Whether the bracket before `at` closes the words of a picture.
fn is_picture(text: &str, at: usize) -> bool {
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    for i in (at.saturating_sub(LONGEST)..at.saturating_sub(2)).rev() {
        match bytes.get(i) {
            Some(b']') => depth += 1,
            Some(b'[') if depth == 0 => {
                return i.checked_sub(1).is_some_and(|i| bytes.get(i) == Some(&b'!'));
            }
            Some(b'[') => depth -= 1,
            _ => {}
        }
    }
    false
}

/// Whether a text with blanks is the name of a file, or the address of a page.
fn is_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let file = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    file || ["/", "./", "../", "@/", "http://", "https://"].iter().any(|it| address.starts_with(it))
}
