//! The end of a site that was written: what changed, and how it takes the place of the old one.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::sync::PoisonError;
use std::time::SystemTime;

use anyhow::{Result, bail};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{Changes, Output, Written};
use crate::background;
use crate::edition::place_key;
use crate::hash::Hash;
use crate::site::folder;
use crate::site::list::{self, List, Online, Text};
use crate::site::place::{self, Replacement};
use crate::site::state::{Added, Listed, Record, Window, Writing};

/// So many files are moved into the site one by one, which takes some milliseconds. More are exchanged in one step,
/// for which every file that stays needs a link.
const FEW: usize = 1_000;

impl Output {
    /// Puts the site in its place; `place` says how. Refuses before anything is touched if a file of the
    /// publisher's is in the way.
    pub(in crate::site) fn finish(
        self,
        mut articles: Vec<Online<'_>>,
        windows: &[Window],
    ) -> Result<Changes> {
        let mut written = std::mem::take(&mut *self.written());
        written.par_sort_unstable_by(|a, b| a.name.cmp(&b.name));
        // Which files stay is known when all are asked for.
        let stays_too = |it: &&Written| self.old.stays(&place_key(&it.name));
        if let Some(it) = written.par_iter().find_any(stays_too) {
            bail!("{} would be written twice: this is a bug of the press", it.name);
        }
        let in_draft = written.iter().filter(|it| it.in_draft);
        let draft: Vec<&str> = in_draft.map(|it| it.name.as_str()).collect();
        articles.par_sort_unstable_by(|a, b| a.file.cmp(&b.file));
        // Nothing is written any more, and what comes needs memory.
        *self.places.write().unwrap_or_else(PoisonError::into_inner) = FxHashSet::default();
        self.draft.forget();
        self.old.there.forget();
        let new: Vec<_> = written.iter().map(|it| (it.name.as_str(), &it.record)).collect();
        let mut all = self.old.staying(new.len());
        merge(&mut all, &new);
        let (changes, articles) =
            rayon::join(|| self.changes(&all, &draft), || list::articles_json(&articles));
        let of_articles = articles.hash();
        let same_list = changes.added.is_empty()
            && changes.removed.is_empty()
            && self.old.has_list_of(of_articles);
        let is_known = |it: &Written| self.old.state.get(&it.name) == Some(&it.record);
        let news = self.old.news_of_folders();
        if same_list && news.is_empty() && written.iter().all(is_known) {
            return Ok(changes);
        }
        let put = || {
            let list = (!same_list).then(|| list::json(&articles, &all, |(name, _)| name));
            let new = New { articles: &articles, files: &all, list: list.as_ref() };
            self.put_in_place(&new, &draft, &changes)
        };
        let place = &self.old.place;
        let is_little = self.old.is_known() && draft.len() + changes.removed.len() <= FEW;
        let begin = || if is_little { None } else { Writing::begin(place, &all) };
        let moment = SystemTime::now();
        let (put, writing) = rayon::join(put, begin);
        let put = put?;
        // Without it the next print compares what it could know.
        if let Ok(found) = place.join(list::NAME).symlink_metadata() {
            let file = Record::new(Hash::default(), &found, None);
            let list = Listed { file, articles: of_articles };
            let changed = written.iter().filter(|it| !is_known(it));
            let added = Added {
                files: &changed.map(|it| (it.name.as_str(), &it.record)).collect::<Vec<_>>(),
                gone: &changes.removed,
                folders: &news,
                windows,
                list: &list,
            };
            let is_added = is_little
                && matches!(put, Put::Files)
                && self.old.state.add(place, &added).unwrap_or(false);
            if !is_added && let Some(writing) = writing.or_else(|| Writing::begin(place, &all)) {
                let names = writing.folders();
                let folders = match put {
                    Put::Folder => self.old.new_folders(&names, moment),
                    Put::Files => {
                        let folders = self.old.folders();
                        names.iter().map(|name| folders.get(name).copied()).collect()
                    }
                };
                let _ = writing.end(&folders, windows, &list);
            }
        }
        drop(all);
        let Self { old, book, .. } = self;
        background::free((old, book));
        Ok(changes)
    }

    /// What is different between the site that is there and that with the files `all`.
    fn changes(&self, all: &[(&str, &Record)], draft: &[&str]) -> Changes {
        let (changed, added) = draft
            .iter()
            .map(|name| (*name).to_owned())
            .partition(|name| self.old.was_written(name));
        let is_new = |name: &str| all.binary_search_by_key(&name, |(name, _)| name).is_ok();
        let removed = self.old.leaving().filter(|name| !is_new(name)).map(str::to_owned).collect();
        Changes { added, changed, removed, kept: all.len() - draft.len() }
    }

    fn put_in_place(&self, new: &New<'_>, draft: &[&str], changes: &Changes) -> Result<Put> {
        if draft.is_empty() && changes.removed.is_empty() {
            let is_there = || fs::read(self.old.place.join(list::NAME)).ok();
            if new.list.is_none_or(|list| is_there().is_some_and(|it| list.is(&it))) {
                return Ok(Put::Files);
            }
        }
        let write_list = || match new.list {
            Some(list) => list.write(&self.draft.path.join(list::NAME)),
            None => Ok(()),
        };
        let nothing = BTreeSet::new();
        let moved = || draft.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
        let replacement = |both| Replacement {
            draft: &self.draft.path,
            place: &self.old.place,
            both,
            gone: &changes.removed,
        };
        if !self.old.is_there() {
            write_list()?;
            if !self.old.place.exists() {
                fs::rename(&self.draft.path, &self.old.place)?;
                return Ok(Put::Folder);
            }
            let empty = List::new(BTreeSet::new(), Vec::new());
            folder::look(&self.old.place, &empty)?.must_not_meet(&new.listed(), &self.old.place)?;
            replacement(new.list).make(&nothing, &moved())?;
            return Ok(Put::Files);
        }
        // What is in either site. Where nothing is added, the list that is there names all.
        let both = || {
            if changes.added.is_empty() {
                return None;
            }
            let gone = changes.removed.iter().map(String::as_str);
            let mut names: Vec<&str> = new.names().chain(gone).collect();
            names.sort_unstable();
            Some(list::json(new.articles, &names, |name| name))
        };
        let count = draft.len() + changes.removed.len();
        let few = count <= FEW && count <= changes.kept;
        let gone = changes.removed.iter().map(String::as_str);
        let moved_or_gone = || draft.iter().copied().chain(gone.clone());
        if few
            && !draft
                .iter()
                .any(|name| self.old.own(name).is_none() && self.old.is_of_publisher(name))
        {
            let own = moved_or_gone().filter(|name| self.old.own(name).is_some());
            let own = own.map(str::to_owned).collect();
            // Where nothing goes, the new list names the files of both sites.
            if changes.removed.is_empty() && !changes.added.is_empty() {
                replacement(new.list).make(&own, &moved())?;
                return Ok(Put::Files);
            }
            write_list()?;
            replacement(both().as_ref()).make(&own, &moved())?;
            return Ok(Put::Files);
        }
        write_list()?;
        let old = self.old.names().map(str::to_owned).collect();
        let content = folder::look(&self.old.place, &List::new(old, Vec::new()))?;
        content.must_not_meet(&new.listed(), &self.old.place)?;
        let exchangeable = self.draft.beside && content.is_own() && self.link(new, draft).is_ok();
        if exchangeable && place::exchange(&self.draft.path, &self.old.place) {
            place::retire(&self.draft.path, &self.old.place)?;
            return Ok(Put::Folder);
        }
        // A file that somebody took away meanwhile comes out of the links.
        let lost =
            |name: &&str| !content.own.contains(*name) && self.draft.path.join(name).exists();
        let mut moved = moved();
        moved.extend(new.names().filter(lost).map(str::to_owned));
        replacement(both().as_ref()).make(&content.own, &moved)?;
        Ok(Put::Files)
    }

    /// Puts the files that stay into the draft, too, without copying them.
    fn link(&self, new: &New<'_>, draft: &[&str]) -> io::Result<()> {
        let staying = new.files.par_iter().filter(|(name, _)| draft.binary_search(name).is_err());
        staying.try_for_each(|(name, _)| {
            let to = self.draft.file(name).map_err(io::Error::other)?;
            fs::hard_link(self.old.place.join(name), to)
        })?;
        let [from, to] = [&self.old.place, &self.draft.path].map(|it| it.join(list::NAME));
        if new.list.is_none() || place::same(&from, &to) {
            let _ = fs::remove_file(&to);
            fs::hard_link(from, to)?;
        }
        Ok(())
    }
}

/// Puts more files, in the order of their names, between others that are in theirs.
fn merge<'a>(all: &mut Vec<(&'a str, &'a Record)>, new: &[(&'a str, &'a Record)]) {
    // From the end on, so that each file is moved once.
    let (mut left, mut to) = (all.len(), all.len() + new.len());
    all.extend_from_slice(new);
    for file in new.iter().rev() {
        let others = all.get(..left).unwrap_or_default();
        let at = others.partition_point(|(name, _)| *name < file.0);
        all.copy_within(at..left, to - (left - at));
        to -= left - at + 1;
        left = at;
        if let Some(place) = all.get_mut(to) {
            *place = *file;
        }
    }
}

/// How a new site took its place.
enum Put {
    /// Its folder did.
    Folder,
    /// Its files did, one by one, or none had to.
    Files,
}

/// What the new site consists of.
struct New<'a> {
    /// Its articles, as the list has them.
    articles: &'a Text<'a>,
    /// All files but the list, in the order of their names.
    files: &'a [(&'a str, &'a Record)],
    /// The list, unless the one that is there is right.
    list: Option<&'a Text<'a>>,
}

impl<'a> New<'a> {
    fn names(&self) -> impl Iterator<Item = &'a str> {
        self.files.iter().map(|(name, _)| *name)
    }

    fn listed(&self) -> List {
        List::new(self.names().map(str::to_owned).collect(), Vec::new())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn files_that_come_are_in_their_order_among_those_that_stay() {
        let folder = tempfile::tempdir().unwrap();
        let found = fs::metadata(folder.path()).unwrap();
        let record = Record::new(Hash::default(), &found, None);
        let file = |name: &&'static str| (*name, &record);
        for (staying, new) in
            [("", ""), ("b d", ""), ("", "a c"), ("b d", "a c e"), ("b c", "d e"), ("c d", "a b")]
        {
            let [staying, new] =
                [staying, new].map(|it| it.split_whitespace().collect::<Vec<&'static str>>());
            let mut all: Vec<_> = staying.iter().map(file).collect();
            merge(&mut all, &new.iter().map(file).collect::<Vec<_>>());
            let mut sorted = [staying, new].concat();
            sorted.sort_unstable();
            assert_eq!(all.iter().map(|it| it.0).collect::<Vec<_>>(), sorted);
        }
    }
}
