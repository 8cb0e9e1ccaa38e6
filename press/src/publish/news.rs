//! What has changed online and that nobody was told of yet: pages for search engines, feeds for hubs. It is kept beside
//! the folder of the print, as `.press-ping-<name of the folder>`, until `press ping` has told it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use broadsheet::contract::Site;
use serde::{Deserialize, Serialize};

use super::send::Summary;

/// Absolute addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Pages that are new, changed or gone.
    pub pages: BTreeSet<String>,
    /// Feeds that have changed.
    pub feeds: BTreeSet<String>,
}

impl News {
    /// What was kept beside the print in a folder.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(site: &Path) -> Result<Self> {
        let path = path(site)?;
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .with_context(|| format!("{} cannot be used; delete it", path.display())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Keeps it; nothing is left of nothing.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep(&self, site: &Path) -> Result<()> {
        let path = path(site)?;
        let result = match self.pages.is_empty() && self.feeds.is_empty() {
            true => match fs::remove_file(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                other => other,
            },
            false => fs::write(&path, serde_json::to_vec(self)?),
        };
        result.with_context(|| format!("cannot write {}", path.display()))
    }

    /// Adds what a run has changed. Numbered lists and what is about readers themselves is news to nobody.
    ///
    /// # Errors
    /// If the print cannot be read.
    pub fn add(&mut self, site: &Path, summary: &Summary) -> Result<()> {
        let about: Site = serde_json::from_slice(&fs::read(site.join("site.json"))?)?;
        let address = |name: &str| format!("{}{name}", about.base_url);
        let mut lists = vec![String::new()];
        lists.extend(about.sections.iter().map(|it| format!("{}/", it.slug)));
        for name in summary.sent.iter().chain(&summary.gone) {
            let folder = name.strip_suffix("index.html");
            let is_page = |it: &&str| {
                let own = ["embed/", "offline/", "saved/"].iter().any(|own| it.starts_with(own));
                (it.is_empty() || it.ends_with('/')) && !own && !it.contains("page/")
            };
            self.pages.extend(folder.filter(is_page).map(address));
            let is_feed = |list: &String| {
                let file = name.strip_prefix(list.as_str());
                file.is_some_and(|it| ["rss.xml", "atom.xml", "index.json"].contains(&it))
            };
            if lists.iter().any(is_feed) {
                // A JSON Feed is known by the address that it names itself.
                self.feeds.insert(address(name));
            }
        }
        Ok(())
    }
}

fn path(site: &Path) -> Result<PathBuf> {
    let site = site.canonicalize().or_else(|_| std::path::absolute(site))?;
    let name = site.file_name().context("the folder of the print needs a name")?;
    Ok(site.with_file_name(format!(".press-ping-{}", name.to_string_lossy())))
}
