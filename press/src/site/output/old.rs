//! The old site: the one that is replaced, what is known of its files, and which of them stay as they are.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use anyhow::Result;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::hash::Hash;
use crate::site::folder;
use crate::site::list::{self, List};
use crate::site::state::{FolderStamp, Found, PendingState, Record, State, Trust};
use crate::site::there::There;

/// The site that is there.
pub(super) struct OldSite {
    pub(super) place: PathBuf,
    pub(super) there: There,
    /// The names of what the press wrote into it.
    names: Option<Names>,
    /// What is known of its files.
    pub(super) state: State,
    /// Which of the files that the state knows stay as they are.
    staying: Vec<AtomicBool>,
    /// The folders of the state, as they were found when the first of their files was asked for.
    folders: Vec<OnceLock<FoundFolder>>,
    trust: Trust,
}

/// How a folder was found, before any of its files was looked at.
#[derive(Debug, Clone, Copy)]
struct FoundFolder {
    /// Whether it is as it was when all of its files were as the state has them.
    is_as_it_was: bool,
    /// How it is, unless it may change without a trace.
    now: Option<FolderStamp>,
}

/// The names of what the press wrote into a site.
#[derive(Debug)]
enum Names {
    /// By the list in the site.
    Listed(List),
    /// By the state, which has the same names.
    Known,
}

impl OldSite {
    /// The site in a folder. `state` has what is known of it, where that was asked for before.
    pub(super) fn at(place: &Path, state: Option<&PendingState>) -> Result<Self> {
        let trust = state.map(PendingState::trust).unwrap_or_default();
        let state = state.map_or_else(|| State::read(place), |it| it.take(place));
        let list = place.join(list::NAME).symlink_metadata().ok();
        let names = match list.zip(state.list).is_some_and(|(found, known)| known.file.is(&found)) {
            true => Some(Names::Known),
            false => folder::open(place)?.map(Names::Listed),
        };
        let staying: Vec<_> = (0..state.places()).map(|_| AtomicBool::new(false)).collect();
        let folders = (0..state.folders()).map(|_| OnceLock::new()).collect();
        let (place, mut there) = (place.to_owned(), There::open(place));
        if staying.len() > trust.each_of {
            there.hold(state.full_folders());
        }
        Ok(Self { place, there, names, state, staying, folders, trust })
    }

    /// Whether a file that the state knows by its number surely is as it was, because its folder is.
    pub(super) fn is_sure(&self, at: usize) -> bool {
        self.folder_of(at).is_some_and(|folder| folder.is_as_it_was)
    }

    /// Looks at the folder of a file before anybody looks at the file: what the folder is then found to be holds for it.
    pub(super) fn look_at_folder_of(&self, name: &str) {
        let _ = self.state.find(name).and_then(|at| self.folder_of(at));
    }

    /// How the folder of a file was found, in a site that is large enough to go by that.
    fn folder_of(&self, at: usize) -> Option<&FoundFolder> {
        let number =
            self.state.folder_of(at).filter(|_| self.staying.len() > self.trust.each_of)?;
        Some(self.folders.get(number)?.get_or_init(|| self.look_at_folder(number)))
    }

    fn look_at_folder(&self, number: usize) -> FoundFolder {
        let known = self.state.folder(number);
        let found =
            known.and_then(|(name, _)| self.there.folder(name)).map(|it| FolderStamp::of(&it));
        let was = known.and_then(|(_, was)| was).filter(|was| Some(*was) == found);
        let settled = |it: &FolderStamp| it.is_settled(self.trust.step, SystemTime::now());
        FoundFolder { is_as_it_was: was.is_some(), now: was.or(found.filter(settled)) }
    }

    /// How the folders are that were looked at, by their numbers, where the state does not have that.
    pub(super) fn news_of_folders(&self) -> Vec<(usize, FolderStamp)> {
        let found = self.folders.iter().enumerate().filter_map(|(number, found)| {
            let now = found.get()?.now?;
            let (_, was) = self.state.folder(number)?;
            (was != Some(now)).then_some((number, now))
        });
        found.collect()
    }

    /// How all the folders are that were looked at, by their names.
    pub(super) fn folders(&self) -> FxHashMap<&str, FolderStamp> {
        let found =
            self.folders.iter().enumerate().filter_map(|(number, found)| {
                Some((self.state.folder(number)?.0, found.get()?.now?))
            });
        found.collect()
    }

    /// Whether the state names all files that the press wrote.
    pub(super) fn is_known(&self) -> bool {
        matches!(self.names, Some(Names::Known))
    }

    /// How the folders of a site are that was written beside it and took its place after a moment, as far as nothing was
    /// changed in them for some time before.
    pub(super) fn new_folders(
        &self,
        names: &[&str],
        moment: SystemTime,
    ) -> Vec<Option<FolderStamp>> {
        let there = There::open(&self.place);
        let now = |name: &&str| there.folder(name).map(|it| FolderStamp::of(&it));
        let settled = |it: &FolderStamp| it.is_settled(self.trust.step, moment);
        names.par_iter().map(|name| now(name).filter(settled)).collect()
    }

    /// Whether the press has written a site there.
    pub(super) fn is_there(&self) -> bool {
        self.names.is_some()
    }

    /// Whether the articles and the names of its list are known without reading it, and its articles have this hash.
    pub(super) fn has_list_of(&self, articles: Hash) -> bool {
        matches!(self.names, Some(Names::Known))
            && self.state.list.is_some_and(|known| known.articles == articles)
    }

    /// A file that the press wrote, if no link leads to it.
    pub(super) fn own(&self, name: &str) -> Option<Found> {
        self.there.file(name).filter(|_| self.was_written(name))
    }

    /// Whether the press wrote a file of this name.
    pub(super) fn was_written(&self, name: &str) -> bool {
        match &self.names {
            Some(Names::Listed(list)) => list.files.contains(name),
            Some(Names::Known) => name == list::NAME || self.state.find(name).is_some(),
            None => false,
        }
    }

    /// The names of all files that the press wrote, in their order, but for its list.
    pub(super) fn names(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match &self.names {
            Some(Names::Listed(list)) => {
                Box::new(list.files.iter().map(String::as_str).filter(|it| *it != list::NAME))
            }
            Some(Names::Known) => Box::new(self.state.names()),
            None => Box::new(std::iter::empty()),
        }
    }

    /// The names of the files that the press wrote, but for its list, and that do not stay as far as is known.
    pub(super) fn leaving(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match &self.names {
            Some(Names::Known) => {
                let leaving = self.state.order().iter().filter(|at| !self.stays_at(**at));
                Box::new(leaving.map(|at| self.state.name(*at)))
            }
            _ => self.names(),
        }
    }

    /// What the press wrote under a name.
    pub(super) fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.own(name).and_then(|_| fs::read(self.place.join(name)).ok())
    }

    /// Whether something that the press has not written has a file's name, or that of a folder it would be in.
    pub(super) fn is_of_publisher(&self, name: &str) -> bool {
        let own = |name: &str| self.was_written(name);
        let there = |name: &str| self.place.join(name).symlink_metadata().ok();
        let mut above = std::iter::successors(list::parent(name), |it| list::parent(it));
        (there(name).is_some() && !own(name))
            || above.any(|it| there(it).is_some_and(|found| !found.is_dir()) && !own(it))
    }

    /// Lets a file stay that the state knows by its number. Says whether it does so already.
    pub(super) fn stay(&self, at: usize) -> bool {
        self.staying.get(at).is_none_or(|it| it.swap(true, Ordering::Relaxed))
    }

    /// Whether a file stays.
    pub(super) fn stays(&self, name: &str) -> bool {
        let staying = self.state.find(name).and_then(|at| self.staying.get(at));
        staying.is_some_and(|it| it.load(Ordering::Relaxed))
    }

    /// The files that stay, in the order of their names, with room for so many others.
    pub(super) fn staying(&self, others: usize) -> Vec<(&str, &Record)> {
        let order = self.state.order();
        // Most do.
        let mut all = Vec::with_capacity(order.len() + others);
        let staying = order.iter().filter(|at| self.stays_at(**at));
        all.extend(staying.filter_map(|at| Some((self.state.name(*at), self.state.record(*at)?))));
        all
    }

    /// How many files stay.
    pub(super) fn count(&self) -> usize {
        self.staying.iter().filter(|it| it.load(Ordering::Relaxed)).count()
    }

    fn stays_at(&self, at: usize) -> bool {
        self.staying.get(at).is_some_and(|it| it.load(Ordering::Relaxed))
    }
}
