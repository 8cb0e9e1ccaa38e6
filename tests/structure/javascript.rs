//! The imports of ES modules: `import`, `export … from` and `import()` with a relative name.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::graph::Graph;
use tests::Result;

/// Reads the modules in a folder, without those of packages.
pub(crate) fn imports(folder: &Path) -> Result<Graph> {
    let mut graph = Graph::default();
    for file in crate::files(folder, "js")? {
        let below = file.strip_prefix(folder)?;
        for specifier in specifiers(&fs::read_to_string(&file)?) {
            let to = normal(&below.parent().unwrap_or(Path::new("")).join(specifier));
            if folder.join(&to).is_file() {
                graph.add(&below.to_string_lossy(), &to.to_string_lossy());
            }
        }
    }
    Ok(graph)
}

/// The relative names that are imported: strings that follow `from`, `import` or `import(`.
fn specifiers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    // The code since the last string or comment, without its blanks.
    let mut code = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if matches!(first, '"' | '\'' | '`') {
            let (string, after) = string(&rest[1..], first);
            let imported = ["from", "import", "import("].iter().any(|it| code.ends_with(it));
            if imported && string.starts_with('.') {
                found.push(string.to_owned());
            }
            code.clear();
            rest = after;
        } else {
            if !first.is_whitespace() {
                code.push(first);
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    found
}

/// A string up to its closing quote, and what follows.
fn string(text: &str, quote: char) -> (&str, &str) {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return (&text[..at], &text[at + quote.len_utf8()..]),
            _ => {}
        }
    }
    (text, "")
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}
