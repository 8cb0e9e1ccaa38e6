//! The state: what the press knows of the files it wrote, so that the next print writes and renders only what is
//! different. It is kept beside the output folder, as `.press-state-<name of the folder>`, so that no host is sent it.
//!
//! It is a cache. A file counts as unchanged only if its size, time and inode are those that the state has, in a large
//! site also if its folder is as it was (`folders`); anything else, a missing or broken state too, makes the press compare
//! bytes. So a state of another site, or one that is older than the files, costs time and never a wrong page.

mod folders;
mod table;

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rustc_hash::FxHashMap;
use rustix::fs::{AtFlags, FileType, statat};

use super::list;
use crate::hash::{Hash, InParts, hash_in_parts};
use folders::Folder;
pub(super) use folders::Was;
use table::{Cursor, Table};

/// How the name of a state begins.
const NAME: &str = ".press-state-";
/// How the file begins; a state that begins otherwise is read by nobody.
const FORM: &[u8; 16] = b"press state 0005";

/// So many bytes at the end of the file are of the list: whether there is one, its record, and the hash of its articles.
const LISTED: usize = 1 + RECORD + 16;
/// How many bytes a record has.
const RECORD: usize = 16 + 8 + 8 + 4 + 8 + 1 + 16;

/// What is known of a file of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// Of its bytes.
    pub(super) hash: Hash,
    /// In bytes.
    pub(super) size: u64,
    time: Time,
    inode: u64,
    /// Of all that its bytes were made of, where that is known.
    pub(super) recipe: Option<Hash>,
}

/// When a file was written: seconds since 1970, and nanoseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Time(i64, u32);

/// How a file is now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) is_file: bool,
    pub(super) is_folder: bool,
    /// In bytes.
    pub(super) size: u64,
    time: Time,
    /// When it itself changed: its owner, its name, its content.
    changed: Time,
    inode: u64,
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
    pub(super) fn below(folder: &OwnedFd, path: &str) -> Option<Self> {
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
pub(super) struct Listed {
    /// The file. The state has the names that are in it.
    pub(super) file: Record,
    /// The hash of the articles in it.
    pub(super) articles: Hash,
}

/// The state of a site that is read on another core, while something else is done.
#[derive(Debug)]
pub struct PendingState {
    place: PathBuf,
    state: Mutex<Option<JoinHandle<State>>>,
    trust: Trust,
}

/// What a folder is gone by for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trust {
    /// In sites of so many files each is asked for.
    pub(super) each_of: usize,
    /// How long after a change a folder may change again without a trace.
    pub(super) step: Duration,
}

impl Default for Trust {
    /// 50,000 questions take some tens of milliseconds. File systems note changes in steps of 2 s at most (FAT).
    fn default() -> Self {
        Self { each_of: 50_000, step: Duration::from_secs(2) }
    }
}

impl PendingState {
    /// Begins to read what is known of the site in the folder `out`. Whatever happens there meanwhile: what is known of a
    /// file holds while the file is as it was.
    pub fn of(out: &Path) -> Self {
        let place = out.canonicalize().unwrap_or_else(|_| out.to_owned());
        let of = place.clone();
        let reading = std::thread::Builder::new().spawn(move || State::read(&of));
        Self { place, state: Mutex::new(reading.ok()), trust: Trust::default() }
    }

    /// The same for a site in which each file is asked for only if there are no more than so many. The others are taken as
    /// they were where their folder is as it was, on a file system that notes changes in steps of this time.
    #[must_use]
    pub fn asking_each_of(self, count: usize, step: Duration) -> Self {
        Self { trust: Trust { each_of: count, step }, ..self }
    }

    pub(super) fn trust(&self) -> Trust {
        self.trust
    }

    /// The state of the site at `place`.
    pub(super) fn take(&self, place: &Path) -> State {
        let reading = self.state.lock().unwrap_or_else(PoisonError::into_inner).take();
        let reading = reading.filter(|_| self.place == place);
        reading.and_then(|it| it.join().ok()).unwrap_or_else(|| State::read(place))
    }
}

/// What is known of all files of a site, by their names.
#[derive(Debug, Default)]
pub(super) struct State {
    files: Table,
    folders: Vec<Folder>,
    pub(super) list: Option<Listed>,
    /// Why nothing is known though something was kept.
    pub(super) broken: Option<&'static str>,
}

impl Record {
    pub(super) fn new(hash: Hash, found: impl Into<Found>, recipe: Option<Hash>) -> Self {
        let Found { size, time, inode, .. } = found.into();
        Self { hash, size, time, inode, recipe }
    }

    /// Whether a file is still the one that was recorded.
    pub(super) fn is(&self, found: impl Into<Found>) -> bool {
        let found = found.into();
        found.is_file && *self == Self::new(self.hash, found, self.recipe)
    }

    fn write(&self, into: &mut impl Write) -> io::Result<()> {
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
        into.write_all(&all)
    }

    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let (hash, size) = (cursor.array()?, u64::from_le_bytes(cursor.array()?));
        let time = Time(i64::from_le_bytes(cursor.array()?), u32::from_le_bytes(cursor.array()?));
        let inode = u64::from_le_bytes(cursor.array()?);
        let [has_recipe] = cursor.array()?;
        let recipe = cursor.array()?;
        Some(Self { hash, size, time, inode, recipe: (has_recipe == 1).then_some(recipe) })
    }
}

impl State {
    /// Reads the state of the site at `place`. There is none, or one that is broken: nothing is known then.
    pub(super) fn read(place: &Path) -> Self {
        let Some(bytes) = path(place).and_then(|path| fs::read(path).ok()) else {
            return Self::default();
        };
        let broken = |why| Self { broken: Some(why), ..Self::default() };
        if !bytes.starts_with(FORM) {
            return broken("another press wrote it");
        }
        let end = bytes.len().checked_sub(size_of::<Hash>());
        let whole = end.and_then(|end| bytes.split_at_checked(end));
        let whole = whole.filter(|(content, check)| hash_in_parts(content) == **check);
        let Some((content, _)) = whole else { return broken("it is not whole") };
        Self::parse(content).unwrap_or_else(|| broken("it is not whole"))
    }

    fn parse(content: &[u8]) -> Option<Self> {
        let content = content.get(FORM.len()..)?;
        let (files, list) = content.split_at_checked(content.len().checked_sub(LISTED)?)?;
        let mut cursor = Cursor::new(list);
        let [has_list] = cursor.array()?;
        let list = Listed { file: Record::read(&mut cursor)?, articles: cursor.array()? };
        let mut cursor = Cursor::new(files);
        let (files, folders) = (Table::read(&mut cursor)?, folders::read(&mut cursor)?);
        let list = (has_list == 1).then_some(list);
        cursor.is_at_end().then_some(Self { files, folders, list, broken: None })
    }

    /// The number of the folder that a file is in.
    pub(super) fn folder_of(&self, place: usize) -> Option<usize> {
        self.files.folder(place).filter(|folder| *folder < self.folders.len())
    }

    /// How many folders there are.
    pub(super) fn folders(&self) -> usize {
        self.folders.len()
    }

    /// The name of a folder, and how it was when all of its files were as the state has them.
    pub(super) fn folder(&self, number: usize) -> Option<(&str, Option<Was>)> {
        let Folder { file, was } = self.folders.get(number)?;
        Some((list::parent(self.name(*file)).unwrap_or_default(), *was))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Record> {
        self.find(name).and_then(|place| self.record(place))
    }

    /// The place of a file in the state.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.files.find(name)
    }

    pub(super) fn record(&self, place: usize) -> Option<&Record> {
        self.files.record(place)
    }

    /// The places of the files that were made of a recipe.
    pub(super) fn made_of(&self, recipe: Hash) -> impl Iterator<Item = usize> {
        self.files.made_of(recipe)
    }

    pub(super) fn name(&self, place: usize) -> &str {
        self.files.name(place)
    }

    /// The names of all files, in their order.
    pub(super) fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.files.len()).map(|place| self.files.name(place))
    }
}

/// A state that takes the place of what was known before when it ends. Given up, it leaves nothing behind.
pub(super) struct Writing<'a> {
    /// What was known before, and where this is written.
    path: PathBuf,
    draft: PathBuf,
    file: Option<InParts<File>>,
    /// The folders by their numbers, each with the place of a file in it.
    folders: Vec<(&'a str, u32)>,
}

impl<'a> Writing<'a> {
    /// Writes what is known of the files at `place`, in their order. `None` where that cannot be kept.
    pub(super) fn begin(place: &Path, files: &[(&'a str, &Record)]) -> Option<Self> {
        let path = path(place)?;
        let mut draft = path.clone().into_os_string();
        draft.push(".new");
        let draft = PathBuf::from(draft);
        let file = File::create(&draft).ok()?;
        let mut writing = Self { path, draft, file: None, folders: Vec::new() };
        let numbers = writing.number(files);
        let mut file = InParts::new(file);
        file.write_all(FORM).and_then(|()| table::write(files, &numbers, &mut file)).ok()?;
        writing.file = Some(file);
        Some(writing)
    }

    /// Gives folders their numbers, and says which one each file is in.
    fn number(&mut self, files: &[(&'a str, &Record)]) -> Vec<u32> {
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut last = None;
        let number = |(place, (name, _)): (usize, &(&'a str, &Record))| {
            let folder = list::parent(name).unwrap_or_default();
            match last {
                Some((before, number)) if before == folder => number,
                _ => {
                    // There are less files than numbers, or the table is not written.
                    let number = *known.entry(folder).or_insert_with(|| {
                        self.folders.push((folder, place as u32));
                        (self.folders.len() - 1) as u32
                    });
                    last = Some((folder, number));
                    number
                }
            }
        };
        files.iter().enumerate().map(number).collect()
    }

    /// The names of the folders, by their numbers.
    pub(super) fn folders(&self) -> Vec<&'a str> {
        self.folders.iter().map(|(name, _)| *name).collect()
    }

    /// Adds how the folders were, by their numbers, when the files in them were; and what is known of the list, which is
    /// there last.
    pub(super) fn end(mut self, folders: &[Option<Was>], list: Option<&Listed>) -> io::Result<()> {
        let nothing =
            Record { hash: [0; 16], size: 0, time: Time::default(), inode: 0, recipe: None };
        let mut file = self.file.take().ok_or(io::ErrorKind::NotFound)?;
        let places = self.folders.iter().map(|(_, place)| *place);
        let folders: Vec<_> = places.zip(folders.iter().copied()).collect();
        folders::write(&folders, &mut file)?;
        file.write_all(&[u8::from(list.is_some())])?;
        list.map_or(&nothing, |list| &list.file).write(&mut file)?;
        file.write_all(&list.map(|list| list.articles).unwrap_or_default())?;
        file.end()?;
        fs::rename(&self.draft, &self.path)
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        // One that has ended is there no more.
        let _ = fs::remove_file(&self.draft);
    }
}

fn path(place: &Path) -> Option<PathBuf> {
    let name = place.file_name()?.to_str()?;
    Some(place.with_file_name(format!("{NAME}{name}")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
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
        writing.unwrap().end(&[None; 2], Some(&list)).unwrap();
        let state = State::read(&place);
        assert_eq!(names.map(|it| state.get(it)), [Some(&first), Some(&second)]);
        assert_eq!((state.names().collect::<Vec<_>>(), state.list), (names.to_vec(), Some(list)));
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
