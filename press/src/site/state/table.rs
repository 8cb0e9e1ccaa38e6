//! The table of a state: records of files, found by their names and by what they were made of. Held as it is read: one
//! text with all names, and indexes of numbers, because half a million texts would cost more than all else.

use std::hash::BuildHasher as _;
use std::io::{self, Write};

use rustc_hash::FxBuildHasher;

use super::Record;
use crate::hash::Hash;

/// Records by their names.
#[derive(Debug, Default)]
pub(super) struct Table {
    names: String,
    /// Where each name begins, and the end of the last.
    starts: Vec<usize>,
    records: Vec<Record>,
    /// The places of names, each at that of its hash or behind it; a place that is no name's is free. At most half of
    /// them are taken.
    index: Vec<u32>,
    /// The same for recipes: the last of the files that were made of one.
    recipes: Vec<u32>,
    /// Of each file, the one before it that was made of the same.
    before: Vec<u32>,
}

/// A place in the index that is free.
const FREE: u32 = u32::MAX;

impl Table {
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let count = u32::from_le_bytes(cursor.array()?);
        let places = usize::try_from(count).ok()?;
        let mut records = Vec::new();
        let mut starts = vec![0];
        let mut length = 0;
        for _ in 0..places {
            records.push(Record::read(cursor)?);
            length += usize::try_from(u32::from_le_bytes(cursor.array()?)).ok()?;
            starts.push(length);
        }
        let names = str::from_utf8(cursor.rest(length)?).ok()?.to_owned();
        let free = vec![FREE; (2 * places + 1).next_power_of_two()];
        let mut table = Self {
            names,
            starts,
            records,
            index: free.clone(),
            recipes: free,
            before: Vec::with_capacity(places),
        };
        for place in 0..count {
            let slot = table.slot(table.name(place as usize));
            *table.index.get_mut(slot)? = place;
            let mut before = FREE;
            if let Some(recipe) = table.record(place as usize)?.recipe {
                let slot = table.slot_of_recipe(&recipe);
                before = std::mem::replace(table.recipes.get_mut(slot)?, place);
            }
            table.before.push(before);
        }
        Some(table)
    }

    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    pub(super) fn name(&self, place: usize) -> &str {
        let part = self.starts.get(place).zip(self.starts.get(place + 1));
        part.and_then(|(start, end)| self.names.get(*start..*end)).unwrap_or_default()
    }

    pub(super) fn record(&self, place: usize) -> Option<&Record> {
        self.records.get(place)
    }

    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let place = *self.index.get(self.slot(name))?;
        (place != FREE).then_some(place as usize)
    }

    /// The places of the files that were made of a recipe, the last one first.
    pub(super) fn made_of(&self, recipe: Hash) -> impl Iterator<Item = usize> {
        let taken = |place: u32| (place != FREE).then_some(place as usize);
        let last = self.recipes.get(self.slot_of_recipe(&recipe)).and_then(|it| taken(*it));
        std::iter::successors(last, move |place| self.before.get(*place).and_then(|it| taken(*it)))
    }

    /// Where a name is in the index, or would be.
    fn slot(&self, name: &str) -> usize {
        slot(&self.index, FxBuildHasher.hash_one(name), |place| self.name(place) == name)
    }

    /// Where a recipe is in the index of recipes, or would be.
    fn slot_of_recipe(&self, recipe: &Hash) -> usize {
        let is_its = |place| self.record(place).is_some_and(|it| it.recipe == Some(*recipe));
        slot(&self.recipes, FxBuildHasher.hash_one(recipe), is_its)
    }
}

/// The place in an index of what has a hash, or would be put there.
fn slot(index: &[u32], hash: u64, is_it: impl Fn(usize) -> bool) -> usize {
    let last = index.len().wrapping_sub(1);
    let mut slot = hash as usize & last;
    while let Some(place) = index.get(slot)
        && *place != FREE
        && !is_it(*place as usize)
    {
        slot = (slot + 1) & last;
    }
    slot
}

/// Writes a table of files, which are in the order of their names.
pub(super) fn write(files: &[(&str, &Record)], into: &mut impl Write) -> io::Result<()> {
    let count = u32::try_from(files.len()).ok().filter(|count| *count < FREE);
    let count = count.ok_or_else(|| io::Error::other("there are too many files"))?;
    into.write_all(&count.to_le_bytes())?;
    for (name, record) in files {
        record.write(into)?;
        let length = u32::try_from(name.len()).map_err(io::Error::other)?;
        into.write_all(&length.to_le_bytes())?;
    }
    files.iter().try_for_each(|(name, _)| into.write_all(name.as_bytes()))
}

/// Bytes that are read one after the other.
pub(super) struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    /// What is left, if it is so long.
    pub(super) fn rest(&self, length: usize) -> Option<&'a [u8]> {
        Some(self.0).filter(|rest| rest.len() == length)
    }
}
