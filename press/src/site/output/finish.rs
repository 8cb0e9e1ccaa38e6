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
use crate::edition::place_key;
use crate::hash::{Hash, hash};
use crate::site::folder;
use crate::site::list::{self, List, Live};
use crate::site::place::{self, Replacement};
use crate::site::state::{Listed, Record, Writing};

/// So many files are moved into the site one by one, which takes some milliseconds. More are exchanged in one step,
/// for which every file that stays needs a link.
const FEW: usize = 1_000;

impl Output {
    /// Puts the site in its place; `place` says how. Refuses before anything is touched if a file of the
    /// publisher's is in the way.
    pub(in crate::site) fn finish(self, mut articles: Vec<Live>) -> Result<Changes> {
        let mut written = std::mem::take(&mut *self.written());
        written.par_sort_unstable_by(|a, b| a.name.cmp(&b.name));
        // Which files stay is known when all are asked for.
        let stays_too = |it: &&Written| self.old.stays(&place_key(&it.name));
        if let Some(it) = written.par_iter().find_any(stays_too) {
            bail!("{} would be written twice: this is a bug of the press", it.name);
        }
        let in_draft = written.iter().filter(|it| it.in_draft);
        let draft: Vec<&str> = in_draft.map(|it| it.name.as_str()).collect();
        articles.par_sort_unstable();
        // Nothing is written any more, and what comes needs memory.
        *self.places.write().unwrap_or_else(PoisonError::into_inner) = FxHashSet::default();
        self.draft.forget();
        self.old.there.forget();
        let new = written.iter().map(|it| (it.name.as_str(), &it.record));
        let mut all: Vec<(&str, &Record)> = self.old.staying().chain(new).collect();
        // Two sorted parts.
        all.sort_by_key(|(name, _)| *name);
        let of_articles = || Ok(hash(&[&serde_json::to_vec(&articles)?]));
        let (changes, of_articles): (_, Result<Hash>) =
            rayon::join(|| self.changes(&all, &draft), of_articles);
        let of_articles = of_articles?;
        let same_list = changes.added.is_empty()
            && changes.removed.is_empty()
            && self.old.has_list_of(of_articles);
        let is_known = |it: &Written| self.old.state.get(&it.name) == Some(&it.record);
        let (folders, is_news) = self.old.folders();
        if same_list && !is_news && written.iter().all(is_known) {
            return Ok(changes);
        }
        let put = || {
            let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
            let list = match same_list {
                true => None,
                false => Some(list::json(&articles, &names)?),
            };
            let new = New { articles: &articles, names: &names, list: list.as_deref() };
            self.put_in_place(&new, &draft, &changes)
        };
        let moment = SystemTime::now();
        let (put, writing) = rayon::join(put, || Writing::begin(&self.old.place, &all));
        let put = put?;
        // Without it the next print compares what it could know.
        if let Some(writing) = writing
            && let Ok(found) = self.old.place.join(list::NAME).symlink_metadata()
        {
            let file = Record::new(Hash::default(), &found, None);
            let list = Listed { file, articles: of_articles };
            let names = writing.folders();
            let folders = match put {
                Put::Folder => self.old.new_folders(&names, moment),
                Put::Files => names.iter().map(|name| folders.get(name).copied()).collect(),
            };
            let _ = writing.end(&folders, Some(&list));
        }
        Ok(changes)
    }

    /// What is different between the site that is there and that with the files `all`.
    fn changes(&self, all: &[(&str, &Record)], draft: &[&str]) -> Changes {
        let (changed, added) = draft
            .iter()
            .map(|name| (*name).to_owned())
            .partition(|name| self.old.was_written(name));
        let mut new = all.iter().map(|(name, _)| *name).peekable();
        let mut removed = Vec::new();
        // Both are in the order of their names.
        for old in self.old.names() {
            while new.next_if(|name| *name < old).is_some() {}
            if new.peek() != Some(&old) {
                removed.push(old.to_owned());
            }
        }
        Changes { added, changed, removed, kept: all.len() - draft.len() }
    }

    fn put_in_place(&self, new: &New<'_>, draft: &[&str], changes: &Changes) -> Result<Put> {
        if draft.is_empty() && changes.removed.is_empty() {
            let is_there = || fs::read(self.old.place.join(list::NAME)).ok();
            if new.list.is_none_or(|list| is_there().is_some_and(|it| it == list)) {
                return Ok(Put::Files);
            }
        }
        let write_list = || match new.list {
            Some(list) => fs::write(self.draft.path.join(list::NAME), list),
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
            replacement(new.list.map(<[u8]>::to_vec)).make(&nothing, &moved())?;
            return Ok(Put::Files);
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
        if few
            && !draft
                .iter()
                .any(|name| self.old.own(name).is_none() && self.old.is_of_publisher(name))
        {
            let own = moved_or_gone().filter(|name| self.old.own(name).is_some());
            let own = own.map(str::to_owned).collect();
            // Where nothing goes, the new list names the files of both sites.
            if changes.removed.is_empty() && !changes.added.is_empty() {
                replacement(new.list.map(<[u8]>::to_vec)).make(&own, &moved())?;
                return Ok(Put::Files);
            }
            write_list()?;
            replacement(both()?).make(&own, &moved())?;
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
            |name: &&&str| !content.own.contains(**name) && self.draft.path.join(name).exists();
        let mut moved = moved();
        moved.extend(new.names.iter().filter(lost).map(|name| (*name).to_owned()));
        replacement(both()?).make(&content.own, &moved)?;
        Ok(Put::Files)
    }

    /// Puts the files that stay into the draft, too, without copying them.
    fn link(&self, new: &New<'_>, draft: &[&str]) -> io::Result<()> {
        let staying = new.names.par_iter().filter(|it| draft.binary_search(it).is_err());
        staying.try_for_each(|name| {
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

/// How a new site took its place.
enum Put {
    /// Its folder did.
    Folder,
    /// Its files did, one by one, or none had to.
    Files,
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
