//! Papers: editions printed with the real shell, for tests to serve.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use jiff::Timestamp;
use press::edition::{Article, Diagnostics, Edition};
use press::hosts::Table;
use press::pictures::{Settings, Workshop};
use press::shell::Shell;
use tempfile::TempDir;

use crate::Result;

/// The moment at which every edition is printed: after the newest article of the sample edition, and
/// the same on every day on which the tests run.
pub const NOW: Timestamp = Timestamp::constant(1_795_219_200, 0); // 2026-11-21T00:00:00Z

/// A printed site, in a folder that goes when the value and the servers of it have gone.
pub struct Paper {
    folder: Arc<TempDir>,
    /// The paths of all its pages, base path included.
    pub pages: Vec<String>,
    /// `/`, or the path below which it lives.
    pub base_path: String,
    articles: Vec<String>,
    /// What every host of it is to answer.
    pub table: Table,
}

/// The repository.
fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The folder in which pictures are kept for all tests, and the next run.
pub fn picture_store() -> PathBuf {
    root().join("target/pictures")
}

/// Where pictures are made, without AVIF. What one test has made serves all others, and the next run.
pub fn workshop() -> Arc<Workshop> {
    let store = picture_store();
    Arc::new(Workshop::new(Settings { store, avif: Duration::ZERO, progress: false }))
}

/// The shell that `make shell` built.
///
/// # Errors
/// If that is not whole.
pub fn shell() -> Result<Shell> {
    let folder = env::var_os("SHELL_DIR").map_or_else(|| root().join("dist"), PathBuf::from);
    Shell::read(&folder)
}

/// The sample edition, printed once for all tests.
pub fn sample() -> &'static Paper {
    static PAPER: OnceLock<Paper> = OnceLock::new();
    PAPER.get_or_init(|| of_repository("edition", false))
}

/// The same with compressed files beside the plain ones, of the quality at which bytes are counted.
pub fn precompressed_sample() -> &'static Paper {
    static PAPER: OnceLock<Paper> = OnceLock::new();
    PAPER.get_or_init(|| of_repository("edition", true))
}

/// Why a test of the first newsroom's edition was not run.
pub const NO_NGHEAN: &str = "the edition `nghean` does not lie beside the repository";
const NGHEAN: &str = "../shared/editions/nghean";

/// The edition of the first newsroom, if its folder lies beside the repository.
pub fn nghean() -> Option<&'static Paper> {
    static PAPER: OnceLock<Paper> = OnceLock::new();
    root().join(NGHEAN).is_dir().then(|| PAPER.get_or_init(|| of_repository(NGHEAN, false)))
}

/// The same with compressed files beside the plain ones.
pub fn precompressed_nghean() -> Option<&'static Paper> {
    static PAPER: OnceLock<Paper> = OnceLock::new();
    root().join(NGHEAN).is_dir().then(|| PAPER.get_or_init(|| of_repository(NGHEAN, true)))
}

const DIGITALGOV: &str = "../shared/editions/digitalgov";

/// An edition of long English articles, with compressed files beside the plain ones, if its folder lies beside the
/// repository.
pub fn precompressed_digitalgov() -> Option<&'static Paper> {
    static PAPER: OnceLock<Paper> = OnceLock::new();
    let there = root().join(DIGITALGOV).is_dir();
    there.then(|| PAPER.get_or_init(|| of_repository(DIGITALGOV, true)))
}

fn of_repository(edition: &str, precompress: bool) -> Paper {
    let folder = root().join(edition);
    let paper = shell().and_then(|shell| Paper::print_as(&folder, None, &shell, precompress));
    match paper {
        Ok(paper) => paper,
        Err(error) => panic!("{edition} cannot be printed: {error:#}"),
    }
}

/// Another build of the shell: its style sheet and glue have a line more, and its app these bytes.
fn build_of_shell(name: &str, more: &[u8]) -> Result<Shell> {
    let folder = tempfile::tempdir()?;
    let from = env::var_os("SHELL_DIR").map_or_else(|| root().join("dist"), PathBuf::from);
    copy_folder(&from, folder.path())?;
    let append = |file: &str, more: &[u8]| -> Result {
        let path = folder.path().join(file);
        let mut bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        bytes.extend_from_slice(more);
        Ok(fs::write(path, bytes)?)
    };
    append("tokens.css", format!("\n.build-{name} {{ color: red; }}\n").as_bytes())?;
    append("broadsheet.js", format!("\n//{name}\n").as_bytes())?;
    // A custom section (WebAssembly Core, section 2.5): an empty id, its length in LEB128, an empty name.
    let length = more.len() + 1;
    let length = [length as u8 | 0x80, (length >> 7) as u8 | 0x80, (length >> 14) as u8];
    let section = [&[0][..], &length, &[0], more].concat();
    append("broadsheet_bg.wasm", &section)?;
    Shell::read(folder.path())
}

/// A copy of the sample edition that a test may write in.
pub fn own_edition() -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    copy_folder(&root().join("edition"), folder.path())?;
    Ok(folder)
}

/// Copies all files of a folder into another one, which need not be there.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// The width of a file of a picture and what its other files are called, too: `/a/b-480.1a2b3c4d.webp` is 480 and
/// `/a/b.1a2b3c4d`.
fn at_width(path: &str) -> Option<(u32, String)> {
    let (stem, hash) = path.strip_suffix(".webp")?.rsplit_once('.')?;
    let (name, width) = stem.rsplit_once('-')?;
    Some((width.parse().ok()?, [name, ".", hash].concat()))
}

impl Paper {
    /// Prints an edition. An edition with an error is no paper to test with.
    pub fn print(edition: &Path, base: Option<&str>) -> Result<Self> {
        Self::print_with(edition, base, &shell()?)
    }

    /// Prints an edition with compressed files beside the plain ones.
    pub fn print_precompressed(edition: &Path) -> Result<Self> {
        Self::print_as(edition, None, &shell()?, true)
    }

    fn print_with(edition: &Path, base: Option<&str>, shell: &Shell) -> Result<Self> {
        Self::print_as(edition, base, shell, false)
    }

    fn print_as(
        edition: &Path,
        base: Option<&str>,
        shell: &Shell,
        precompress: bool,
    ) -> Result<Self> {
        Self::print_into(tempfile::tempdir()?, edition, base, shell, precompress)
    }

    fn print_into(
        folder: TempDir,
        edition: &Path,
        base: Option<&str>,
        shell: &Shell,
        precompress: bool,
    ) -> Result<Self> {
        let mut diagnostics = Diagnostics::default();
        let edition = Edition::read_to_print(edition, base, NOW, &workshop(), &mut diagnostics)?;
        ensure!(diagnostics.errors().count() == 0, "{:?}", diagnostics.all);
        let options = press::site::Options { precompress, ..Default::default() };
        press::site::print_with(&edition, shell, &folder.path().join("site"), options)?;
        let pages = press::pages::Pages::of(&edition);
        let lists = pages.lists().into_iter().map(|page| page.path);
        let path = |article: &Article| pages.article_path(article);
        let listed = edition.articles.iter().filter(|article| article.withdrawn.is_none());
        let articles = listed.map(path).collect();
        let pages = lists.chain(edition.articles.iter().map(path)).collect();
        let base_path = base.unwrap_or("/").to_owned();
        let table = press::site::table(&edition, shell)?;
        Ok(Self { folder: Arc::new(folder), pages, base_path, articles, table })
    }

    /// The sample edition with another build of the shell: its style sheet, glue and app have other
    /// names.
    pub fn sample_of_build(name: &str) -> Result<Self> {
        Self::of_build(&root().join("edition"), name)
    }

    /// An edition with another build of the shell.
    pub fn of_build(edition: &Path, name: &str) -> Result<Self> {
        let shell = build_of_shell(name, name.as_bytes())?;
        Self::print_with(edition, None, &shell)
    }

    /// The sample edition with another build of the shell, printed over this site, and compressed. The app has these
    /// bytes more.
    pub fn with_next_build(&self, name: &str, more: &[u8]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        copy_folder(&self.site(), &folder.path().join("site"))?;
        let shell = build_of_shell(name, more)?;
        Self::print_into(folder, &root().join("edition"), None, &shell, true)
    }

    /// The sample edition with an app that no browser can start: its WebAssembly is damaged.
    pub fn sample_with_damaged_app() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let from = env::var_os("SHELL_DIR").map_or_else(|| root().join("dist"), PathBuf::from);
        copy_folder(&from, folder.path())?;
        fs::write(folder.path().join("broadsheet_bg.wasm"), b"\0asm\x01\0\0\0damaged")?;
        Self::print_with(&root().join("edition"), None, &Shell::read(folder.path())?)
    }

    /// The sample edition at another base path.
    pub fn sample_below(base: &str) -> Result<Self> {
        Self::print(&root().join("edition"), Some(base))
    }

    /// What keeps the folder in being.
    pub(crate) fn hold(&self) -> Arc<TempDir> {
        self.folder.clone()
    }

    /// The folder of the site.
    pub fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// A file of the site, as text.
    pub fn read(&self, name: &str) -> Result<String> {
        let file = self.site().join(name);
        fs::read_to_string(&file).with_context(|| file.display().to_string())
    }

    /// The length of a page's document in bytes.
    pub fn length(&self, path: &str) -> usize {
        self.read(format!("{path}index.html").trim_start_matches('/')).map_or(0, |it| it.len())
    }

    /// The paths of all files of the articles' pictures, at every width and in every format.
    pub fn picture_files(&self) -> Result<Vec<String>> {
        let mut paths = Vec::new();
        for article in self.articles() {
            for file in fs::read_dir(self.site().join(article.trim_start_matches('/')))? {
                let name = file?.file_name().to_string_lossy().into_owned();
                if [".jpg", ".png", ".webp", ".avif"].iter().any(|it| name.ends_with(it)) {
                    paths.push([article, &name].concat());
                }
            }
        }
        Ok(paths)
    }

    /// The paths of the articles' pictures, each at the width that a device keeps: the first of at least 1000 pixels,
    /// else the widest.
    pub fn pictures(&self) -> Result<Vec<String>> {
        let mut kept: BTreeMap<String, (u32, String)> = BTreeMap::new();
        for path in self.picture_files()? {
            let Some((width, name)) = at_width(&path) else { continue };
            let better =
                |old: u32| if old < 1000 { width > old } else { (1000..old).contains(&width) };
            if kept.get(&name).is_none_or(|(old, _)| better(*old)) {
                kept.insert(name, (width, path));
            }
        }
        Ok(kept.into_values().map(|(_, path)| path).collect())
    }

    /// The paths of its articles, without those that were withdrawn.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        self.articles.iter().map(String::as_str)
    }
}
