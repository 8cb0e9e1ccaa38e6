//! Visits: a page is asked for, its data fetched, and then shown, in that order.
//!
//! The address and the view change together, once the data is there. A newer wish wins over an
//! older answer. What was fetched is kept for a while, whether it was shown or only prefetched.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::location::State as HistoryState;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::data::From;
use super::links::Target;
use super::{data, desk, document, freshness, scroll};
use crate::app::{Context, Failure, Notice, Remark};
use crate::contract::{Feed, PageKind};

/// How long fetched data is shown without asking again, in milliseconds.
const FRESH_MS: f64 = 5.0 * 60.0 * 1000.0;
/// How many pages are kept.
const KEPT_PAGES: usize = 60;

/// How a visit changes the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// A new entry.
    Push,
    /// The entry that is current: a reload of the same page, or a step back or forward.
    Replace,
    /// A step back or forward, where the page returns to where the reader left it.
    Return,
}

/// A page that the reader wants to see.
#[derive(Clone)]
struct Wish {
    path: String,
    rest: String,
    entry: Entry,
}

impl Wish {
    /// A page whose address is in the address bar already.
    fn here(path: &str, entry: Entry) -> Self {
        let location = window().location();
        let rest = [location.search(), location.hash()].map(Result::unwrap_or_default).concat();
        Self { path: path.to_owned(), rest, entry }
    }
}

struct Kept {
    path: String,
    page: Arc<Feed>,
    fetched_at: f64,
    /// When the service worker kept it, if it is a copy.
    kept_at: Option<String>,
}

/// What a visit needs to know.
pub(super) struct State {
    pub(super) context: Context,
    /// The path under the pointer.
    pub(super) hovered: RefCell<Option<String>>,
    /// The path of the page that is shown.
    pub(super) shown: RefCell<String>,
    kept: RefCell<Vec<Kept>>,
    in_flight: RefCell<Vec<String>>,
    wish: RefCell<Option<Wish>>,
}

/// The visits of a tab: a handle that can be copied into every listener.
#[derive(Clone, Copy)]
pub(super) struct Visits(StoredValue<State, LocalStorage>);

impl Visits {
    /// Needs a reactive owner that lives as long as the page.
    pub(super) fn new(context: Context) -> Self {
        Self(StoredValue::new_local(State {
            context,
            hovered: RefCell::default(),
            shown: RefCell::new(document::path()),
            kept: RefCell::default(),
            in_flight: RefCell::default(),
            wish: RefCell::default(),
        }))
    }

    /// Looks at the state.
    pub(super) fn with<T>(self, look: impl FnOnce(&State) -> T) -> T {
        self.0.with_value(look)
    }

    /// Keeps the page that the document came with, so that it is not fetched again.
    pub(super) fn keep_current(self, path: &str) {
        self.keep(path, self.with(|state| state.context.page.get_untracked()));
    }

    /// Keeps a page that came from the newspaper.
    pub(super) fn keep(self, path: &str, page: Arc<Feed>) {
        self.with(|state| state.keep(path, page, None));
    }

    /// The path of the page that is shown.
    pub(super) fn shown(self) -> String {
        self.with(|state| state.shown.borrow().clone())
    }

    /// Whether the page at a path is shown.
    pub(super) fn shows(self, path: &str) -> bool {
        self.with(|state| *state.shown.borrow() == path)
    }

    /// Follows a link.
    pub(super) fn follow(self, target: Target) {
        let here = target.path == document::path();
        let entry = if here { Entry::Replace } else { Entry::Push };
        self.want(Wish { path: target.path, rest: target.rest, entry });
    }

    /// Shows the page of the current address.
    pub(super) fn replace(self, path: &str) {
        self.want(Wish::here(path, Entry::Replace));
    }

    /// Shows a page that the reader returns to with back or forward.
    pub(super) fn return_to(self, path: &str) {
        self.want(Wish::here(path, Entry::Return));
    }

    /// Fetches a page's data before the reader asks for it.
    pub(super) fn prefetch(self, path: &str) {
        if self.with(|state| state.find(path, false)).is_none() {
            self.fetch(path);
        }
    }

    fn want(self, wish: Wish) {
        // Back and forward show what the reader saw there, however old.
        let kept = self.with(|state| state.find(&wish.path, wish.entry == Entry::Return));
        let path = wish.path.clone();
        self.with(|state| state.wish.replace(Some(wish)));
        match kept {
            Some((page, kept_at)) => self.show(&path, page, kept_at),
            None => {
                document::set_busy(true);
                self.fetch(&path);
            }
        }
    }

    /// Fetches a page, unless it is on its way. Whoever wants it when it arrives gets it.
    fn fetch(self, path: &str) {
        let url = self.with(|state| {
            let mut in_flight = state.in_flight.borrow_mut();
            let new = !in_flight.iter().any(|it| it == path);
            new.then(|| {
                in_flight.push(path.to_owned());
                state.context.urls.data(path)
            })
        });
        let (Some(url), path) = (url, path.to_owned()) else { return };
        spawn_local(async move {
            let answer = data::fetch_page(&url, From::Anywhere).await;
            self.with(|state| state.in_flight.borrow_mut().retain(|it| *it != path));
            match answer {
                Ok((page, kept_at)) => {
                    let page = Arc::new(page);
                    self.with(|state| state.keep(&path, page.clone(), kept_at.clone()));
                    self.show(&path, page, kept_at);
                }
                Err(failure) => self.fail(path, failure),
            }
        });
    }

    /// Takes the wish if it is for this path.
    fn granted(self, path: &str) -> Option<Wish> {
        let wish = self.with(|state| state.wish.borrow_mut().take_if(|wish| wish.path == path))?;
        document::set_busy(false);
        Some(wish)
    }

    /// Shows a page, if it is still the one that the reader wants.
    fn show(self, path: &str, page: Arc<Feed>, kept_at: Option<String>) {
        let Some(wish) = self.granted(path) else { return };
        self.present(wish, page);
        freshness::look(self, path, kept_at);
        desk::page_changed(self);
    }

    /// Puts a page into the view and its address into the address bar.
    fn present(self, wish: Wish, page: Arc<Feed>) {
        let Wish { path, rest, entry } = wish;
        let returning = entry == Entry::Return;
        // An article is painted before its related news. Whoever returns needs the whole height.
        let later = !returning && page.extension.kind == PageKind::Article;
        if entry == Entry::Push {
            scroll::remember();
        }
        let key = if entry == Entry::Push { scroll::new_key() } else { scroll::key() };
        self.with(|state| {
            let Context { page: shown, related, notice, remark, navigate, .. } = &state.context;
            if let Some(navigate) = navigate.get_value() {
                let options = NavigateOptions {
                    resolve: false,
                    replace: entry != Entry::Push,
                    scroll: false,
                    state: HistoryState::new(Some(JsValue::from_f64(key as f64))),
                };
                navigate(&[path.as_str(), rest.as_str()].concat(), options);
            }
            notice.set(None);
            // There is a new build whatever page is shown.
            if remark.get_untracked() != Some(Remark::NewBuild) {
                remark.set(None);
            }
            shown.set(page.clone());
            if !later {
                related.set(page.clone());
            }
            state.shown.replace(path);
        });
        // The view changes in a microtask; the next frame is the first to show it.
        request_animation_frame(move || {
            self.with(|state| document::arrive(&state.context.site, &page));
            if returning {
                scroll::restore();
            } else {
                scroll::to_fragment_or_top();
            }
            // The frame after this one begins when this one is painted.
            if later {
                request_animation_frame(move || self.show_related());
            }
        });
    }

    /// Shows the related news of the page that is shown.
    fn show_related(self) {
        self.with(|state| state.context.related.set(state.context.page.get_untracked()));
        // Tasks go in the order in which they were made: this one after the view's.
        spawn_local(async { document::drop_stale_pictures() });
    }

    fn fail(self, path: String, failure: Failure) {
        // A prefetch that failed is nobody's business: the click will try again.
        let Some(wish) = self.granted(&path) else { return };
        if failure == Failure::Missing {
            // The server knows best how to say it, with the newest stories.
            let _ = window().location().set_href(&[path, wish.rest].concat());
            return;
        }
        self.with(|state| state.context.notice.set(Some(Notice::Page(failure, path))));
    }
}

impl State {
    fn find(&self, path: &str, however_old: bool) -> Option<(Arc<Feed>, Option<String>)> {
        let oldest = if however_old { f64::MIN } else { js_sys::Date::now() - FRESH_MS };
        let kept = self.kept.borrow();
        let found = kept.iter().find(|it| it.path == path && it.fetched_at > oldest)?;
        Some((found.page.clone(), found.kept_at.clone()))
    }

    fn keep(&self, path: &str, page: Arc<Feed>, kept_at: Option<String>) {
        let mut kept = self.kept.borrow_mut();
        kept.retain(|it| it.path != path);
        if kept.len() == KEPT_PAGES {
            kept.remove(0);
        }
        let fetched_at = js_sys::Date::now();
        kept.push(Kept { path: path.to_owned(), page, fetched_at, kept_at });
    }
}
