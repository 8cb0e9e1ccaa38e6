//! What a run does: compared are the site that is to be there, what is there, and what the run before left.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::list::{Entry, Published, Removal, Steps, There};
use super::stage::{Novelty, Stage};

/// What is to be sent, and what is to be deleted.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// What is sent, in stages.
    pub(super) stages: BTreeMap<Stage, Vec<String>>,
    /// What stands in the way of something that is sent: a file where a folder will be, or the other way round.
    pub(super) first: Vec<String>,
    /// What is deleted at the end.
    pub(super) due: Vec<String>,
    /// The list as it will be.
    pub(super) list: Published,
    /// What is at the destination under a name, for all that is replaced or deleted and leads back.
    pub(super) keep: BTreeMap<String, Entry>,
    /// Whether anything is different afterwards.
    pub(super) changes: bool,
    /// What the site has no more.
    pub(super) gone: Vec<String>,
}

/// How many objects are sent, deleted, and wait to be deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Objects of each stage that has any.
    pub stages: Vec<(Stage, usize)>,
    /// Objects that are sent.
    pub sent: usize,
    /// Objects that are deleted.
    pub deleted: usize,
    /// Objects that no page needs, and that stay until they are due.
    pub waiting: usize,
}

/// What a plan is made of.
pub(super) struct Given<'a> {
    /// The list at the destination.
    pub(super) list: &'a Published,
    /// What is there.
    pub(super) there: &'a There,
    /// The site that is to be there.
    pub(super) site: &'a BTreeMap<String, Entry>,
    pub(super) now: Timestamp,
    /// How long what no page needs any more stays.
    pub(super) stays: std::time::Duration,
    /// Whether a way back is kept.
    pub(super) way_back: bool,
}

impl Plan {
    /// `stage` says in which stage a file is.
    pub(super) fn of(given: &Given<'_>, stage: impl Fn(&str, Novelty) -> Stage) -> Self {
        let Given { list, there, site, .. } = *given;
        let mut plan = Self { list: list.clone(), ..Self::default() };
        plan.list.open = None;
        for (name, entry) in site {
            if there.get(name).is_none_or(|it| it.as_ref() != Some(entry)) {
                plan.stages.entry(stage(name, given.novelty(name))).or_default().push(name.clone());
            }
        }
        plan.list.files.clone_from(site);
        plan.list.removals = given.removals();
        plan.list.back = given.back();
        let due = |it: &Removal| it.due <= given.now;
        let removals = std::mem::take(&mut plan.list.removals);
        let in_the_way = in_the_way(plan.sent(), &removals);
        for (name, removal) in removals {
            match in_the_way.contains(&name) {
                true => plan.first.push(name),
                false if due(&removal) => plan.due.push(name),
                false => drop(plan.list.removals.insert(name, removal)),
            }
        }
        let goes = plan.sent().chain(&plan.first).chain(&plan.due);
        let old = |name: &String| Some((name.clone(), plan.list.back.get(name)?.clone()?));
        plan.keep = goes.filter_map(old).collect();
        plan
    }

    /// What is sent, in its order.
    pub(super) fn sent(&self) -> impl Iterator<Item = &String> {
        self.stages.values().flatten()
    }

    /// All that the run does.
    pub(super) fn steps(&self) -> Steps {
        let sent = self.sent().map(|name| (name.clone(), self.list.files.get(name).cloned()));
        let gone = self.first.iter().chain(&self.due).map(|name| (name.clone(), None));
        gone.chain(sent).collect()
    }

    pub(super) fn counts(&self) -> Counts {
        let stages: Vec<_> = self.stages.iter().map(|(stage, all)| (*stage, all.len())).collect();
        Counts {
            sent: stages.iter().map(|(_, count)| count).sum(),
            stages,
            deleted: self.first.len() + self.due.len(),
            waiting: self.list.removals.len(),
        }
    }
}

impl Given<'_> {
    fn novelty(&self, name: &str) -> Novelty {
        // A run that did not end had not come so far that anything leads to it.
        let hidden = self.list.open.as_ref().is_some_and(|it| it.hidden.contains(name));
        match (self.list.files.contains_key(name), self.there.contains_key(name)) {
            (true, _) => Novelty::Known,
            (false, true) if !hidden => Novelty::Uncertain,
            (false, _) => Novelty::Hidden,
        }
    }

    /// What is there and no page needs. What waits already keeps its time.
    fn removals(&self) -> BTreeMap<String, Removal> {
        let stays = jiff::SignedDuration::try_from(self.stays).unwrap_or(jiff::SignedDuration::MAX);
        let later = self.now.checked_add(stays).unwrap_or(Timestamp::MAX);
        let needless = self.there.iter().filter(|(name, _)| !self.site.contains_key(*name));
        let removal = |(name, entry): (&String, &Option<Entry>)| {
            let waits = self.list.removals.get(name).map(|it| it.due);
            let due = waits.map_or(later, |due| due.min(later));
            (name.clone(), Removal { entry: entry.clone(), due })
        };
        needless.map(removal).collect()
    }

    /// What leads back to the print before. A run that changes nothing leaves the way as it is.
    fn back(&self) -> Steps {
        if !self.way_back {
            return Steps::new();
        }
        let (old, new) = (&self.list.files, self.site);
        if old == new {
            return self.list.back.clone();
        }
        let changed = new.iter().filter(|(name, entry)| old.get(*name) != Some(entry));
        let gone = old.keys().filter(|name| !new.contains_key(*name));
        let names = changed.map(|(name, _)| name).chain(gone);
        // Nothing leads back from the first print.
        names
            .filter(|_| !old.is_empty())
            .map(|name| (name.clone(), old.get(name).cloned()))
            .collect()
    }
}

/// What goes and has the name of a folder of a file that is sent, or is in a folder that has the name of one.
fn in_the_way<'a>(
    sent: impl Iterator<Item = &'a String>,
    removals: &BTreeMap<String, Removal>,
) -> BTreeSet<String> {
    fn above(name: &str) -> impl Iterator<Item = &str> {
        fn folder(name: &str) -> Option<&str> {
            Some(name.rsplit_once('/')?.0)
        }
        std::iter::successors(folder(name), |it| folder(it))
    }
    let sent: BTreeSet<&str> = sent.map(String::as_str).collect();
    let folders: BTreeSet<&str> = sent.iter().flat_map(|name| above(name)).collect();
    let meets =
        |name: &&String| folders.contains(name.as_str()) || above(name).any(|it| sent.contains(it));
    removals.keys().filter(meets).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, u64)]) -> BTreeMap<String, Entry> {
        let entry = |version: u64| Entry(format!("{version:032x}"), version);
        files.iter().map(|(name, version)| ((*name).to_owned(), entry(*version))).collect()
    }

    /// The plan from a list to a site at a second, with ten seconds until a removal.
    fn plan(
        list: &Published,
        there: Option<&There>,
        site: &BTreeMap<String, Entry>,
        now: i64,
    ) -> Plan {
        let all = list.files.iter().map(|(name, entry)| (name.clone(), Some(entry.clone())));
        let going = list.removals.iter().map(|(name, it)| (name.clone(), it.entry.clone()));
        let known = going.chain(all).collect();
        let given = Given {
            list,
            there: there.unwrap_or(&known),
            site,
            now: Timestamp::from_second(now).unwrap_or_default(),
            stays: std::time::Duration::from_secs(10),
            way_back: true,
        };
        Plan::of(&given, |_, novelty| match novelty {
            Novelty::Hidden => Stage::NewPages,
            _ => Stage::Pages,
        })
    }

    fn names(plan: &Plan) -> Vec<&str> {
        plan.sent().map(String::as_str).collect()
    }

    #[test]
    fn what_is_gone_stays_until_it_is_due_and_comes_back_without_being_sent() {
        let first = plan(&Published::default(), None, &site(&[("a", 1), ("b", 1)]), 0).list;
        assert!(first.back.is_empty());
        let second = plan(&first, None, &site(&[("a", 2)]), 100);
        assert_eq!((names(&second), second.due.len()), (vec!["a"], 0));
        assert_eq!(second.keep.keys().collect::<Vec<_>>(), ["a"], "b is still there");
        let early = plan(&second.list, None, &site(&[("a", 2)]), 109);
        assert!(early.due.is_empty() && early.list.back == second.list.back);
        let late = plan(&early.list, None, &site(&[("a", 2)]), 110);
        assert_eq!(late.due, ["b"]);
        assert_eq!(late.keep.keys().collect::<Vec<_>>(), ["b"], "the way back needs it");
        let again = plan(&early.list, None, &site(&[("a", 2), ("b", 1)]), 110);
        assert!(again.sent().next().is_none() && again.list.removals.is_empty());
    }

    #[test]
    fn what_a_killed_run_may_have_sent_is_sent_again_or_goes() {
        let first = plan(&Published::default(), None, &site(&[("a", 1)]), 0).list;
        // It was about to send a and b, and has noted neither.
        let there = There::from([("a".to_owned(), None), ("b".to_owned(), None)]);
        let back = plan(&first, Some(&there), &site(&[("a", 1)]), 5);
        assert_eq!(names(&back), ["a"]);
        assert_eq!(back.list.removals.keys().collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn a_file_in_the_place_of_a_folder_goes_first() {
        let first = plan(&Published::default(), None, &site(&[("a/b", 1), ("c", 1)]), 0).list;
        let plan = plan(&first, None, &site(&[("a", 1), ("c/d/e", 1)]), 1);
        assert_eq!(plan.first, ["a/b", "c"]);
    }
}
