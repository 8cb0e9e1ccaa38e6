//! What an article asked of the files around it, so that it is known later whether the answers are still the same.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use rustix::fs::{AtFlags, statat};
use serde::{Deserialize, Serialize};

use super::{Lookup, Media};
use crate::files::is_settled;

/// A question and its answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Asked {
    /// What an address means in an article of this folder, and the state of the file that was found.
    File { dir: PathBuf, url: String, found: Lookup, seen: Option<Seen> },
    /// What is at an address of another site, and the state of the file that it was kept in.
    Fetched { address: String, file: Option<(PathBuf, Option<Seen>)> },
    /// Whether there is a file at a place.
    Place { path: PathBuf, is_file: bool },
}

/// Which file it is, and in which state.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    device: u64,
    inode: u64,
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Seen {
    fn of(file: &Metadata) -> Self {
        Self {
            device: file.dev(),
            inode: file.ino(),
            length: file.len(),
            modified: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
        }
    }

    /// The state of a file that will not change again without a trace: it was changed longer ago than `step`.
    pub(crate) fn settled(path: &Path, step: Duration) -> Option<Self> {
        Self::of(&fs::metadata(path).ok()?).if_settled(step)
    }

    /// The same of a file in an open folder, which takes the system less.
    pub(crate) fn settled_in(folder: &OwnedFd, name: &OsStr, step: Duration) -> Option<Self> {
        let file = statat(folder, name, AtFlags::empty()).ok()?;
        let seen = Self {
            device: file.st_dev,
            inode: file.st_ino,
            length: file.st_size.try_into().ok()?,
            modified: (file.st_mtime, file.st_mtime_nsec.try_into().ok()?),
            changed: (file.st_ctime, file.st_ctime_nsec.try_into().ok()?),
        };
        seen.if_settled(step)
    }

    fn if_settled(self, step: Duration) -> Option<Self> {
        let (second, rest) = self.modified.max(self.changed);
        let latest = (second, rest.try_into().ok()?);
        is_settled(latest, step, SystemTime::now()).then_some(self)
    }
}

impl Asked {
    pub(super) fn find(dir: &Path, url: &str, found: &Lookup, step: Duration) -> Self {
        let seen = match found {
            Lookup::File(file) => Seen::settled(file, step),
            _ => None,
        };
        Self::File { dir: dir.to_owned(), url: url.to_owned(), found: found.clone(), seen }
    }
}

impl Asked {
    pub(super) fn fetched(address: &str, found: &Result<PathBuf, String>, step: Duration) -> Self {
        let file = found.as_ref().ok().map(|file| (file.clone(), Seen::settled(file, step)));
        Self::Fetched { address: address.to_owned(), file }
    }
}

impl Media {
    /// The same files, noting what is asked from now on.
    pub(crate) fn noting(&self) -> Self {
        Self {
            root: self.root.clone(),
            workshop: self.workshop.clone(),
            remote: self.remote.clone(),
            files: Arc::clone(&self.files),
            step: self.step,
            asked: Some(Mutex::default()),
        }
    }

    /// What was asked since noting began.
    pub(crate) fn asked(self) -> Vec<Asked> {
        self.asked.unwrap_or_default().into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note(&self, asked: impl FnOnce() -> Asked) {
        if let Some(all) = &self.asked {
            all.lock().unwrap_or_else(PoisonError::into_inner).push(asked());
        }
    }

    /// Whether there is a file at a place.
    pub(crate) fn has(&self, path: &Path) -> bool {
        let is_file = path.is_file();
        self.note(|| Asked::Place { path: path.to_owned(), is_file });
        is_file
    }

    /// Whether the answer to a question would be what it was.
    pub(crate) fn answers_so(&self, asked: &Asked) -> bool {
        match asked {
            // What could not be had may be there now.
            Asked::Fetched { file: None, .. } => false,
            Asked::Fetched { address, file: Some((file, seen)) } => {
                let same = |now: Result<PathBuf, String>| now.is_ok_and(|now| now == *file);
                self.remote.as_ref().is_some_and(|remote| same(remote.file(address)))
                    && seen.is_some()
                    && *seen == Seen::settled(file, self.step)
            }
            Asked::Place { path, is_file } => path.is_file() == *is_file,
            Asked::File { dir, url, found, seen } => {
                self.look(dir, url) == *found
                    && match found {
                        Lookup::File(file) => {
                            seen.is_some() && *seen == Seen::settled(file, self.step)
                        }
                        _ => true,
                    }
            }
        }
    }
}
