//! The list that lies at a destination: what was published there, what is to be deleted and when, and what leads back
//! to the print before.
//!
//! It is written when a run begins, with what the run is about to do, and when it has ended. Between them the run writes
//! what it has done into a journal, a numbered object at a time. What a run that was killed planned and has no line for in
//! its journal counts as unknown, and is sent again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use anyhow::{Context as _, Result, bail};
use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::store::{About, Body, Store};

/// The folder at a destination that is no part of the site. Hosts are told to show none of it.
pub const FOLDER: &str = ".press-published";
const LIST: &str = ".press-published/list.json";
const KEPT: &str = ".press-published/kept";
/// The form of the list.
const FORM: u32 = 2;
/// The form that it had when its hashes were made of SHA-256.
const OLD_FORM: u32 = 1;

/// The bytes of an object with the headers that it has: a hash, and how many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry(pub(super) String, pub(super) u64);

/// An object that no page needs any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Removal {
    /// What it is, if that is known.
    pub(super) entry: Option<Entry>,
    /// From when on it may be deleted.
    pub(super) due: Timestamp,
}

/// What a run is about to do: objects with what they will be, or nothing for those that go.
pub(super) type Steps = BTreeMap<String, Option<Entry>>;

/// A run that has not ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Open {
    pub(super) run: String,
    pub(super) plan: Steps,
    /// Whether it keeps what it replaces.
    pub(super) way_back: bool,
    /// New pages to which nothing leads, because not all of them may be there.
    pub(super) hidden: BTreeSet<String>,
}

/// What the list says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Published {
    form: u32,
    /// The site as the last run that ended has left it.
    pub(super) files: BTreeMap<String, Entry>,
    /// What is still there and goes.
    pub(super) removals: BTreeMap<String, Removal>,
    /// What makes it the print before: objects with what they were, or nothing for those that were not there.
    pub(super) back: Steps,
    /// A run that began after that and did not end.
    pub(super) open: Option<Open>,
}

/// What is at a destination: objects with what they are, or nothing where that is unknown.
pub(super) type There = BTreeMap<String, Option<Entry>>;

impl Published {
    /// Reads the list, and what a run that did not end has done.
    pub(super) fn read(store: &dyn Store) -> Result<(Self, There)> {
        let list = match store.get(LIST)? {
            None => Self::nothing(),
            Some((bytes, _)) => Self::parse(&bytes).with_context(|| {
                format!(
                    "{LIST} at {} cannot be used; if you delete it, all is sent again",
                    store.name()
                )
            })?,
        };
        let known = list.files.iter().map(|(name, entry)| (name.clone(), Some(entry.clone())));
        let going = list.removals.iter().map(|(name, it)| (name.clone(), it.entry.clone()));
        let mut there: There = going.chain(known).collect();
        if let Some(open) = &list.open {
            there.extend(open.plan.keys().map(|name| (name.clone(), None)));
            for steps in Journal::read(store, &open.run)? {
                for (name, entry) in steps {
                    match entry {
                        Some(entry) => there.insert(name, Some(entry)),
                        None => there.remove(&name),
                    };
                }
            }
        }
        Ok((list, there))
    }

    /// What is there where nothing was published yet.
    pub(super) fn nothing() -> Self {
        Self { form: FORM, ..Self::default() }
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
        let list: Self = serde_json::from_slice(bytes)?;
        if ![OLD_FORM, FORM].contains(&list.form) {
            bail!("it has the form {}, and this press reads {FORM}", list.form);
        }
        let plan = list.open.iter().flat_map(|it| it.plan.keys());
        let names = list.files.keys().chain(list.removals.keys()).chain(list.back.keys());
        if let Some(name) = names.chain(plan).find(|name| !is_name(name)) {
            bail!("it names {name:?}, which is no file of a site");
        }
        let hashes = list.files.values().chain(list.back.values().flatten());
        if let Some(entry) = hashes.into_iter().find(|it| !is_hash(&it.0)) {
            bail!("it has the hash {:?}", entry.0);
        }
        Ok(list)
    }

    /// Gives a list of an older press the hashes of today, of those files of `site` that are as it says: `old` makes the hash
    /// that a file had in it. What has another one, or another length, counts as changed.
    pub(super) fn renew(
        &mut self,
        there: &mut There,
        site: &BTreeMap<String, Entry>,
        old: impl Fn(&str) -> Result<String> + Sync,
    ) -> Result<()> {
        if self.form == FORM {
            return Ok(());
        }
        self.form = FORM;
        let same_length = |(name, entry): (&String, &Entry)| {
            let before = self.files.get(name).filter(|before| before.1 == entry.1)?;
            Some((name.clone(), before.clone(), entry.clone()))
        };
        let likely: Vec<_> = site.iter().filter_map(same_length).collect();
        let same = likely.into_par_iter().map(|(name, before, entry)| {
            let is_same = old(&name)? == before.0;
            Ok(is_same.then_some((name, before, entry)))
        });
        for (name, before, entry) in same.collect::<Result<Vec<_>>>()?.into_iter().flatten() {
            // Amid a run that did not end, it may be something else.
            if let Some(is) = there.get_mut(&name).filter(|is| **is == Some(before)) {
                *is = Some(entry.clone());
            }
            self.files.insert(name, entry);
        }
        Ok(())
    }

    pub(super) fn write(&self, store: &dyn Store) -> Result<()> {
        let bytes = serde_json::to_vec(self)?;
        store.put(LIST, Body::Bytes(&bytes), &About::private())
    }

    /// What earlier versions are kept for the way back.
    pub(super) fn kept(&self) -> BTreeSet<String> {
        self.back.values().flatten().map(kept).collect()
    }
}

/// Where an earlier version of an object is kept.
pub(super) fn kept(entry: &Entry) -> String {
    format!("{KEPT}/{}", entry.0)
}

/// All that is kept.
pub(super) fn all_kept(store: &dyn Store) -> Result<BTreeSet<String>> {
    Ok(store.below(KEPT)?.into_iter().collect())
}

/// Whether a name is one that a file of a site can have.
fn is_name(name: &str) -> bool {
    let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    inside && !name.is_empty() && !name.starts_with(FOLDER) && !name.ends_with('/')
}

fn is_hash(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// What a run has done so far.
pub(super) struct Journal<'a> {
    store: &'a dyn Store,
    run: &'a str,
    count: usize,
    waiting: Steps,
}

impl<'a> Journal<'a> {
    pub(super) fn new(store: &'a dyn Store, run: &'a str) -> Self {
        Self { store, run, count: 0, waiting: Steps::new() }
    }

    fn name(run: &str, number: usize) -> String {
        format!("{FOLDER}/done-{run}-{number}.json")
    }

    /// Notes what was done. It is kept with the next [`Journal::write`].
    pub(super) fn note(&mut self, name: &str, entry: Option<Entry>) {
        self.waiting.insert(name.to_owned(), entry);
    }

    /// How much is not kept yet.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn write(&mut self) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let bytes = serde_json::to_vec(&self.waiting)?;
        let name = Self::name(self.run, self.count);
        self.store.put(&name, Body::Bytes(&bytes), &About::private())?;
        self.waiting.clear();
        self.count += 1;
        Ok(())
    }

    fn read(store: &dyn Store, run: &str) -> Result<Vec<Steps>> {
        let mut all = Vec::new();
        if !run.bytes().all(|it| it.is_ascii_alphanumeric()) {
            return Ok(all);
        }
        while let Some((bytes, _)) = store.get(&Self::name(run, all.len()))? {
            // One that cannot be read ends it: what follows counts as unknown.
            match serde_json::from_slice(&bytes) {
                Ok(steps) => all.push(steps),
                Err(_) => break,
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_press_published_is_known_again() {
        let hash = |digit: char| digit.to_string().repeat(32);
        let entry = |digit: char, length: u64| Entry(hash(digit), length);
        let list = serde_json::json!({
            "form": 1, "back": {}, "open": null, "removals": {},
            "files": {"a": [hash('a'), 1], "b": [hash('b'), 2], "c": [hash('c'), 3], "gone": [hash('d'), 4]},
        });
        let mut list = Published::parse(list.to_string().as_bytes()).unwrap();
        // Of what is there, a run that did not end may have changed the second.
        let mut there = There::from([
            ("a".to_owned(), Some(entry('a', 1))),
            ("b".to_owned(), None),
            ("c".to_owned(), Some(entry('c', 3))),
        ]);
        let site = [("a", '1', 1), ("b", '2', 2), ("c", '3', 3)];
        let site = site.map(|(name, digit, length)| (name.to_owned(), entry(digit, length))).into();
        let old =
            |name: &str| Ok(hash(if name == "c" { 'e' } else { name.chars().next().unwrap() }));
        list.renew(&mut there, &site, old).unwrap();
        let files = [("a", '1', 1), ("b", '2', 2), ("c", 'c', 3), ("gone", 'd', 4)];
        let files = files.map(|(name, digit, length)| (name.to_owned(), entry(digit, length)));
        assert_eq!(list.files, files.into());
        let wanted = [Some(entry('1', 1)), None, Some(entry('c', 3))];
        assert_eq!(there.into_values().collect::<Vec<_>>(), wanted);
        assert_eq!(list.form, FORM);
    }

    #[test]
    fn a_list_that_names_what_is_outside_is_not_used() {
        for name in ["../a", "/etc/passwd", ".press-published/lock.json", "", "a/../b", "a/"] {
            let text = serde_json::json!({
                "form": 1, "files": {}, "back": {}, "open": null,
                "removals": {name: {"entry": null, "due": "2026-01-01T00:00:00Z"}},
            });
            assert!(Published::parse(text.to_string().as_bytes()).is_err(), "{name}");
        }
        let text = r#"{"form":1,"files":{"a":["../../x",1]},"back":{},"open":null,"removals":{}}"#;
        assert!(Published::parse(text.as_bytes()).is_err());
    }
}
