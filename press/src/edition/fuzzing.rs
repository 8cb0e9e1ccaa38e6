//! What fuzzers call: any text goes in, and what must always hold is asserted.

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::edition::addresses::directory::Directory;
use crate::edition::addresses::guide::Guide;
use crate::edition::addresses::trial;
use crate::edition::addresses::urls::Address;
use crate::edition::article_file::ArticleFile;
use crate::edition::body::dialects::{self, Context};
use crate::edition::body::links::{LinkRecord, Linker};
use crate::edition::body::postprocess::{self, Surroundings};
use crate::edition::body::{labels, markdown, players, sanitize};
use crate::edition::config::Generator;
use crate::edition::config::PlayersConfig;
use crate::edition::content::Found;
use crate::edition::diagnostics::FileDiagnostics;
use crate::edition::front_matter::FrontMatter;
use crate::edition::media::Media;
use crate::html::{self, Node, Tree};
use crate::text::{line, permitted_lines};

const FILE: &str = "content/a/b.md";

/// Reads an article's file.
///
/// # Panics
///
/// When a text that is shown or compared is not in its one form.
pub fn front_matter(text: &str) {
    let mut diagnostics = FileDiagnostics::new(Path::new(FILE));
    let Some(file) = ArticleFile::parse(text.as_bytes(), &mut diagnostics) else {
        return;
    };
    let Ok(table) = file.front_matter() else {
        return;
    };
    let file: Arc<Path> = Path::new(FILE).into();
    let found = Found {
        neutral: file.clone(),
        file,
        section: "a".into(),
        name: "b".into(),
        language: None,
    };
    let front_matter = FrontMatter::read(&table, &found, &TimeZone::UTC, &mut diagnostics);
    let texts = [&front_matter.title].into_iter().chain(&front_matter.summary);
    for text in texts.chain(&front_matter.authors).chain(&front_matter.tags) {
        assert_eq!(*text, line(text), "a text in its one form");
    }
}

/// Reads articles, their slugs, dates and old addresses, a line each.
///
/// # Panics
///
/// When a place of the site is given out twice, or an old address leads elsewhere.
pub fn addresses(text: &str) {
    trial::run(text);
}

/// Prints a text as the body of an article, once as Markdown and once as HTML.
///
/// # Panics
///
/// When what is printed is not what a parser reads, has an id twice or one of the app, or a class that is not
/// of content.
pub fn html(text: &str) {
    let markdown = markdown::to_html(text, labels::of("en"));
    for (written, has_raw_html) in [(markdown.html.as_str(), markdown.has_raw_html), (text, true)] {
        if let Some(printed) = body(written, has_raw_html) {
            check(&printed);
        }
    }
}

/// Prints a body as that of an article without neighbours and pictures; nothing if it is nested too deeply.
fn body(written: &str, has_raw_html: bool) -> Option<String> {
    if html::open_tags(written) > 1000 {
        return None;
    }
    let mut diagnostics = FileDiagnostics::new(Path::new(FILE));
    let file = ArticleFile::parse(b"---\n---\n", &mut diagnostics)?;
    let (media, directory) = (Media::new(Path::new("/nowhere"), None), Directory::default());
    let (record, directory) = (RefCell::new(LinkRecord::default()), &directory);
    let linker = Linker {
        address: Address { base: "/", section: "a", slug: "b" },
        base_url: "https://paper.example/",
        file: Path::new(FILE),
        dir: Path::new("/nowhere/content/a"),
        media: &media,
        directory: &Guide::new(&directory),
        record: &record,
    };
    let allowed = PlayersConfig { frames: vec!["https://frames.example".to_owned()] };
    let labels = labels::of("en");
    let surroundings = Surroundings { linker: &linker, labels, players: &allowed, lead: None };
    let clean = sanitize::clean(&players::elements::adopt(written), has_raw_html);
    let processed = postprocess::finish(clean, surroundings, &file, &mut diagnostics);
    Some(processed.html)
}

fn check(printed: &str) {
    let tree = Tree::parse(printed);
    assert_eq!(tree.to_html(), printed, "what was printed is what is read");
    let mut ids = HashSet::new();
    for element in tree.nodes().filter_map(|node| node.value().element()) {
        if let Some(id) = element.get("id") {
            assert!(!id.to_ascii_lowercase().starts_with("app-"), "{id} in {printed}");
            assert!(ids.insert(id.to_owned()), "{id} twice in {printed}");
        }
        for class in element.get("class").unwrap_or_default().split_whitespace() {
            assert!(class.starts_with("c-"), "{class} in {printed}");
        }
        for (name, value) in &element.attributes {
            let runs = name.starts_with("on") || value.trim_start().starts_with("javascript:");
            assert!(!runs || &**name == "title" || &**name == "alt", "{name} in {printed}");
        }
    }
}

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
    // What no document may hold goes before marks are read: it may stand inside of a fence, or between four blanks.
    // `<` behind two braces is a shortcode's; behind three it opens a tag, which may go from between two braces that
    // are the author's own.
    let bare = permitted_lines(text).replace("{{{<", "<").replace("{{<", "");
    let quoted = QUOTES.iter().any(|quote| bare.contains(quote));
    GENERATORS.into_iter().filter_map(|generator| translated(text, generator)).find_map(|tree| {
        let marked = |node: &Node| matches!(node, Node::Text(text) if is_mark(text));
        let shown = !quoted && tree.nodes().any(|node| marked(node.value()));
        shown.then(|| tree.to_html())
    })
}

fn translated(text: &str, generator: Option<Generator>) -> Option<Tree> {
    let mut diagnostics = FileDiagnostics::new(Path::new(FILE));
    let exists = |src: &str| src.ends_with(".jpg");
    let value = |name: &str| (name == "title").then(|| String::from("T"));
    let context = Context { generator, exists: &exists, value: &value, ..Context::default() };
    let translated = dialects::translate(text, &context, &mut diagnostics);
    let body = markdown::to_html(&translated.text, labels::of("vi"));
    (html::open_tags(&body.html) <= 1000).then(|| sanitize::clean(&body.html, body.has_raw_html))
}

/// Whether a text shows a mark of a template, or a list of attributes: nothing but classes, ids and `toc`.
fn is_mark(text: &str) -> bool {
    let name = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    let attribute = |word: &str| {
        let signed = word.strip_prefix('.').or_else(|| word.strip_prefix('#'));
        signed.is_some_and(name) || matches!(word, "toc" | "no_toc")
    };
    let list = text.match_indices("{:").any(|(at, _)| {
        let inner = text.get(at + 2..).and_then(|tail| tail.split_once('}'));
        inner.is_some_and(|(list, _)| {
            !list.trim().is_empty() && list.split_whitespace().all(attribute)
        })
    });
    let caption = text.contains("[caption id=") && text.contains("[/caption]");
    list || caption || text.contains("{{") || text.contains("{%")
}
