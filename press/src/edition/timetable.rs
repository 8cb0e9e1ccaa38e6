//! The timetable: which articles are not online, why, and when something appears or goes.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

use crate::edition::front_matter::kept;

/// Why an article is not online though nothing is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is a draft, or asks to be in no list.
    Draft,
    /// Its moment has not come.
    Future,
    /// Its time is over.
    Expired,
    /// The newspaper withdrew it.
    Withdrawn,
}

/// What happens to an article at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It comes online.
    Appears,
    /// It goes offline.
    Goes,
}

/// One thing that changes by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When, in the site's zone.
    pub at: ZonedDateTime,
    /// The article's file, relative to the edition.
    pub file: PathBuf,
    /// What happens.
    pub event: Event,
}

/// An article that an error keeps out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// Its file, relative to the edition.
    pub file: PathBuf,
    /// The path that it would have, without the base path: `tin/a/`.
    pub path: String,
}

/// What is not online, and what changes when.
#[derive(Clone, Debug, Default)]
pub struct Timetable {
    /// The articles that stay out because the publisher wants it.
    pub held: Vec<(PathBuf, Why)>,
    /// The articles that stay out because of an error.
    pub failed: Vec<Failed>,
    /// What changes after the moment for which the edition was read, in no order.
    pub changes: Vec<Change>,
}

impl Timetable {
    /// Puts an article on the timetable and says whether it is online now.
    pub(crate) fn enter(
        &mut self,
        file: &Path,
        draft: bool,
        times: &Times,
        now: Timestamp,
    ) -> bool {
        let (appears, goes) = (times.appears.as_ref(), times.goes.as_ref());
        let after = |at: Option<&ZonedDateTime>| at.is_some_and(|at| at.timestamp() > now);
        let mut change = |at: Option<&ZonedDateTime>, event| {
            let at = at.filter(|at| at.timestamp() > now);
            self.changes.extend(at.map(|at| Change {
                at: at.clone(),
                file: file.to_owned(),
                event,
            }));
        };
        let why = if draft {
            Why::Draft
        } else if goes.is_some() && !after(goes) {
            Why::Expired
        } else if after(appears) {
            // What goes before it comes never comes.
            if goes.is_none_or(|goes| appears.is_some_and(|appears| appears < goes)) {
                change(appears, Event::Appears);
                change(goes, Event::Goes);
            }
            Why::Future
        } else {
            change(goes, Event::Goes);
            return true;
        };
        self.held.push((file.to_owned(), why));
        false
    }

    /// How many articles stay out for a reason.
    pub fn count(&self, why: Why) -> usize {
        self.held.iter().filter(|(_, it)| *it == why).count()
    }

    /// What changes next: everything that happens at the first moment, by file.
    pub fn next(&self) -> Vec<&Change> {
        let first = self.changes.iter().map(|it| it.at.timestamp()).min();
        let mut next: Vec<&Change> =
            self.changes.iter().filter(|it| Some(it.at.timestamp()) == first).collect();
        next.sort_by(|a, b| a.file.cmp(&b.file));
        next
    }

    /// Takes down the articles that were to be printed and are not, and that the withdrawn ones among them, of which
    /// this is said, are gone by the publisher's will.
    pub(crate) fn miss(&mut self, missing: Vec<(Failed, bool)>) {
        for (failed, withdrawn) in missing {
            if withdrawn {
                self.held.push((failed.file.clone(), Why::Withdrawn));
            }
            self.failed.push(failed);
        }
        let failed: HashSet<&PathBuf> = self.failed.iter().map(|it| &it.file).collect();
        self.changes
            .retain(|change| change.event == Event::Appears || !failed.contains(&change.file));
    }
}

/// When an article is online.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Times {
    #[serde(with = "kept::some_moment")]
    pub(crate) appears: Option<ZonedDateTime>,
    #[serde(with = "kept::some_moment")]
    pub(crate) goes: Option<ZonedDateTime>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<ZonedDateTime> {
        (!text.is_empty()).then(|| format!("{text}:00+07:00[Asia/Ho_Chi_Minh]").parse().unwrap())
    }

    /// The reason for which an article is not online, and what changes next.
    fn enter(draft: bool, appears: &str, goes: &str) -> (Option<Why>, Option<Event>) {
        let mut timetable = Timetable::default();
        let times = Times { appears: at(appears), goes: at(goes) };
        let now = at("2026-10-10T12:00").unwrap().timestamp();
        timetable.enter(Path::new("a.md"), draft, &times, now);
        let next = timetable.next().first().map(|it| it.event);
        (timetable.held.first().map(|it| it.1), next)
    }

    #[test]
    fn an_article_is_online_from_its_moment_until_its_end() {
        use Event::{Appears, Goes};
        let (past, now, soon, late) =
            ("2026-10-01T00:00", "2026-10-10T12:00", "2026-10-10T12:01", "2026-10-11T00:00");
        assert_eq!(enter(false, past, ""), (None, None));
        assert_eq!(enter(false, now, late), (None, Some(Goes)), "from the very moment");
        assert_eq!(enter(false, past, now), (Some(Why::Expired), None), "until the very moment");
        assert_eq!(enter(false, soon, late), (Some(Why::Future), Some(Appears)));
        assert_eq!(enter(false, late, soon), (Some(Why::Future), None), "it never comes");
        assert_eq!(enter(true, soon, late), (Some(Why::Draft), None), "nobody prints a draft");
        assert_eq!(enter(false, "", soon), (None, Some(Goes)));
    }
}
