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
use std::path::{Component, Path};

use anyhow::{Context as _, Result};
use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::folder::{DRAFT, MARK, look};
use super::list::{self, List, Text};
use crate::edition::{Diagnostic, Problem};

/// The list of the files of both sites, in the draft.
const BOTH: &str = ".press-both.json";

/// Exchanges the new site with the old one. Says whether that was possible.
pub(super) fn exchange(draft: &Path, place: &Path) -> bool {
    // Who stands in the folder would stand in one that is deleted then.
    let stands_there = std::env::current_dir()
        .is_ok_and(|current| current.canonicalize().is_ok_and(|it| it.starts_with(place)));
    !stands_there && renameat_with(CWD, draft, CWD, place, RenameFlags::EXCHANGE).is_ok()
}

/// A new site that takes the place of the old one file by file.
pub(super) struct Replacement<'a> {
    /// Where its new files are, and its list if that is another.
    pub(super) draft: &'a Path,
    pub(super) place: &'a Path,
    /// The list of the files of both sites, unless the list that is there names them all.
    pub(super) both: Option<&'a Text<'a>>,
    /// The files of the old site that the new one does not have.
    pub(super) gone: &'a [String],
}

impl Replacement<'_> {
    /// Moves the files `moved` into the folder, over those of the old site, and deletes what is left of that: of its files
    /// those that are there are `own`, as far as they are moved over or deleted.
    pub(super) fn make(&self, own: &BTreeSet<String>, moved: &BTreeSet<String>) -> Result<()> {
        let Self { draft, place, both, gone } = self;
        // From here on the folder's list names every file that is the press's.
        if let Some(both) = both {
            both.write(&draft.join(BOTH))?;
            move_over(&draft.join(BOTH), &place.join(list::NAME))?;
        }

        let own_gone = |blocking: bool| -> BTreeSet<String> {
            let all = gone.iter().filter(|it| own.contains(*it));
            all.filter(|it| in_the_way(it, moved) == blocking).cloned().collect()
        };
        let folders: BTreeSet<&str> = gone.iter().flat_map(|file| above(file)).collect();
        delete(place, &own_gone(true), &folders)?;
        let mut files: Vec<&String> = moved.iter().collect();
        files.sort_by_key(|file| turn(file));
        for file in files {
            let (from, to) = (draft.join(file), place.join(file));
            if own.contains(file) && same(&from, &to) {
                continue;
            }
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            move_over(&from, &to).with_context(|| format!("cannot replace {}", to.display()))?;
        }
        delete(place, &own_gone(false), &folders)?;
        let [from, to] = [draft, place].map(|it| it.join(list::NAME));
        if from.exists() {
            match same(&from, &to) {
                true => fs::remove_file(from)?,
                false => move_over(&from, &to)?,
            }
        }
        Ok(())
    }
}

/// The folders that a file is in, the innermost first.
fn above(file: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(list::parent(file), |it| list::parent(it))
}

/// Whether a file has the name of a folder of others, or is in a folder that has the name of one of them.
fn in_the_way(file: &str, others: &BTreeSet<String>) -> bool {
    let inside = format!("{file}/");
    let mut after = others.range::<String, _>(&inside..);
    after.next().is_some_and(|it| it.starts_with(&inside))
        || above(file).any(|it| others.contains(it))
}

/// When a file is moved: what a page loads before the page, and what tells browsers of it last. A compressed file goes
/// with the plain one.
fn turn(file: &str) -> u8 {
    let file = file.strip_suffix(".br").or(file.strip_suffix(".gz")).unwrap_or(file);
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
        _ if file == "sw.js" => 3,
        _ if file == MARK => 4,
        "html" => 2,
        "json" => 1,
        _ => 0,
    }
}

/// Whether two files have the same bytes: an unchanged file stays as it is, its times too.
pub(super) fn same(a: &Path, b: &Path) -> bool {
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

/// Deletes files, and those of the folders that are empty then.
fn delete(folder: &Path, files: &BTreeSet<String>, folders: &BTreeSet<&str>) -> io::Result<()> {
    for file in files {
        match fs::remove_file(folder.join(file)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    for inside in folders.iter().rev() {
        // What is not empty stays. The folders are of a list that anybody may have changed.
        if Path::new(inside).components().all(|part| matches!(part, Component::Normal(_))) {
            let _ = fs::remove_dir(folder.join(inside));
        }
    }
    Ok(())
}

/// Deletes an old site that lies beside the new one. What is not on its list came while the new one was printed,
/// and goes into that.
pub(super) fn retire(old: &Path, place: &Path) -> Result<()> {
    let list = match List::read(old) {
        Ok(list) => list,
        Err(_) if old.join(list::NAME).exists() => {
            return Err(Diagnostic::new(old, Problem::OutputLeftBehind).into());
        }
        // A site that was never finished, or the rest of one: nobody but the press has written into it.
        Err(_) => return Ok(fs::remove_dir_all(old)?),
    };
    // Of a moving that did not begin.
    let _ = fs::remove_file(old.join(BOTH));
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
    delete(old, &content.own, &list.folders())?;
    Ok(fs::remove_dir(old)?)
}
