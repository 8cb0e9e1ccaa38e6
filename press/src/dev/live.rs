//! What the browser is shown at the moment.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::told::Told;
use crate::hash::short_hash;
use crate::serve::{self, Folder};

/// The page that is shown for what is not there.
const MISSING: &str = "404.html";

/// How long it is waited at most for open pages to be shown. A page takes a browser a tenth of a second.
const SHOWN_WITHIN: Duration = Duration::from_millis(300);

/// What is shown: the site in the folder, and pages that are newer than that.
pub(super) struct Live {
    place: PathBuf,
    now: Mutex<Now>,
    /// Says that something is new.
    turns: watch::Sender<u64>,
    /// Says that a page was opened.
    opened: Condvar,
}

#[derive(Default)]
struct Now {
    /// There is none until something was printed.
    folder: Option<Arc<Folder>>,
    /// Files that are newer than those in the folder, by their names.
    newer: HashMap<String, Arc<[u8]>>,
    /// The paths of the pages that are open.
    open: HashMap<u64, String>,
    /// How many pages were opened so far, which numbers them.
    opened: u64,
    told: Arc<Told>,
}

/// A page that is open, until this is dropped.
pub(super) struct Open {
    live: Arc<Live>,
    number: u64,
}

impl Live {
    pub(super) fn new(place: &Path) -> Self {
        let turns = watch::Sender::new(0);
        Self { place: place.to_owned(), now: Mutex::default(), turns, opened: Condvar::new() }
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells all open pages that something may be new.
    fn turn(&self) {
        self.turns.send_modify(|turn| *turn += 1);
    }

    pub(super) fn turns(&self) -> watch::Receiver<u64> {
        self.turns.subscribe()
    }

    pub(super) fn folder(&self) -> Option<Arc<Folder>> {
        self.now().folder.clone()
    }

    pub(super) fn told(&self) -> Arc<Told> {
        self.now().told.clone()
    }

    /// Shows files before they are in the folder, and what is wrong. Answers how many pages were opened when all open ones
    /// that have become others are open again.
    pub(super) fn show(&self, newer: HashMap<String, Arc<[u8]>>, told: Told) -> u64 {
        let (open, opened) = {
            let now = self.now();
            (now.open.values().cloned().collect::<Vec<_>>(), now.opened)
        };
        let versions = || open.iter().map(|path| self.version(path)).collect::<Vec<_>>();
        let before = versions();
        {
            let mut now = self.now();
            now.newer = newer;
            if *now.told != told {
                now.told = Arc::new(told);
            }
        }
        self.turn();
        let changed = before.iter().zip(versions()).filter(|(old, new)| **old != *new);
        opened + changed.count() as u64
    }

    /// Waits until so many pages were opened, for a while.
    pub(super) fn wait_for_opened(&self, count: u64) {
        // Whatever became of them, the site is printed then.
        let _ = self.opened.wait_timeout_while(self.now(), SHOWN_WITHIN, |now| now.opened < count);
    }

    /// Shows what is in the folder.
    pub(super) fn printed(&self, base_path: &str) {
        {
            let mut now = self.now();
            if now.folder.as_ref().is_none_or(|it| it.base_path() != base_path) {
                now.folder = Folder::open(&self.place).ok().map(Arc::new);
            }
            now.newer.clear();
        }
        self.turn();
    }

    /// The pages that are open, relative to the site.
    pub(super) fn open_pages(&self) -> Vec<String> {
        let now = self.now();
        let Some(folder) = &now.folder else { return Vec::new() };
        let names = now.open.values().filter_map(|path| serve::name(folder, path));
        let mut names: Vec<String> = names.collect();
        names.sort();
        names.dedup();
        names
    }

    /// A file that is newer than the one in the folder.
    pub(super) fn newer(&self, name: &str) -> Option<Arc<[u8]>> {
        self.now().newer.get(name).cloned()
    }

    /// Names the bytes of the page at a path.
    pub(super) fn version(&self, path: &str) -> String {
        let Some(folder) = self.folder() else { return String::new() };
        let name = serve::name(&folder, path).map(|name| document(&name));
        let newer = name.as_ref().and_then(|name| self.newer(name));
        if let Some(bytes) = newer {
            return short_hash(&bytes);
        }
        let read = |name: &str| fs::read(self.place.join(name)).ok();
        let bytes = name.and_then(|name| read(&name)).or_else(|| read(MISSING));
        short_hash(&bytes.unwrap_or_default())
    }

    /// Notes that a page is open.
    pub(super) fn open(self: &Arc<Self>, path: &str) -> Open {
        let mut now = self.now();
        let number = now.opened;
        now.opened += 1;
        now.open.insert(number, path.to_owned());
        self.opened.notify_all();
        Open { live: self.clone(), number }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.live.now().open.remove(&self.number);
    }
}

/// The file of a page.
pub(super) fn document(name: &str) -> String {
    match name.is_empty() || name.ends_with('/') {
        true => format!("{name}index.html"),
        false => name.to_owned(),
    }
}
