//! What is remembered of an edition from reading to reading, so that what is as it was is neither read nor made again:
//! of each article's file its front matter and what became of its body. It is kept in a file beside the site, or, by who
//! prints the same edition many times, in the process.
//!
//! It is a cache. It holds for one program, one `site.toml` and one folder; of a file it holds while the file's state is
//! what it was, of a body while all that was asked for it has the same answers. What is missing or damaged costs time
//! and never a wrong page.

mod stored;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::edition::config::SiteConfig;
use crate::edition::slot::Slot;
use crate::edition::spool::{HELD, Spool};
use crate::hash::{Hash, hash, prepare_program, program};
use crate::segments::End;
use stored::Stored;

/// How the name of its file begins.
pub(crate) const NAME: &str = ".press-memory-";
/// How many changes of a zone's offset are looked at: those of more than a century.
const CHANGES: usize = 400;

/// What is remembered of an edition.
#[derive(Debug, Default)]
pub struct Memory {
    /// Where it is kept from run to run.
    place: Option<PathBuf>,
    /// What an earlier run left there, which is read on another core.
    pending: Option<JoinHandle<Option<Stored>>>,
    /// What all front matters were read for.
    reading: Hash,
    /// What all bodies were made for.
    making: Hash,
    /// By the path of the article's file.
    slots: FxHashMap<String, Arc<Slot>>,
    /// Where its file ends, as far as what is in it holds.
    end: Option<End>,
    /// The files whose slots differ from what is in the file, or went.
    changed: BTreeSet<String>,
    /// How long after a change a file may change again without a trace, where that is known.
    pub(super) step: Option<Duration>,
    /// How many bytes of texts are held in memory, where another number than [`HELD`] was asked for.
    held: Option<usize>,
}

impl Memory {
    /// The memory of the edition that is printed into the folder `out`, with what an earlier run left. It lies beside
    /// that folder, as `.press-memory-<name of the folder>`.
    pub fn beside(out: &Path) -> Self {
        prepare_program();
        let out = out.canonicalize().or_else(|_| std::path::absolute(out));
        let name = out.as_ref().ok().and_then(|it| it.file_name()?.to_str());
        match (&out, name) {
            (Ok(out), Some(name)) => Self::at(out.with_file_name(format!("{NAME}{name}"))),
            _ => Self::default(),
        }
    }

    /// The same on a file system that notes changes in steps of this time: files that were changed longer ago than
    /// that are trusted. Otherwise it is 2 s, which is right for all.
    #[must_use]
    pub fn on_disk_with_steps_of(self, step: Duration) -> Self {
        Self { step: Some(step), ..self }
    }

    /// The same for a machine with other memory: of the texts of files, and of those that are made of them, so many bytes
    /// are held until they are printed. What is more is read again, or waits in a file without a name beside the site.
    #[must_use]
    pub fn holding(self, bytes: usize) -> Self {
        Self { held: Some(bytes), ..self }
    }

    /// Takes the texts for which there is no room. There is none for what prints the same edition many times.
    pub(super) fn spool(&self) -> Option<Arc<Spool>> {
        let folder = self.place.as_ref()?.parent()?;
        Some(Spool::new(folder, self.held.unwrap_or(HELD)))
    }

    fn at(place: PathBuf) -> Self {
        let of = place.clone();
        // Without another thread nothing is remembered.
        let pending = std::thread::Builder::new().spawn(move || stored::read(&of)).ok();
        Self { place: Some(place), pending, ..Self::default() }
    }

    /// Takes what an earlier run left.
    fn take_pending(&mut self) {
        let stored = self.pending.take().and_then(|it| it.join().ok()).flatten();
        if let Some(Stored { reading, making, slots, end }) = stored {
            (self.reading, self.making, self.slots, self.end) = (reading, making, slots, Some(end));
        }
    }

    /// Keeps it for the next run, if it has a place. What cannot be kept costs time the next time.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn keep(&mut self) -> io::Result<()> {
        let Some(place) = &self.place else { return Ok(()) };
        if self.pending.is_some() || self.end.is_some() && self.changed.is_empty() {
            return Ok(());
        }
        let slot = |file: &'_ String| self.slots.get(file).map(|slot| &**slot);
        let changes: Vec<_> = self.changed.iter().map(|it| (it.as_str(), slot(it))).collect();
        let added = match self.end {
            Some(end) => stored::add(place, end, &changes)?,
            None => None,
        };
        self.end = match added {
            Some(end) => Some(end),
            None => stored::write(place, self.reading, self.making, &self.slots)?,
        };
        self.changed.clear();
        Ok(())
    }

    /// Forgets what was read for another `site.toml`, in another folder or by another program.
    pub(super) fn begin(&mut self, root: &Path, site: &SiteConfig, to_print: bool) {
        self.take_pending();
        let root = root.as_os_str().as_encoded_bytes();
        let key = hash(&[program(), root, b"\0", &[to_print.into()], &described(site)]);
        if key != self.reading {
            self.slots.clear();
            self.end = None;
            self.reading = key;
        }
    }

    /// Forgets the bodies that were made for a site that was understood in another way.
    pub(super) fn begin_bodies(&mut self, site: &SiteConfig) -> bool {
        let key = hash(&[&described(site)]);
        let same = key == self.making;
        if !same {
            self.end = None;
        }
        self.making = key;
        same
    }

    /// What is remembered of a file.
    pub(super) fn of(&self, file: &Path) -> Option<&Arc<Slot>> {
        self.slots.get(file.to_str()?)
    }

    /// Remembers these files from now on, and no others; `all` names those that are as they are remembered, and may name
    /// others of them.
    pub(super) fn end<'a>(&mut self, files: Remembered, all: impl Iterator<Item = &'a Path>) {
        let Remembered { slots, forgotten, as_known } = files;
        let count = as_known + slots.len();
        for file in forgotten.iter().filter_map(|it| it.to_str()) {
            if self.slots.remove(file).is_some() {
                self.changed.insert(file.to_owned());
            }
        }
        let is_known = |(file, slot): &(Arc<Path>, Arc<Slot>)| {
            self.of(file).is_some_and(|known| Arc::ptr_eq(known, slot) || known.is(slot))
        };
        let new = slots.par_iter().filter(|it| !is_known(it));
        let new =
            new.filter_map(|(file, slot)| Some((file.to_str()?.to_owned(), Arc::clone(slot))));
        let new: Vec<(String, Arc<Slot>)> = new.collect();
        self.changed.extend(new.iter().map(|(file, _)| file.clone()));
        self.slots.extend(new);
        if self.slots.len() == count {
            return;
        }
        let all: FxHashSet<&str> = all.filter_map(Path::to_str).collect();
        let new: FxHashSet<&str> = slots.iter().filter_map(|(file, _)| file.to_str()).collect();
        let is_gone = |file: &str| !all.contains(file) && !new.contains(file);
        let gone = self.slots.extract_if(|file, _| is_gone(file));
        self.changed.extend(gone.map(|(file, _)| file));
    }
}

/// The files of an edition that are to be remembered.
#[derive(Debug)]
pub(super) struct Remembered {
    /// What there is to remember of files that may be as they are remembered, or not.
    pub(super) slots: Vec<(Arc<Path>, Arc<Slot>)>,
    /// Files that cannot be remembered.
    pub(super) forgotten: Vec<Arc<Path>>,
    /// How many others are as they are remembered.
    pub(super) as_known: usize,
}

/// All that `site.toml` says, and when the clocks of its zone change, which the system may know better from time to
/// time.
fn described(site: &SiteConfig) -> Vec<u8> {
    let mut text = format!("{site:?}");
    let changes = site.timezone.following(Timestamp::MIN).take(CHANGES);
    changes.for_each(|it| text.push_str(&format!("{} {};", it.timestamp(), it.offset())));
    text.into_bytes()
}
