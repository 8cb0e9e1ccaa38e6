//! The connection of the device, as far as the browser tells.

use leptos::prelude::window;
use wasm_bindgen::JsValue;

use super::document;

/// The reader's browser asks for less data (`Save-Data`, Network Information API).
pub(super) fn saves_data() -> bool {
    document::property::<JsValue>(&window().navigator(), "connection")
        .and_then(|connection| document::property::<JsValue>(&connection, "saveData"))
        .is_some_and(|value| value.is_truthy())
}
