//! What a printed site consists of, for whoever sends it on: its files with their hashes, and which are articles.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path};

use anyhow::{Context as _, Result, anyhow};
use rayon::prelude::*;

use super::list::{self, List};
use super::state::State;
use super::versions;
use crate::hash::{Hash, half_of_sha, hash};
use crate::hosts::{Class, Source, Table};

/// A file of a printed site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Of its bytes; for a name that carries a hash of the bytes, of the name.
    pub hash: [u8; 16],
    /// In bytes.
    pub size: u64,
    /// What it is to its readers.
    pub class: Class,
}

/// What a printed site consists of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// The files that a host serves or reads, by their names relative to the site.
    pub files: BTreeMap<String, Content>,
    /// The folders of articles: `tin/a/`.
    pub articles: BTreeSet<String>,
}

/// What the site in a folder consists of. The lists that the press keeps in it for itself are left out, and so is
/// what the press has not written.
///
/// # Errors
/// If the folder has no list of the press, or a file of the list cannot be read.
pub fn contents(folder: &Path) -> Result<Contents> {
    let list = List::read(folder).map_err(|why| {
        anyhow!("{} holds no site that the press printed: {why}", folder.display())
    })?;
    let state = State::read(&folder.canonicalize()?);
    let table = Table::new(Source::default());
    let own = [list::NAME, versions::NAME];
    let names = list.files.par_iter().filter(|name| !own.contains(&name.as_str()));
    let files = names.map(|name| Ok((name.clone(), content(folder, name, &state, &table)?)));
    let articles = list.articles.into_iter().map(|it| it.path).collect();
    Ok(Contents { files: files.collect::<Result<_>>()?, articles })
}

fn content(folder: &Path, name: &str, state: &State, table: &Table) -> Result<Content> {
    let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let path = folder.join(name);
    let found = fs::symlink_metadata(&path)
        .ok()
        .filter(|found| inside && found.is_file())
        .with_context(|| format!("{} is in the list of the site, and no file", path.display()))?;
    let class = table.rule_of(name).map_or(Class::Other, |rule| rule.class);
    let hash = match state.get(name) {
        // A film is not read to be hashed, so its hash must not depend on whether the state is there.
        _ if class == Class::Media => hash(&[name.as_bytes()]),
        Some(record) if record.is(&found) => record.hash,
        _ => {
            let bytes = fs::read(&path);
            hash(&[&bytes.with_context(|| format!("cannot read {}", path.display()))?])
        }
    };
    Ok(Content { hash, size: found.len(), class })
}

/// A hash of a content with what it is sent with, as 32 hexadecimal digits; of the content alone if that is empty.
pub(crate) fn hash_of(content: &Hash, about: &str) -> String {
    with(hash, content, about)
}

/// What a press before XXH3 put into lists for [`hash_of`] of a file of a site.
///
/// # Errors
/// If the file cannot be read.
pub(crate) fn old_hash_of(folder: &Path, name: &str, class: Class, about: &str) -> Result<String> {
    let content = match class {
        Class::Media => half_of_sha(&[name.as_bytes()]),
        _ => {
            let path = folder.join(name);
            let bytes = fs::read(&path);
            half_of_sha(&[&bytes.with_context(|| format!("cannot read {}", path.display()))?])
        }
    };
    Ok(with(half_of_sha, &content, about))
}

fn with(hash: fn(&[&[u8]]) -> Hash, content: &Hash, about: &str) -> String {
    let hash = match about {
        "" => *content,
        about => hash(&[content, about.as_bytes()]),
    };
    format!("{:032x}", u128::from_be_bytes(hash))
}
