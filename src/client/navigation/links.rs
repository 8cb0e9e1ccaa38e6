//! Links: which clicks the app answers, and which are the browser's.

use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

use super::navigator::Event;
use super::target::{Target, link_around, target_of};
use crate::client::document;
use crate::client::handle::Handle;

fn is_modified(click: &MouseEvent) -> bool {
    click.button() != 0
        || click.meta_key()
        || click.ctrl_key()
        || click.shift_key()
        || click.alt_key()
}

/// Opens pages of this site in the app; leaves every other click to the browser. The listener lives
/// as long as the page.
pub(in crate::client) fn listen(handle: Handle) {
    let urls = handle.context().urls;
    document::listen("click", move |click| {
        let click = click.unchecked_into::<MouseEvent>();
        if click.default_prevented() {
            return;
        }
        let Some(link) = link_around(click.target()).filter(|_| !is_modified(&click)) else {
            return;
        };
        if let Some(Target { path, rest }) = target_of(&link, &urls) {
            click.prevent_default();
            handle.dispatch(Event::Follow { path, rest });
        }
    });
}
