//! The state: what the press knows of the files it wrote, so that the next print writes and renders only what is
//! different. It is kept beside the output folder, as `.press-state-<name of the folder>`, so that no host is sent it.
//!
//! It is a cache. A file counts as unchanged only if its size, time and inode are those that the state has, in a large
//! site also if its folder is as it was (`folders`); anything else, a missing or broken state too, makes the press compare
//! bytes. So a state of another site, or one that is older than the files, costs time and never a wrong page.

mod folders;
mod pending;
mod record;
mod table;
mod writing;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::list;
use crate::hash::Hash;
use crate::segments::{self, Cursor, End, Reader, Source};
pub(super) use folders::FolderStamp;
use folders::{Folder, Name};
pub use pending::PendingState;
pub(super) use pending::Trust;
pub(super) use record::{Found, Listed, Record};
use table::Table;
pub(super) use writing::{Added, Window, Writing};

/// How the name of a state begins.
const NAME: &str = ".press-state-";
/// How the file begins; a state that begins otherwise is read by nobody.
const FORM: &[u8; 16] = b"press state 0009";

/// A folder with fewer folders is not worth its opening.
const MANY: usize = 20;

/// What is known of all files of a site, by their names.
#[derive(Debug, Default)]
pub(super) struct State {
    files: Table,
    /// The files that came or changed later. Their places come behind those of the others.
    later: Table,
    /// The places of files that went or changed later.
    gone: FxHashSet<usize>,
    /// The places of all files in the order of their names.
    order: Vec<usize>,
    folders: Vec<Folder>,
    /// The names of folders that hold many of them.
    full: Vec<String>,
    /// The recipes of pages, by the names of the windows that their related news were chosen from.
    pub(super) windows: FxHashMap<Hash, Hash>,
    pub(super) list: Option<Listed>,
    /// Where its file ends.
    end: Option<End>,
    /// Why nothing is known though something was kept.
    pub(super) broken: Option<&'static str>,
}

impl State {
    /// Reads the state of the site at `place`. There is none, or one that is broken: nothing is known then.
    pub(super) fn read(place: &Path) -> Self {
        let broken = |why| Self { broken: Some(why), ..Self::default() };
        let Some(path) = path(place) else { return Self::default() };
        let mut reader = match Reader::open(&path, FORM).map_err(|error| error.kind()) {
            Ok(reader) => reader,
            Err(io::ErrorKind::InvalidData) => return broken("another press wrote it"),
            Err(io::ErrorKind::UnexpectedEof) => return broken("it is not whole"),
            Err(_) => return Self::default(),
        };
        let state = Self::first(&mut reader);
        let read = || state?.with_segments(reader.finish()?);
        let mut state = read().unwrap_or_else(|| broken("it is not whole"));
        state.full = state.full();
        state
    }

    /// The names of folders that hold [`MANY`] folders or more.
    fn full(&self) -> Vec<String> {
        let folders = (0..self.folders.len()).filter_map(|it| list::parent(self.folder(it)?.0));
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        folders.for_each(|above| *counts.entry(above).or_default() += 1);
        let full = counts.into_iter().filter(|(_, count)| *count >= MANY);
        full.map(|(name, _)| name.to_owned()).collect()
    }

    /// Reads the first segment.
    fn first(from: &mut impl Source) -> Option<Self> {
        let is_known = is_of_this_boot(from)?;
        let (files, mut folders) = (Table::read(from)?, folders::read(from)?);
        if !is_known {
            folders.iter_mut().for_each(|folder| folder.stamp = None);
        }
        let mut state = Self { files, folders, ..Self::default() };
        state.read_rest(from)?;
        Some(state)
    }

    /// Reads the recipes of windows and what is known of the list, which stand at the end of each segment.
    fn read_rest(&mut self, from: &mut impl Source) -> Option<()> {
        let count = usize::try_from(from.number()?).ok()?;
        self.windows.reserve(count.min(from.left() / size_of::<[Hash; 2]>()));
        for _ in 0..count {
            self.windows.insert(from.array()?, from.array()?);
        }
        self.list = Some(Listed { file: Record::read(from)?, articles: from.array()? });
        (from.left() == 0).then_some(())
    }

    /// Reads the segments behind the first one.
    fn with_segments(mut self, (bytes, mut end): (Vec<u8>, End)) -> Option<Self> {
        let mut later: BTreeMap<String, (Record, u32)> = BTreeMap::new();
        let from = end.length();
        while let Some((content, next)) = segments::next((&bytes, from), FORM.len(), Some(end)) {
            self.segment(&mut Cursor::new(bytes.get(content)?), &mut later)?;
            end = next;
        }
        let files = later.iter().map(|(name, (record, folder))| (name.as_str(), *record, *folder));
        self.later = Table::of(files);
        self.order.reserve(self.files.len() + self.later.len());
        let mut place = 0;
        for new in 0..self.later.len() {
            let behind = self.files.behind(self.later.name(new));
            self.order.extend((place..behind).filter(|place| !self.gone.contains(place)));
            self.order.push(self.files.len() + new);
            place = behind;
        }
        self.order.extend((place..self.files.len()).filter(|place| !self.gone.contains(place)));
        self.end = Some(end);
        Some(self)
    }

    fn segment(
        &mut self,
        cursor: &mut Cursor<'_>,
        later: &mut BTreeMap<String, (Record, u32)>,
    ) -> Option<()> {
        let is_known = is_of_this_boot(cursor)?;
        for _ in 0..cursor.number()? {
            let name = cursor.text()?;
            later.remove(name);
            self.gone.extend(self.files.search(name));
        }
        let files = Table::read(cursor)?;
        for place in 0..files.len() {
            let (name, record) = (files.name(place), *files.record(place)?);
            let folder = u32::try_from(files.folder(place)?).ok()?;
            self.gone.extend(self.files.search(name));
            later.insert(name.to_owned(), (record, folder));
        }
        for _ in 0..cursor.number()? {
            let name = Name::Own(cursor.text()?.to_owned());
            self.folders.push(Folder { name, stamp: None });
        }
        for _ in 0..cursor.number()? {
            let number = usize::try_from(cursor.number()?).ok()?;
            let stamp = folders::read_stamp(cursor)?;
            self.folders.get_mut(number)?.stamp = stamp.filter(|_| is_known);
        }
        self.read_rest(cursor)
    }

    /// The number of the folder that a file is in.
    pub(super) fn folder_of(&self, place: usize) -> Option<usize> {
        let (table, place) = self.table(place);
        table.folder(place).filter(|folder| *folder < self.folders.len())
    }

    /// The names of folders that hold many folders.
    pub(super) fn full_folders(&self) -> impl Iterator<Item = &str> {
        self.full.iter().map(String::as_str)
    }

    /// How many folders there are.
    pub(super) fn folders(&self) -> usize {
        self.folders.len()
    }

    /// The name of a folder, and how it was when all of its files were as the state has them.
    pub(super) fn folder(&self, number: usize) -> Option<(&str, Option<FolderStamp>)> {
        let Folder { name, stamp } = self.folders.get(number)?;
        let name = match name {
            Name::Of(file) => list::parent(self.name(*file)).unwrap_or_default(),
            Name::Own(name) => name,
        };
        Some((name, *stamp))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Record> {
        self.find(name).and_then(|place| self.record(place))
    }

    /// The table that has a place, and the place there.
    fn table(&self, place: usize) -> (&Table, usize) {
        match place.checked_sub(self.files.len()) {
            None => (&self.files, place),
            Some(place) => (&self.later, place),
        }
    }

    /// The place of a file in the state.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let later = || self.later.search(name).map(|place| self.files.len() + place);
        self.files.find(name).filter(|place| !self.gone.contains(place)).or_else(later)
    }

    pub(super) fn record(&self, place: usize) -> Option<&Record> {
        let (table, place) = self.table(place);
        table.record(place)
    }

    /// The places of the files that were made of a recipe.
    pub(super) fn made_of(&self, recipe: Hash) -> impl Iterator<Item = usize> {
        let files = self.files.made_of(recipe).filter(|place| !self.gone.contains(place));
        let first = self.files.len();
        files.chain(self.later.made_of(recipe).map(move |place| first + place))
    }

    pub(super) fn name(&self, place: usize) -> &str {
        let (table, place) = self.table(place);
        table.name(place)
    }

    /// How many places there are.
    pub(super) fn places(&self) -> usize {
        self.files.len() + self.later.len()
    }

    /// The places of all files in the order of their names.
    pub(super) fn order(&self) -> &[usize] {
        &self.order
    }

    /// The names of all files, in their order.
    pub(super) fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.order.iter().map(|place| self.name(*place))
    }
}

/// Whether a segment was written since the machine was started. How folders were before is not gone by.
fn is_of_this_boot(from: &mut impl Source) -> Option<bool> {
    let (before, now) = (from.array()?, folders::boot());
    Some(before == now && now != Hash::default())
}

fn path(place: &Path) -> Option<PathBuf> {
    let name = place.file_name()?.to_str()?;
    Some(place.with_file_name(format!("{NAME}{name}")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;
    use crate::hash::hash;

    #[test]
    fn a_state_that_is_cut_changed_or_of_another_press_is_no_state() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("site");
        let file = folder.path().join("a b.html");
        fs::write(&file, "a").unwrap();
        let found = fs::metadata(&file).unwrap();
        let [first, second] =
            [None, Some([7; 16])].map(|recipe| Record::new(hash(&[b"a"]), &found, recipe));
        let list = Listed { file: first, articles: [3; 16] };
        let names = ["c", "tin/a b.html"];
        let writing = Writing::begin(&place, &[(names[0], &first), (names[1], &second)]);
        let window = Window { name: [1; 16], recipe: [2; 16], is_new: true };
        writing.unwrap().end(&[None; 2], &[window], &list).unwrap();
        let state = State::read(&place);
        assert_eq!(names.map(|it| state.get(it)), [Some(&first), Some(&second)]);
        assert_eq!((state.names().collect::<Vec<_>>(), state.list), (names.to_vec(), Some(list)));
        assert_eq!(state.windows.get(&[1; 16]), Some(&[2; 16]));
        assert!(second.is(&found) && state.broken.is_none() && state.get("tin/a").is_none());
        let path = path(&place).unwrap();
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            let mut other = whole.clone();
            other[length] ^= 1;
            for bad in [&whole[..length], &other] {
                fs::write(&path, bad).unwrap();
                let state = State::read(&place);
                assert!(state.broken.is_some() && state.names().len() == 0, "{length}");
            }
        }
    }
}
