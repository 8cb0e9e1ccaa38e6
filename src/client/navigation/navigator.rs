//! The navigator: a state machine that decides which page is shown. An event goes in, effects come
//! out; it knows no browser.
//!
//! A page is asked for, its data fetched, and then shown, in that order: address and view change
//! together. The newest wish of the reader wins over older answers.

use std::sync::Arc;

pub(crate) use super::page_cache::Fetched;
use super::page_cache::PageCache;
use crate::context::PageError;
use crate::contract::Feed;

/// What a navigation does to the history of the tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// It adds an entry.
    Push,
    /// It keeps the current entry: the same page anew.
    Replace,
    /// The browser went to another entry already: back or forward. The page returns to where the
    /// reader left it.
    Traverse,
}

/// A page that the reader wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Destination {
    /// The canonical path of the page.
    pub(crate) path: String,
    /// What the address has after the path: query and fragment.
    pub(crate) rest: String,
    /// What showing it does to the history.
    pub(crate) entry: Entry,
}

/// What happened.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// The reader follows a link.
    Follow {
        /// The canonical path of its page.
        path: String,
        /// Query and fragment.
        rest: String,
    },
    /// The reader goes back or forward. The address has changed already.
    Traverse {
        /// The canonical path of the page.
        path: String,
        /// Query and fragment.
        rest: String,
    },
    /// The page of the current address is to be shown anew.
    Reload {
        /// The canonical path of the page.
        path: String,
        /// Query and fragment.
        rest: String,
    },
    /// The reader may want this page next.
    Prefetch(String),
    /// A page that was asked for has come.
    Arrived(String, Fetched),
    /// A page that was asked for has not come.
    Failed(String, PageError),
    /// A page came with the document, or was compared with what the newspaper has.
    Known(String, Arc<Feed>),
    /// The newspaper has other texts of these pages by now.
    Outdated(Vec<String>),
}

/// What is to be done about it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Effect {
    /// Fetch the data of the page at this path, and dispatch `Arrived` or `Failed`.
    Fetch(String),
    /// Get ready to show this page, which the reader may want next.
    Prepare(Arc<Feed>),
    /// Show or hide that something is on its way.
    Busy(bool),
    /// Show a page, and change the address with it.
    Show(Destination, Fetched),
    /// Leave it to the browser to load this URL as a document.
    Load(String),
    /// Load the document of the current address.
    LoadHere,
    /// Tell the reader why the page at this path is not shown.
    Alert(PageError, String),
    /// The page that is shown has another text by now.
    ShownIsOutdated,
}

/// What the navigator remembers.
#[derive(Debug)]
pub(crate) struct Navigator {
    /// The path of the page that is shown.
    shown: String,
    /// The page that the reader wants and does not see yet.
    pending: Option<Destination>,
    /// The paths of pages on their way.
    in_flight: Vec<String>,
    /// The path of the page that the reader may want next, as far as was seen last.
    likely: String,
    cache: PageCache,
}

impl Navigator {
    /// The navigator of a tab that shows the page at this path.
    pub(crate) fn new(path: &str) -> Self {
        Self {
            shown: path.to_owned(),
            pending: None,
            in_flight: Vec::new(),
            likely: String::new(),
            cache: PageCache::default(),
        }
    }

    /// Takes an event at `now` (milliseconds since 1970); the effects are in their order.
    pub(crate) fn handle(&mut self, event: Event, now: f64) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::Follow { path, rest } => {
                let entry = if path == self.shown { Entry::Replace } else { Entry::Push };
                self.go(Destination { path, rest, entry }, now, &mut effects);
            }
            // Another place in the page that is shown: whatever was on its way is not wanted.
            Event::Traverse { path, .. } if path == self.shown => {
                if self.pending.take().is_some() {
                    effects.push(Effect::Busy(false));
                }
            }
            Event::Traverse { path, rest } => {
                let destination = Destination { path, rest, entry: Entry::Traverse };
                self.go(destination, now, &mut effects);
            }
            Event::Reload { path, rest } => {
                let destination = Destination { path, rest, entry: Entry::Replace };
                self.go(destination, now, &mut effects);
            }
            Event::Prefetch(path) => {
                self.likely.clone_from(&path);
                match self.cache.find(&path, now, false) {
                    Some(fetched) => self.prepare(&path, fetched.page, &mut effects),
                    None => self.fetch(path, &mut effects),
                }
            }
            Event::Arrived(path, fetched) => {
                self.in_flight.retain(|it| *it != path);
                self.cache.put(&path, fetched.clone(), now);
                if self.wants(&path) {
                    effects.push(Effect::Busy(false));
                    self.show(fetched, &mut effects);
                } else {
                    self.prepare(&path, fetched.page, &mut effects);
                }
            }
            Event::Failed(path, error) => {
                self.in_flight.retain(|it| *it != path);
                // A prefetch that failed is nobody's business: the click tries again.
                if self.wants(&path) {
                    effects.push(Effect::Busy(false));
                    self.fail(error, &mut effects);
                }
            }
            Event::Known(path, page) => {
                self.cache.put(&path, Fetched { page, kept_at: None }, now);
            }
            Event::Outdated(paths) => {
                for path in &paths {
                    self.cache.remove(path);
                }
                if paths.contains(&self.shown) {
                    effects.push(Effect::ShownIsOutdated);
                }
            }
        }
        effects
    }

    fn wants(&self, path: &str) -> bool {
        self.pending.as_ref().is_some_and(|pending| pending.path == path)
    }

    fn go(&mut self, destination: Destination, now: f64, effects: &mut Vec<Effect>) {
        // Back and forward show what the reader saw there, however old.
        let whatever_age = destination.entry == Entry::Traverse;
        let known = self.cache.find(&destination.path, now, whatever_age);
        let path = destination.path.clone();
        let was_pending = self.pending.replace(destination).is_some();
        match known {
            Some(fetched) => {
                if was_pending {
                    effects.push(Effect::Busy(false));
                }
                self.show(fetched, effects);
            }
            None => {
                if !was_pending {
                    effects.push(Effect::Busy(true));
                }
                self.fetch(path, effects);
            }
        }
    }

    /// Fetches a page, unless it is on its way.
    fn fetch(&mut self, path: String, effects: &mut Vec<Effect>) {
        if !self.in_flight.contains(&path) {
            self.in_flight.push(path.clone());
            effects.push(Effect::Fetch(path));
        }
    }

    /// Gets a page ready that the reader may want next.
    fn prepare(&self, path: &str, page: Arc<Feed>, effects: &mut Vec<Effect>) {
        if path == self.likely && path != self.shown {
            effects.push(Effect::Prepare(page));
        }
    }

    /// Shows what the reader wants.
    fn show(&mut self, fetched: Fetched, effects: &mut Vec<Effect>) {
        let Some(destination) = self.pending.take() else { return };
        self.shown.clone_from(&destination.path);
        effects.push(Effect::Show(destination, fetched));
    }

    fn fail(&mut self, error: PageError, effects: &mut Vec<Effect>) {
        let Some(Destination { path, rest, entry }) = self.pending.take() else { return };
        effects.push(match (entry, error) {
            // The address is that of the page already, and must not stand over another one.
            (Entry::Traverse, _) => Effect::LoadHere,
            // The server knows best how to say it, with the newest stories.
            (_, PageError::Gone) => Effect::Load([path, rest].concat()),
            _ => Effect::Alert(error, path),
        });
    }
}
