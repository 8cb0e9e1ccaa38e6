//! The programs that others wrote: what is asked of them, and what they answer.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use serde::Deserialize;
use serde_json::Value;
use tests::Result;

/// What a program runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// With the packages of `js/package.json`. It is needed by the build as well, so a machine without it is broken.
    Node,
    /// With the packages of `requirements.txt`, in a folder of its own.
    Python,
    /// With its own library.
    Ruby,
}

impl Language {
    fn command(self) -> Command {
        match self {
            Self::Node => Command::new("node"),
            Self::Python => Command::new(python()),
            Self::Ruby => Command::new("ruby"),
        }
    }

    /// Why a program in it cannot run on this machine.
    pub(crate) fn missing(self) -> Option<&'static str> {
        let (asked, missing) = match self {
            Self::Node => return None,
            Self::Python => {
                (["-c", "import feedparser, lxml"], "no Python with feedparser and lxml")
            }
            Self::Ruby => (["-e", "require 'rss'"], "no Ruby with its library for RSS"),
        };
        let there = self.command().args(asked).output().is_ok_and(|it| it.status.success());
        (!there).then_some(missing)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The interpreter that `tools.mk` has set up.
fn python() -> PathBuf {
    let named = env::var_os("FEEDS_PYTHON").map(PathBuf::from);
    named.unwrap_or_else(|| root().join(".tools/feeds-python/bin/python"))
}

/// What a program of `tests/feeds/programs` prints when it gets these files.
fn answer(program: &str, arguments: &[PathBuf]) -> Result<String> {
    let language = match program.rsplit('.').next() {
        Some("py") => Language::Python,
        Some("rb") => Language::Ruby,
        _ => Language::Node,
    };
    let output = language
        .command()
        .arg(root().join("tests/feeds/programs").join(program))
        .args(arguments)
        .output()
        .with_context(|| format!("{program} does not start"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{program}: {}\n{said}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}

/// What a feed reader's parser knows of an article.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Entry {
    pub(crate) id: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) html: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
    /// Address, type and length of each file.
    pub(crate) enclosures: Vec<(String, String, u64)>,
}

/// The entries of feeds, by their files.
pub(crate) fn entries(program: &str, feeds: &[PathBuf]) -> Result<BTreeMap<PathBuf, Vec<Entry>>> {
    Ok(serde_json::from_str(&answer(program, feeds)?)?)
}

/// The errors that a validator finds in files.
pub(crate) fn errors(program: &str, arguments: &[PathBuf]) -> Result<Vec<String>> {
    Ok(answer(program, arguments)?.lines().map(str::to_owned).collect())
}

/// The XML Schema of sitemaps.org, which the package sitemap brings.
pub(crate) fn sitemap_schema() -> PathBuf {
    root().join("js/node_modules/sitemap/schema/sitemap.xsd")
}

/// The pages of sitemaps, by their files.
pub(crate) fn pages(sitemaps: &[PathBuf]) -> Result<BTreeMap<PathBuf, Vec<Value>>> {
    Ok(serde_json::from_str(&answer("sitemap_pages.cjs", sitemaps)?)?)
}
