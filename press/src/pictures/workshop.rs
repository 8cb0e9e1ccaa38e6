//! The workshop: makes the pictures of an edition on all cores, as many at once as the memory allows.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use broadsheet::pictures::widths;

use super::card::Focus;
use super::kind::Kind;
use super::make::{self, Form, Made};
use super::store::{self, Store};
use super::{Refusal, limits, lock};
use crate::progress::Progress;

/// How an edition's pictures are made.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder that keeps what was made for the next print.
    pub store: PathBuf,
    /// How long AVIF files may be made; those that are left come with the next print.
    pub avif: Duration,
    /// Whether to say how far the work is.
    pub progress: bool,
}

/// What a workshop has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pictures that were made.
    pub made: usize,
    /// Pictures that were there from the print before.
    pub kept: usize,
    /// Photographs whose AVIF files are all there.
    pub avif: usize,
    /// Photographs whose AVIF files are left to the next print.
    pub avif_left: usize,
}

/// A picture that was made, and its place in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Names its bytes, and its folder.
    pub(crate) key: String,
    pub(crate) kind: Kind,
    pub(crate) made: Made,
    folder: PathBuf,
}

impl Picture {
    /// Where its file is that is no WebP or AVIF at one of its widths.
    pub(crate) fn plain(&self) -> PathBuf {
        self.folder.join(make::plain_name(&self.made.ending))
    }

    /// Where its file at a width is.
    pub(crate) fn at_width(&self, width: u32, format: &str) -> PathBuf {
        self.folder.join(make::name(width, format))
    }

    /// Where its card is.
    pub(crate) fn card(&self, focus: Focus) -> PathBuf {
        self.folder.join(make::card_name(focus))
    }
}

/// Makes pictures, each once.
#[derive(Debug)]
pub struct Workshop {
    settings: Settings,
    store: OnceLock<Result<Store, String>>,
    memory: Memory,
    made: AtomicUsize,
    kept: AtomicUsize,
    avif: AtomicUsize,
    avif_left: AtomicUsize,
    progress: Progress,
}

impl Workshop {
    /// A workshop; its store is made with the first picture.
    pub fn new(settings: Settings) -> Self {
        let progress = Progress::new(settings.progress);
        Self {
            settings,
            store: OnceLock::new(),
            memory: Memory::default(),
            made: AtomicUsize::new(0),
            kept: AtomicUsize::new(0),
            avif: AtomicUsize::new(0),
            avif_left: AtomicUsize::new(0),
            progress,
        }
    }

    /// What was done so far.
    pub fn counts(&self) -> Counts {
        let count = |it: &AtomicUsize| it.load(Ordering::Relaxed);
        Counts {
            made: count(&self.made),
            kept: count(&self.kept),
            avif: count(&self.avif),
            avif_left: count(&self.avif_left),
        }
    }

    /// The folder for pictures that were fetched from other sites.
    pub(crate) fn remote(&self) -> PathBuf {
        self.settings.store.join(store::REMOTE)
    }

    fn store(&self) -> Result<&Store, Refusal> {
        let store = self
            .store
            .get_or_init(|| Store::open(&self.settings.store).map_err(|error| error.to_string()));
        store.as_ref().map_err(|error| {
            Refusal::Unfit(format!("there is no room for what is made of it ({error})"))
        })
    }

    /// The picture in a file that is as it was at the print before: it is not even read.
    pub(crate) fn known(&self, file: &Path) -> Option<Picture> {
        let store = self.store().ok()?;
        let (kind, key) = store.known(file)?;
        let made = store.find(&key)?;
        self.note(store, &key, &self.kept);
        let folder = store.path(&key, "");
        Some(Picture { key, kind, made, folder })
    }

    /// Makes a picture, unless it is there from the print before.
    pub(crate) fn make(&self, file: &Path, bytes: &[u8], kind: Kind) -> Result<Picture, Refusal> {
        let store = self.store()?;
        let before = fs::metadata(file).ok();
        let key = Store::key(bytes);
        let picture = match store.find(&key) {
            Some(made) => {
                self.note(store, &key, &self.kept);
                Picture { folder: store.path(&key, ""), key, kind, made }
            }
            None => {
                let (made, files) = self.within_memory(bytes, kind, || make::make(bytes, kind))?;
                store.put(&key, &made, &files).map_err(unkept)?;
                self.note(store, &key, &self.made);
                Picture { folder: store.path(&key, ""), key, kind, made }
            }
        };
        store.note(file, before, kind, &picture.key);
        Ok(picture)
    }

    fn note(&self, store: &Store, key: &str, count: &AtomicUsize) {
        store.keep(key);
        let done = count.fetch_add(1, Ordering::Relaxed) + 1;
        if std::ptr::eq(count, &self.made) {
            self.progress.tell(|| format!("{done} pictures made"));
        }
    }

    /// Runs what decodes a picture as soon as there is memory for it.
    fn within_memory<T>(
        &self,
        bytes: &[u8],
        kind: Kind,
        work: impl FnOnce() -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let needed = walled(|| make::memory(bytes, kind))?;
        let _held = self.memory.take(needed);
        walled(work)
    }

    /// Makes the card of a picture cut around its subject, if that is not there, and names its file.
    pub(crate) fn card(&self, picture: &Picture, file: &Path, focus: Focus) -> Result<(), Refusal> {
        let store = self.store()?;
        let name = make::card_name(focus);
        if !store.has(&picture.key, &name) {
            let bytes = read(file)?;
            let (name, card) = self.within_memory(&bytes, picture.kind, || {
                make::make_card(&make::prepare(&bytes, picture.kind)?, focus)
            })?;
            store.add(&picture.key, &name, &card).map_err(unkept)?;
        }
        Ok(())
    }

    /// Makes AVIF files of photographs, those of the first ones first, as far as the time allows, and says of which
    /// all are there. Each comes with the file that it was made of.
    pub(crate) fn make_avif(&self, pictures: &[(Arc<Picture>, PathBuf)]) -> HashSet<String> {
        if pictures.is_empty() {
            return HashSet::new();
        }
        let deadline = Instant::now() + self.settings.avif;
        let next = AtomicUsize::new(0);
        let done = Mutex::new(HashSet::new());
        let Ok(store) = self.store() else { return HashSet::new() };
        rayon::broadcast(|_| {
            while let Some((picture, file)) = pictures.get(next.fetch_add(1, Ordering::Relaxed)) {
                if let Ok(true) = self.avif_of(store, picture, file, deadline) {
                    lock(&done).insert(picture.key.clone());
                    let count = self.avif.fetch_add(1, Ordering::Relaxed) + 1;
                    self.progress
                        .tell(|| format!("AVIF of {count} of {} photographs", pictures.len()));
                } else {
                    self.avif_left.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        self.progress.end();
        done.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn avif_of(
        &self,
        store: &Store,
        picture: &Picture,
        file: &Path,
        deadline: Instant,
    ) -> Result<bool, Refusal> {
        let names = widths(picture.made.width).map(|width| (width, make::name(width, "avif")));
        let missing: Vec<_> = names.filter(|(_, name)| !store.has(&picture.key, name)).collect();
        if missing.is_empty() {
            return Ok(true);
        }
        if Instant::now() >= deadline {
            return Ok(false);
        }
        let bytes = read(file)?;
        self.within_memory(&bytes, picture.kind, || {
            let master = make::prepare(&bytes, picture.kind)?;
            for (width, name) in missing {
                if Instant::now() >= deadline {
                    return Ok(false);
                }
                let avif = make::make_avif(&master, width)?;
                store.add(&picture.key, &name, &avif).map_err(unkept)?;
            }
            Ok(true)
        })
    }

    /// Takes the line of progress away, before something else is said.
    pub fn quiet(&self) {
        self.progress.end();
    }

    /// What tells how far the work is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// After a print: forgets what no picture of it names.
    pub fn tidy(&self) {
        if self.settings.store.is_dir()
            && let Ok(store) = self.store()
        {
            store.tidy();
        }
    }
}

/// The names of all files of a picture at its widths, with their widths and formats.
pub(crate) fn at_widths(made: &Made, avif: bool) -> impl Iterator<Item = (u32, &'static str)> {
    let formats: &'static [&'static str] = match (made.form, avif) {
        (Form::Alone, _) => &[],
        (_, true) => &["avif", "webp"],
        (_, false) => &["webp"],
    };
    let widest = made.width;
    formats.iter().flat_map(move |format| widths(widest).map(move |width| (width, *format)))
}

fn read(file: &Path) -> Result<Vec<u8>, Refusal> {
    fs::read(file).map_err(|error| Refusal::Damaged(format!("it cannot be read ({error})")))
}

fn unkept(error: io::Error) -> Refusal {
    Refusal::Unfit(format!("there is no room for what is made of it ({error})"))
}

/// The last wall: decoders are other people's code, and a picture that one of them does not expect must cost its
/// article, not the newspaper.
pub(super) fn walled<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Refusal::Damaged("it is damaged (its decoder gave up)".to_owned())))
}

/// The memory that pictures take while they are made, in bytes.
#[derive(Debug, Default)]
struct Memory {
    taken: Mutex<u64>,
    given_back: Condvar,
}

struct Held<'a>(&'a Memory, u64);

impl Memory {
    /// Waits until so much is free. One picture alone may have all of it.
    fn take(&self, bytes: u64) -> Held<'_> {
        let mut taken = lock(&self.taken);
        while *taken > 0 && *taken + bytes > limits::MEMORY {
            taken = self.given_back.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += bytes;
        Held(self, bytes)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *lock(&self.0.taken) -= self.1;
        self.0.given_back.notify_all();
    }
}
