//! Prefetch: a page's data is fetched and parsed, and its elements made, at the first sign that the reader wants it.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::set_timeout;
use web_sys::EventTarget;

use super::navigator::Event;
use super::target::{link_around, target_of};
use crate::client::connection::saves_data;
use crate::client::document;
use crate::client::handle::Handle;

/// How long a pointer rests on a link before its page is fetched, so that a pointer that only
/// passes over a list costs nothing.
const HOVER: Duration = Duration::from_millis(50);

thread_local! {
    /// The path of the page whose link is under the pointer.
    static HOVERED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Prefetches on hover, press, touch and focus. The listeners live as long as the page.
pub(in crate::client) fn listen(handle: Handle) {
    let urls = handle.context().urls;
    let page = move |target: Option<EventTarget>| {
        link_around(target).and_then(|link| target_of(&link, &urls)).map(|it| it.path)
    };
    let at_once = {
        let page = page.clone();
        move |target: Option<EventTarget>| {
            if let Some(path) = page(target).filter(|_| !saves_data()) {
                handle.dispatch(Event::Prefetch(path));
            }
        }
    };
    let on_focus = at_once.clone();
    document::listen("pointerdown", move |pointer| at_once(pointer.target()));
    document::listen("focusin", move |focus| on_focus(focus.target()));
    document::listen("pointerover", move |pointer| {
        let over = page(pointer.target());
        let changed = HOVERED.replace(over.clone()) != over;
        let Some(path) = over.filter(|_| changed && !saves_data()) else { return };
        set_timeout(
            move || {
                if HOVERED.with_borrow(|it| it.as_ref() == Some(&path)) {
                    handle.dispatch(Event::Prefetch(path));
                }
            },
            HOVER,
        );
    });
}
