//! The handle: the one thing that the features of the client know of each other.
//!
//! A feature watches which page is shown and where it came from, and calls the handle. It imports
//! no other feature; only `mod.rs` knows all of them.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;

use super::navigation::navigator::{Effect, Event, Navigator};
use crate::context::Context;
use crate::contract::Feed;

/// Where the page that is shown came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Provenance {
    /// The newspaper answered with it.
    Newspaper,
    /// It is a copy from the device's store, kept at this moment (ISO 8601).
    Copy(String),
    /// It has not changed, but the newspaper is known to have another text by now.
    Outdated,
}

/// The page that is shown.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Its canonical path.
    pub(super) path: String,
    /// Its data.
    pub(super) page: Arc<Feed>,
    /// Where it came from.
    pub(super) provenance: Provenance,
}

/// What a feature does when another page is shown.
type Watcher = fn(Handle, &Shown);

/// What a feature does when the reader uses a control.
type Action = fn(Handle);

struct Inner {
    context: Context,
    navigator: RefCell<Navigator>,
    carry_out: fn(Handle, Effect),
    shown: RefCell<Shown>,
    watchers: RefCell<Vec<Watcher>>,
    actions: RefCell<Vec<(&'static str, Action)>>,
}

/// The client of a tab. It can be copied into every listener.
#[derive(Clone, Copy)]
pub(super) struct Handle(StoredValue<Inner, LocalStorage>);

impl Handle {
    /// The client of a tab that shows a page. `carry_out` does what the navigator decides. Needs a reactive owner
    /// that lives as long as the page.
    pub(super) fn new(context: Context, shown: Shown, carry_out: fn(Self, Effect)) -> Self {
        Self(StoredValue::new_local(Inner {
            context,
            navigator: RefCell::new(Navigator::new(&shown.path)),
            carry_out,
            shown: RefCell::new(shown),
            watchers: RefCell::default(),
            actions: RefCell::default(),
        }))
    }

    fn with<T>(self, look: impl FnOnce(&Inner) -> T) -> T {
        self.0.with_value(look)
    }

    /// What the views read.
    pub(super) fn context(self) -> Context {
        self.with(|inner| inner.context.clone())
    }

    /// Tells the navigator what happened, and does what it decides.
    pub(super) fn dispatch(self, event: Event) {
        let (effects, carry_out) = self.with(|inner| {
            let effects = inner.navigator.borrow_mut().handle(event, js_sys::Date::now());
            (effects, inner.carry_out)
        });
        for effect in effects {
            carry_out(self, effect);
        }
    }

    /// The page that is shown.
    pub(super) fn shown(self) -> Shown {
        self.with(|inner| inner.shown.borrow().clone())
    }

    /// The path of the page that is shown.
    pub(super) fn path(self) -> String {
        self.with(|inner| inner.shown.borrow().path.clone())
    }

    /// Whether the page at a path is shown.
    pub(super) fn shows(self, path: &str) -> bool {
        self.with(|inner| inner.shown.borrow().path == path)
    }

    /// The data of the page that is shown.
    pub(super) fn page(self) -> Arc<Feed> {
        self.with(|inner| inner.shown.borrow().page.clone())
    }

    /// Calls a function from now on whenever another page is shown.
    pub(super) fn watch(self, watcher: Watcher) {
        self.with(|inner| inner.watchers.borrow_mut().push(watcher));
    }

    /// Calls a function from now on whenever the reader uses a control with this action.
    pub(super) fn on_action(self, name: &'static str, action: Action) {
        self.with(|inner| inner.actions.borrow_mut().push((name, action)));
    }

    /// The reader used a control with this action.
    pub(super) fn act(self, name: &str) {
        let action =
            self.with(|inner| inner.actions.borrow().iter().find(|it| it.0 == name).map(|it| it.1));
        if let Some(action) = action {
            action(self);
        }
    }

    /// Says which page is shown, and where it came from.
    pub(super) fn announce(self, shown: Shown) {
        let watchers = self.with(|inner| {
            inner.shown.replace(shown.clone());
            inner.watchers.borrow().clone()
        });
        for watcher in watchers {
            watcher(self, &shown);
        }
    }
}
