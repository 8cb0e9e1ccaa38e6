//! Versions: the files that a worker keeps, as they were in earlier sites, and the patches from these.
//!
//! A reader who has an earlier version of such a file downloads a patch, `assets/OLD-NEW.bin`, by the first 8
//! hexadecimal digits of the SHA-256 of both. So its address is known to whoever knows the two files, and never has
//! other bytes. The earlier versions stay in the site under their own names, which a tab that was open during a deploy
//! asks for, too; those of pages, whose names stay, are in the list of versions. Nothing is made anew that the old
//! site has.

use std::collections::BTreeMap;

use anyhow::Result;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::output::Output;
use crate::hash::short_hash;
use crate::patch;
use crate::shell::Asset;

/// The name of the list of versions, relative to the site.
pub(super) const NAME: &str = ".press-versions.json";
/// The form of the list; another one is read by nobody.
const FORM: u32 = 1;
/// How many earlier versions of a file there are patches from.
const KEPT: usize = 5;
/// A file compresses to about a quarter. A patch of more than half of that is not worth a request that may fail.
const WORTH: usize = 8;

/// What the worker fetches when it is installed, besides the shell: path and bytes.
pub(super) type File = (String, Vec<u8>);

/// From which versions there are patches to a version, by their short hashes.
pub(super) type Patches = BTreeMap<String, Vec<String>>;

#[derive(Default, Serialize, Deserialize)]
struct List {
    form: u32,
    /// The versions of each file, by its name without its hash, the newest first.
    files: BTreeMap<String, Vec<Version>>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Version {
    hash: String,
    /// Its text, if no file of the site has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The version to which a patch would be too large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    far_from: Option<String>,
}

/// Writes the earlier versions of files that the worker keeps, the patches from these, and the list of versions.
/// `assets` are written already.
pub(super) fn write<'a>(
    output: &Output,
    assets: impl Iterator<Item = &'a Asset>,
    pages: &[File],
) -> Result<Patches> {
    let old = output.old_bytes(NAME).and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let mut old = old.filter(|list: &List| list.form == FORM).unwrap_or_default();
    let mut list = List { form: FORM, ..List::default() };
    let mut patches = Patches::new();
    for asset in assets {
        let hash = short_hash(&asset.bytes);
        let named = |hash: &str, of: &str| asset.name.replacen(of, hash, 1);
        let place = named("*", &hash);
        let known = old.files.remove(&place).unwrap_or_default();
        let bytes_of = |it: &Version| output.old_bytes(&named(&it.hash, &hash));
        let (versions, bases) = earlier(&hash, known, bytes_of);
        for (version, bytes) in versions.iter().zip(&bases) {
            output.write(&named(&version.hash, &hash), bytes)?;
        }
        let (versions, from) = patched(output, &asset.bytes, &hash, versions, &bases)?;
        patches.insert(hash.clone(), from);
        let today = Version { hash, text: None, far_from: None };
        list.files.insert(place, [vec![today], versions].concat());
    }
    for (path, bytes) in pages {
        // The banner carries a hash: another one has another name.
        let Some(text) = String::from_utf8(bytes.clone()).ok().filter(|_| is_page(path)) else {
            continue;
        };
        let hash = short_hash(bytes);
        let known = old.files.remove(path).unwrap_or_default();
        let bytes_of = |it: &Version| it.text.clone().map(String::into_bytes);
        let (versions, bases) = earlier(&hash, known, bytes_of);
        let (versions, from) = patched(output, bytes, &hash, versions, &bases)?;
        patches.insert(hash.clone(), from);
        let today = Version { hash, text: Some(text), far_from: None };
        list.files.insert(path.clone(), [vec![today], versions].concat());
    }
    output.write(NAME, &serde_json::to_vec(&list)?)?;
    Ok(patches)
}

fn is_page(path: &str) -> bool {
    path.ends_with('/') || path.ends_with(".json")
}

/// The versions of a file before the one of today, and their bytes. One whose bytes are gone, or are others, is none.
fn earlier(
    today: &str,
    known: Vec<Version>,
    bytes_of: impl Fn(&Version) -> Option<Vec<u8>>,
) -> (Vec<Version>, Vec<Vec<u8>>) {
    let others = known.into_iter().filter(|it| it.hash != today);
    let found = others.filter_map(|it| {
        let bytes = bytes_of(&it).filter(|bytes| short_hash(bytes) == it.hash)?;
        Some((it, bytes))
    });
    found.take(KEPT).unzip()
}

/// Writes the patches from earlier versions of a file. The versions that there is a patch from, by their hashes, and
/// all of them as they are noted.
fn patched(
    output: &Output,
    new: &[u8],
    hash: &str,
    versions: Vec<Version>,
    bases: &[Vec<u8>],
) -> Result<(Vec<Version>, Vec<String>)> {
    let one = |(mut version, base): (Version, &Vec<u8>)| -> Result<(Version, bool)> {
        if version.far_from.as_deref() == Some(hash) {
            return Ok((version, false));
        }
        let name = format!("assets/{}-{hash}.bin", version.hash);
        let is_right = |patch: &Vec<u8>| patch::apply(base, patch).is_ok_and(|it| it == new);
        let patch = match output.old_bytes(&name).filter(is_right) {
            Some(patch) => patch,
            None => patch::diff(base, new)?,
        };
        let is_worth = patch.len() < new.len() / WORTH;
        version.far_from = (!is_worth).then(|| hash.to_owned());
        if is_worth {
            output.write(&name, &patch)?;
        }
        Ok((version, is_worth))
    };
    let all = versions.into_par_iter().zip(bases).map(one).collect::<Result<Vec<_>>>()?;
    let from = all.iter().filter(|it| it.1).map(|(version, _)| version.hash.clone()).collect();
    Ok((all.into_iter().map(|(version, _)| version).collect(), from))
}
