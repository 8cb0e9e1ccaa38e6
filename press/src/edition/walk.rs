//! Finds the articles of an edition: `content/<section>/**/name.md` and `content/<section>/**/name/index.md`.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::problem::{Notes, Problem, Report, Severity};

/// A file that holds an article.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The file, relative to the edition.
    pub(super) file: PathBuf,
    /// The first folder below `content/`, as it is written.
    pub(super) section: String,
    /// The name that the slug comes from: the bundle's folder, or the file without its ending.
    pub(super) name: String,
}

/// Lists the articles by path. `root` must be canonical.
pub(super) fn articles(root: &Path, report: &mut Report) -> Result<Vec<Found>, Problem> {
    let content = root.join("content");
    if let Err(e) = std::fs::read_dir(&content) {
        return Err(Problem {
            severity: Severity::Error,
            file: PathBuf::from("content"),
            line: None,
            what: format!("the folder cannot be read ({e})"),
            fix: "put the articles into content/<section>/ beside site.toml".into(),
        });
    }
    let files = markdown_files(root, &content, report);
    let bundles: HashSet<&Path> = files
        .iter()
        .filter(|file| is_index(file) && depth(file) > 3)
        .filter_map(|file| file.parent())
        .collect();
    let mut found = Vec::with_capacity(files.len());
    for file in &files {
        let mut notes = Notes::new(file);
        found.extend(article(file, &bundles, &mut notes));
        notes.hand_over(report);
    }
    Ok(found)
}

fn markdown_files(root: &Path, content: &Path, report: &mut Report) -> Vec<PathBuf> {
    let mut strays = Vec::new();
    let mut files = Vec::new();
    let walk = WalkDir::new(content).follow_links(true).sort_by_file_name();
    let entries = walk.into_iter().filter_entry(|entry| {
        let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
        let stray = !hidden && leaves(root, entry);
        if stray {
            strays.push(relative(root, entry.path()));
        }
        !hidden && !stray
    });
    let mut unreadable = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_markdown(entry.path()) => {
                files.push(relative(root, entry.path()));
            }
            Ok(_) => {}
            Err(e) => {
                let path = e.path().map_or_else(PathBuf::new, |p| relative(root, p));
                unreadable.push((path, e.to_string()));
            }
        }
    }
    for file in strays {
        let mut notes = Notes::new(&file);
        notes.error(
            None,
            "the link leads out of the edition's folder",
            "put the file itself there instead of a link",
        );
        notes.hand_over(report);
    }
    for (file, what) in unreadable {
        let mut notes = Notes::new(&file);
        notes.error(
            None,
            format!("it cannot be read ({what})"),
            "check that it exists and that you may read it; remove links that lead to themselves",
        );
        notes.hand_over(report);
    }
    files.sort();
    files
}

fn leaves(root: &Path, entry: &DirEntry) -> bool {
    let target = entry.path_is_symlink().then(|| entry.path().canonicalize());
    matches!(target, Some(Ok(target)) if !target.starts_with(root))
}

fn relative(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}

pub(super) fn is_markdown(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"))
}

fn is_index(file: &Path) -> bool {
    file.file_stem() == Some(OsStr::new("index"))
}

fn depth(file: &Path) -> usize {
    file.components().count()
}

fn article(file: &Path, bundles: &HashSet<&Path>, notes: &mut Notes) -> Option<Found> {
    let stem = file.file_stem()?;
    if stem == OsStr::new("_index") {
        return None;
    }
    let mut parts = Vec::new();
    for part in file.components() {
        let Component::Normal(part) = part else {
            continue;
        };
        let Some(part) = part.to_str() else {
            notes.error(
                None,
                "its name is not UTF-8",
                "rename it, best with plain letters, digits and hyphens",
            );
            return None;
        };
        parts.push(part);
    }
    let [_content, section, folders @ .., _file] = parts.as_slice() else {
        notes.error(
            None,
            "the article is in no section",
            "move it into a folder of content/, such as content/news/",
        );
        return None;
    };
    let folder = file.parent()?;
    let name = match (is_index(file), folders.last()) {
        (true, Some(bundle)) => (*bundle).to_owned(),
        (true, None) => {
            notes.error(
                None,
                "an index.md directly in a section's folder is no article",
                "rename it to _index.md if it describes the section, or give it a folder of its own",
            );
            return None;
        }
        (false, _) => stem.to_str()?.to_owned(),
    };
    let inside = folder.ancestors().skip(usize::from(is_index(file)));
    if let Some(bundle) = inside.into_iter().find(|dir| bundles.contains(dir)) {
        notes.warning(
            None,
            format!("it is not printed, because {} is one article", bundle.display()),
            "move it out of that folder if it is an article of its own",
        );
        return None;
    }
    Some(Found { file: file.to_owned(), section: (*section).to_owned(), name })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(files: &[&str]) -> (Vec<String>, Report) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let mut report = Report::default();
        let found = articles(&root, &mut report).unwrap();
        let names = found.into_iter().map(|f| format!("{}/{}", f.section, f.name));
        (names.collect(), report)
    }

    #[test]
    fn single_files_and_bundles_are_articles_and_the_rest_is_ignored() {
        let (names, report) = names(&[
            "content/news/2023/03/a.md",
            "content/news/b/index.md",
            "content/news/b/anh.jpg",
            "content/news/_index.md",
            "content/news/.c.md",
            "content/.git/x/d.md",
            "content/news/notes.txt",
        ]);
        assert_eq!(names, ["news/a", "news/b"]);
        assert!(report.problems.is_empty());
    }

    #[test]
    fn an_article_outside_a_section_is_an_error() {
        let (names, report) = names(&["content/a.md", "content/news/index.md"]);
        assert!(names.is_empty());
        assert_eq!(report.errors().count(), 2);
    }

    #[test]
    fn a_file_beside_an_index_is_not_printed_and_said_so() {
        let (names, report) = names(&["content/news/b/index.md", "content/news/b/c.md"]);
        assert_eq!(names, ["news/b"]);
        assert_eq!(report.warnings().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_edition_is_an_error_and_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "x").unwrap();
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        let section = root.join("content/news");
        fs::create_dir_all(&section).unwrap();
        std::os::unix::fs::symlink(outside.path(), section.join("dir")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.md"), section.join("f.md")).unwrap();
        std::os::unix::fs::symlink(&section, section.join("loop")).unwrap();
        let mut report = Report::default();
        assert!(articles(&root, &mut report).unwrap().is_empty());
        assert_eq!(report.errors().count(), 3);
    }
}
