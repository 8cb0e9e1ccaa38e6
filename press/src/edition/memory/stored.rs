//! The file of a memory: a head, the lengths of all slots, their bytes, and a hash of all that.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::edition::slot::{Piece, Slot};
use crate::hash::{Hash, InParts, hash_in_parts};

/// How the file begins; one that begins otherwise is read by nobody.
const FORM: &[u8; 16] = b"press memory 001";

/// What the file holds.
pub(super) struct Stored {
    pub(super) reading: Hash,
    pub(super) making: Hash,
    pub(super) slots: FxHashMap<String, Slot>,
}

/// Reads the file. One that is not whole is none.
pub(super) fn read(place: &Path) -> Option<Stored> {
    let bytes = Arc::new(fs::read(place).ok()?);
    let end = bytes.len().checked_sub(size_of::<Hash>())?;
    let (content, check) = bytes.split_at_checked(end)?;
    if !content.starts_with(FORM) || hash_in_parts(content) != *check {
        return None;
    }
    let mut cursor = Cursor { bytes: &bytes, at: FORM.len() };
    let (reading, making) = (cursor.array()?, cursor.array()?);
    let count = usize::try_from(u64::from_le_bytes(cursor.array()?)).ok()?;
    let mut lengths = Vec::new();
    for _ in 0..count {
        lengths.push([cursor.length()?, cursor.length()?, cursor.length()?]);
    }
    let mut slots = FxHashMap::default();
    slots.reserve(lengths.len());
    for [name, draft, body] in lengths {
        let name = String::from_utf8(cursor.next(name)?.to_vec()).ok()?;
        let draft = Piece::of(&bytes, cursor.range(draft)?);
        // A body has at least some lengths.
        let body = cursor.range(body)?;
        let body = (!body.is_empty()).then(|| Piece::of(&bytes, body));
        slots.insert(name, Slot { draft, body, prose: None });
    }
    (cursor.at == end).then_some(Stored { reading, making, slots })
}

/// Writes the file in one step.
pub(super) fn write(
    place: &Path,
    reading: Hash,
    making: Hash,
    slots: &FxHashMap<String, Slot>,
) -> io::Result<()> {
    let mut all: Vec<(&String, &Slot)> = slots.iter().collect();
    all.sort_unstable_by_key(|it| it.0);
    let mut draft = place.as_os_str().to_owned();
    draft.push(".new");
    let written = File::create(&draft).and_then(|file| {
        let mut file = InParts::new(file);
        for part in [FORM.as_slice(), &reading, &making, &(all.len() as u64).to_le_bytes()] {
            file.write_all(part)?;
        }
        for (name, slot) in &all {
            let body = slot.body.as_ref().map_or(0, |it| it.len());
            for length in [name.len(), slot.draft.len(), body] {
                let length = u32::try_from(length).map_err(io::Error::other)?;
                file.write_all(&length.to_le_bytes())?;
            }
        }
        for (name, slot) in &all {
            file.write_all(name.as_bytes())?;
            file.write_all(&slot.draft)?;
            file.write_all(slot.body.as_deref().unwrap_or_default())?;
        }
        file.end()?;
        fs::rename(&draft, place)
    });
    if written.is_err() {
        let _ = fs::remove_file(draft);
    }
    written
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn range(&mut self, length: usize) -> Option<Range<usize>> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.bytes.len())?;
        let range = self.at..end;
        self.at = end;
        Some(range)
    }

    fn next(&mut self, length: usize) -> Option<&[u8]> {
        let range = self.range(length)?;
        self.bytes.get(range)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.next(N)?.try_into().ok()
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.array()?)).ok()
    }
}
