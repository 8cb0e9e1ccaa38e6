//! Prefetch: a page's data is fetched and parsed at the first sign that the reader wants it.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::{set_timeout, window, window_event_listener};
use wasm_bindgen::JsValue;
use web_sys::EventTarget;

use super::visits::Visits;
use super::{document, links};

/// How long a pointer rests on a link before its page is fetched, so that a pointer that only
/// passes over a list costs nothing.
const HOVER: Duration = Duration::from_millis(50);

/// The reader's browser asks for less data (`Save-Data`, Network Information API).
pub(super) fn saves_data() -> bool {
    document::property::<JsValue>(&window().navigator(), "connection")
        .and_then(|connection| document::property::<JsValue>(&connection, "saveData"))
        .is_some_and(|value| value.is_truthy())
}

/// Prefetches on hover, touch and focus.
pub(super) fn listen(visits: Visits) {
    let page = move |target: Option<EventTarget>| {
        visits.with(|state| links::page_of_event(target, &state.context.urls)).map(|it| it.path)
    };
    let at_once = move |target: Option<EventTarget>| {
        if let Some(path) = page(target).filter(|_| !saves_data()) {
            visits.prefetch(&path);
        }
    };
    // The listeners live as long as the page.
    let _ = window_event_listener(ev::touchstart, move |touch| at_once(touch.target()));
    let _ = window_event_listener(ev::focusin, move |focus| at_once(focus.target()));
    let _ = window_event_listener(ev::pointerover, move |pointer| {
        let over = page(pointer.target());
        let changed = visits.with(|state| state.hovered.replace(over.clone()) != over);
        let Some(path) = over.filter(|_| changed && !saves_data()) else { return };
        set_timeout(
            move || {
                let rests = visits.with(|state| state.hovered.borrow().as_ref() == Some(&path));
                if rests {
                    visits.prefetch(&path);
                }
            },
            HOVER,
        );
    });
}
