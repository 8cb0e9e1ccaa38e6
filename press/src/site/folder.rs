//! What is in the folder of a site: files of the press, by its list, and what is the publisher's.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::list::{self, List};
use crate::edition::{Diagnostic, Problem};
use crate::hosts;

/// How the folder of a site that is being written begins, whether it is beside or inside the site's.
pub(super) const DRAFT: &str = ".press-draft-";
/// A file that every site has, and by which a folder is known to be one.
pub(super) const MARK: &str = "site.json";
/// What a folder may hold before the first site is printed into it: a repository, and what hosts ask for, besides the
/// files of hosts that the press knows.
const EXPECTED: [&str; 12] = [
    ".git",
    ".gitignore",
    ".gitattributes",
    ".github",
    ".gitlab-ci.yml",
    "netlify.toml",
    ".well-known",
    ".domains",
    "CNAME",
    "README",
    "README.md",
    "LICENSE",
];
/// How many files are named of those that are in the way.
const NAMED: usize = 10;

/// What is in a folder, as far as the list of its site goes.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Files that the list names and that are there.
    pub(super) own: BTreeSet<String>,
    /// What the list does not name, each with all that is in it, relative to the folder.
    pub(super) others: Vec<PathBuf>,
}

/// What may be printed over: the list of the site that is there, or nothing if there is no site.
pub(super) fn open(place: &Path) -> Result<Option<List>> {
    let refuse = |problem| Err(Diagnostic::new(place, problem).into());
    if !place.is_dir() {
        return match fs::symlink_metadata(place) {
            Ok(_) => refuse(Problem::OutputNotAFolder),
            Err(_) => Ok(None),
        };
    }
    match List::read(place) {
        Ok(list) => return Ok(Some(list)),
        Err(reason) if place.join(MARK).is_file() || place.join(list::NAME).exists() => {
            return refuse(Problem::OutputWithoutList { reason });
        }
        Err(_) => {}
    }
    for entry in fs::read_dir(place)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        let expected =
            EXPECTED.iter().chain(&hosts::IN_ROOT).chain(&[hosts::FOLDER]).any(|it| *it == name);
        if !expected && !name.starts_with(DRAFT) {
            return refuse(Problem::OutputNotASite);
        }
    }
    Ok(None)
}

/// Looks through a folder. Links are not followed, and folders in which the list has nothing are not entered.
pub(super) fn look(folder: &Path, list: &List) -> io::Result<Content> {
    let mut content = Content::default();
    let folders = list.folders();
    let mut waiting = vec![PathBuf::new()];
    while let Some(inside) = waiting.pop() {
        for entry in fs::read_dir(folder.join(&inside))? {
            let entry = entry?;
            let path = inside.join(entry.file_name());
            let kind = entry.file_type()?;
            match path.to_str() {
                Some(name) if kind.is_dir() && folders.contains(name) => waiting.push(path),
                Some(name) if kind.is_file() && list.files.contains(name) => {
                    content.own.insert(name.to_owned());
                }
                Some(name) if kind.is_dir() && name.starts_with(DRAFT) => {}
                _ => content.others.push(path),
            }
        }
    }
    Ok(content)
}

impl Content {
    /// Whether all of it is the press's.
    pub(super) fn is_own(&self) -> bool {
        self.others.is_empty()
    }

    /// Refuses a new site that would need a name that something of the publisher's has.
    pub(super) fn must_not_meet(&self, new: &List, place: &Path) -> Result<()> {
        let folders = new.folders();
        let meets = |path: &&PathBuf| {
            let name = path.to_str().unwrap_or_default();
            // A folder of the publisher's may be where the site needs one, a file or a link may not.
            let is_folder = place.join(path).symlink_metadata().is_ok_and(|it| it.is_dir());
            match is_folder && folders.contains(name) {
                true => inside(place, path, new),
                false => new.files.contains(name) || folders.contains(name),
            }
        };
        let met: Vec<String> =
            self.others.iter().filter(meets).map(|it| it.display().to_string()).collect();
        if met.is_empty() {
            return Ok(());
        }
        let more = met.len().saturating_sub(NAMED);
        let mut files = met.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
        if more > 0 {
            files.push_str(&format!(" and {more} more"));
        }
        Err(Diagnostic::new(place, Problem::OutputOccupied { files }).into())
    }
}

/// Whether a folder of the publisher's, which the site is to share, holds something the site needs the name of.
fn inside(place: &Path, folder: &Path, new: &List) -> bool {
    let (place, new) = (place.join(folder), new.below(folder));
    match look(&place, &new) {
        Ok(content) => !content.own.is_empty() || content.must_not_meet(&new, &place).is_err(),
        Err(_) => true,
    }
}
