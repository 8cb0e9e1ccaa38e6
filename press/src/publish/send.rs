//! A run: takes the lock, sends a site in its stages, deletes what is due, and leaves the list of what is there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use jiff::Timestamp;

use super::list::{self, Entry, FOLDER, Journal, Open, Published, There, kept};
use super::lock::Lock;
use super::plan::{Counts, Given, Plan};
use super::stage::Stage;
use super::store::{self, About, Body, Store};
use crate::hosts::{Class, Table, is_hidden};
use crate::progress::Progress;
use crate::site::{self, Contents};

/// What was sent is noted at the destination at the latest after so many objects, or so long.
const NOTED_AFTER: (usize, Duration) = (500, Duration::from_secs(2));

/// How a site is published.
#[derive(Debug, Clone)]
pub struct Options {
    /// How long what no page needs any more stays: pages that readers have open load it.
    pub keep_removed: Duration,
    /// Whether what is replaced is kept at the destination, so that one can go back to the print before.
    pub way_back: bool,
    /// Whether texts are sent compressed, where objects have headers.
    pub compress: bool,
    /// Whether the lock is taken from whoever has it.
    pub break_lock: bool,
}

/// What a run did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// How much.
    pub counts: Counts,
    /// The names of what was sent, in their order.
    pub sent: Vec<String>,
    /// The names of what was deleted.
    pub deleted: Vec<String>,
    /// The names of what the site has no more.
    pub gone: Vec<String>,
    /// Whether a run before did not end, so that what it may have sent was sent again.
    pub resumed: bool,
}

/// Is told how far a run is.
pub trait Watcher: Sync {
    /// So many of all objects are sent or deleted.
    fn step(&self, stage: &str, done: usize, all: usize);
}

impl Watcher for Progress {
    fn step(&self, stage: &str, done: usize, all: usize) {
        self.tell(|| format!("Sending {stage}: {done} of {all}"));
    }
}

/// Publishes the site that was printed into a folder.
///
/// # Errors
/// If somebody else is publishing, or something cannot be sent. What is there then is a whole site, the old one with files
/// of the new one, and the next run goes on.
pub fn publish(
    site: &Path,
    store: &dyn Store,
    options: &Options,
    watcher: &dyn Watcher,
) -> Result<Summary> {
    let goal = Goal::print(site, store, options)?;
    locked(store, options, watcher, &goal)
}

/// Says what [`publish`] would do.
///
/// # Errors
/// If the site or the list at the destination cannot be read.
pub fn look(site: &Path, store: &dyn Store, options: &Options) -> Result<Summary> {
    let goal = Goal::print(site, store, options)?;
    let (plan, resumed) = goal.plan(store, options)?;
    Ok(plan.summary(resumed))
}

/// Goes back to the print before, or from a run that did not end to the site before it. Done twice it changes nothing.
///
/// # Errors
/// As [`publish`]; and if nothing leads back, or what does is not there.
pub fn roll_back(store: &dyn Store, options: &Options, watcher: &dyn Watcher) -> Result<Summary> {
    locked(store, options, watcher, &Goal::Back)
}

/// What is to be at the destination.
enum Goal {
    /// The site in a folder.
    Print { folder: PathBuf, contents: Contents, entries: BTreeMap<String, Entry>, compress: bool },
    /// What was there before.
    Back,
}

impl Goal {
    fn print(folder: &Path, store: &dyn Store, options: &Options) -> Result<Self> {
        let contents = site::contents(folder)?;
        let (rules, compress) = (store::rules(), options.compress && store.has_headers());
        let sent =
            contents.files.iter().filter(|(name, _)| !(store.has_headers() && is_hidden(name)));
        let entries = sent.map(|(name, content)| {
            let about = about(store, name, &rules, compress);
            let hash = site::hash_of(&content.hash, &about);
            (name.clone(), Entry(hash, content.size))
        });
        let entries = entries.collect();
        Ok(Self::Print { folder: folder.to_owned(), contents, entries, compress })
    }

    fn plan(&self, store: &dyn Store, options: &Options) -> Result<(Plan, bool)> {
        let (mut list, mut there) = Published::read(store)?;
        let rules = store::rules();
        let class = |name: &str| rules.rule_of(name).map_or(Class::Other, |rule| rule.class);
        if let Self::Print { folder, entries, compress, .. } = self {
            list.renew(&mut there, entries, |name| {
                let about = about(store, name, &rules, *compress);
                site::old_hash_of(folder, name, class(name), &about)
            })?;
        }
        let nothing = BTreeSet::new();
        let (site, articles) = match self {
            Self::Print { contents, entries, .. } => (entries.clone(), &contents.articles),
            Self::Back => (before(store, &list, &mut there)?, &nothing),
        };
        let plan = Plan::of(
            &Given {
                list: &list,
                there: &there,
                site: &site,
                now: Timestamp::now(),
                stays: options.keep_removed,
                way_back: options.way_back,
            },
            |name, novelty| Stage::of(name, class(name), articles, novelty),
        );
        let changes = plan.list != list;
        let is_gone = |name: &&String| !plan.list.files.contains_key(*name);
        let gone = list.files.keys().filter(is_gone).cloned().collect();
        Ok((Plan { changes, gone, ..plan }, list.open.is_some()))
    }

    /// Brings an object to its place.
    fn send(&self, store: &dyn Store, name: &str, plan: &Plan, rules: &Table) -> Result<()> {
        match self {
            Self::Print { folder, compress, .. } => {
                store.put(name, Body::File(&folder.join(name)), &About::of(name, rules, *compress))
            }
            Self::Back => {
                let entry = plan.list.files.get(name).context("it is in no list")?;
                match store.copy(&kept(entry), name)? {
                    true => Ok(()),
                    false => bail!("what it was is not there any more"),
                }
            }
        }
    }
}

/// What an object is sent with, as a text; nothing where objects have no headers.
fn about(store: &dyn Store, name: &str, rules: &Table, compress: bool) -> String {
    match store.has_headers() {
        true => About::of(name, rules, compress).key(),
        false => String::new(),
    }
}

/// The site that was there before, and `there` without what a run that did not end has not touched.
fn before(
    store: &dyn Store,
    list: &Published,
    there: &mut There,
) -> Result<BTreeMap<String, Entry>> {
    let all_kept = list::all_kept(store)?;
    let mut site = list.files.clone();
    if let Some(open) = &list.open {
        if !open.way_back {
            bail!("the run that did not end kept nothing of what it replaced; publish again");
        }
        // What is replaced is kept first, so what is not kept was not replaced.
        for name in open.plan.keys() {
            if let Some(old) = site.get(name).filter(|old| !all_kept.contains(&kept(old))) {
                there.insert(name.clone(), Some(old.clone()));
            }
        }
        return Ok(site);
    }
    if list.back.is_empty() {
        bail!("nothing at {} leads back to a print before", store.name());
    }
    for (name, entry) in &list.back {
        match entry {
            Some(entry) => site.insert(name.clone(), entry.clone()),
            None => site.remove(name),
        };
    }
    let is_there = |name: &String, entry: &Entry| there.get(name) == Some(&Some(entry.clone()));
    let lost = list.back.iter().find_map(|(name, entry)| {
        let entry = entry.as_ref()?;
        (!is_there(name, entry) && !all_kept.contains(&kept(entry))).then_some(name)
    });
    if let Some(name) = lost {
        bail!("nothing was changed: what {name} was is not kept at {} any more", store.name());
    }
    Ok(site)
}

impl Plan {
    pub(super) fn summary(&self, resumed: bool) -> Summary {
        Summary {
            counts: self.counts(),
            sent: self.sent().cloned().collect(),
            deleted: self.first.iter().chain(&self.due).cloned().collect(),
            gone: self.gone.clone(),
            resumed,
        }
    }
}

fn locked(
    store: &dyn Store,
    options: &Options,
    watcher: &dyn Watcher,
    goal: &Goal,
) -> Result<Summary> {
    let run = format!("{:x}p{:x}", Timestamp::now().as_nanosecond(), std::process::id());
    let lock = Lock::take(store, &run, options.break_lock)?;
    let done = lock.hold(|| {
        // Read when nobody else changes it.
        let (plan, resumed) = goal.plan(store, options)?;
        let work = Run { store, watcher, goal, plan: &plan, run: &run, lock: &lock, resumed };
        work.all(options.way_back)?;
        Ok(plan.summary(resumed))
    });
    match done {
        // A lock that cannot be given back becomes stale.
        Err(error) => {
            let _ = lock.give_back();
            Err(error)
        }
        Ok(summary) => lock.give_back().map(|()| summary),
    }
}

struct Run<'a> {
    store: &'a dyn Store,
    watcher: &'a dyn Watcher,
    goal: &'a Goal,
    plan: &'a Plan,
    run: &'a str,
    lock: &'a Lock<'a>,
    /// A run before did not end.
    resumed: bool,
}

impl Run<'_> {
    fn all(&self, way_back: bool) -> Result<()> {
        let plan = self.plan;
        if !plan.changes {
            return Ok(());
        }
        let steps = plan.steps();
        let all = steps.len();
        let (mut begun, _) = Published::read(self.store)?;
        if all > 0 {
            let hidden = plan.stages.get(&Stage::NewPages).into_iter().flatten().cloned().collect();
            let open = Open { run: self.run.to_owned(), plan: steps, way_back, hidden };
            // What an earlier run may have sent stays unknown until this one has ended.
            let earlier = begun.open.take();
            let way_back = earlier.as_ref().is_none_or(|it| it.way_back) && open.way_back;
            let unknown = earlier.map(|it| it.plan).unwrap_or_default();
            let plan = unknown.into_iter().chain(open.plan).collect();
            begun.open = Some(Open { plan, way_back, ..open });
            begun.write(self.store)?;
        }
        let mut journal = Journal::new(self.store, self.run);
        let mut done = 0;
        let clear = |name: &str| self.delete(name);
        let result = self.each("removals", &plan.first, &mut journal, (&mut done, all), clear);
        let result = result.and_then(|()| self.stages(begun, &mut journal, &mut done, all));
        let noted = journal.write();
        result.with_context(|| {
            format!("{done} of {all} objects are done; run this again to go on")
        })?;
        noted?;
        self.lock.check()?;
        plan.list.write(self.store)?;
        self.tidy()
    }

    fn stages(
        &self,
        mut begun: Published,
        journal: &mut Journal<'_>,
        done: &mut usize,
        all: usize,
    ) -> Result<()> {
        let rules = store::rules();
        for (stage, names) in &self.plan.stages {
            self.lock.check()?;
            self.each(stage.name(), names, journal, (done, all), |name| {
                self.keep(name)?;
                self.goal.send(self.store, name, self.plan, &rules)
            })?;
            if let (Stage::NewPages, Some(open)) = (stage, &mut begun.open) {
                open.hidden.clear();
                begun.write(self.store)?;
            }
        }
        self.lock.check()?;
        self.each("removals", &self.plan.due, journal, (done, all), |name| self.delete(name))
    }

    /// Does something with objects, several at a time, and notes what was done. Ends at the first error.
    fn each(
        &self,
        stage: &str,
        names: &[String],
        journal: &mut Journal<'_>,
        (done, all): (&mut usize, usize),
        work: impl Fn(&str) -> Result<()> + Sync,
    ) -> Result<()> {
        let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
        let (tell, told) = channel();
        let mut result = Ok(());
        std::thread::scope(|scope| {
            for _ in 0..self.store.at_a_time().min(names.len()) {
                let (tell, work, next, failed) = (tell.clone(), &work, &next, &failed);
                scope.spawn(move || {
                    while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if failed.load(Ordering::Relaxed) {
                            return;
                        }
                        let result = work(name);
                        failed.fetch_or(result.is_err(), Ordering::Relaxed);
                        if tell.send((name, result)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(tell);
            let mut noted = Instant::now();
            for (name, ended) in told {
                match ended {
                    Ok(()) => {
                        *done += 1;
                        journal.note(name, self.plan.list.files.get(name).cloned());
                        self.watcher.step(stage, *done, all);
                    }
                    Err(error) if result.is_ok() => {
                        result = Err(error.context(format!("{name} of the stage {stage}")));
                    }
                    Err(_) => {}
                }
                if journal.waiting() >= NOTED_AFTER.0 || noted.elapsed() >= NOTED_AFTER.1 {
                    noted = Instant::now();
                    if let (Err(error), true) = (journal.write(), result.is_ok()) {
                        failed.store(true, Ordering::Relaxed);
                        result = Err(error);
                    }
                }
            }
        });
        result
    }

    /// Keeps what an object is, if that leads back. A run before may have kept it, and replaced it since.
    fn keep(&self, name: &str) -> Result<()> {
        let Some(entry) = self.plan.keep.get(name) else { return Ok(()) };
        let place = kept(entry);
        if self.resumed && self.store.has(&place)? {
            return Ok(());
        }
        // Something that somebody has taken away leads nowhere; `before` looks whether it is there.
        self.store.copy(name, &place).map(drop)
    }

    fn delete(&self, name: &str) -> Result<()> {
        self.keep(name)?;
        self.store.delete(name)
    }

    /// Deletes what runs have left that is of no use any more.
    fn tidy(&self) -> Result<()> {
        let needed = self.plan.list.kept();
        let is_left = |name: &&String| {
            let own = name.strip_prefix(FOLDER).unwrap_or_default();
            let of_run = own.starts_with("/done-") || own.starts_with("/new-");
            of_run || (own.starts_with("/kept/") && !needed.contains(*name))
        };
        let all = self.store.below(FOLDER)?;
        all.iter().filter(is_left).try_for_each(|name| self.store.delete(name))
    }
}
