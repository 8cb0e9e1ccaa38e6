//! Papers: editions printed with the real shell, for tests to serve.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::{Context as _, ensure};
use jiff::Timestamp;
use press::edition::{Article, Diagnostics, Edition};
use press::hosts::Table;
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

/// The shell that `make shell` built.
fn shell() -> Result<Shell> {
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

fn of_repository(edition: &str, precompress: bool) -> Paper {
    let folder = root().join(edition);
    let paper = shell().and_then(|shell| Paper::print_as(&folder, None, &shell, precompress));
    match paper {
        Ok(paper) => paper,
        Err(error) => panic!("{edition} cannot be printed: {error:#}"),
    }
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
        let folder = tempfile::tempdir()?;
        let mut diagnostics = Diagnostics::default();
        let edition = Edition::read_below(edition, base, NOW, &mut diagnostics)?;
        ensure!(diagnostics.errors().count() == 0, "{:?}", diagnostics.all);
        press::site::print_with(&edition, shell, &folder.path().join("site"), precompress)?;
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
        // A custom section (WebAssembly Core, section 2.5): an empty id, its length, its name.
        let mut section = vec![0, name.len() as u8 + 1, name.len() as u8];
        section.extend_from_slice(name.as_bytes());
        append("broadsheet_bg.wasm", &section)?;
        Self::print_with(edition, None, &Shell::read(folder.path())?)
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

    /// The paths of the articles' pictures.
    pub fn pictures(&self) -> Result<Vec<String>> {
        let mut paths = Vec::new();
        for article in self.articles() {
            for file in fs::read_dir(self.site().join(article.trim_start_matches('/')))? {
                let name = file?.file_name().to_string_lossy().into_owned();
                if name.ends_with(".jpg") || name.ends_with(".png") {
                    paths.push([article, &name].concat());
                }
            }
        }
        Ok(paths)
    }

    /// The paths of its articles, without those that were withdrawn.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        self.articles.iter().map(String::as_str)
    }
}
