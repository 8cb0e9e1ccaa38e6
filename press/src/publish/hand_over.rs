//! Lists for a program that sends by itself, such as rsync: which files go in which stage, and what is deleted at the end.
//!
//! They name every file of the site, because such a program finds out by itself what has changed. What was handed over
//! before is kept beside them, so that pages are known that are new, and files that are gone.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use jiff::Timestamp;

use super::list::{Entry, Published, There};
use super::plan::{Given, Plan};
use super::send::{Options, Summary};
use super::stage::{Novelty, Stage};
use super::store;
use crate::hosts::Class;
use crate::site;

/// What sends the files of the lists. rsync puts each file under another name and moves it when it is whole.
const SCRIPT: &str = include_str!("send.sh");
/// What was sent to the end, and what is not yet.
const SENT: &str = "sent.json";
const UNSENT: &str = "unsent.json";

/// The folder of the lists.
pub struct HandOver {
    folder: PathBuf,
}

impl HandOver {
    /// The lists in a folder, which is made if it is not there. With `give_up` those that were not sent are forgotten.
    ///
    /// # Errors
    /// If the lists of the last time were not sent to their end, or the folder cannot be made.
    pub fn open(folder: &Path, give_up: bool) -> Result<Self> {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot use {} as a folder", folder.display()))?;
        let unsent = folder.join(UNSENT);
        if unsent.exists() && !give_up {
            // What is printed now would be sent in a wrong order.
            bail!(
                "the lists in {} were not sent to their end: run send.sh there again; or use --break-lock to forget them",
                folder.display()
            );
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// Where the lists are, for people.
    pub fn name(&self) -> String {
        self.folder.display().to_string()
    }

    /// Writes the lists of the site that was printed into a folder. Says what has changed since they were sent last.
    ///
    /// # Errors
    /// If the site cannot be read, or the lists cannot be written.
    pub fn write(&self, site: &Path, options: &Options) -> Result<Summary> {
        let contents = site::contents(site)?;
        let rules = store::rules();
        let class = |name: &str| rules.rule_of(name).map_or(Class::Other, |rule| rule.class);
        let stage = |name: &str, novelty| Stage::of(name, class(name), &contents.articles, novelty);
        let entry = |content: &site::Content| Entry(site::hash_of(&content.hash, ""), content.size);
        let files = contents.files.iter().map(|(name, it)| (name.clone(), entry(it)));
        let files: BTreeMap<String, Entry> = files.collect();
        let mut list = self.last()?;
        // What is there is told of below.
        list.renew(&mut There::new(), &files, |name| {
            site::old_hash_of(site, name, class(name), "")
        })?;
        let known = list.files.iter().map(|(name, entry)| (name.clone(), Some(entry.clone())));
        let going = list.removals.iter().map(|(name, it)| (name.clone(), it.entry.clone()));
        let there = going.chain(known).collect();
        let given = Given {
            list: &list,
            there: &there,
            site: &files,
            now: Timestamp::now(),
            stays: options.keep_removed,
            way_back: false,
        };
        let plan = Plan::of(&given, stage);
        let mut lists: BTreeMap<Stage, Vec<&str>> = BTreeMap::new();
        for name in files.keys() {
            let novelty = match list.files.contains_key(name) {
                true => Novelty::Known,
                false => Novelty::Hidden,
            };
            lists.entry(stage(name, novelty)).or_default().push(name);
        }
        for file in fs::read_dir(&self.folder)? {
            let file = file?;
            if file.file_name().to_str().is_some_and(|it| it.ends_with(".txt")) {
                fs::remove_file(file.path())?;
            }
        }
        self.put("0-in-the-way.txt", &plan.first)?;
        for (number, stage) in Stage::ALL.iter().enumerate() {
            let names = lists.remove(stage).unwrap_or_default();
            self.put(&format!("{}-{}.txt", number + 1, stage.name()), &names)?;
        }
        self.put("9-removed.txt", &plan.due)?;
        let site = site.canonicalize()?;
        let site = site.to_str().context("the folder of the print is no UTF-8")?;
        let script = SCRIPT.replace("PRESS_SITE", &format!("'{}'", site.replace('\'', r"'\''")));
        self.write_file("send.sh", script.as_bytes())?;
        // The last one: what is in the lists counts from here on.
        self.write_file(UNSENT, &serde_json::to_vec(&plan.list)?)?;
        let gone = list.files.keys().filter(|it| !files.contains_key(*it)).cloned().collect();
        Ok(Summary { gone, ..plan.summary(false) })
    }

    /// What was sent to the end before.
    fn last(&self) -> Result<Published> {
        let path = self.folder.join(SENT);
        match fs::read(&path) {
            Ok(bytes) => Published::parse(&bytes)
                .with_context(|| format!("{} cannot be used; delete it", path.display())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Published::nothing()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// A list: a name on each line.
    fn put(&self, file: &str, names: &[impl AsRef<str>]) -> Result<()> {
        let mut text = String::new();
        for name in names.iter().map(AsRef::as_ref) {
            ensure!(!name.contains(['\n', '\r']), "{name:?} cannot be on a line");
            // Before a name that would be a remark.
            text.push_str(if name.starts_with(['#', ';']) { "./" } else { "" });
            text.push_str(name);
            text.push('\n');
        }
        self.write_file(file, text.as_bytes())
    }

    fn write_file(&self, file: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(file);
        let draft = self.folder.join(format!("{file}.new"));
        fs::write(&draft, bytes)
            .and_then(|()| fs::rename(&draft, &path))
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_script_knows_every_list() {
        let last = Stage::ALL.len();
        assert!(last == 8 && SCRIPT.contains("[1-8]-"), "{last} stages");
        let names: BTreeSet<_> = Stage::ALL.map(Stage::name).into();
        assert_eq!(names.len(), last);
    }
}
