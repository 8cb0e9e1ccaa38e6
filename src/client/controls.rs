//! Controls: the buttons of the app, each of which names its action in an attribute.

use leptos::prelude::Set;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::document;
use super::handle::Handle;
use crate::components::actions::{ACTION, CLOSE};

/// Does what the clicked controls name, as the features have registered it. The listener lives as long
/// as the page.
pub(super) fn listen(handle: Handle) {
    handle.on_action(CLOSE, |handle| {
        let context = handle.context();
        context.alert.set(None);
        context.status.set(None);
    });
    document::listen("click", move |click| {
        if let Some(action) = action_of(&click) {
            handle.act(&action);
        }
    });
}

/// The action of the control that was clicked.
fn action_of(click: &Event) -> Option<String> {
    let target = click.target()?.dyn_into::<Element>().ok()?;
    target.closest(&["[", ACTION, "]"].concat()).ok()??.get_attribute(ACTION)
}
