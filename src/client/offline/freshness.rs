//! Freshness: how old what the reader sees is, whether there is a newer text, and the network.
//!
//! A copy is shown at once and compared with what the newspaper says now. A new text is never
//! swapped in under the reader's eyes: the reader is told, and asks for it.

use std::cell::Cell;
use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::client::connection::saves_data;
use crate::client::data::{self, From};
use crate::client::document;
use crate::client::handle::{Handle, Provenance, Shown};
use crate::client::navigation::navigator::Event;
use crate::components::actions::SHOW_CHANGED;
use crate::context::Status;
use crate::dates;
use crate::phrases::Phrases;

/// How long the newspaper has to answer before the reader is told that this is a copy.
const SOON: Duration = Duration::from_millis(1000);
/// How long "the network is back" is shown.
const SHORTLY: Duration = Duration::from_secs(6);
/// How long a page is shown before it is compared again when the reader returns, in milliseconds.
const STALE_MS: f64 = 5.0 * 60.0 * 1000.0;

thread_local! {
    /// When the page that is shown was compared last.
    static COMPARED: Cell<f64> = const { Cell::new(0.0) };
}

/// A moment of the worker as this device's clock prints it.
fn moment(kept_at: &str, phrases: &Phrases) -> String {
    // A date in UTC that was moved by the zone reads like the local one.
    let local = |date: Date| {
        let moved = date.get_time() - date.get_timezone_offset() * 60_000.0;
        String::from(Date::new(&JsValue::from_f64(moved)).to_iso_string())
    };
    let kept = Date::new(&kept_at.into());
    if kept.get_time().is_nan() {
        return kept_at.to_owned();
    }
    dates::moment(&local(kept), &local(Date::new_0()), phrases)
}

/// Follows which page is shown, the network, and the reader who returns to the tab. The listeners
/// live as long as the page.
pub(in crate::client) fn listen(handle: Handle) {
    handle.watch(page_is_shown);
    let status = handle.context().status;
    // What waits for the reader's decision is not covered.
    let tell = move |it: Status| {
        if !matches!(status.get_untracked(), Some(Status::Changed | Status::NewBuild)) {
            status.set(Some(it));
        }
    };
    document::listen("offline", move |_| tell(Status::WentOffline));
    document::listen("online", move |_| {
        tell(Status::CameOnline);
        let end = move || {
            if status.get_untracked() == Some(Status::CameOnline) {
                status.set(None);
            }
        };
        set_timeout(end, SHORTLY);
    });
    document::when_online(move || {
        COMPARED.set(0.0);
        compare_again(handle);
    });
    document::listen("focus", move |_| compare_again(handle));
    handle.on_action(SHOW_CHANGED, |handle| {
        let (path, rest) = (handle.path(), document::rest());
        handle.dispatch(Event::Reload { path, rest });
    });
}

fn page_is_shown(handle: Handle, shown: &Shown) {
    COMPARED.set(Date::now());
    match &shown.provenance {
        Provenance::Newspaper => {}
        Provenance::Copy(kept_at) => compare(handle, Some(kept_at)),
        Provenance::Outdated => compare(handle, None),
    }
}

/// Compares the page that is shown with what the newspaper says now. `kept_at` is when it was kept,
/// if it is a copy.
fn compare(handle: Handle, kept_at: Option<&str>) {
    let (context, shown, path) = (handle.context(), handle.page(), handle.path());
    if !shown.extension.kind.is_of_the_newspaper() {
        return;
    }
    let (status, url) = (context.status, context.urls.data(&path));
    let copy = kept_at.map(|it| Status::Copy(moment(it, context.phrases)));
    let answered = StoredValue::new(false);
    if copy.is_some() {
        let (path, copy) = (path.clone(), copy.clone());
        let tell = move || {
            if !answered.get_value() && handle.shows(&path) {
                status.set(copy);
            }
        };
        if window().navigator().on_line() { set_timeout(tell, SOON) } else { tell() }
    }
    spawn_local(async move {
        let answer = data::fetch_page(&url, From::Newspaper).await;
        answered.set_value(true);
        if !handle.shows(&path) {
            return;
        }
        let Ok(fetched) = answer else {
            if copy.is_some() {
                status.set(copy);
            }
            return;
        };
        let changed = fetched.page.extension.revision != shown.extension.revision;
        handle.dispatch(Event::Known(path, fetched.page));
        if changed {
            status.set(Some(Status::Changed));
        } else if matches!(status.get_untracked(), Some(Status::Copy(_))) {
            status.set(None);
        }
    });
}

/// Compares the page that is shown, if that was not done for a while.
fn compare_again(handle: Handle) {
    let now = Date::now();
    if now - COMPARED.get() > STALE_MS && !saves_data() {
        COMPARED.set(now);
        compare(handle, None);
    }
}
