//! The output folder: the new site is written as a draft, and takes the place of the old one when it is complete.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::hash::BuildHasher as _;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use anyhow::{Context as _, Result, bail};
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::folder::{self, DRAFT};
use super::list::{self, List, Live};
use super::place::{self, Replacement};
use super::state::{Ahead, Found, Listed, Record, State, Writing};
use super::there::There;
use super::turn::Turn;
use crate::edition::{Book, BundleFile, Diagnostic, Problem, place_key};
use crate::hash::{Copying, Hash, hash, short_hash, short_hash_of};

/// A file that every site has, and by which a folder is known to be one.
pub(super) const MARK: &str = "site.json";
/// So many files are moved into the site one by one, which takes some milliseconds. More are exchanged in one step,
/// for which every file that stays needs a link.
const FEW: usize = 1_000;

/// How many numbers have the bits of the places that are taken.
const TAKEN: usize = 1_024;

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
    /// Where the site will be.
    place: PathBuf,
    /// The site that is there.
    there: There,
    /// Where it is written.
    draft: PathBuf,
    /// Who has which place.
    book: Book,
    /// Whether that is beside the place, so that the two can be exchanged.
    beside: bool,
    /// What the press wrote into the site that is there.
    old: Option<Old>,
    /// What is known of its files.
    state: State,
    /// Which of the files that the state knows stay as they are.
    kept: Vec<AtomicBool>,
    /// What was written, or kept without being known.
    written: Mutex<Vec<Written>>,
    /// The hashes of the names of that as they are compared: the names would be held twice.
    places: RwLock<FxHashSet<Hash>>,
    /// A bit for every few places that are taken: where it is not set, none of them is.
    taken: Vec<AtomicU64>,
    /// The folders of the draft that are made.
    folders: RwLock<FxHashSet<PathBuf>>,
    /// The lock of the draft, by which others see that it is not left behind.
    lock: Option<File>,
    /// Held as long as the site is written.
    _turn: Turn,
}

/// What the press wrote into a site.
#[derive(Debug)]
enum Old {
    /// By the list in the site.
    List(List),
    /// By the state, which has the same names.
    State,
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
    /// `ahead` has what is known of it, where that was asked for before.
    pub(super) fn begin(
        place: &Path,
        book: Book,
        wait: Option<&dyn Fn(&str)>,
        ahead: Option<&Ahead>,
    ) -> Result<Self> {
        // A link to a folder stays, and the folder behind it is printed into.
        let place = match place.canonicalize() {
            Ok(real) => real,
            Err(_) => std::path::absolute(place)?,
        };
        let turn = Turn::take(&place, wait)?;
        let state = ahead.map_or_else(|| State::read(&place), |it| it.take(&place));
        let list = place.join(list::NAME).symlink_metadata().ok();
        let old = match list.zip(state.list).is_some_and(|(found, known)| known.file.is(&found)) {
            true => Some(Old::State),
            false => folder::open(&place)?.map(Old::List),
        };
        let parent = place.parent().context("the root of all folders cannot hold a site")?;
        let name = place.file_name().context("the output folder needs a name")?.to_string_lossy();
        let near = format!("{DRAFT}{name}-");
        clear(parent, &near, &place)?;
        clear(&place, DRAFT, &place)?;
        let draft = parent.join(format!("{near}{}", std::process::id()));
        let (draft, beside) = match prepare(&draft, &place) {
            Ok(()) => (draft, true),
            Err(error) if !place.is_dir() => {
                return Err(error)
                    .with_context(|| format!("cannot write into {}", draft.display()));
            }
            // A folder that is mounted, or whose surroundings are somebody else's, is written into.
            Err(_) => {
                let draft = place.join(format!("{DRAFT}{}", std::process::id()));
                prepare(&draft, &place)
                    .with_context(|| format!("cannot write into {}", draft.display()))?;
                (draft, false)
            }
        };
        let lock = lock(&draft);
        let kept = state.names().map(|_| AtomicBool::new(false)).collect();
        Ok(Self {
            there: There::open(&place),
            place,
            draft,
            book,
            beside,
            old,
            state,
            kept,
            written: Mutex::default(),
            places: RwLock::default(),
            taken: (0..TAKEN).map(|_| AtomicU64::new(0)).collect(),
            folders: RwLock::default(),
            lock,
            _turn: turn,
        })
    }

    /// The path of a file of the draft, its folder made.
    fn path(&self, name: &str) -> Result<PathBuf> {
        let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if name.is_empty() || !inside {
            bail!("the path {name:?} would leave the site");
        }
        let path = self.draft.join(name);
        if let Some(folder) = path.parent() {
            let is_made =
                self.folders.read().unwrap_or_else(PoisonError::into_inner).contains(folder);
            if !is_made {
                fs::create_dir_all(folder)?;
                let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
                folders.insert(folder.to_owned());
            }
        }
        Ok(path)
    }

    /// Why the files of the site had to be compared though there is a state.
    pub(super) fn broken_state(&self) -> Option<&'static str> {
        self.state.broken
    }

    /// Writes a file, unless the site has it already. `name` is relative to the site. That a file is written twice, or
    /// has no place in the address book, is a mistake of the press.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.write_made_of(name, bytes, None)
    }

    /// Copies a file that the press has made before into the site. Its name changes with its content.
    pub(super) fn copy(&self, from: &Path, name: &str) -> Result<()> {
        if self.keep_known(name, |_| true)?.is_some() {
            return Ok(());
        }
        let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
        self.write(name, &bytes)
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

    /// Keeps a file of the site that was made of the same. Says how many bytes it has, and nothing if it has to be
    /// written.
    pub(super) fn keep_made_of(&self, name: &str, recipe: Hash) -> Result<Option<u64>> {
        self.keep_known(name, |record| record.recipe == Some(recipe))
    }

    /// The same for two files in the folder of a page.
    pub(super) fn keep_page(
        &self,
        folder: &str,
        names: [&str; 2],
        recipe: Hash,
    ) -> Result<[Option<u64>; 2]> {
        let is_right = |record: &Record| record.recipe == Some(recipe);
        let has_folder = LazyCell::new(|| self.there.has_folder(folder));
        let find = |name: &str| self.there.file_in(folder, name).filter(|_| *has_folder);
        let [first, second] = names.map(|name| self.keep_if(name, is_right, find));
        Ok([first?, second?])
    }

    /// Keeps a file of the site that is as the press wrote it, if what is known of it is right.
    fn keep_known(
        &self,
        name: &str,
        is_right: impl FnOnce(&Record) -> bool,
    ) -> Result<Option<u64>> {
        self.keep_if(name, is_right, |name| self.there.file(name))
    }

    fn keep_if(
        &self,
        name: &str,
        is_right: impl FnOnce(&Record) -> bool,
        find: impl FnOnce(&str) -> Option<Found>,
    ) -> Result<Option<u64>> {
        let Some(at) = self.state.find(name) else { return Ok(None) };
        let record = self.state.record(at).filter(|record| is_right(record));
        let found = record.and_then(|record| find(name).filter(|found| record.is(*found)));
        let (Some(record), Some(_)) = (record, found) else { return Ok(None) };
        self.must_have_a_place(name)?;
        let again = self.kept.get(at).is_none_or(|kept| kept.swap(true, Ordering::SeqCst));
        if again || !self.is_alone(name) {
            bail!("{name} would be written twice: this is a bug of the press");
        }
        Ok(Some(record.size))
    }

    /// Whether no other file has a place that is the same on some disks. Of a file that is kept.
    fn is_alone(&self, name: &str) -> bool {
        let key = place_key(name);
        match *key == *name {
            true => !self.is_taken(name),
            false => self.take_place(name),
        }
    }

    /// The number and the bit of a place.
    fn bit(&self, key: &str) -> (Option<&AtomicU64>, u64) {
        let hash = FxBuildHasher.hash_one(key);
        (self.taken.get((hash >> 6) as usize % TAKEN), 1 << (hash & 63))
    }

    /// Whether a file has a place that is not one that is kept.
    fn is_taken(&self, key: &str) -> bool {
        let (number, bit) = self.bit(key);
        let may_be = number.is_none_or(|it| it.load(Ordering::SeqCst) & bit != 0);
        may_be && {
            let places = self.places.read().unwrap_or_else(PoisonError::into_inner);
            places.contains(&hash(&[key.as_bytes()]))
        }
    }

    /// Whether a file that the state knows stays as it is.
    fn is_kept(&self, name: &str) -> bool {
        let kept = self.state.find(name).and_then(|at| self.kept.get(at));
        kept.is_some_and(|kept| kept.load(Ordering::SeqCst))
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
        // Before it is asked what is kept, so that of a file that is kept and one that is written one sees the other.
        if let (Some(number), bit) = self.bit(&key) {
            number.fetch_or(bit, Ordering::SeqCst);
        }
        !self.is_kept(&key) && places.insert(place)
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
        let same = |found: &Found| match self.state.get(name) {
            Some(record) if record.is(*found) => record.hash == hash,
            _ => {
                found.size == bytes.len() as u64
                    && fs::read(self.place.join(name)).is_ok_and(|old| old == bytes)
            }
        };
        if let Some(found) = self.own(name).filter(same) {
            self.enter(name, Record::new(hash, found, recipe), false);
            return Ok(());
        }
        let path = self.path(name)?;
        let written = File::create(&path).and_then(|mut file| {
            file.write_all(bytes)?;
            file.metadata()
        });
        let found = written.with_context(|| format!("cannot write {name}"))?;
        self.enter(name, Record::new(hash, &found, recipe), true);
        Ok(())
    }

    /// A file that the press wrote into the site that is there, if no link leads to it.
    fn own(&self, name: &str) -> Option<Found> {
        self.there.file(name).filter(|_| self.was_written(name))
    }

    /// Whether the press wrote a file of this name into the site that is there.
    fn was_written(&self, name: &str) -> bool {
        match &self.old {
            Some(Old::List(list)) => list.files.contains(name),
            Some(Old::State) => name == list::NAME || self.state.find(name).is_some(),
            None => false,
        }
    }

    /// The names of all files that the press wrote into the site that is there, but for its list.
    fn old_names(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match &self.old {
            Some(Old::List(list)) => {
                Box::new(list.files.iter().map(String::as_str).filter(|it| *it != list::NAME))
            }
            Some(Old::State) => Box::new(self.state.names()),
            None => Box::new(std::iter::empty()),
        }
    }

    /// The files that the state knows and that stay as they are.
    fn kept(&self) -> impl Iterator<Item = (&str, &Record)> {
        let kept = self.kept.iter().map(|kept| kept.load(Ordering::Relaxed));
        let named = self.state.names().zip(kept).enumerate().filter(|(_, (_, kept))| *kept);
        named.filter_map(|(at, (name, _))| Some((name, self.state.record(at)?)))
    }

    /// The names of what was written.
    pub(super) fn names(&self) -> Vec<String> {
        let kept = self.kept().map(|(name, _)| name.to_owned());
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
        self.own(name).and_then(|_| fs::read(self.place.join(name)).ok())
    }

    /// Whether something that the press has not written has a file's name in the site's place, or that of a folder
    /// it would be in.
    pub(super) fn is_of_publisher(&self, name: &str) -> bool {
        let own = |name: &str| self.was_written(name);
        let there = |name: &str| self.place.join(name).symlink_metadata().ok();
        let mut above = std::iter::successors(list::parent(name), |it| list::parent(it));
        (there(name).is_some() && !own(name))
            || above.any(|it| there(it).is_some_and(|found| !found.is_dir()) && !own(it))
    }

    /// How many files were written so far.
    pub(super) fn count(&self) -> usize {
        self.kept().count() + self.written().len()
    }

    fn is_written(&self, name: &str) -> bool {
        let key = place_key(name);
        self.is_kept(&key) || self.is_taken(&key)
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
            let path = self.path(name)?;
            let copied = File::open(&file.from).and_then(|mut from| {
                let hash = short_hash_of(Copying(&mut from, File::create(&path)?))?;
                Ok((hash, fs::symlink_metadata(&path)?))
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
        let read = match fs::read(self.draft.join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::read(self.place.join(name))
            }
            read => read,
        };
        read.with_context(|| format!("cannot read {name}"))
    }

    /// Takes files over from the site that is replaced: those of a folder whose names begin like this and carry
    /// the hash of their bytes.
    pub(super) fn keep(&self, folder: &str, stem: &str) -> Result<()> {
        let start = format!("{folder}/{stem}");
        for name in self.old_names().filter(|name| name.starts_with(&start)) {
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

    /// Puts the site in its place; `place` says how. Refuses before anything is touched if a file of the
    /// publisher's is in the way.
    pub(super) fn finish(self, mut articles: Vec<Live>) -> Result<Changes> {
        let mut written = std::mem::take(&mut *self.written());
        written.par_sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let in_draft = written.iter().filter(|it| it.in_draft);
        let draft: Vec<&str> = in_draft.map(|it| it.name.as_str()).collect();
        articles.par_sort_unstable();
        // Nothing is written any more, and what comes needs memory.
        *self.places.write().unwrap_or_else(PoisonError::into_inner) = FxHashSet::default();
        *self.folders.write().unwrap_or_else(PoisonError::into_inner) = FxHashSet::default();
        self.there.forget();
        let new = written.iter().map(|it| (it.name.as_str(), &it.record));
        let mut all: Vec<(&str, &Record)> = self.kept().chain(new).collect();
        // Two sorted parts.
        all.sort_by_key(|(name, _)| *name);
        let changes = self.changes(&all, &draft);
        let of_articles = hash(&[&serde_json::to_vec(&articles)?]);
        let same_list = changes.added.is_empty()
            && changes.removed.is_empty()
            && matches!(self.old, Some(Old::State))
            && self.state.list.is_some_and(|known| known.articles == of_articles);
        if same_list && written.iter().all(|it| self.state.get(&it.name) == Some(&it.record)) {
            return Ok(changes);
        }
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        let list = match same_list {
            true => None,
            false => Some(list::json(&articles, &names)?),
        };
        let new = New { articles: &articles, names: &names, list: list.as_deref() };
        let put = || self.put_in_place(&new, &draft, &changes);
        let (put, writing) = rayon::join(put, || Writing::begin(&self.place, &all));
        put?;
        // Without it the next print compares what it could know.
        if let Some(writing) = writing
            && let Ok(found) = self.place.join(list::NAME).symlink_metadata()
        {
            let file = Record::new(Hash::default(), &found, None);
            let list = Listed { file, articles: of_articles };
            let _ = writing.end(Some(&list));
        }
        Ok(changes)
    }

    /// What is different between the site that is there and that with the files `all`.
    fn changes(&self, all: &[(&str, &Record)], draft: &[&str]) -> Changes {
        let (changed, added) =
            draft.iter().map(|name| (*name).to_owned()).partition(|name| self.was_written(name));
        let mut new = all.iter().map(|(name, _)| *name).peekable();
        let mut removed = Vec::new();
        // Both are in the order of their names.
        for old in self.old_names() {
            while new.next_if(|name| *name < old).is_some() {}
            if new.peek() != Some(&old) {
                removed.push(old.to_owned());
            }
        }
        Changes { added, changed, removed, kept: all.len() - draft.len() }
    }

    fn put_in_place(&self, new: &New<'_>, draft: &[&str], changes: &Changes) -> Result<()> {
        if draft.is_empty() && changes.removed.is_empty() {
            let is_there = || fs::read(self.place.join(list::NAME)).ok();
            if new.list.is_none_or(|list| is_there().is_some_and(|it| it == list)) {
                return Ok(());
            }
        }
        let write_list = || match new.list {
            Some(list) => fs::write(self.draft.join(list::NAME), list),
            None => Ok(()),
        };
        let nothing = BTreeSet::new();
        let moved = || draft.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
        let replacement = |both| Replacement {
            draft: &self.draft,
            place: &self.place,
            both,
            gone: &changes.removed,
        };
        if self.old.is_none() {
            write_list()?;
            if !self.place.exists() {
                return Ok(fs::rename(&self.draft, &self.place)?);
            }
            let empty = List::new(BTreeSet::new(), Vec::new());
            folder::look(&self.place, &empty)?.must_not_meet(&new.listed(), &self.place)?;
            return replacement(new.list.map(<[u8]>::to_vec)).make(&nothing, &moved());
        }
        // What is in either site. Where nothing is added, the list that is there names all.
        let both = || -> Result<Option<Vec<u8>>> {
            if changes.added.is_empty() {
                return Ok(None);
            }
            let gone = changes.removed.iter().map(String::as_str);
            let mut names: Vec<&str> = new.names.iter().copied().chain(gone).collect();
            names.sort_unstable();
            Ok(Some(list::json(new.articles, &names)?))
        };
        let count = draft.len() + changes.removed.len();
        let few = count <= FEW && count <= changes.kept;
        let gone = changes.removed.iter().map(String::as_str);
        let moved_or_gone = || draft.iter().copied().chain(gone.clone());
        if few && !draft.iter().any(|name| self.own(name).is_none() && self.is_of_publisher(name)) {
            let own = moved_or_gone().filter(|name| self.own(name).is_some());
            let own = own.map(str::to_owned).collect();
            // Where nothing goes, the new list names the files of both sites.
            if changes.removed.is_empty() && !changes.added.is_empty() {
                return replacement(new.list.map(<[u8]>::to_vec)).make(&own, &moved());
            }
            write_list()?;
            return replacement(both()?).make(&own, &moved());
        }
        write_list()?;
        let old = self.old_names().map(str::to_owned).collect();
        let content = folder::look(&self.place, &List::new(old, Vec::new()))?;
        content.must_not_meet(&new.listed(), &self.place)?;
        let exchangeable = self.beside && content.is_own() && self.link(new, draft).is_ok();
        if exchangeable && place::exchange(&self.draft, &self.place) {
            return place::retire(&self.draft, &self.place);
        }
        // A file that somebody took away meanwhile comes out of the links.
        let lost = |name: &&&str| !content.own.contains(**name) && self.draft.join(name).exists();
        let mut moved = moved();
        moved.extend(new.names.iter().filter(lost).map(|name| (*name).to_owned()));
        replacement(both()?).make(&content.own, &moved)
    }

    /// Puts the files that stay into the draft, too, without copying them.
    fn link(&self, new: &New<'_>, draft: &[&str]) -> io::Result<()> {
        let staying = new.names.par_iter().filter(|it| draft.binary_search(it).is_err());
        staying.try_for_each(|name| {
            let to = self.path(name).map_err(io::Error::other)?;
            fs::hard_link(self.place.join(name), to)
        })?;
        let [from, to] = [&self.place, &self.draft].map(|it| it.join(list::NAME));
        if new.list.is_none() || place::same(&from, &to) {
            let _ = fs::remove_file(&to);
            fs::hard_link(from, to)?;
        }
        Ok(())
    }
}

/// What the new site consists of.
struct New<'a> {
    articles: &'a [Live],
    /// All files but the list, in the order of their names.
    names: &'a [&'a str],
    /// The list, unless the one that is there is right.
    list: Option<&'a [u8]>,
}

impl New<'_> {
    fn listed(&self) -> List {
        List::new(self.names.iter().map(|it| (*it).to_owned()).collect(), Vec::new())
    }
}

/// Makes the folder of a draft from which files can be moved to where the site is.
fn prepare(draft: &Path, place: &Path) -> io::Result<()> {
    fs::create_dir_all(draft)?;
    if place.is_dir() {
        let name = format!("{DRAFT}{}-try", std::process::id());
        let (from, to) = (draft.join(&name), place.join(&name));
        fs::write(&from, "")?;
        let moved = fs::rename(&from, &to);
        let _ = fs::remove_file(if moved.is_ok() { to } else { from });
        if moved.is_err() {
            let _ = fs::remove_dir(draft);
        }
        return moved;
    }
    Ok(())
}

/// Locks a folder, if nobody else has and the file system can.
fn lock(folder: &Path) -> Option<File> {
    let handle = File::open(folder).ok()?;
    handle.try_lock().ok().map(|()| handle)
}

/// Whether nobody has locked a folder.
fn is_left(folder: &Path) -> bool {
    let Ok(handle) = File::open(folder) else { return true };
    !matches!(handle.try_lock(), Err(std::fs::TryLockError::WouldBlock))
}

/// Clears away what a press that was killed has left in `folder` under names that begin so and end with its
/// number.
fn clear(folder: &Path, start: &str, place: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(start));
        let is_draft = number.is_some_and(|it| it.bytes().all(|b| b.is_ascii_digit()));
        if is_draft && entry.file_type()?.is_dir() && is_left(&entry.path()) {
            place::retire(&entry.path(), place)?;
        }
    }
    Ok(())
}

impl Drop for Output {
    fn drop(&mut self) {
        // What is under the draft's name is a site that was given up, or what `place` has left of one. An old site
        // with a file of the publisher's in it is none of them.
        if self.draft.exists() {
            let _ = place::retire(&self.draft, &self.place);
        }
        // Closing them is not enough: a process that another thread is just starting has them, too (flock(2)).
        if let Some(lock) = &self.lock {
            let _ = lock.unlock();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
