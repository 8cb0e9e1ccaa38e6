//! Finds the articles of an edition: `content/<section>/**/name.md` and `content/<section>/**/name/index.md`, each also
//! with a language in its name or folder (`languages::file_names`).

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use crate::edition::diagnostics::{Diagnostic, Diagnostics, FileDiagnostics, Problem};
use crate::edition::languages::file_names::{FileName, FileNames, Known, stem};

/// A file that holds an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Found {
    /// The file, relative to the edition.
    pub(crate) file: Arc<Path>,
    /// The first folder below `content/` that is no language, as it is written.
    pub(crate) section: String,
    /// The language that the file's name or a folder says.
    pub(crate) language: Option<String>,
    /// The file without what says its language: the same for all translations.
    pub(crate) neutral: Arc<Path>,
    /// The name that the slug comes from: the bundle's folder, or the file without its ending.
    pub(crate) name: String,
}

/// The same as it was kept, read without taking memory.
#[derive(Deserialize)]
pub(crate) struct FoundBefore<'a> {
    file: &'a Path,
    section: &'a str,
    language: Option<&'a str>,
    neutral: &'a Path,
    name: &'a str,
}

impl FoundBefore<'_> {
    /// Whether it is what was found now.
    pub(crate) fn is(&self, found: &Found) -> bool {
        let same = |a: &Path, b: &Path| a.as_os_str() == b.as_os_str();
        same(self.file, &found.file)
            && self.section == found.section
            && self.language == found.language.as_deref()
            && same(self.neutral, &found.neutral)
            && self.name == found.name
    }
}

/// Lists the articles by path. `root` must be canonical.
pub(crate) fn articles(
    root: &Path,
    known: Known<'_>,
    gathered: &mut Diagnostics,
) -> Result<Vec<Found>, Diagnostic> {
    let content = root.join("content");
    if let Err(e) = std::fs::read_dir(&content) {
        return Err(Diagnostic::new("content", Problem::NoContent { reason: e.to_string() }));
    }
    let files = markdown_files(root, &content, gathered);
    let names = FileNames::new(&files, known);
    let named: Vec<(&Arc<Path>, FileName)> =
        files.par_iter().map(|file| (file, names.read(file))).collect();
    let bundles: HashSet<&Path> = named
        .par_iter()
        .filter(|(_, name)| is_index(&name.neutral) && depth(&name.neutral) > 3)
        .filter_map(|(file, _)| file.parent())
        .collect();
    let told = Mutex::new(gathered);
    let articles = named.into_par_iter().filter_map(|(file, name)| {
        let mut diagnostics = FileDiagnostics::of(file);
        let article = article(file, name, &bundles, &mut diagnostics);
        if !diagnostics.all.is_empty() {
            diagnostics.hand_over(&mut told.lock().unwrap_or_else(PoisonError::into_inner));
        }
        article
    });
    Ok(articles.collect())
}

fn markdown_files(root: &Path, content: &Path, gathered: &mut Diagnostics) -> Vec<Arc<Path>> {
    if let Some(mut files) = plain_files(root, Path::new("content")) {
        files.par_sort_by_cached_key(|file| ordered(file));
        return files;
    }
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
                files.push(relative(root, entry.path()).into());
            }
            Ok(_) => {}
            Err(e) => {
                let path = e.path().map_or_else(PathBuf::new, |p| relative(root, p));
                unreadable.push((path, e.to_string()));
            }
        }
    }
    for file in strays {
        let mut diagnostics = FileDiagnostics::new(&file);
        diagnostics.push(None, Problem::LinkOutOfEdition);
        diagnostics.hand_over(gathered);
    }
    for (file, reason) in unreadable {
        let mut diagnostics = FileDiagnostics::new(&file);
        diagnostics.push(None, Problem::Unreadable { reason });
        diagnostics.hand_over(gathered);
    }
    files.sort();
    files
}

/// What paths are ordered by as `PathBuf` is, part by part, in a tenth of the time.
fn ordered(path: &Path) -> Vec<u8> {
    in_parts(path).collect()
}

/// The bytes of a path, of which those that end a part come before all others.
fn in_parts(path: &Path) -> impl Iterator<Item = u8> {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes.map(|byte| if *byte == b'/' { 0 } else { *byte })
}

/// The order of two paths as `PathBuf` has it, part by part.
pub(crate) fn compare(a: &Path, b: &Path) -> Ordering {
    in_parts(a).cmp(in_parts(b))
}

/// The files of a folder without links in which everything can be read, in no order: of these no file need be looked at.
/// `below` is the folder relative to the edition.
fn plain_files(root: &Path, below: &Path) -> Option<Vec<Arc<Path>>> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(root.join(below)).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let kind = entry.file_type().ok()?;
        if kind.is_symlink() {
            return None;
        }
        if kind.is_dir() {
            folders.push(below.join(name));
        } else if kind.is_file() && is_markdown(Path::new(&name)) {
            files.push(below.join(name).into());
        }
    }
    let inside = folders.par_iter().map(|folder| plain_files(root, folder));
    for inside in inside.collect::<Option<Vec<_>>>()? {
        files.extend(inside);
    }
    Some(files)
}

fn leaves(root: &Path, entry: &DirEntry) -> bool {
    let target = entry.path_is_symlink().then(|| entry.path().canonicalize());
    matches!(target, Some(Ok(target)) if !target.starts_with(root))
}

fn relative(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}

pub(crate) fn is_markdown(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"))
}

/// Whether a folder or the file in a path has this name.
pub(crate) fn has_part(path: &Path, name: &str) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.split(|byte| *byte == b'/').any(|part| part == name.as_bytes())
}

fn is_index(file: &Path) -> bool {
    stem(file) == Some("index")
}

fn depth(file: &Path) -> usize {
    file.components().count()
}

fn article(
    file: &Arc<Path>,
    name: FileName,
    bundles: &HashSet<&Path>,
    diagnostics: &mut FileDiagnostics,
) -> Option<Found> {
    let FileName { language, neutral, guessed } = name;
    let stem = neutral.file_stem()?;
    if stem == "_index" {
        return None;
    }
    let Some(path) = neutral.to_str() else {
        diagnostics.push(None, Problem::NameNotUtf8);
        return None;
    };
    let parts: Vec<&str> = path.split('/').collect();
    let [_content, section, folders @ .., _file] = parts.as_slice() else {
        diagnostics.push(None, Problem::NoSection);
        return None;
    };
    let folder = file.parent()?;
    let name = match (is_index(&neutral), folders.last()) {
        (true, Some(bundle)) => (*bundle).to_owned(),
        (true, None) => {
            diagnostics.push(None, Problem::SectionIndex);
            return None;
        }
        (false, _) => stem.to_str()?.to_owned(),
    };
    let mut inside = folder.ancestors().skip(usize::from(is_index(&neutral)));
    if !bundles.is_empty()
        && let Some(bundle) = inside.find(|dir| bundles.contains(dir))
    {
        diagnostics.push(None, Problem::InsideBundle { bundle: bundle.to_owned() });
        return None;
    }
    if let Some(language) = language.clone().filter(|_| guessed) {
        diagnostics.push(None, Problem::LanguageOfName { language });
    }
    let section = (*section).to_owned();
    Some(Found { file: Arc::clone(file), section, language, neutral, name })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const VIETNAMESE: Known<'static> = Known { languages: &[], sections: &[] };

    fn names(files: &[&str]) -> (Vec<String>, Diagnostics) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let mut gathered = Diagnostics::default();
        let found = articles(&root, VIETNAMESE, &mut gathered).unwrap();
        let names = found.into_iter().map(|f| format!("{}/{}", f.section, f.name));
        (names.collect(), gathered)
    }

    #[test]
    fn single_files_and_bundles_are_articles_and_the_rest_is_ignored() {
        let (names, gathered) = names(&[
            "content/news/2023/03/a.md",
            "content/news/b/index.md",
            "content/news/b/anh.jpg",
            "content/news/_index.md",
            "content/news/.c.md",
            "content/.git/x/d.md",
            "content/news/diagnostics.txt",
        ]);
        assert_eq!(names, ["news/a", "news/b"]);
        assert!(gathered.all.is_empty());
    }

    #[test]
    fn an_article_outside_a_section_is_an_error() {
        let (names, gathered) = names(&["content/a.md", "content/news/index.md"]);
        assert!(names.is_empty());
        assert_eq!(gathered.errors().count(), 2);
    }

    #[test]
    fn a_file_beside_an_index_is_not_printed_and_said_so() {
        let (names, gathered) = names(&["content/news/b/index.md", "content/news/b/c.md"]);
        assert_eq!(names, ["news/b"]);
        assert_eq!(gathered.warnings().count(), 1);
    }

    #[test]
    fn a_bundle_in_two_languages_is_two_articles_of_one_name() {
        let (names, gathered) = names(&[
            "content/news/b/index.md",
            "content/news/b/index.fr.md",
            "content/news/b/anh.jpg",
            "content/news/_index.fr.md",
        ]);
        assert_eq!(names, ["news/b", "news/b"]);
        assert!(gathered.all.is_empty());
    }

    #[test]
    fn a_language_that_is_only_guessed_is_said() {
        let (names, gathered) = names(&["content/news/b.md", "content/news/b.fr.md"]);
        assert_eq!(names, ["news/b", "news/b"]);
        assert_eq!(gathered.warnings().count(), 1);
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
        let mut gathered = Diagnostics::default();
        assert!(articles(&root, VIETNAMESE, &mut gathered).unwrap().is_empty());
        assert_eq!(gathered.errors().count(), 3);
    }
}
