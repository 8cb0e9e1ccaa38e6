//! The file of a memory: a head with what was read for, all slots, and behind them those that changed since (`segments`).
//!
//! A segment is a count, the lengths of all its slots, and their bytes. A slot without a draft is one that went.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::edition::slot::{Piece, Slot};
use crate::hash::Hash;
use crate::segments::{self, Cursor, End, Segment, Source as _};

/// How the file begins; one that begins otherwise is read by nobody.
const FORM: &[u8; 16] = b"press memory 004";
/// The head of the file: its form, and what front matters and bodies were read for.
const HEAD: usize = 16 + 2 * size_of::<Hash>();

/// How many bytes the lengths of a slot have.
const LENGTHS: usize = 4 * size_of::<u32>();

/// What the file holds.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) reading: Hash,
    pub(super) making: Hash,
    pub(super) slots: FxHashMap<String, Arc<Slot>>,
    pub(super) end: End,
}

/// A file's slot by its name; nothing if it went.
pub(super) type Change<'a> = (&'a str, Option<&'a Slot>);

/// Reads the file. One whose first segment is not whole is none.
pub(super) fn read(place: &Path) -> Option<Stored> {
    let bytes = Arc::new(fs::read(place).ok()?);
    if !bytes.starts_with(FORM) {
        return None;
    }
    let mut cursor = Cursor::new(bytes.get(FORM.len()..)?);
    let (reading, making) = (cursor.array()?, cursor.array()?);
    let mut slots = FxHashMap::default();
    let mut end = None;
    while let Some((content, next)) = segments::next((&bytes, 0), HEAD, end) {
        segment(&bytes, content, &mut slots)?;
        end = Some(next);
    }
    Some(Stored { reading, making, slots, end: end? })
}

/// Reads a segment.
fn segment(
    bytes: &Arc<Vec<u8>>,
    content: Range<usize>,
    slots: &mut FxHashMap<String, Arc<Slot>>,
) -> Option<()> {
    let mut cursor = Cursor::new(bytes.get(content.clone())?);
    let count = usize::try_from(u64::from_le_bytes(cursor.array()?)).ok()?;
    // A number that is wrong asks for no more memory than the file has.
    let mut lengths = Vec::with_capacity(count.min(content.len() / LENGTHS));
    for _ in 0..count {
        let mut length = || usize::try_from(cursor.number()?).ok();
        lengths.push([length()?, length()?, length()?, length()?]);
    }
    let mut range = |length: usize| {
        let start = content.end - cursor.left();
        cursor.next(length).map(|_| start..start + length)
    };
    slots.reserve(lengths.len());
    for [name, draft, body, card] in lengths {
        let name = String::from_utf8(bytes.get(range(name)?)?.to_vec()).ok()?;
        let draft = range(draft)?;
        // Each has at least some lengths, if it is there.
        let mut piece = |length| {
            let range = range(length)?;
            Some((!range.is_empty()).then(|| Piece::of(bytes, range)))
        };
        let (body, card) = (piece(body)?, piece(card)?);
        if draft.is_empty() {
            slots.remove(&name);
        } else {
            let draft = Piece::of(bytes, draft);
            slots.insert(name, Arc::new(Slot { draft, body, card, prose: None }));
        }
    }
    (cursor.left() == 0).then_some(())
}

/// Writes the file in one step. Says where it ends.
pub(super) fn write(
    place: &Path,
    reading: Hash,
    making: Hash,
    slots: &FxHashMap<String, Arc<Slot>>,
) -> io::Result<Option<End>> {
    let mut all: Vec<Change<'_>> =
        slots.iter().map(|(name, slot)| (name.as_str(), Some(&**slot))).collect();
    all.sort_unstable_by_key(|it| it.0);
    let mut segment = Segment::first(&[FORM, &reading, &making]);
    put(&all, &mut segment.bytes)?;
    segment.write(place)
}

/// Adds changes behind what is there, if they are few. Says where the file ends then.
pub(super) fn add(place: &Path, end: End, changes: &[Change<'_>]) -> io::Result<Option<End>> {
    let mut segment = Segment::behind(end);
    put(changes, &mut segment.bytes)?;
    segment.write(place)
}

/// Puts the content of a segment together.
fn put(all: &[Change<'_>], into: &mut Vec<u8>) -> io::Result<()> {
    let length = |(name, slot): &Change<'_>| {
        let piece = |piece: &Option<Piece>| piece.as_ref().map_or(0, |it| it.len());
        let slot = slot.map(|it| [it.draft.len(), piece(&it.body), piece(&it.card)]);
        let [draft, body, card] = slot.unwrap_or_default();
        [name.len(), draft, body, card]
    };
    into.extend_from_slice(&(all.len() as u64).to_le_bytes());
    for length in all.iter().flat_map(length) {
        let length = u32::try_from(length).map_err(io::Error::other)?;
        into.extend_from_slice(&length.to_le_bytes());
    }
    for (name, slot) in all {
        into.extend_from_slice(name.as_bytes());
        let Some(slot) = slot else { continue };
        into.extend_from_slice(&slot.draft);
        for piece in [&slot.body, &slot.card] {
            into.extend_from_slice(piece.as_deref().unwrap_or_default());
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn slot(text: &str) -> Arc<Slot> {
        let piece = |text: String| Piece::from(text.into_bytes());
        let (body, card) = (Some(piece(format!("{text} body"))), None);
        Arc::new(Slot { draft: piece(text.to_owned()), body, card, prose: None })
    }

    fn told(place: &Path) -> Option<Vec<(String, String)>> {
        let text = |slot: &Slot| String::from_utf8(slot.draft.to_vec()).unwrap();
        let slots = read(place)?.slots;
        let mut all: Vec<_> = slots.iter().map(|(name, it)| (name.clone(), text(it))).collect();
        all.sort();
        Some(all)
    }

    #[test]
    fn what_changed_is_added_and_a_segment_that_is_not_whole_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("memory");
        let slots = (0..20).map(|it| (format!("{it:02}"), slot(&"x".repeat(it + 60)))).collect();
        let end = write(&place, [1; 16], [2; 16], &slots).unwrap().unwrap();
        let first = told(&place).unwrap();
        let (new, other) = (slot("new"), slot("other"));
        let changes: [Change<'_>; 3] = [("a", Some(&new)), ("00", None), ("01", Some(&other))];
        let end = add(&place, end, &changes).unwrap().unwrap();
        let mut second = first.clone();
        second.remove(0);
        second[0].1 = "other".to_owned();
        second.push(("a".to_owned(), "new".to_owned()));
        assert_eq!(told(&place).unwrap(), second);
        add(&place, end, &[("a", None)]).unwrap().unwrap();
        let whole = fs::read(&place).unwrap();
        let third = second.get(..second.len() - 1).unwrap().to_vec();
        assert_eq!(told(&place).unwrap(), third);
        for length in 0..whole.len() {
            fs::write(&place, &whole[..length]).unwrap();
            let told = told(&place);
            let known = [Some(&first), Some(&second), None];
            assert!(known.contains(&told.as_ref()), "{length}: {told:?}");
        }
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 1;
            fs::write(&place, &other).unwrap();
            let told = told(&place);
            let known = [Some(&first), Some(&second), None];
            assert!(known.contains(&told.as_ref()), "{at}: {told:?}");
        }
        fs::write(&place, &whole[..whole.len() - 3]).unwrap();
        let stored = read(&place).unwrap();
        add(&place, stored.end, &[("b", Some(&new))]).unwrap().unwrap();
        assert_eq!(told(&place).unwrap().len(), second.len() + 1);
    }
}
