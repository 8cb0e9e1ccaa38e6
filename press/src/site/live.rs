//! No mistake takes an article off silently: what is online by the list of the last print, and would go because
//! of an error, is named before anything is printed.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::Path;

use super::list::List;
use crate::edition::{Article, Diagnostic, Diagnostics, Edition, Problem};

/// The articles that are online in the folder `out` and would go because of an error. One that was made a draft,
/// has expired, was withdrawn, or whose file is gone, goes by the publisher's will.
pub fn endangered(edition: &Edition, diagnostics: &Diagnostics, out: &Path) -> Vec<Diagnostic> {
    // Nothing went because of an error, then.
    if diagnostics.all.is_empty() && edition.timetable.failed.is_empty() {
        return Vec::new();
    }
    let Some(online) = List::articles(out) else { return Vec::new() };
    // Whole paths are compared: by their parts takes ten times as long.
    let printed: HashSet<&OsStr> = edition.articles.iter().map(|it| it.file.as_os_str()).collect();
    let paths: LazyCell<HashSet<String>, _> =
        LazyCell::new(|| edition.articles.iter().map(Article::folder).collect());
    let held: HashSet<&Path> =
        edition.timetable.held.iter().map(|(file, _)| file.as_path()).collect();
    let danger = |file: &Path, path: &str| {
        // A folder that cannot be read takes all its articles with it.
        let mut errors = diagnostics.errors().map(|it| it.file.as_path());
        let is_there = || edition.root.join(file).try_exists().unwrap_or(true);
        let gone = !is_there() && !errors.any(|it| file.starts_with(it));
        // A renamed file with an error takes an article off, too.
        let mut failed = edition.timetable.failed.iter();
        let successor = failed.find(|it| it.path == path && !held.contains(&*it.file));
        match (gone, successor) {
            (false, _) => Some(file.to_owned()),
            (true, Some(successor)) if !paths.contains(path) => Some(successor.file.clone()),
            (true, _) => None,
        }
    };
    let mut found = Vec::new();
    for live in online {
        let file = Path::new(&live.file);
        if printed.contains(file.as_os_str()) || held.contains(file) {
            continue;
        }
        if let Some(file) = danger(file, &live.path) {
            found.push(Diagnostic::new(file, Problem::LiveArticle { path: live.path }));
        }
    }
    found
}
