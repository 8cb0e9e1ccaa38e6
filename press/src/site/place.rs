//! The folder of a site belongs to the publisher, too: `.git`, `CNAME`, `.well-known/`, proofs for search
//! engines. The press touches what its own list names, and nothing else.
//!
//! - It deletes files by list, never a folder with what is in it.
//! - Where the folder holds nothing of the publisher's, the new site lies beside it and the two folders are
//!   exchanged in one step.
//! - Where it does, or where folders cannot be exchanged (a mount point, a working directory, a file system
//!   that cannot), the new files are moved into the folder one by one, each in one step: first what pages
//!   refer to, then the pages, and what is gone last. Nothing of the publisher's is moved, not even a folder's
//!   identity: a repository, a worktree and a shell that stands in the folder notice changed files only.
//!
//! A press that is killed loses nothing: before the exchange the old site is whole. After it the new one is, and
//! the old one, now beside it, is deleted by the next press. Amid the moving the folder's list names the files of
//! both sites, so that the next press knows them all as its own.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::list::{self, List};
use crate::edition::{Diagnostic, Problem};

/// How the folder of a site that is being written begins, whether it is beside or inside the site's.
pub(super) const DRAFT: &str = ".press-draft-";
/// What a folder may hold before the first site is printed into it: a repository, and what hosts ask for.
const EXPECTED: [&str; 11] = [
    ".git",
    ".gitignore",
    ".gitattributes",
    ".github",
    ".nojekyll",
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
    own: BTreeSet<String>,
    /// What the list does not name, each with all that is in it, relative to the folder.
    others: Vec<PathBuf>,
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
        Err(reason)
            if place.join(super::output::MARK).is_file() || place.join(list::NAME).exists() =>
        {
            return refuse(Problem::OutputWithoutList { reason });
        }
        Err(_) => {}
    }
    for entry in fs::read_dir(place)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if !EXPECTED.contains(&&*name) && !name.starts_with(DRAFT) {
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

/// Exchanges the new site with the old one. Says whether that was possible.
pub(super) fn exchange(draft: &Path, place: &Path) -> bool {
    // Who stands in the folder would stand in one that is deleted then.
    let stands_there = std::env::current_dir()
        .is_ok_and(|current| current.canonicalize().is_ok_and(|it| it.starts_with(place)));
    !stands_there && renameat_with(CWD, draft, CWD, place, RenameFlags::EXCHANGE).is_ok()
}

/// Moves the files of the new site into the folder, over those of the old one, and deletes what is left of that.
pub(super) fn replace(draft: &Path, new: &List, place: &Path, old: Option<&List>) -> Result<()> {
    let both = old.map_or_else(|| new.clone(), |old| new.and(old));
    let content = match old {
        Some(old) => look(place, old)?,
        None => Content::default(),
    };
    // From here on the folder's list names every file that is the press's.
    let name = draft.join(format!("{DRAFT}both"));
    fs::write(&name, both.json()?)?;
    move_over(&name, &place.join(list::NAME))?;

    let folders = new.folders();
    let in_the_way = |file: &&String| {
        let mut above = std::iter::successors(list::parent(file), |it| list::parent(it));
        folders.contains(file.as_str()) || above.any(|it| new.files.contains(it))
    };
    let blocked: BTreeSet<String> = content.own.iter().filter(in_the_way).cloned().collect();
    delete(place, &blocked, old.unwrap_or(new))?;
    let mut files: Vec<&String> = new.files.iter().filter(|it| *it != list::NAME).collect();
    files.sort_by_key(|file| turn(file));
    for file in files {
        let (from, to) = (draft.join(file), place.join(file));
        if content.own.contains(file) && same(&from, &to) {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        move_over(&from, &to).with_context(|| format!("cannot replace {}", to.display()))?;
    }
    let is_gone = |file: &&String| !new.files.contains(*file) && !blocked.contains(*file);
    let gone = content.own.iter().filter(is_gone).cloned().collect();
    delete(place, &gone, old.unwrap_or(new))?;
    move_over(&draft.join(list::NAME), &place.join(list::NAME))?;
    Ok(())
}

/// When a file is moved: what a page loads before the page, and what tells browsers of it last.
fn turn(file: &str) -> u8 {
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
        _ if file == "sw.js" => 3,
        _ if file == super::output::MARK => 4,
        "html" => 2,
        "json" => 1,
        _ => 0,
    }
}

/// Whether two files have the same bytes: an unchanged file stays as it is, its times too.
fn same(a: &Path, b: &Path) -> bool {
    let length = |path: &Path| fs::metadata(path).map(|it| it.len()).ok();
    length(a) == length(b) && fs::read(a).ok().is_some_and(|bytes| fs::read(b).ok() == Some(bytes))
}

/// Puts a file in the place of another in one step.
fn move_over(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        // A folder inside the site may be a file system of its own.
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let name = to.file_name().unwrap_or_default().to_string_lossy();
            let near = to.with_file_name(format!("{DRAFT}{}-{name}", std::process::id()));
            fs::copy(from, &near)?;
            fs::rename(&near, to)
        }
        result => result,
    }
}

/// Deletes files, and those folders of the list that are empty then.
fn delete(folder: &Path, files: &BTreeSet<String>, list: &List) -> io::Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    for file in files {
        match fs::remove_file(folder.join(file)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    for inside in list.folders().into_iter().rev() {
        // What is not empty stays.
        let _ = fs::remove_dir(folder.join(inside));
    }
    Ok(())
}

/// Deletes an old site that lies beside the new one. What is not on its list came while the new one was printed,
/// and goes into that.
pub(super) fn retire(old: &Path, place: &Path) -> Result<()> {
    let Ok(list) = List::read(old) else {
        // A site that was never finished: nobody but the press has written into it.
        return Ok(fs::remove_dir_all(old)?);
    };
    let content = look(old, &list)?;
    for path in &content.others {
        let to = place.join(path);
        if to.symlink_metadata().is_ok() {
            return Err(Diagnostic::new(old, Problem::OutputLeftBehind).into());
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(old.join(path), to)?;
    }
    delete(old, &content.own, &list)?;
    Ok(fs::remove_dir(old)?)
}
