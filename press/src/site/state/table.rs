//! The table of a state: records of files, found by their names and by what they were made of. Held as it is read: one
//! text with all names, and indexes of numbers, because half a million texts would cost more than all else.

use std::hash::BuildHasher as _;
use std::io;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::record::{RECORD, Record};
use crate::hash::Hash;
use crate::segments::Source;

/// Records by their names.
#[derive(Debug, Default)]
pub(super) struct Table {
    names: String,
    /// Where each name begins, and the end of the last.
    starts: Vec<usize>,
    records: Vec<Record>,
    /// Of each file, the number of its folder.
    folders: Vec<u32>,
    /// The places of names. Most prints ask for few, for which it is not made.
    index: OnceLock<Vec<u32>>,
    /// How many names were asked for without it.
    asked: AtomicUsize,
    /// The last of the files that were made of a recipe, at the place of its hash or behind it; a place that is no
    /// recipe's is free. At most half of them are taken.
    recipes: Vec<u32>,
    /// Of each file, the one before it that was made of the same.
    before: Vec<u32>,
}

/// A place in an index that is free.
const FREE: u32 = u32::MAX;
/// So many names are looked for one by one before an index is worth its making.
const FEW: usize = 4_000;

/// So many files are written at a time.
const PIECE: usize = 10_000;

/// An index for so many that nothing is in.
fn free(count: usize) -> Vec<u32> {
    vec![FREE; (2 * count + 1).next_power_of_two()]
}

impl Table {
    pub(super) fn read(from: &mut impl Source) -> Option<Self> {
        let count = from.number()?;
        let places = usize::try_from(count).ok()?;
        // A number that is wrong asks for no more memory than the file has.
        let room = places.min(from.left() / RECORD);
        let (mut records, mut folders) = (Vec::with_capacity(room), Vec::with_capacity(room));
        let mut starts = Vec::with_capacity(room + 1);
        starts.push(0);
        let mut length = 0;
        for _ in 0..places {
            records.push(Record::read(from)?);
            folders.push(from.number()?);
            length += usize::try_from(from.number()?).ok()?;
            starts.push(length);
        }
        let names = String::from_utf8(from.bytes(length)?).ok()?;
        Some(Self::new(names, starts, records, folders))
    }

    /// The table of files, which are in the order of their names.
    pub(super) fn of<'a>(files: impl IntoIterator<Item = (&'a str, Record, u32)>) -> Self {
        let (mut names, mut starts) = (String::new(), vec![0]);
        let (mut records, mut folders) = (Vec::new(), Vec::new());
        for (name, record, folder) in files {
            names.push_str(name);
            starts.push(names.len());
            records.push(record);
            folders.push(folder);
        }
        Self::new(names, starts, records, folders)
    }

    fn new(names: String, starts: Vec<usize>, records: Vec<Record>, folders: Vec<u32>) -> Self {
        let places = records.len();
        let mut table = Self {
            names,
            starts,
            records,
            folders,
            index: OnceLock::new(),
            asked: AtomicUsize::new(0),
            recipes: free(places),
            before: Vec::with_capacity(places),
        };
        for place in 0..places {
            let mut before = FREE;
            if let Some(recipe) = table.record(place).and_then(|it| it.recipe) {
                let slot = table.slot_of_recipe(&recipe);
                if let Some(last) = table.recipes.get_mut(slot) {
                    // There are less than `FREE`.
                    before = std::mem::replace(last, place as u32);
                }
            }
            table.before.push(before);
        }
        table
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

    /// The number of a file's folder.
    pub(super) fn folder(&self, place: usize) -> Option<usize> {
        self.folders.get(place).map(|it| *it as usize)
    }

    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let few = self.asked.load(Ordering::Relaxed) < FEW;
        if few && self.index.get().is_none() {
            self.asked.fetch_add(1, Ordering::Relaxed);
            return self.search(name);
        }
        let index = self.index.get_or_init(|| self.index());
        let place = *index.get(self.slot(index, name))?;
        (place != FREE).then_some(place as usize)
    }

    /// The same without an index. The names are in their order.
    pub(super) fn search(&self, name: &str) -> Option<usize> {
        Some(self.behind(name)).filter(|place| *place < self.len() && self.name(*place) == name)
    }

    /// The place of a name, or of the first one behind it.
    pub(super) fn behind(&self, name: &str) -> usize {
        let (mut start, mut end) = (0, self.len());
        while start < end {
            let middle = start + (end - start) / 2;
            if self.name(middle) < name {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        start
    }

    fn index(&self) -> Vec<u32> {
        let mut index = free(self.len());
        for place in 0..self.len() {
            let slot = self.slot(&index, self.name(place));
            // There are less than `FREE`.
            if let Some(slot) = index.get_mut(slot) {
                *slot = place as u32;
            }
        }
        index
    }

    /// The places of the files that were made of a recipe, the last one first.
    pub(super) fn made_of(&self, recipe: Hash) -> impl Iterator<Item = usize> {
        let taken = |place: u32| (place != FREE).then_some(place as usize);
        let last = self.recipes.get(self.slot_of_recipe(&recipe)).and_then(|it| taken(*it));
        std::iter::successors(last, move |place| self.before.get(*place).and_then(|it| taken(*it)))
    }

    /// Where a name is in the index, or would be.
    fn slot(&self, index: &[u32], name: &str) -> usize {
        slot(index, FxBuildHasher.hash_one(name), |place| self.name(place) == name)
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

/// Writes a table of files, which are in the order of their names and in folders with these numbers.
pub(super) fn write(
    files: &[(&str, &Record)],
    folders: &[u32],
    into: &mut Vec<u8>,
) -> io::Result<()> {
    let count = u32::try_from(files.len()).ok().filter(|count| *count < FREE);
    let count = count.ok_or_else(|| io::Error::other("there are too many files"))?;
    into.extend_from_slice(&count.to_le_bytes());
    let records = |(files, folders): (&[(&str, &Record)], &[u32])| -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for ((name, record), folder) in files.iter().zip(folders) {
            record.write(&mut bytes);
            let length = u32::try_from(name.len()).map_err(io::Error::other)?;
            bytes.extend_from_slice([*folder, length].map(u32::to_le_bytes).as_flattened());
        }
        Ok(bytes)
    };
    let names = |files: &[(&str, &Record)]| {
        let mut bytes = Vec::new();
        files.iter().for_each(|(name, _)| bytes.extend_from_slice(name.as_bytes()));
        bytes
    };
    let pieces = files.par_chunks(PIECE).zip(folders.par_chunks(PIECE)).map(records);
    let pieces = pieces.collect::<io::Result<Vec<_>>>()?;
    let names: Vec<_> = files.par_chunks(PIECE).map(names).collect();
    let all = || pieces.iter().chain(&names);
    into.reserve(all().map(Vec::len).sum::<usize>());
    all().for_each(|piece| into.extend_from_slice(piece));
    Ok(())
}
