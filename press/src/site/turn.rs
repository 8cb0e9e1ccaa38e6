//! Whose turn it is: two presses that print into one folder would delete each other's files.
//!
//! A press that prints holds a lock (flock(2)) on a file beside the folder, in which it says who it is, and one on the
//! folder itself, which may have other names by which it is reached. Both are gone with the process, however that ends.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::Timestamp;

use crate::edition::{Diagnostic, Problem};

/// How the name of the file beside the folder begins.
const NAME: &str = ".press-printing-";

/// The right to print into a folder, until this is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    /// Nothing where nobody may write beside the folder, or the file system knows no locks.
    beside: Option<(File, PathBuf)>,
    folder: Option<File>,
}

/// What became of a lock.
enum Lock {
    Held(File),
    Taken,
    /// There is nothing to lock, or it cannot be.
    None,
}

impl Turn {
    /// Takes the turn at `place`. Where another press has it, `wait` is told who that is and it is waited for, or it is an
    /// error without it.
    pub(super) fn take(place: &Path, wait: Option<&dyn Fn(&str)>) -> Result<Self> {
        let beside = match path(place) {
            Some(path) => hold(place, wait, &path, || {
                File::options().read(true).write(true).create(true).truncate(false).open(&path)
            })?
            .map(|file| (file, path)),
            None => None,
        };
        if let Some((file, _)) = &beside {
            // It tells who prints, and nothing depends on it.
            let _ = note(file);
        }
        let mut turn = Self { beside, folder: None };
        turn.folder = hold(place, wait, place, || File::open(place))?;
        Ok(turn)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some((_, path)) = &self.beside {
            let _ = fs::remove_file(path);
        }
        // Closing them is not enough: a process that another thread is just starting has them, too (flock(2)).
        for file in self.beside.iter().map(|(file, _)| file).chain(&self.folder) {
            let _ = file.unlock();
        }
    }
}

/// Holds the lock of what is at `path`, for printing into `place`.
fn hold(
    place: &Path,
    wait: Option<&dyn Fn(&str)>,
    path: &Path,
    open: impl Fn() -> io::Result<File>,
) -> Result<Option<File>> {
    let mut told = false;
    loop {
        match lock(&open) {
            // The press before has deleted or exchanged it.
            Lock::Held(file) if !is_at(&file, path) => {}
            Lock::Held(file) => return Ok(Some(file)),
            Lock::None => return Ok(None),
            Lock::Taken => {
                let who = holder(place);
                let Some(wait) = wait else {
                    return Err(Diagnostic::new(place, Problem::OutputInUse { who }).into());
                };
                if !told {
                    wait(&who);
                    told = true;
                }
                let Ok(file) = open() else { continue };
                if file.lock().is_ok() {
                    let _ = file.unlock();
                }
            }
        }
    }
}

fn lock(open: impl Fn() -> io::Result<File>) -> Lock {
    let Ok(file) = open() else { return Lock::None };
    match file.try_lock() {
        Ok(()) => Lock::Held(file),
        Err(TryLockError::WouldBlock) => Lock::Taken,
        Err(TryLockError::Error(_)) => Lock::None,
    }
}

/// Whether a file is the one that is at a path now.
fn is_at(file: &File, path: &Path) -> bool {
    let same = |a: fs::Metadata, b: fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    file.metadata().is_ok_and(|a| fs::metadata(path).is_ok_and(|b| same(a, b)))
}

fn path(place: &Path) -> Option<PathBuf> {
    let name = place.file_name()?.to_str()?;
    Some(place.with_file_name(format!("{NAME}{name}")))
}

/// Says who prints, and since when.
fn note(mut file: &File) -> io::Result<()> {
    file.set_len(0)?;
    let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    writeln!(file, "process {} since {now}", std::process::id())
}

/// Who prints, as far as it is known.
fn holder(place: &Path) -> String {
    let text = path(place).and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    match text.lines().next() {
        Some(line) if line.len() < 100 && !line.contains(char::is_control) => format!(" ({line})"),
        _ => String::new(),
    }
}
