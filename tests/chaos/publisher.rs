//! The publisher: a small edition of its own, changed and deployed while readers read.
//!
//! Every text says which article it is and in which version: the title, the lede and the first and the
//! last paragraph contain a mark such as `a3v2`. So a page that mixes two versions, or shows the text
//! of another article, is known by its marks.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::TempDir;
use tests::{Paper, Result};
use walkdir::WalkDir;

use crate::picture;

/// How many articles the edition has.
pub(crate) const ARTICLES: usize = 12;
/// The name of the newspaper.
pub(crate) const TITLE: &str = "Báo Ngày Xấu";
/// The slugs of the sections. The last one is in English.
pub(crate) const SECTIONS: [&str; 3] = ["tin", "doi-song", "english"];
/// How many pictures an article has, by its number.
const PICTURES: [usize; ARTICLES] = [2, 0, 1, 3, 1, 0, 2, 1, 3, 1, 0, 2];

/// What the newspaper says of an article today.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Article {
    /// Counts its texts, from 0.
    pub(crate) version: usize,
    /// Named in `corrections.json` as corrected.
    pub(crate) corrected: bool,
    /// Only its title and a notice are left.
    pub(crate) withdrawn: bool,
    /// Its address leads nowhere any more.
    pub(crate) deleted: bool,
}

/// What the publisher does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// A new text, of which `corrections.json` says nothing.
    Edit(usize),
    /// A new text with a correction.
    Correct(usize),
    /// The text is taken back.
    Withdraw(usize),
    /// The article is taken out of the edition.
    Delete(usize),
    /// The same edition with another build of the app.
    Build,
}

/// The publisher's folders.
pub(crate) struct Publisher {
    edition: TempDir,
    /// Holds the link to the site that is served. A deploy replaces it at once, as a CDN does.
    live: TempDir,
    articles: [Article; ARTICLES],
    build: usize,
    /// All that was ever printed; the last is served.
    printed: Vec<Paper>,
    /// The bytes of files that a shell may hold, by path: one hash for each print.
    hashes: HashMap<String, HashSet<String>>,
}

/// The path of an article.
pub(crate) fn path_of(number: usize) -> String {
    let section = SECTIONS[number % SECTIONS.len()];
    format!("/{section}/bai-{number}/")
}

/// The number of the article at a path, in any of the forms that an address may have.
pub(crate) fn number_of(path: &str) -> Option<usize> {
    let path = path.trim_end_matches("index.html").trim_end_matches('/');
    (0..ARTICLES).find(|it| path_of(*it).trim_end_matches('/') == path)
}

/// The title of a version of an article.
pub(crate) fn title_of(number: usize, version: usize) -> String {
    if number % SECTIONS.len() == 2 {
        format!("A quiet morning a{number}v{version}")
    } else {
        format!("Buổi sáng yên ả a{number}v{version}")
    }
}

/// How many pictures a version of an article shows.
pub(crate) fn pictures_of(number: usize) -> usize {
    PICTURES[number]
}

impl Publisher {
    /// Prints and deploys the first edition.
    pub(crate) fn new() -> Result<Self> {
        let mut publisher = Self {
            edition: tempfile::tempdir()?,
            live: tempfile::tempdir()?,
            articles: [Article::default(); ARTICLES],
            build: 0,
            printed: Vec::new(),
            hashes: HashMap::new(),
        };
        let mut config = format!(
            "title = \"{TITLE}\"\nlanguage = \"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"\n\
             base_url = \"https://ngay-xau.example/\"\npage_size = 3\n"
        );
        for section in SECTIONS {
            let language = if section == "english" { "language = \"en\"\n" } else { "" };
            config += &format!(
                "\n[[sections]]\nslug = \"{section}\"\ntitle = \"Mục {section}\"\n{language}"
            );
        }
        fs::write(publisher.edition.path().join("site.toml"), config)?;
        for number in 0..ARTICLES {
            publisher.write(number)?;
        }
        publisher.deploy()?;
        Ok(publisher)
    }

    /// The folder that is served: always the last site that was deployed.
    pub(crate) fn site(&self) -> PathBuf {
        self.live.path().join("site")
    }

    /// What the newspaper says of an article today.
    pub(crate) fn article(&self, number: usize) -> Article {
        self.articles[number]
    }

    /// The numbers of the articles on the lists of today, in these sections.
    pub(crate) fn listed(&self, sections: &[usize]) -> Vec<usize> {
        let listed = |it: &usize| {
            let article = self.articles[*it];
            !article.withdrawn && !article.deleted && sections.contains(&(it % SECTIONS.len()))
        };
        (0..ARTICLES).filter(listed).collect()
    }

    /// The name of the build that is served.
    pub(crate) fn build(&self) -> Result<String> {
        let html = fs::read_to_string(self.site().join("index.html"))?;
        let name = html.split("data-build=\"").nth(1).and_then(|it| it.split('"').next());
        Ok(name.context("the page names no build")?.to_owned())
    }

    /// The files that the worker of today keeps as its shell, with the SHA-256 of each.
    pub(crate) fn hashes(&self) -> &HashMap<String, HashSet<String>> {
        &self.hashes
    }

    /// Changes something, prints and deploys. Says whether there was anything to change.
    pub(crate) fn change(&mut self, change: Change) -> Result<bool> {
        match change {
            Change::Build => self.build += 1,
            Change::Edit(number)
            | Change::Correct(number)
            | Change::Withdraw(number)
            | Change::Delete(number) => {
                let article = &mut self.articles[number];
                if article.deleted || (article.withdrawn && !matches!(change, Change::Delete(_))) {
                    return Ok(false);
                }
                match change {
                    Change::Edit(_) => article.version += 1,
                    Change::Correct(_) => {
                        article.version += 1;
                        article.corrected = true;
                    }
                    Change::Withdraw(_) => article.withdrawn = true,
                    _ => article.deleted = true,
                }
                self.write(number)?;
            }
        }
        self.deploy()?;
        Ok(true)
    }

    /// The paths of today's files, in order.
    pub(crate) fn files(&self) -> Vec<String> {
        let site = self.site();
        let mut paths: Vec<String> = files_below(&site).into_iter().map(|(path, _)| path).collect();
        paths.sort();
        paths
    }

    /// Writes what an article is today.
    fn write(&self, number: usize) -> Result {
        let folder = self.edition.path().join("content").join(path_of(number).trim_matches('/'));
        if folder.is_dir() {
            fs::remove_dir_all(&folder)?;
        }
        let article = self.articles[number];
        if article.deleted {
            return Ok(());
        }
        fs::create_dir_all(&folder)?;
        let Article { version, corrected, withdrawn, .. } = article;
        let mark = format!("a{number}v{version}");
        let mut matter = BTreeMap::from([
            ("title", format!("\"{}\"", title_of(number, version))),
            ("date", format!("2020-03-{:02}T08:00:00+07:00", number + 1)),
            ("summary", format!("Lede {mark}.")),
        ]);
        if corrected {
            matter.insert("corrected", format!("\"Correction {mark}.\""));
        }
        if withdrawn {
            matter.insert("withdrawn", format!("\"Taken back: article {number}.\""));
        }
        let next = path_of((number + 5) % ARTICLES);
        let mut body = format!("First {mark}. See [the next one]({next}).\n\n");
        for index in 0..pictures_of(number) {
            // Each new text has one new picture; the others stay.
            let of_version = if index == 0 { version } else { 0 };
            let name = format!("anh-{index}.png");
            let seed = (number * 100 + index * 10 + of_version) as u64;
            fs::write(folder.join(&name), picture::png(seed, 20 + 10 * index as u32))?;
            if index == 1 {
                matter.insert("image", format!("\"{name}\""));
            } else {
                body += &format!("![Picture {index}]({name})\n\n");
            }
            body += "A morning on the river, with boats and no wind at all.\n\n";
        }
        let matter: String =
            matter.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        fs::write(folder.join("index.md"), format!("---\n{matter}---\n\n{body}Last {mark}.\n"))?;
        Ok(())
    }

    /// Prints, and puts the link to the new site in the place of the old.
    fn deploy(&mut self) -> Result {
        let paper = Paper::of_build(self.edition.path(), &format!("chaos{}", self.build))?;
        for (path, file) in files_below(&paper.site()) {
            let key = path.strip_suffix("index.html").unwrap_or(&path);
            self.hashes.entry(key.to_owned()).or_default().insert(sha256(&fs::read(file)?));
        }
        let next = self.live.path().join("next");
        symlink(paper.site(), &next)?;
        fs::rename(next, self.site())?;
        self.printed.push(paper);
        Ok(())
    }
}

/// The files below a folder: the path of the URL, and the file.
fn files_below(folder: &Path) -> Vec<(String, PathBuf)> {
    let files = WalkDir::new(folder.canonicalize().unwrap_or_else(|_| folder.to_owned()));
    let files = files.into_iter().flatten().filter(|it| it.file_type().is_file());
    let root = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    files
        .filter_map(|it| {
            let below = it.path().strip_prefix(&root).ok()?.to_string_lossy().into_owned();
            Some((format!("/{below}"), it.path().to_owned()))
        })
        .collect()
}

/// The SHA-256 of bytes, in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
