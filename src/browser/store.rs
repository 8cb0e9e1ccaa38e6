//! The store: what the device keeps, through the service worker. The one place that asks it.
//!
//! A question is an array, its name first, with a port for the answer: `{done}` or `{failed}`
//! (`tasks` in `public/sw.js`).

use std::cell::RefCell;

use js_sys::{Array, Function, Promise};
use leptos::prelude::window;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, ServiceWorkerRegistration};

use super::{document, json};
use crate::app::KeepFailure;

/// How long an answer may take, in milliseconds. A worker that was killed gives none; the next
/// question starts it again.
const PATIENCE: i32 = 30_000;

thread_local! {
    static WORKER: RefCell<Option<ServiceWorkerRegistration>> = const { RefCell::new(None) };
}

/// Says which registration answers from now on.
pub(super) fn connect(registration: ServiceWorkerRegistration) {
    WORKER.set(Some(registration));
}

/// Asks, and waits for the answer.
pub(super) async fn ask(name: &str, details: &[JsValue]) -> Result<JsValue, KeepFailure> {
    let worker = WORKER.with_borrow(|it| it.as_ref().and_then(ServiceWorkerRegistration::active));
    let channel = MessageChannel::new().ok();
    let (worker, channel) = worker.zip(channel).ok_or(KeepFailure::NoStore)?;
    let answer = Promise::new(&mut |resolve: Function, reject: Function| {
        channel.port1().set_onmessage(Some(&resolve));
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&reject, PATIENCE);
    });
    let message = std::iter::once(JsValue::from(name)).chain(details.iter().cloned());
    let message = message.collect::<Array>();
    let _ = worker.post_message_with_transferable(&message, &Array::of1(&channel.port2()));
    let answer = JsFuture::from(answer).await.map_err(|_| KeepFailure::Network)?;
    let answer = answer.unchecked_into::<MessageEvent>().data();
    match document::property::<JsValue>(&answer, "failed").and_then(|it| it.as_string()) {
        Some(why) if why == "full" => Err(KeepFailure::Full),
        Some(_) => Err(KeepFailure::Network),
        None => Ok(document::property(&answer, "done").unwrap_or(JsValue::UNDEFINED)),
    }
}

/// Asks for something of a known type.
pub(super) async fn ask_for<T: DeserializeOwned>(
    name: &str,
    details: &[JsValue],
) -> Result<T, KeepFailure> {
    json::read(ask(name, details).await?).map_err(|_| KeepFailure::Network)
}
