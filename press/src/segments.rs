//! Files in segments: a first one with all that there is to keep, and behind it what changed since. Each segment ends
//! with a hash of itself and of the segment before it, so that a change costs a few bytes, not all again.
//!
//! A segment is its size, its content, and its hash. What comes behind a segment that is not whole is not read: what was kept
//! before holds, or is seen not to.

mod reader;
mod source;

use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;

use crate::hash::{Hash, hash};
pub(crate) use reader::Reader;
pub(crate) use source::{Cursor, Source};

/// The segments behind the first one have at most an eighth of its bytes, or this many.
const FEW: u64 = 1 << 16;
/// So many bytes have one checksum.
const PIECE: usize = 1 << 20;

/// Where a file ends as far as it is whole, and what a segment can be put behind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    /// The bytes of the first segment, and of all.
    first: u64,
    all: u64,
    /// The hash that the last segment ends with.
    hash: Hash,
}

impl End {
    /// The length of the file as far as it is whole.
    pub(crate) fn length(&self) -> u64 {
        self.all
    }
}

/// The place of the content of the segment behind an end, or of the first one behind a head of so many bytes; and its end.
/// `bytes` are those of the file from a place on. Nothing if there is none, or it is not whole.
pub(crate) fn next(
    (bytes, from): (&[u8], u64),
    head: usize,
    before: Option<End>,
) -> Option<(Range<usize>, End)> {
    let start = before.map_or(Some(0), |it| usize::try_from(it.all.checked_sub(from)?).ok())?;
    let size = start + before.map_or(head, |_| 0);
    let content = size.checked_add(size_of::<u64>())?;
    let size = u64::from_le_bytes(bytes.get(size..content)?.try_into().ok()?);
    let end = content.checked_add(usize::try_from(size).ok()?)?;
    let all = end.checked_add(size_of::<Hash>())?;
    let check: Hash = bytes.get(end..all)?.try_into().ok()?;
    if checked(before, bytes.get(start..end)?) != check {
        return None;
    }
    let all = u64::try_from(all).ok()? + from;
    Some((content..end, End { first: before.map_or(all, |it| it.first), all, hash: check }))
}

/// The hash that a segment ends with, of the CRC-32 of its pieces. That finds damage, not forgery: who can write this file can
/// write the site, too.
fn checked(before: Option<End>, segment: &[u8]) -> Hash {
    let pieces = segment.par_chunks(PIECE).map(|piece| crc32fast::hash(piece).to_le_bytes());
    in_all(before, segment.len(), &pieces.collect::<Vec<_>>())
}

/// The same of the checksums of the pieces of a segment with so many bytes.
fn in_all(before: Option<End>, length: usize, pieces: &[[u8; 4]]) -> Hash {
    let before = before.map(|it| it.hash).unwrap_or_default();
    hash(&[&before, &(length as u64).to_le_bytes(), pieces.as_flattened()])
}

/// A segment that is written.
#[derive(Debug)]
pub(crate) struct Segment {
    /// Its content so far, behind the head of the file and the place of its size.
    pub(crate) bytes: Vec<u8>,
    content: usize,
    before: Option<End>,
}

impl Segment {
    /// The first segment of a file with a head.
    pub(crate) fn first(head: &[&[u8]]) -> Self {
        Self::new(head.concat(), None)
    }

    /// A segment behind others.
    pub(crate) fn behind(end: End) -> Self {
        Self::new(Vec::new(), Some(end))
    }

    fn new(mut bytes: Vec<u8>, before: Option<End>) -> Self {
        bytes.extend_from_slice(&[0; size_of::<u64>()]);
        Self { content: bytes.len(), bytes, before }
    }

    /// Writes the segment: a first one in one step in place of the file, another one behind its end. Nothing if it is too
    /// large to be put behind, or the file is another one.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn write(mut self, place: &Path) -> io::Result<Option<End>> {
        let size = (self.bytes.len() - self.content) as u64;
        if let Some(place) = self.bytes.get_mut(self.content - size_of::<u64>()..self.content) {
            place.copy_from_slice(&size.to_le_bytes());
        }
        let hash = checked(self.before, &self.bytes);
        self.bytes.extend_from_slice(&hash);
        let own = self.bytes.len() as u64;
        match self.before {
            None => {
                replace(place, &self.bytes)?;
                Ok(Some(End { first: own, all: own, hash }))
            }
            Some(end) => {
                let all = end.all + own;
                let is_small = all - end.first <= FEW.max(end.first / 8);
                let added = is_small && add(place, end.all, &self.bytes)?;
                Ok(added.then_some(End { all, hash, ..end }))
            }
        }
    }
}

/// Writes a file in one step.
fn replace(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = place.as_os_str().to_owned();
    draft.push(".new");
    let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, place));
    if written.is_err() {
        let _ = fs::remove_file(draft);
    }
    written
}

/// Adds bytes behind the end of a file, if it is as long as that.
fn add(place: &Path, end: u64, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::options().write(true).open(place)?;
    if file.metadata()?.len() < end {
        return Ok(false);
    }
    // What is not whole behind the end goes.
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    file.write_all(bytes)?;
    Ok(true)
}
