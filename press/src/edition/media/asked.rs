//! What an article asked of the files around it, so that it is known later whether the answers are still the same.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::{Lookup, Media};

/// File systems note changes in steps, of 2 seconds at most (FAT): a file that was changed more recently may change
/// again without a trace.
const STEP: Duration = Duration::from_secs(2);

/// A question and its answer.
#[derive(Debug)]
pub(crate) enum Asked {
    /// What an address means in an article of this folder, and the state of the file that was found.
    File { dir: PathBuf, url: String, found: Lookup, seen: Option<Seen> },
    /// Whether there is a file at a place.
    Place { path: PathBuf, is_file: bool },
}

/// Which file it is, and in which state.
#[derive(Debug, PartialEq, Eq)]
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

    /// The state of a file that will not change again without a trace.
    fn settled(path: &Path) -> Option<Self> {
        let seen = Self::of(&fs::metadata(path).ok()?);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let latest = seen.modified.0.max(seen.changed.0);
        // A time to come is none to go by.
        (now > Duration::from_secs(latest.try_into().ok()?) + STEP).then_some(seen)
    }
}

impl Asked {
    pub(super) fn find(dir: &Path, url: &str, found: &Lookup) -> Self {
        let seen = match found {
            Lookup::File(file) => Seen::settled(file),
            _ => None,
        };
        Self::File { dir: dir.to_owned(), url: url.to_owned(), found: found.clone(), seen }
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
            Asked::Place { path, is_file } => path.is_file() == *is_file,
            Asked::File { dir, url, found, seen } => {
                self.look(dir, url) == *found
                    && match found {
                        Lookup::File(file) => seen.is_some() && *seen == Seen::settled(file),
                        _ => true,
                    }
            }
        }
    }
}
