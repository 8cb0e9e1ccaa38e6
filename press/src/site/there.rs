//! The site that is there, file by file, as it is now. Folders that hold many others are held open: half a million
//! questions take the system less from there than from the site's own.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use rustc_hash::FxHashMap;
use rustix::fs::{Mode, OFlags, openat};

use super::list;
use super::state::Found;
use crate::files::OPEN;

/// The folder of the site that is there, if there is one.
#[derive(Debug)]
pub(super) struct There {
    site: Option<OwnedFd>,
    /// Folders that hold many others, which are held open from the start.
    held: FxHashMap<String, OwnedFd>,
    /// What is known of other folders.
    folders: RwLock<FxHashMap<String, Folder>>,
    /// How many of them are held open.
    open: AtomicUsize,
}

#[derive(Debug)]
enum Folder {
    /// It is none, or a link leads to it.
    Elsewhere,
    /// It can be reached without a link.
    Real,
    /// The same, and it is held open.
    Open(OwnedFd),
}

impl There {
    pub(super) fn open(place: &Path) -> Self {
        let site = File::open(place).ok().map(OwnedFd::from);
        Self {
            site,
            held: FxHashMap::default(),
            folders: RwLock::default(),
            open: AtomicUsize::new(0),
        }
    }

    /// Holds folders open, so that cores need not wait for each other to find them.
    pub(super) fn hold<'a>(&mut self, folders: impl Iterator<Item = &'a str>) {
        let Some(site) = &self.site else { return };
        let open = |folder: &'a str| match self.learn(site, folder) {
            Folder::Open(handle) => Some((folder.to_owned(), handle)),
            _ => None,
        };
        self.held = folders.filter_map(open).collect();
    }

    /// The file of a name, if no link leads to it.
    pub(super) fn file(&self, name: &str) -> Option<Found> {
        let folder = list::parent(name).unwrap_or_default();
        self.below(folder, name).filter(|found| found.is_file)
    }

    /// Whether there is a folder that can be reached without a link. That of one page is not remembered.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        match folder.is_empty() {
            true => self.site.is_some(),
            false => self.folder(folder).is_some(),
        }
    }

    /// A folder that can be reached without a link; the site's own has no name.
    pub(super) fn folder(&self, folder: &str) -> Option<Found> {
        let above = list::parent(folder).unwrap_or_default();
        let found = match folder.is_empty() {
            true => self.below("", "."),
            false => self.below(above, folder).filter(|_| is_inside(folder)),
        };
        found.filter(|found| found.is_folder)
    }

    /// The file of a name in a folder that [`There::has_folder`] has found.
    pub(super) fn file_in(&self, folder: &str, name: &str) -> Option<Found> {
        let above = list::parent(folder).unwrap_or_default();
        self.below(above, name).filter(|found| found.is_file)
    }

    /// Forgets what is known of folders.
    pub(super) fn forget(&self) {
        *self.folders.write().unwrap_or_else(PoisonError::into_inner) = FxHashMap::default();
        self.open.store(0, Ordering::Relaxed);
    }

    fn folders(&self) -> RwLockReadGuard<'_, FxHashMap<String, Folder>> {
        self.folders.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is at a path that begins with that of a folder.
    fn below(&self, folder: &str, path: &str) -> Option<Found> {
        let site = self.site.as_ref()?;
        let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let find = |known: &Folder| match known {
            Folder::Elsewhere => None,
            Folder::Real => Found::below(site, path),
            Folder::Open(handle) => Found::below(handle, path.get(start..)?),
        };
        if folder.is_empty() {
            return Found::below(site, path);
        }
        if let Some(handle) = self.held.get(folder) {
            return Found::below(handle, path.get(start..)?);
        }
        if let Some(known) = self.folders().get(folder) {
            return find(known);
        }
        let known = self.learn(site, folder);
        let found = find(&known);
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        folders.insert(folder.to_owned(), known);
        found
    }

    fn learn(&self, site: &OwnedFd, folder: &str) -> Folder {
        if !self.has_folder(folder) {
            return Folder::Elsewhere;
        }
        if self.open.load(Ordering::Relaxed) >= OPEN {
            return Folder::Real;
        }
        self.open.fetch_add(1, Ordering::Relaxed);
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        openat(site, folder, flags, Mode::empty()).map_or(Folder::Real, Folder::Open)
    }
}

/// Whether the name of a folder leads nowhere else.
fn is_inside(folder: &str) -> bool {
    folder.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
