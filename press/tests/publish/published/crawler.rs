//! A reader who follows every link from the front and loads all that pages name.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use regex::Regex;

/// The addresses that a page or a style sheet loads or leads to, as they are written.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    static ADDRESS: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = r#"(?:href|src|poster)="([^"]*)"|srcset="([^"]*)""#;
    let regex = ADDRESS.get_or_init(|| Regex::new(pattern).ok());
    let found = regex.iter().flat_map(move |it| it.captures_iter(text));
    found.flat_map(|it| {
        let one = it.get(1).map(|it| it.as_str());
        let set = it.get(2).map(|it| it.as_str()).unwrap_or_default();
        let many = set.split(',').filter_map(|it| it.split_whitespace().next());
        one.into_iter().chain(many)
    })
}

/// The file of an address of the site.
fn file(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?.strip_prefix('/')?;
    match path {
        "" => Some("index.html".to_owned()),
        folder if folder.ends_with('/') => Some(format!("{folder}index.html")),
        file if !file.starts_with('/') => Some(file.to_owned()),
        _ => None,
    }
}

/// Follows all links from the front, and says which page names what is not there. `read` gives a file of the site.
/// A site without a front has no readers.
pub(crate) fn missing(read: impl Fn(&str) -> Option<Vec<u8>>) -> Vec<String> {
    let mut missing = Vec::new();
    let (mut seen, mut next) = (BTreeSet::new(), vec!["index.html".to_owned(), "sw.js".to_owned()]);
    let without_front = read("index.html").is_none();
    while let Some(name) = next.pop().filter(|_| !without_front) {
        let Some(bytes) = read(&name) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let mut named: BTreeSet<String> = addresses(&text).filter_map(file).collect();
        match name.as_str() {
            "sw.js" => named = worker_files(&text),
            // That about embeds is never opened inside the app.
            page if page.starts_with("embed/") => {}
            // What the app asks for when the page is opened inside of it.
            page if page.ends_with("/index.html") || page == "index.html" => {
                named.insert(page.replace("index.html", "index.json"));
            }
            _ => {}
        }
        for file in named {
            if !seen.insert(file.clone()) {
                continue;
            }
            match read(&file) {
                Some(_) if file.ends_with(".html") => next.push(file),
                Some(_) => {}
                None => missing.push(format!("{name} names {file}, which is not there")),
            }
        }
    }
    missing
}

/// What the worker fetches when it is installed.
fn worker_files(text: &str) -> BTreeSet<String> {
    let paths = text.split("\"path\":\"").skip(1).filter_map(|it| it.split('"').next());
    paths.filter_map(file).collect()
}
