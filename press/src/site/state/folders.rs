//! The folders of a site as they were when all of their files were. A folder whose entries did not change since has the
//! files that it had, so that none of them need be asked for: in an archive these questions take longer than all else.
//!
//! What stands in a file may be exchanged without a trace in its folder. So the folders of small sites are not gone by,
//! and none after the machine was started anew: a file that was written shortly before it stopped may be empty.

use std::fs;
use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use super::table::Cursor;
use super::{Found, Time};
use crate::hash::{Hash, hash};

/// How a folder was (stat(2)): when its entries changed, when it itself did, and which one it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct Was {
    modified: Time,
    changed: Time,
    inode: u64,
}

impl Was {
    /// How a folder is.
    pub(in crate::site) fn of(found: &Found) -> Self {
        Self { modified: found.time, changed: found.changed, inode: found.inode }
    }

    /// Whether it will not change again without a trace: it did so longer than `step` before a moment.
    pub(in crate::site) fn is_settled(&self, step: Duration, at: SystemTime) -> bool {
        let Time(seconds, rest) = self.modified.max(self.changed);
        let latest = u64::try_from(seconds).map(|it| Duration::new(it, rest) + step);
        let now = at.duration_since(SystemTime::UNIX_EPOCH);
        // A time to come is none to go by.
        latest.is_ok_and(|latest| now.is_ok_and(|now| now > latest))
    }

    fn write(&self, into: &mut impl Write) -> io::Result<()> {
        for Time(seconds, rest) in [self.modified, self.changed] {
            into.write_all(&seconds.to_le_bytes())?;
            into.write_all(&rest.to_le_bytes())?;
        }
        into.write_all(&self.inode.to_le_bytes())
    }

    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mut time = || Some(Time(i64::from_le_bytes(cursor.array()?), cursor.number()?));
        let (modified, changed) = (time()?, time()?);
        Some(Self { modified, changed, inode: u64::from_le_bytes(cursor.array()?) })
    }
}

/// A folder of the site.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folder {
    /// The place of a file that is in it.
    pub(super) file: usize,
    pub(super) was: Option<Was>,
}

/// Writes folders by their numbers, each with the place of a file in it.
pub(super) fn write(folders: &[(u32, Option<Was>)], into: &mut impl Write) -> io::Result<()> {
    let count = u32::try_from(folders.len()).map_err(io::Error::other)?;
    into.write_all(&started())?;
    into.write_all(&count.to_le_bytes())?;
    for (file, was) in folders {
        into.write_all(&file.to_le_bytes())?;
        into.write_all(&[u8::from(was.is_some())])?;
        was.iter().try_for_each(|was| was.write(into))?;
    }
    Ok(())
}

/// Reads what [`write()`] has written. Nothing is known of how the folders were before the machine was started.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Vec<Folder>> {
    let before: Hash = cursor.array()?;
    let now = started();
    let is_known = before == now && now != Hash::default();
    let count = cursor.number()?;
    let mut folders = Vec::new();
    for _ in 0..count {
        let file = usize::try_from(cursor.number()?).ok()?;
        let was = match cursor.array()? {
            [0] => None,
            _ => Some(Was::read(cursor)?),
        };
        folders.push(Folder { file, was: was.filter(|_| is_known) });
    }
    Some(folders)
}

/// What is another one whenever the machine was started anew (Linux, random(4)); zeros where that is not told.
fn started() -> Hash {
    fs::read("/proc/sys/kernel/random/boot_id").map_or_else(|_| Hash::default(), |id| hash(&[&id]))
}
