//! The output folder: the new site is written as a draft, and takes the place of the old one when it is complete.

mod draft_folder;
mod finish;
mod old;

use std::cell::LazyCell;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use anyhow::{Context as _, Result, bail};
use rustc_hash::FxHashSet;

use super::list;
use super::state::{Found, PendingState, Record};
use super::turn::Turn;
use crate::edition::{Book, BundleFile, Diagnostic, Problem, is_place_key, place_key};
use crate::hash::{Copying, Hash, hash, short_hash, short_hash_of};
use draft_folder::DraftFolder;
use old::OldSite;

/// What a print changed in the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New files, relative to the site.
    pub added: Vec<String>,
    /// Files with other bytes than before.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub removed: Vec<String>,
    /// How many files stay as they are, with their times.
    pub kept: usize,
}

/// A site that is being written. Dropped before it is finished, it leaves nothing behind.
pub(super) struct Output {
    old: OldSite,
    draft: DraftFolder,
    /// Who has which place.
    book: Book,
    /// What was written, or stays without being known.
    written: Mutex<Vec<Written>>,
    /// The hashes of the names of that as they are compared: the names would be held twice.
    places: RwLock<FxHashSet<Hash>>,
    /// Held as long as the site is written.
    _turn: Turn,
}

/// A file that was written.
struct Written {
    name: String,
    record: Record,
    /// Whether it is in the draft. Otherwise it stays where it is.
    in_draft: bool,
}

impl Output {
    /// Begins a site that will be at `place`, with the places that `book` gives out. `wait` is told who prints there
    /// already, if that is to be waited for.
    /// `state` has what is known of it, where that was asked for before.
    pub(super) fn begin(
        place: &Path,
        book: Book,
        wait: Option<&dyn Fn(&str)>,
        state: Option<&PendingState>,
    ) -> Result<Self> {
        // A link to a folder stays, and the folder behind it is printed into.
        let place = match place.canonicalize() {
            Ok(real) => real,
            Err(_) => std::path::absolute(place)?,
        };
        let turn = Turn::take(&place, wait)?;
        let old = OldSite::at(&place, state)?;
        let draft = DraftFolder::of(&place)?;
        let (written, places) = (Mutex::default(), RwLock::default());
        Ok(Self { old, draft, book, written, places, _turn: turn })
    }

    /// Why the files of the site had to be compared though there is a state.
    pub(super) fn broken_state(&self) -> Option<&'static str> {
        self.old.state.broken
    }

    /// Writes a file, unless the site has it already. `name` is relative to the site. That a file is written twice, or
    /// has no place in the address book, is a mistake of the press.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.write_made_of(name, bytes, None)
    }

    /// The same for a file that is made of what `recipe` is the hash of, and of nothing else.
    pub(super) fn write_made_of(
        &self,
        name: &str,
        bytes: &[u8],
        recipe: Option<Hash>,
    ) -> Result<()> {
        self.take(name)?;
        self.put(name, bytes, recipe)
    }

    /// Copies a file that the press has made before into the site. Its name changes with its content.
    pub(super) fn copy(&self, from: &Path, name: &str) -> Result<()> {
        if self.keep_known(name, |_| true)?.is_some() {
            return Ok(());
        }
        let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
        self.write(name, &bytes)
    }

    /// Keeps a file of the site that was made of the same. Says how many bytes it has, and nothing if it has to be
    /// written.
    pub(super) fn keep_made_of(&self, name: &str, recipe: Hash) -> Result<Option<u64>> {
        self.keep_known(name, |record| record.recipe == Some(recipe))
    }

    /// The same for several files, most of which are in one folder.
    pub(super) fn keep_all_made_of(
        &self,
        folder: &str,
        names: &[String],
        recipe: Hash,
    ) -> Result<Vec<Option<u64>>> {
        let state = &self.old.state;
        let find = self.in_folder(folder);
        let keep = |name: &String| match state.made_of(recipe).find(|at| state.name(*at) == *name) {
            Some(at) => self.keep_at(at, name, &find),
            None => Ok(None),
        };
        names.iter().map(keep).collect()
    }

    /// The recipe that the page of an article had whose related news were chosen from a window of this name.
    pub(super) fn recipe_of(&self, window: Hash) -> Option<Hash> {
        self.old.state.windows.get(&window).copied()
    }

    /// Asks for files most of which are in one folder, for which links are looked for once.
    fn in_folder(&self, folder: &str) -> impl Fn(&str) -> Option<Found> {
        let there = &self.old.there;
        let has_folder = LazyCell::new(|| there.has_folder(folder));
        move |name| match list::parent(name).unwrap_or_default() == folder {
            true => there.file_in(folder, name).filter(|_| *has_folder),
            false => there.file(name),
        }
    }

    /// Keeps all files that were made of a recipe, if there are so many, `document` is one of them, and each is as it was.
    /// Says how many bytes the document has.
    pub(super) fn keep_page(
        &self,
        document: &str,
        recipe: Hash,
        count: usize,
    ) -> Result<Option<u64>> {
        let state = &self.old.state;
        let find = self.in_folder(list::parent(document).unwrap_or_default());
        let (mut kept, mut size) = (0, None);
        for at in state.made_of(recipe) {
            let (Some(record), name) = (state.record(at), state.name(at)) else { return Ok(None) };
            let is_there = || find(name).is_some_and(|found| record.is(found));
            if !self.old.is_sure(at) && !is_there() {
                return Ok(None);
            }
            kept += 1;
            if name == document {
                size = Some(record.size);
            }
        }
        if kept != count || size.is_none() {
            return Ok(None);
        }
        // Who makes a page of a recipe has its place: the recipe says which page it is.
        state.made_of(recipe).try_for_each(|at| self.stay(at, state.name(at)))?;
        Ok(size)
    }

    /// Keeps a file of the site that is as the press wrote it, if what is known of it is right.
    fn keep_known(
        &self,
        name: &str,
        is_right: impl FnOnce(&Record) -> bool,
    ) -> Result<Option<u64>> {
        let state = &self.old.state;
        let at = state.find(name).filter(|at| state.record(*at).is_some_and(is_right));
        at.map_or(Ok(None), |at| self.keep_at(at, name, |name| self.old.there.file(name)))
    }

    /// Keeps a file that the state knows by its number, if it is as the press wrote it.
    fn keep_at(
        &self,
        at: usize,
        name: &str,
        find: impl FnOnce(&str) -> Option<Found>,
    ) -> Result<Option<u64>> {
        let record = self.old.state.record(at);
        let is_there =
            |it: &&Record| self.old.is_sure(at) || find(name).is_some_and(|found| it.is(found));
        let Some(record) = record.filter(is_there) else {
            return Ok(None);
        };
        self.must_have_a_place(name)?;
        self.stay(at, name)?;
        Ok(Some(record.size))
    }

    /// Lets a file stay that the state knows by its number.
    fn stay(&self, at: usize, name: &str) -> Result<()> {
        // Whether one that is written has the place is asked when all are.
        let again = self.old.stay(at);
        if again || (!is_place_key(name) && !self.take_place(name)) {
            bail!("{name} would be written twice: this is a bug of the press");
        }
        Ok(())
    }

    fn must_have_a_place(&self, name: &str) -> Result<()> {
        if self.book.owner_of(name).is_none() {
            bail!("{name} has no place in the address book: this is a bug of the press");
        }
        Ok(())
    }

    /// Takes the place of a file.
    fn take(&self, name: &str) -> Result<()> {
        self.must_have_a_place(name)?;
        if !self.take_place(name) {
            bail!("{name} would be written twice: this is a bug of the press");
        }
        Ok(())
    }

    /// Takes the place of a file; says whether it was free.
    fn take_place(&self, name: &str) -> bool {
        let key = place_key(name);
        let place = hash(&[key.as_bytes()]);
        let mut places = self.places.write().unwrap_or_else(PoisonError::into_inner);
        !self.old.stays(&key) && places.insert(place)
    }

    fn written(&self) -> MutexGuard<'_, Vec<Written>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, name: &str, record: Record, in_draft: bool) {
        let written = Written { name: name.to_owned(), record, in_draft };
        self.written().push(written);
    }

    /// Puts a file into the draft, unless the site has these bytes under this name.
    fn put(&self, name: &str, bytes: &[u8], recipe: Option<Hash>) -> Result<()> {
        let hash = hash(&[bytes]);
        self.old.look_at_folder_of(name);
        let same = |found: &Found| match self.old.state.get(name) {
            Some(record) if record.is(*found) => record.hash == hash,
            _ => {
                found.size == bytes.len() as u64
                    && fs::read(self.old.place.join(name)).is_ok_and(|old| old == bytes)
            }
        };
        if let Some(found) = self.old.own(name).filter(same) {
            self.enter(name, Record::new(hash, found, recipe), false);
            return Ok(());
        }
        let mut file = self.draft.create(name)?;
        let written = file.write_all(bytes).and_then(|()| file.metadata());
        let found = written.with_context(|| format!("cannot write {name}"))?;
        self.enter(name, Record::new(hash, &found, recipe), true);
        Ok(())
    }

    /// The names of what was written.
    pub(super) fn names(&self) -> Vec<String> {
        let kept = self.old.staying(0).into_iter().map(|(name, _)| name.to_owned());
        let written = self.written();
        let mut names: Vec<String> = kept.chain(written.iter().map(|it| it.name.clone())).collect();
        names.sort_unstable();
        names
    }

    /// Writes a file that belongs to another one and that a site can do without, unless its name is another's place.
    /// Says whether it was written.
    pub(super) fn write_beside(&self, name: &str, bytes: &[u8]) -> Result<bool> {
        let free = self.book.is_free(name) && !self.is_of_publisher(name) && self.take_place(name);
        if free {
            self.put(name, bytes, None)?;
        }
        Ok(free)
    }

    /// What the press wrote under a name into the site that is replaced.
    pub(super) fn old_bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.old.bytes(name)
    }

    /// Whether something that the press has not written has a file's name in the site's place, or that of a folder
    /// it would be in.
    pub(super) fn is_of_publisher(&self, name: &str) -> bool {
        self.old.is_of_publisher(name)
    }

    /// How many files were written so far.
    pub(super) fn count(&self) -> usize {
        self.old.count() + self.written().len()
    }

    fn is_written(&self, name: &str) -> bool {
        let key = place_key(name);
        let places = || self.places.read().unwrap_or_else(PoisonError::into_inner);
        self.old.stays(&key) || places().contains(&hash(&[key.as_bytes()]))
    }

    /// Copies a file of the edition into the site, and says how many bytes it has.
    pub(super) fn publish(&self, file: &BundleFile, name: &str) -> Result<u64> {
        // Its name changes with its content.
        if name.ends_with(&file.to)
            && let Some(size) = self.keep_known(name, |_| true)?
        {
            return Ok(size);
        }
        // The bytes only: a publisher's read-only picture must not make a site that cannot be
        // replaced. A film may be larger than the memory.
        if file.plays() {
            self.take(name)?;
            let made = self.draft.create(name)?;
            let copied = File::open(&file.from).and_then(|mut from| {
                let hash = short_hash_of(Copying(&mut from, &made))?;
                Ok((hash, made.metadata()?))
            });
            let (short, found) =
                copied.with_context(|| format!("cannot copy {}", file.from.display()))?;
            if !file.is_as_read(&short) {
                return Err(Diagnostic::new(&file.from, Problem::FileChanged).into());
            }
            // The name has a hash of the bytes.
            let hash = hash(&[name.as_bytes()]);
            self.enter(name, Record::new(hash, &found, None), true);
            return Ok(found.len());
        }
        let bytes = file.bytes().with_context(|| format!("cannot read {}", file.from.display()))?;
        if !file.is_as_read(&short_hash(&bytes)) {
            return Err(Diagnostic::new(&file.from, Problem::FileChanged).into());
        }
        self.write(name, &bytes)?;
        Ok(bytes.len() as u64)
    }

    /// Reads what was written under a name.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>> {
        // What is not in the draft stays where it is.
        let read = match fs::read(self.draft.path.join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::read(self.old.place.join(name))
            }
            read => read,
        };
        read.with_context(|| format!("cannot read {name}"))
    }

    /// Takes files over from the site that is replaced: those of a folder whose names begin like this and carry
    /// the hash of their bytes.
    pub(super) fn keep(&self, folder: &str, stem: &str) -> Result<()> {
        let start = format!("{folder}/{stem}");
        for name in self.old.names().filter(|name| name.starts_with(&start)) {
            let hash = name.strip_prefix(&start).and_then(|rest| rest.split('.').next());
            // Not a file that the publisher has deleted since.
            let bytes = hash.and_then(|_| self.old_bytes(name));
            if let Some(bytes) = bytes.filter(|bytes| Some(&*short_hash(bytes)) == hash)
                && !self.is_written(name)
            {
                self.write(name, &bytes)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
