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

    pub(super) fn json(&self) -> io::Result<Vec<u8>> {
        Ok(serde_json::to_vec(self)?)
    }

    /// What is in either of two sites: while one takes the other's place, each file may be of either.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self { files: self.files.union(&other.files).cloned().collect(), ..self.clone() }
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

/// The folder of a path, unless that is the site's own.
pub(super) fn parent(path: &str) -> Option<&str> {
    Some(path.rsplit_once('/')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_knows_its_folders_and_itself() {
        let list = List::new(["a/b/c.html", "a/d", "e"].map(String::from).into(), Vec::new());
        assert_eq!(list.folders().into_iter().collect::<Vec<_>>(), ["a", "a/b"]);
        assert!(list.files.contains(NAME));
    }
}
