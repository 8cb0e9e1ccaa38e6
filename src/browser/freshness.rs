//! Freshness: how old what the reader sees is, whether there is a newer text, and the network.
//!
//! A copy is shown at once and compared with what the newspaper says now. A new text is never
//! swapped in under the reader's eyes: the reader is told, and asks for it.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use js_sys::Date;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::data::From;
use super::visits::Visits;
use super::{data, desk, prefetch};
use crate::app::Remark;
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
    static LOOKED: Cell<f64> = const { Cell::new(0.0) };
}

/// A moment of the worker as this device's clock prints it.
pub(super) fn moment(kept_at: &str, phrases: &Phrases) -> String {
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

/// A page is shown. If it is a copy, the newspaper is asked for the page as it is now.
pub(super) fn look(visits: Visits, path: &str, kept_at: Option<String>) {
    LOOKED.set(Date::now());
    if let Some(kept_at) = kept_at {
        compare(visits, path, Some(kept_at));
    }
}

/// Compares the page at `path`, which is shown, with what the newspaper says now.
fn compare(visits: Visits, path: &str, kept_at: Option<String>) {
    let context = visits.with(|state| state.context.clone());
    let shown = context.page.get_untracked();
    if !shown.extension.kind.is_of_the_newspaper() {
        return;
    }
    let (remark, path, url) = (context.remark, path.to_owned(), context.urls.data(path));
    let copy = kept_at.map(|it| Remark::Copy(moment(&it, context.phrases)));
    let answered = StoredValue::new(false);
    if copy.is_some() {
        let (path, copy) = (path.clone(), copy.clone());
        let tell = move || {
            if !answered.get_value() && visits.shows(&path) {
                remark.set(copy);
            }
        };
        if window().navigator().on_line() { set_timeout(tell, SOON) } else { tell() }
    }
    spawn_local(async move {
        let answer = data::fetch_page(&url, From::Newspaper).await;
        answered.set_value(true);
        if !visits.shows(&path) {
            return;
        }
        let Ok((page, _)) = answer else {
            if copy.is_some() {
                remark.set(copy);
            }
            return;
        };
        let changed = page.extension.revision != shown.extension.revision;
        visits.keep(&path, Arc::new(page));
        if changed {
            remark.set(Some(Remark::Changed));
        } else if matches!(remark.get_untracked(), Some(Remark::Copy(_))) {
            remark.set(None);
        }
    });
}

/// Compares the page that is shown, if that was not done for a while.
fn look_again(visits: Visits) {
    let now = Date::now();
    if now - LOOKED.get() > STALE_MS && !prefetch::saves_data() {
        LOOKED.set(now);
        compare(visits, &visits.shown(), None);
    }
}

/// Shows the new text of the page.
pub(super) fn show_changed(visits: Visits) {
    visits.replace(&visits.shown());
}

/// Follows the network, and the reader who returns to the tab. The listeners live as long as the
/// page.
pub(super) fn listen(visits: Visits) {
    let remark = visits.with(|state| state.context.remark);
    // What waits for the reader's decision is not covered.
    let say = move |it: Remark| {
        if !matches!(remark.get_untracked(), Some(Remark::Changed | Remark::NewBuild)) {
            remark.set(Some(it));
        }
    };
    let _ = window_event_listener(ev::offline, move |_| say(Remark::WentOffline));
    let _ = window_event_listener(ev::online, move |_| {
        say(Remark::CameOnline);
        let end = move || {
            if remark.get_untracked() == Some(Remark::CameOnline) {
                remark.set(None);
            }
        };
        set_timeout(end, SHORTLY);
        LOOKED.set(0.0);
        look_again(visits);
        spawn_local(desk::contact());
    });
    let _ = window_event_listener(ev::focus, move |_| look_again(visits));
}
