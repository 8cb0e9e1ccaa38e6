//! The folders of a site as they were when all of their files were. A folder whose entries did not change since has the
//! files that it had, so that none of them need be asked for: in an archive these questions take longer than all else.
//!
//! What stands in a file may be exchanged without a trace in its folder. So the folders of small sites are not gone by,
//! and none after the machine was started anew: a file that was written shortly before it stopped may be empty.

use std::fs;
use std::io;
use std::time::{Duration, SystemTime};

use super::record::{Found, Time};
use crate::files;
use crate::hash::{Hash, hash};
use crate::segments::Source;

/// The stamp of a folder (stat(2)): when its entries changed, when it itself did, and which one it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct FolderStamp {
    modified: Time,
    changed: Time,
    inode: u64,
}

impl FolderStamp {
    /// The stamp of a folder that was found.
    pub(in crate::site) fn of(found: &Found) -> Self {
        Self { modified: found.time, changed: found.changed, inode: found.inode }
    }

    /// Whether it will not change again without a trace: it did so longer than `step` before a moment.
    pub(in crate::site) fn is_settled(&self, step: Duration, at: SystemTime) -> bool {
        let Time(seconds, rest) = self.modified.max(self.changed);
        files::is_settled((seconds, rest), step, at)
    }

    fn write(&self, into: &mut Vec<u8>) {
        for Time(seconds, rest) in [self.modified, self.changed] {
            into.extend_from_slice(&seconds.to_le_bytes());
            into.extend_from_slice(&rest.to_le_bytes());
        }
        into.extend_from_slice(&self.inode.to_le_bytes());
    }

    fn read(from: &mut impl Source) -> Option<Self> {
        let mut time = || Some(Time(i64::from_le_bytes(from.array()?), from.number()?));
        let (modified, changed) = (time()?, time()?);
        Some(Self { modified, changed, inode: u64::from_le_bytes(from.array()?) })
    }
}

/// A folder of the site.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    pub(super) name: Name,
    /// Its stamp when all of its files were as the state has them, if that is known.
    pub(super) stamp: Option<FolderStamp>,
}

/// What a folder is called.
#[derive(Debug, Clone)]
pub(super) enum Name {
    /// As the folder of the file with this place.
    Of(usize),
    Own(String),
}

/// Writes the stamp of a folder, if it is known.
pub(super) fn write_stamp(stamp: Option<FolderStamp>, into: &mut Vec<u8>) {
    into.push(u8::from(stamp.is_some()));
    stamp.iter().for_each(|stamp| stamp.write(into));
}

/// Reads what [`write_stamp`] has written.
pub(super) fn read_stamp(from: &mut impl Source) -> Option<Option<FolderStamp>> {
    match from.array()? {
        [0] => Some(None),
        _ => Some(Some(FolderStamp::read(from)?)),
    }
}

/// Writes folders by their numbers, each with the place of a file in it.
pub(super) fn write(folders: &[(u32, Option<FolderStamp>)], into: &mut Vec<u8>) -> io::Result<()> {
    let count = u32::try_from(folders.len()).map_err(io::Error::other)?;
    into.extend_from_slice(&count.to_le_bytes());
    for (file, stamp) in folders {
        into.extend_from_slice(&file.to_le_bytes());
        write_stamp(*stamp, into);
    }
    Ok(())
}

/// Reads what [`write()`] has written.
pub(super) fn read(from: &mut impl Source) -> Option<Vec<Folder>> {
    let count = from.number()?;
    let folder = |_| {
        let name = Name::Of(usize::try_from(from.number()?).ok()?);
        Some(Folder { name, stamp: read_stamp(from)? })
    };
    (0..count).map(folder).collect()
}

/// The number of this start of the machine (Linux, random(4), `boot_id`), hashed; zeros where that is not told.
pub(super) fn boot() -> Hash {
    fs::read("/proc/sys/kernel/random/boot_id").map_or_else(|_| Hash::default(), |id| hash(&[&id]))
}
