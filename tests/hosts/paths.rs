//! The paths that hosts are asked for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use press::hosts::Table;
use tests::Result;
use walkdir::WalkDir;

/// What a browser encodes in a path (URL Standard, "path percent-encode set"), and what a path may not hold anyway.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%');

/// A path as a browser sends it.
fn sent(table: &Table, name: &str) -> String {
    utf8_percent_encode(&[table.base.as_str(), name].concat(), PATH).to_string()
}

/// The file that a path is about.
pub(crate) fn file(site: &Path, table: &Table, path: &str) -> PathBuf {
    let path = percent_decode_str(path).decode_utf8_lossy();
    let below = path.strip_prefix(&table.base).unwrap_or_default();
    let file = site.join(below);
    if below.is_empty() || below.ends_with('/') { file.join("index.html") } else { file }
}

/// Which paths are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those of all files.
    All,
    /// Those of two articles, and of all that is no article's.
    OfEachKind,
}

/// The articles of `Which::OfEachKind`: one has a picture, the other a drawing and a document.
const ARTICLES: [&str; 2] = ["cau-tram-2-thong-xe", "ben-do-ngang"];

impl Which {
    fn has(self, name: &str, table: &Table) -> bool {
        let mut parts = name.trim_start_matches("embed/article/").split('/');
        let is_section =
            parts.next().is_some_and(|it| table.sections.iter().any(|slug| slug == it));
        let slug = parts.next().unwrap_or_default();
        let slug = slug.trim_end_matches(".html").trim_end_matches(".json");
        let is_article = is_section && !slug.is_empty() && !["index", "page"].contains(&slug);
        self == Which::All || !is_article || ARTICLES.contains(&slug)
    }
}

/// Every file of the site at its path, every page at all of its paths, old addresses, and what is not there.
pub(crate) fn of(site: &Path, table: &Table, which: Which) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in WalkDir::new(site) {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let name = entry.path().strip_prefix(site)?.to_string_lossy().into_owned();
        if !which.has(&name, table) {
            continue;
        }
        if let Some(folder) = name.strip_suffix("index.html") {
            names.insert(folder.to_owned());
            // The site itself without its slash is no path, or that of another site's page.
            names.extend(folder.strip_suffix('/').map(str::to_owned));
        }
        names.insert(name);
    }
    for redirect in &table.redirects {
        names.extend(redirect.paths());
    }
    for missing in [
        "khong-co/",
        "khong-co",
        "thoi-su/khong-co/",
        "thoi-su/khong-co.html",
        "assets/app.00000000.js",
        "assets/",
        "assets",
        "thoi-su/khong-co.1a2b3c4d.jpg",
        "khong-co.json",
        "không/có/",
        ".git/config",
        ".hosts/",
        ".hosts/khong-co",
        "icons/",
    ] {
        names.insert(missing.to_owned());
    }
    let mut paths: BTreeSet<String> = names.iter().map(|name| sent(table, name)).collect();
    if let Some(outside) = table.base.strip_suffix('/').filter(|it| !it.is_empty()) {
        paths.insert(outside.to_owned());
    }
    Ok(paths)
}
