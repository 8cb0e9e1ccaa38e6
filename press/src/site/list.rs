//! The list of what the press wrote into a site: by it the press knows which files it may replace or delete,
//! and which articles are online. It lies in the site's folder and travels with it; it names published files
//! and the files of published articles, so nothing is told if it is uploaded, and nothing misses it if not.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::hash::{Hash, hash};

/// Its name, relative to the site.
pub(super) const NAME: &str = ".press.json";
/// The form of the list; another one is read by nobody.
const VERSION: u32 = 1;
/// An article as it is written, without what it says.
const ARTICLE: &str = r#"{"file":"","path":"//"}"#;
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

/// The text of a list or of a part of it, in the pieces in which it was made: of a large site it has some ten megabytes.
#[derive(Debug, Default)]
pub(super) struct Text<'a>(Vec<Cow<'a, [u8]>>);

impl Text<'_> {
    /// The hash of a text, as far as it is made in the same pieces.
    pub(super) fn hash(&self) -> Hash {
        let pieces: Vec<Hash> = self.0.par_iter().map(|piece| hash(&[piece])).collect();
        hash(&[pieces.as_flattened()])
    }

    /// Whether it has these bytes.
    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        let rest = self.0.iter().try_fold(bytes, |rest, piece| rest.strip_prefix(&**piece));
        rest.is_some_and(<[u8]>::is_empty)
    }

    /// Writes it into a file.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(super) fn write(&self, place: &Path) -> io::Result<()> {
        let mut file = File::create(place)?;
        self.0.iter().try_for_each(|piece| file.write_all(piece))
    }
}

/// Articles as the list has them, in their order.
pub(super) fn articles_json(articles: &[Online<'_>]) -> Text<'static> {
    let mut text = vec![Cow::from(b"[".as_slice())];
    let size = |it: &Online<'_>| it.file.len() + it.section.len() + it.slug.len() + ARTICLE.len();
    text.extend(in_pieces(articles, size, |Online { file, section, slug }, json| {
        json.extend_from_slice(b"{\"file\":\"");
        escaped(file, json);
        json.extend_from_slice(b"\",\"path\":\"");
        ["", section, "/", slug, "/"].iter().for_each(|part| escaped(part, json));
        json.extend_from_slice(b"\"}");
    }));
    end_with(&mut text, b"]");
    Text(text)
}

/// The list of a site with articles as [`articles_json`] has them and with these files in their order, as it is written.
/// `name` says what a file is called.
pub(super) fn json<'a, T: Sync>(
    articles: &'a Text<'_>,
    files: &[T],
    name: impl Fn(&T) -> &str + Sync,
) -> Text<'a> {
    let (before, after) = files.split_at(files.partition_point(|file| name(file) < NAME));
    let size = |file: &T| name(file).len() + 2;
    let write = |file: &T, json: &mut Vec<u8>| {
        json.push(b'"');
        escaped(name(file), json);
        json.push(b'"');
    };
    let mut text = vec![Cow::from(format!("{{\"version\":{VERSION},\"articles\":").into_bytes())];
    text.extend(articles.0.iter().map(|piece| Cow::from(&**piece)));
    text.push(b",\"files\":[".as_slice().into());
    text.extend(in_pieces(before, size, write));
    text.push(format!("\"{NAME}\",").into_bytes().into());
    text.extend(in_pieces(after, size, write));
    end_with(&mut text, b"]}");
    Text(text)
}

/// Writes things on all cores, each with a comma behind it. Most are of that size.
fn in_pieces<T: Sync>(
    all: &[T],
    size: impl Fn(&T) -> usize + Sync,
    write: impl Fn(&T, &mut Vec<u8>) + Sync,
) -> Vec<Cow<'static, [u8]>> {
    let piece = |items: &[T]| {
        let mut json = Vec::with_capacity(items.iter().map(|item| size(item) + 1).sum());
        for item in items {
            write(item, &mut json);
            json.push(b',');
        }
        json.into()
    };
    all.par_chunks(PIECE).map(piece).collect()
}

/// Puts the end of a list behind its last element, which may have a comma behind it.
fn end_with<'a>(text: &mut Vec<Cow<'a, [u8]>>, end: &'a [u8]) {
    if let Some(last) = text.last_mut() {
        last.to_mut().pop_if(|byte| *byte == b',');
    }
    text.push(end.into());
}

/// Writes a text as JSON has it, without its quotation marks. Most have nothing that must be written in another way.
fn escaped(text: &str, json: &mut Vec<u8>) {
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    let are_plain = |bytes: &[u8]| bytes.iter().fold(true, |all, byte| all & is_plain(*byte));
    // Compilers compare 16 bytes at once where they see that there are 16.
    let (chunks, rest) = text.as_bytes().as_chunks::<16>();
    if chunks.iter().fold(true, |all, chunk| all & are_plain(chunk)) && are_plain(rest) {
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
            let bytes = written.0.concat();
            assert!(written.is(&bytes) && !written.is(&bytes[1..]));
            let written: List = serde_json::from_slice(&bytes).unwrap();
            let articles: Vec<Live> = files.iter().map(live).collect();
            assert_eq!((&written.files, written.articles), (&list.files, articles));
        }
    }
}
