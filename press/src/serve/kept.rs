//! What was made of a file, kept until the file is another one.

use std::collections::HashMap;
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use crate::files::{STEP, is_settled};

/// Which file it is, and in which state. The time of its last change cannot be set, unlike that of its last
/// modification.
#[derive(Debug, PartialEq, Eq)]
struct State {
    device: u64,
    inode: u64,
    length: u64,
    changed: (i64, i64),
}

impl State {
    fn of(file: &Metadata) -> Self {
        let changed = (file.ctime(), file.ctime_nsec());
        Self { device: file.dev(), inode: file.ino(), length: file.len(), changed }
    }

    fn is_settled(&self) -> bool {
        let (seconds, rest) = self.changed;
        let rest = rest.try_into();
        rest.is_ok_and(|rest| is_settled((seconds, rest), STEP, SystemTime::now()))
    }
}

/// Values by the names of the files that they were made of.
#[derive(Debug)]
pub(super) struct Kept<T>(Mutex<HashMap<String, (State, T)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Kept<T> {
    /// The value of a file, made anew if the file is another one or was changed.
    pub(super) fn get(
        &self,
        name: &str,
        file: &Metadata,
        make: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        let state = State::of(file);
        {
            let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, value)) = kept.get(name).filter(|(of, _)| *of == state) {
                return Ok(value.clone());
            }
        }
        let value = make()?;
        if state.is_settled() {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.insert(name.to_owned(), (state, value.clone()));
        }
        Ok(value)
    }
}
