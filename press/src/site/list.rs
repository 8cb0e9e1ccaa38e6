//! The list of what the press wrote into a site: by it the press knows which files it may replace or delete,
//! and which articles are online. It lies in the site's folder and travels with it; it names published files
//! and the files of published articles, so nothing is told if it is uploaded, and nothing misses it if not.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Its name, relative to the site.
pub(super) const NAME: &str = ".press.json";
/// The form of the list; another one is read by nobody.
const VERSION: u32 = 1;
/// So many texts are written at a time.
const PIECE: usize = 10_000;

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

/// An article that is online, as it is written into a list.
#[derive(Debug)]
pub(super) struct Online<'a> {
    /// Its file, relative to the edition.
    pub(super) file: Cow<'a, str>,
    pub(super) section: &'a str,
    pub(super) slug: &'a str,
}

/// Articles as the list has them, in their order.
pub(super) fn articles_json(articles: &[Online<'_>]) -> Vec<u8> {
    let pieces = in_pieces(articles, |Online { file, section, slug }, json| {
        json.extend_from_slice(b"{\"file\":\"");
        escaped(file, json);
        json.extend_from_slice(b"\",\"path\":\"");
        ["", section, "/", slug, "/"].iter().for_each(|part| escaped(part, json));
        json.extend_from_slice(b"\"}");
    });
    [b"[".as_slice(), pieces.strip_suffix(b",").unwrap_or(&pieces), b"]"].concat()
}

/// The list of a site with articles as [`articles_json`] has them and with these files in their order, as it is written.
/// `name` says what a file is called.
pub(super) fn json<T: Sync>(
    articles: &[u8],
    files: &[T],
    name: impl Fn(&T) -> &str + Sync,
) -> Vec<u8> {
    let (before, after) = files.split_at(files.partition_point(|file| name(file) < NAME));
    let write = |file: &T, json: &mut Vec<u8>| {
        json.push(b'"');
        escaped(name(file), json);
        json.push(b'"');
    };
    let (before, after) = (in_pieces(before, write), in_pieces(after, write));
    let start = format!("{{\"version\":{VERSION},\"articles\":");
    let (files, own) = (b",\"files\":[", format!("\"{NAME}\","));
    let mut json = [start.as_bytes(), articles, files, &before, own.as_bytes(), &after].concat();
    json.pop_if(|last| *last == b',');
    json.extend_from_slice(b"]}");
    json
}

/// Writes things on all cores, each with a comma behind it.
fn in_pieces<T: Sync>(all: &[T], write: impl Fn(&T, &mut Vec<u8>) + Sync) -> Vec<u8> {
    let piece = |items: &[T]| {
        let mut json = Vec::new();
        for item in items {
            write(item, &mut json);
            json.push(b',');
        }
        json
    };
    all.par_chunks(PIECE).map(piece).collect::<Vec<_>>().concat()
}

/// Writes a text as JSON has it, without its quotation marks. Most have nothing that must be written in another way.
fn escaped(text: &str, json: &mut Vec<u8>) {
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        json.extend_from_slice(text.as_bytes());
    } else {
        // A text always has a JSON form.
        let written = serde_json::to_vec(text).unwrap_or_default();
        json.extend_from_slice(written.get(1..written.len() - 1).unwrap_or_default());
    }
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
        for files in [vec![], vec!["tin/\"a\\\u{1}.md", "tin/ỗ.md"]] {
            let online =
                |file: &&'static str| Online { file: (*file).into(), section: "t\"", slug: "ỗ" };
            let live = |file: &&str| Live { file: (*file).to_owned(), path: "t\"/ỗ/".to_owned() };
            let written = articles_json(&files.iter().map(online).collect::<Vec<_>>());
            let written = json(&written, &others, |name| name);
            let written: List = serde_json::from_slice(&written).unwrap();
            let articles: Vec<Live> = files.iter().map(live).collect();
            assert_eq!((&written.files, written.articles), (&list.files, articles));
        }
    }
}
