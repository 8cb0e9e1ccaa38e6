//! The history of the tab: a key for each entry, and where the reader was on its page.
//!
//! Each entry of the history has a key in its state; the positions are kept by key. While the app
//! runs it restores the position itself, because the page may arrive after the step back. When the
//! document goes away the browser takes over again, so that a reload stays where it was.

use std::cell::{Cell, RefCell};

use leptos::prelude::window;
use leptos_router::location::{BrowserUrl, LocationChange, LocationProvider, State};
use wasm_bindgen::JsValue;
use web_sys::ScrollRestoration;

use super::navigator::Event;
use crate::client::document;
use crate::client::handle::Handle;

/// The name in the session storage under which the positions outlive a reload. The base path follows
/// it: several newspapers may share an origin.
const STORAGE_KEY: &str = "broadsheet:scroll:";
/// How many positions are kept.
const CAPACITY: usize = 100;

thread_local! {
    /// Key and vertical position in CSS pixels. Whole numbers: printing and reading floats would
    /// bring kilobytes of code.
    static POSITIONS: RefCell<Vec<(u64, u64)>> = const { RefCell::new(Vec::new()) };
    /// The key of the current entry.
    static CURRENT: Cell<u64> = const { Cell::new(0) };
}

/// The key of the current entry.
fn key() -> u64 {
    CURRENT.get()
}

/// Puts an address (path, query, fragment) into the address bar, in a new entry or in the current one.
pub(super) fn go_to(address: String, new_entry: bool) {
    if new_entry {
        remember();
        new_key();
    }
    let state = State::new(Some(JsValue::from_f64(key() as f64)));
    let change = LocationChange { value: address, replace: !new_entry, scroll: false, state };
    if let Ok(location) = BrowserUrl::new() {
        location.complete_navigation(&change);
    }
}

fn new_key() -> u64 {
    // Unique in the tab's history, over reloads too.
    let key = (js_sys::Date::now() as u64).max(CURRENT.get() + 1);
    CURRENT.set(key);
    key
}

/// Remembers where the reader is on the current entry.
fn remember() {
    let (key, position) = (key(), window().scroll_y().unwrap_or(0.0) as u64);
    POSITIONS.with_borrow_mut(|positions| {
        positions.retain(|it| it.0 != key);
        if positions.len() == CAPACITY {
            positions.remove(0);
        }
        positions.push((key, position));
    });
}

fn to(position: u64) {
    window().scroll_to_with_x_and_y(0.0, position as f64);
}

/// Goes to the top of the page.
pub(super) fn to_top() {
    to(0);
}

/// Goes to where the reader was on the current entry.
pub(super) fn restore() {
    let known =
        POSITIONS.with_borrow(|positions| positions.iter().find(|it| it.0 == key()).map(|it| it.1));
    match known {
        Some(position) => to(position),
        None => to_fragment_or_top(),
    }
}

/// Goes to the element that the address names, or to the top.
pub(super) fn to_fragment_or_top() {
    let hash = window().location().hash().unwrap_or_default();
    let id = js_sys::decode_uri_component(hash.trim_start_matches('#')).map(String::from);
    match id.ok().filter(|id| !id.is_empty()).and_then(|id| document::by_id(&id)) {
        Some(element) => element.scroll_into_view(),
        None => to(0),
    }
}

/// Gives the current entry a key if it has none: it is the first of the tab, or the browser made
/// it for a fragment. Returns whether it had one.
fn adopt_entry() -> bool {
    let Some(history) = document::history() else { return false };
    let known = history.state().ok().and_then(|state| state.as_f64());
    match known {
        Some(key) => CURRENT.set(key as u64),
        None => {
            let _ = history.replace_state(&JsValue::from_f64(new_key() as f64), "");
        }
    }
    known.is_some()
}

fn set_restoration(by: ScrollRestoration) {
    if let Some(history) = document::history() {
        let _ = history.set_scroll_restoration(by);
    }
}

fn load(name: &str) {
    let stored = window().session_storage().ok().flatten();
    let text = stored.and_then(|storage| storage.get_item(name).ok()).flatten();
    let numbers = text.unwrap_or_default();
    let mut numbers = numbers.split(' ').filter_map(|number| number.parse::<u64>().ok());
    POSITIONS.with_borrow_mut(|positions| {
        while let (Some(key), Some(position)) = (numbers.next(), numbers.next()) {
            positions.push((key, position));
        }
    });
}

fn save(name: &str) {
    let text = POSITIONS.with_borrow(|positions| {
        let words = positions
            .iter()
            .map(|(key, position)| [key.to_string(), " ".into(), position.to_string()].concat());
        words.collect::<Vec<_>>().join(" ")
    });
    if let Ok(Some(storage)) = window().session_storage() {
        // A full or forbidden storage costs a scroll position, nothing else.
        let _ = storage.set_item(name, &text);
    }
}

/// Takes control of the positions, and of back and forward. The listeners live as long as the page.
pub(in crate::client) fn control(handle: Handle) {
    let name = [STORAGE_KEY, handle.context().urls.base_path()].concat();
    load(&name);
    adopt_entry();
    set_restoration(ScrollRestoration::Manual);
    // Before a link inside the page makes an entry of its own.
    document::listen("click", |_| remember());
    document::listen("popstate", move |_| traverse(handle));
    document::listen("pagehide", move |_| {
        remember();
        save(&name);
        set_restoration(ScrollRestoration::Auto);
    });
    document::listen("pageshow", |_| set_restoration(ScrollRestoration::Manual));
}

/// The browser went to another entry of the history.
fn traverse(handle: Handle) {
    // The page is still where the reader leaves it.
    let left = key();
    let had_key = adopt_entry();
    let arrived = CURRENT.replace(left);
    if had_key {
        remember();
    }
    CURRENT.set(arrived);
    let path = document::path();
    let same_page = handle.shows(&path);
    handle.dispatch(Event::Traverse { path, rest: document::rest() });
    if same_page && had_key {
        restore();
    }
}
