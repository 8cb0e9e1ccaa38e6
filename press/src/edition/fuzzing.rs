//! Entries for fuzzers and property tests: an article's body alone, without an edition around it.

use std::path::Path;

use crate::edition::body::dialects::{self, Context};
use crate::edition::body::html::{self, Piece};
use crate::edition::body::{labels, markdown, sanitize};
use crate::edition::config::Generator;
use crate::edition::diagnostics::FileDiagnostics;

/// The ways in which an article may be read.
const GENERATORS: [Option<Generator>; 5] = [
    None,
    Some(Generator::Hugo),
    Some(Generator::Zola),
    Some(Generator::Jekyll),
    Some(Generator::Eleventy),
];

/// What an author may quote marks with, so that readers are meant to see them.
const QUOTES: [&str; 17] = [
    "`",
    "~~~",
    "    ",
    "\t",
    "\\",
    "&",
    "<",
    "raw",
    "verbatim",
    "highlight",
    "code",
    "prism",
    "/*",
    "\"",
    "'",
    "“",
    "”",
];

/// Translates a body as each generator would have it. Gives back the HTML in which a mark of a template reaches
/// readers although nothing in the text quotes it; a fuzzer expects `None`.
pub fn dialects(text: &str) -> Option<String> {
    let bare = text.replace("{{<", "");
    let quoted = QUOTES.iter().any(|quote| bare.contains(quote));
    GENERATORS.into_iter().map(|generator| printed(text, generator)).find(|html| {
        !quoted
            && html::pieces(html).any(|piece| matches!(piece, Piece::Text(text) if is_mark(text)))
    })
}

/// Prints a body as safe HTML.
pub fn body(text: &str) -> String {
    printed(text, None)
}

fn printed(text: &str, generator: Option<Generator>) -> String {
    let mut diagnostics = FileDiagnostics::new(Path::new("fuzz.md"));
    let exists = |src: &str| src.ends_with(".jpg");
    let value = |name: &str| (name == "title").then(|| String::from("T"));
    let context = Context { generator, exists: &exists, value: &value, ..Context::default() };
    let translated = dialects::translate(text, &context, &mut diagnostics);
    let body = markdown::to_html(&translated.text, labels::of("vi"));
    match html::open_tags(&body.html) > 1000 {
        true => String::new(),
        false => sanitize::clean(&body.html, body.has_raw_html),
    }
}

fn is_mark(text: &str) -> bool {
    let list = text.match_indices("{:").any(|(at, _)| {
        let tail = text.get(at..).unwrap_or_default();
        ["{:toc}", "{: .", "{:.", "{: #", "{::"].iter().any(|list| tail.starts_with(list))
            && tail.contains('}')
    });
    let caption = text.contains("[caption id=") && text.contains("[/caption]");
    list || caption || text.contains("{{") || text.contains("{%")
}
