//! The list of what the press wrote into a site: by it the press knows which files it may replace or delete,
//! and which articles are online. It lies in the site's folder and travels with it; it names published files
//! and the files of published articles, so nothing is told if it is uploaded, and nothing misses it if not.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Its name, relative to the site.
pub(super) const NAME: &str = ".press.json";
/// The form of the list; another one is read by nobody.
const VERSION: u32 = 1;

/// What a site consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct List {
    version: u32,
    /// The articles that are online.
    pub(super) articles: Vec<Live>,
    /// Every file that the press wrote, relative to the site; this list is one of them.
    pub(super) files: BTreeSet<String>,
}

/// An article that is online.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Live {
    /// Its file, relative to the edition.
    pub file: String,
    /// Its path, relative to the site: `tin/a/`.
    pub path: String,
}

impl List {
    pub(super) fn new(mut files: BTreeSet<String>, mut articles: Vec<Live>) -> Self {
        files.insert(NAME.to_owned());
        articles.sort();
        Self { version: VERSION, articles, files }
    }

    /// Reads the list of the site in a folder; the error says why there is none.
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let bytes = fs::read(folder.join(NAME)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("{NAME} is not there"),
            _ => format!("{NAME}: {error}"),
        })?;
        let list: Self =
            serde_json::from_slice(&bytes).map_err(|error| format!("{NAME}: {error}"))?;
        match list.version {
            VERSION => Ok(list),
            other => Err(format!("{NAME} has the form {other}, and this press reads {VERSION}")),
        }
    }

    /// Reads the articles of the list alone.
    pub(super) fn articles(folder: &Path) -> Option<Vec<Live>> {
        #[derive(Deserialize)]
        struct Articles {
            version: u32,
            articles: Vec<Live>,
        }
        let list: Articles = serde_json::from_slice(&fs::read(folder.join(NAME)).ok()?).ok()?;
        (list.version == VERSION).then_some(list.articles)
    }

    /// The part of it that is in a folder, relative to that.
    pub(super) fn below(&self, folder: &Path) -> Self {
        let inside = |file: &String| {
            let inside = Path::new(file).strip_prefix(folder).ok()?;
            inside.to_str().map(str::to_owned)
        };
        let files = self.files.iter().filter_map(inside).collect();
        Self { files, articles: Vec::new(), ..self.clone() }
    }

    /// The folders of its files, relative to the site; the deeper ones last.
    pub(super) fn folders(&self) -> BTreeSet<&str> {
        let above = |file| std::iter::successors(parent(file), |folder| parent(folder));
        self.files.iter().flat_map(|file| above(file)).collect()
    }
}

/// The list of a site with these articles and files, in their orders, as it is written.
pub(super) fn json(articles: &[Live], files: &[&str]) -> io::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Written<'a> {
        version: u32,
        articles: &'a [Live],
        files: Vec<&'a str>,
    }
    let mut files = files.to_vec();
    let place = files.partition_point(|name| *name < NAME);
    files.insert(place, NAME);
    Ok(serde_json::to_vec(&Written { version: VERSION, articles, files })?)
}

/// The folder of a path, unless that is the site's own.
pub(super) fn parent(path: &str) -> Option<&str> {
    Some(path.rsplit_once('/')?.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_list_knows_its_folders_and_itself() {
        let list = List::new(["a/b/c.html", "a/d", "e"].map(String::from).into(), Vec::new());
        assert_eq!(list.folders().into_iter().collect::<Vec<_>>(), ["a", "a/b"]);
        assert!(list.files.contains(NAME));
        let files: Vec<&str> = list.files.iter().map(String::as_str).collect();
        let others: Vec<&str> = files.iter().copied().filter(|it| *it != NAME).collect();
        let written: List = serde_json::from_slice(&json(&[], &others).unwrap()).unwrap();
        assert_eq!((written.files, written.articles), (list.files, list.articles));
    }
}
