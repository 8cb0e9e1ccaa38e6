//! The folder in which a new site is written until it takes the place of the old one.

use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use anyhow::{Context as _, Result, bail};
use rustc_hash::FxHashSet;
use rustix::fs::{Mode, OFlags, openat};

use crate::site::folder::DRAFT;
use crate::site::{list, place};

/// The folder of a draft. Dropped, it leaves nothing behind.
pub(super) struct DraftFolder {
    pub(super) path: PathBuf,
    /// Where the site will be.
    place: PathBuf,
    /// Whether it is beside that, so that the two can be exchanged.
    pub(super) beside: bool,
    /// The folders in it that are made, relative to it.
    made: RwLock<FxHashSet<String>>,
    /// The open folder, with the lock by which others see that it is not left behind; nothing where there are no locks.
    folder: Option<File>,
}

impl DraftFolder {
    /// Makes the folder of the draft of a site that will be at `place`, and clears away what was left of others.
    pub(super) fn of(place: &Path) -> Result<Self> {
        let parent = place.parent().context("the root of all folders cannot hold a site")?;
        let name = place.file_name().context("the output folder needs a name")?.to_string_lossy();
        let near = format!("{DRAFT}{name}-");
        clear(parent, &near, place)?;
        clear(place, DRAFT, place)?;
        let draft = parent.join(format!("{near}{}", std::process::id()));
        let (path, beside) = match prepare(&draft, place) {
            Ok(()) => (draft, true),
            Err(error) if !place.is_dir() => {
                return Err(error)
                    .with_context(|| format!("cannot write into {}", draft.display()));
            }
            // A folder that is mounted, or whose surroundings are somebody else's, is written into.
            Err(_) => {
                let draft = place.join(format!("{DRAFT}{}", std::process::id()));
                prepare(&draft, place)
                    .with_context(|| format!("cannot write into {}", draft.display()))?;
                (draft, false)
            }
        };
        let folder = lock(&path);
        Ok(Self { path, place: place.to_owned(), beside, made: RwLock::default(), folder })
    }

    /// Makes a file of the draft, and its folder.
    pub(super) fn create(&self, name: &str) -> Result<File> {
        self.make_folder_of(name)?;
        let made = match &self.folder {
            // Seen from there its path is shorter for the system, too.
            Some(folder) => {
                let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::CLOEXEC;
                let mode = Mode::from_raw_mode(0o666);
                openat(folder, name, flags, mode).map(File::from).map_err(io::Error::from)
            }
            None => File::create(self.path.join(name)),
        };
        made.with_context(|| format!("cannot write {name}"))
    }

    /// The path of a file of the draft, its folder made.
    pub(super) fn file(&self, name: &str) -> Result<PathBuf> {
        self.make_folder_of(name)?;
        Ok(self.path.join(name))
    }

    /// Makes the folder of a file of the draft.
    fn make_folder_of(&self, name: &str) -> Result<()> {
        let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if name.is_empty() || !inside {
            bail!("the path {name:?} would leave the site");
        }
        let Some(folder) = list::parent(name) else { return Ok(()) };
        let is_made = self.made.read().unwrap_or_else(PoisonError::into_inner).contains(folder);
        if !is_made {
            fs::create_dir_all(self.path.join(folder))?;
            let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
            made.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Forgets which folders are made.
    pub(super) fn forget(&self) {
        *self.made.write().unwrap_or_else(PoisonError::into_inner) = FxHashSet::default();
    }
}

impl Drop for DraftFolder {
    fn drop(&mut self) {
        // What is under the draft's name is a site that was given up, or what `place` has left of one. An old site
        // with a file of the publisher's in it is none of them.
        if self.path.exists() {
            let _ = place::retire(&self.path, &self.place);
        }
        // Closing them is not enough: a process that another thread is just starting has them, too (flock(2)).
        if let Some(folder) = &self.folder {
            let _ = folder.unlock();
        }
    }
}

/// Makes the folder of a draft from which files can be moved to where the site is.
fn prepare(draft: &Path, place: &Path) -> io::Result<()> {
    fs::create_dir_all(draft)?;
    if place.is_dir() {
        let name = format!("{DRAFT}{}-try", std::process::id());
        let (from, to) = (draft.join(&name), place.join(&name));
        fs::write(&from, "")?;
        let moved = fs::rename(&from, &to);
        let _ = fs::remove_file(if moved.is_ok() { to } else { from });
        if moved.is_err() {
            let _ = fs::remove_dir(draft);
        }
        return moved;
    }
    Ok(())
}

/// Locks a folder, if nobody else has and the file system can.
fn lock(folder: &Path) -> Option<File> {
    let handle = File::open(folder).ok()?;
    handle.try_lock().ok().map(|()| handle)
}

/// Whether nobody has locked a folder.
fn is_left(folder: &Path) -> bool {
    let Ok(handle) = File::open(folder) else { return true };
    !matches!(handle.try_lock(), Err(std::fs::TryLockError::WouldBlock))
}

/// Clears away what a press that was killed has left in `folder` under names that begin so and end with its
/// number.
fn clear(folder: &Path, start: &str, place: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(start));
        let is_draft = number.is_some_and(|it| it.bytes().all(|b| b.is_ascii_digit()));
        if is_draft && entry.file_type()?.is_dir() && is_left(&entry.path()) {
            place::retire(&entry.path(), place)?;
        }
    }
    Ok(())
}
