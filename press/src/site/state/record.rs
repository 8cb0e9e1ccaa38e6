//! What is known of one file of a site, and how a file is now.

use std::fs::Metadata;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt as _;

use rustix::fs::{AtFlags, FileType, statat};

use crate::hash::Hash;
use crate::segments::{Cursor, Source};

/// How many bytes a record has.
pub(super) const RECORD: usize = 16 + 8 + 8 + 4 + 8 + 1 + 16;

/// What is known of a file of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct Record {
    /// Of its bytes.
    pub(in crate::site) hash: Hash,
    /// In bytes.
    pub(in crate::site) size: u64,
    pub(super) time: Time,
    pub(super) inode: u64,
    /// Of all that its bytes were made of, where that is known.
    pub(in crate::site) recipe: Option<Hash>,
}

/// When a file was written: seconds since 1970, and nanoseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time(pub(super) i64, pub(super) u32);

/// How a file is now.
#[derive(Debug, Clone, Copy)]
pub(in crate::site) struct Found {
    pub(in crate::site) is_file: bool,
    pub(in crate::site) is_folder: bool,
    /// In bytes.
    pub(in crate::site) size: u64,
    pub(super) time: Time,
    /// When it itself changed: its owner, its name, its content.
    pub(super) changed: Time,
    pub(super) inode: u64,
}

impl From<&Metadata> for Found {
    fn from(found: &Metadata) -> Self {
        let time = Time(found.mtime(), found.mtime_nsec() as u32);
        let changed = Time(found.ctime(), found.ctime_nsec() as u32);
        Self {
            is_file: found.is_file(),
            is_folder: found.is_dir(),
            size: found.len(),
            time,
            changed,
            inode: found.ino(),
        }
    }
}

impl Found {
    /// What is at a path below an open folder. Its last name is not followed if it is a link.
    pub(in crate::site) fn below(folder: &OwnedFd, path: &str) -> Option<Self> {
        let found = statat(folder, path, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let time = Time(found.st_mtime, found.st_mtime_nsec as u32);
        let changed = Time(found.st_ctime, found.st_ctime_nsec as u32);
        let kind = FileType::from_raw_mode(found.st_mode);
        Some(Self {
            is_file: kind == FileType::RegularFile,
            is_folder: kind == FileType::Directory,
            size: u64::try_from(found.st_size).ok()?,
            time,
            changed,
            inode: found.st_ino,
        })
    }
}

/// What is known of the list of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) struct Listed {
    /// The file. The state has the names that are in it.
    pub(in crate::site) file: Record,
    /// The hash of the articles in it.
    pub(in crate::site) articles: Hash,
}

impl Record {
    pub(in crate::site) fn new(hash: Hash, found: impl Into<Found>, recipe: Option<Hash>) -> Self {
        let Found { size, time, inode, .. } = found.into();
        Self { hash, size, time, inode, recipe }
    }

    /// Whether a file is still the one that was recorded.
    pub(in crate::site) fn is(&self, found: impl Into<Found>) -> bool {
        let found = found.into();
        found.is_file && *self == Self::new(self.hash, found, self.recipe)
    }

    pub(super) fn write(&self, into: &mut Vec<u8>) {
        let mut all = [0; RECORD];
        let (size, inode) = (self.size.to_le_bytes(), self.inode.to_le_bytes());
        let (seconds, rest) = (self.time.0.to_le_bytes(), self.time.1.to_le_bytes());
        let (has_recipe, recipe) =
            ([self.recipe.is_some().into()], self.recipe.unwrap_or_default());
        let parts: [&[u8]; 7] = [&self.hash, &size, &seconds, &rest, &inode, &has_recipe, &recipe];
        // In one piece: of half a million records seven each would take longer than all else of them.
        let mut left = all.as_mut_slice();
        for part in parts {
            let (next, others) = left.split_at_mut(part.len());
            next.copy_from_slice(part);
            left = others;
        }
        into.extend_from_slice(&all);
    }

    pub(super) fn read(from: &mut impl Source) -> Option<Self> {
        // In one piece, as it was written.
        let all = from.array::<RECORD>()?;
        let mut all = Cursor::new(&all);
        let (hash, size) = (all.array()?, u64::from_le_bytes(all.array()?));
        let time = Time(i64::from_le_bytes(all.array()?), u32::from_le_bytes(all.array()?));
        let inode = u64::from_le_bytes(all.array()?);
        let [has_recipe] = all.array()?;
        let recipe = all.array()?;
        Some(Self { hash, size, time, inode, recipe: (has_recipe == 1).then_some(recipe) })
    }
}
