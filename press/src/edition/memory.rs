//! What is remembered of an edition from reading to reading, so that what is as it was is neither read nor made again:
//! of each article's file its front matter and what became of its body. It is kept in a file beside the site, or, by who
//! prints the same edition many times, in the process.
//!
//! It is a cache. It holds for one program, one `site.toml` and one folder; of a file it holds while the file's state is
//! what it was, of a body while all that was asked for it has the same answers. What is missing or damaged costs time
//! and never a wrong page.

mod stored;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use crate::edition::config::SiteConfig;
use crate::edition::slot::Slot;
use crate::edition::spool::{HELD, Spool};
use crate::hash::{Hash, hash, prepare_program, program};

/// How the name of its file begins.
const NAME: &str = ".press-memory-";
/// How many changes of a zone's offset are looked at: those of more than a century.
const CHANGES: usize = 400;

/// What is remembered of an edition.
#[derive(Debug, Default)]
pub struct Memory {
    /// Where it is kept from run to run.
    place: Option<PathBuf>,
    /// What all front matters were read for.
    reading: Hash,
    /// What all bodies were made for.
    making: Hash,
    /// By the path of the article's file.
    slots: FxHashMap<String, Slot>,
    /// Whether it differs from what is in the file.
    changed: bool,
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
        match stored::read(&place) {
            Some(stored) => {
                let stored::Stored { reading, making, slots } = stored;
                Self { place: Some(place), reading, making, slots, ..Self::default() }
            }
            None => Self { place: Some(place), changed: true, ..Self::default() },
        }
    }

    /// Keeps it for the next run, if it has a place. What cannot be kept costs time the next time.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn keep(&mut self) -> io::Result<()> {
        match &self.place {
            Some(place) if self.changed => {
                stored::write(place, self.reading, self.making, &self.slots)?;
                self.changed = false;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Forgets what was read for another `site.toml`, in another folder or by another program.
    pub(super) fn begin(&mut self, root: &Path, site: &SiteConfig, to_print: bool) {
        let root = root.as_os_str().as_encoded_bytes();
        let key = hash(&[program(), root, b"\0", &[to_print.into()], &described(site)]);
        if key != self.reading {
            self.slots.clear();
            self.changed = true;
            self.reading = key;
        }
    }

    /// Forgets the bodies that were made for a site that was understood in another way.
    pub(super) fn begin_bodies(&mut self, site: &SiteConfig) -> bool {
        let key = hash(&[&described(site)]);
        let same = key == self.making;
        self.changed |= !same;
        self.making = key;
        same
    }

    /// What is remembered of a file.
    pub(super) fn of(&self, file: &Path) -> Option<&Slot> {
        self.slots.get(file.to_str()?)
    }

    /// Remembers these files from now on.
    pub(super) fn end(&mut self, slots: Vec<(PathBuf, Slot)>) {
        let before = std::mem::take(&mut self.slots);
        let named =
            slots.into_iter().filter_map(|(file, slot)| Some((file.to_str()?.to_owned(), slot)));
        self.slots = named.collect();
        self.changed |= before.len() != self.slots.len()
            || self.slots.iter().any(|(file, slot)| before.get(file).is_none_or(|it| !it.is(slot)));
    }
}

/// All that `site.toml` says, and when the clocks of its zone change, which the system may know better from time to
/// time.
fn described(site: &SiteConfig) -> Vec<u8> {
    let mut text = format!("{site:?}");
    let changes = site.timezone.following(Timestamp::MIN).take(CHANGES);
    changes.for_each(|it| text.push_str(&format!("{} {};", it.timestamp(), it.offset())));
    text.into_bytes()
}
