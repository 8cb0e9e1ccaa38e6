//! The service worker as the app knows it: it is registered here, and asked here and nowhere else.
//!
//! Without one the site is read as before; only nothing can be kept. A question waits until there is
//! a worker, so that what the reader asks for in the first seconds is done.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{
    MessageChannel, MessageEvent, MessagePort, ServiceWorkerContainer, ServiceWorkerRegistration,
};

use super::protocol::{Argument, Request, error_of};
use crate::client::{document, json};
use crate::context::{Context, StoreError};

/// How long the worker may be silent while a task goes on, in milliseconds. It says every 5 seconds
/// that it does; a worker that was killed says nothing, and the next question starts it again.
const SILENCE: i32 = 30_000;

thread_local! {
    /// The registration, once there is an active worker. Rejected where there will be none.
    static REGISTRATION: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// The workers of this origin, unless the browser has none: in a private window, or where the page
/// is not served securely.
pub(super) fn container() -> Option<ServiceWorkerContainer> {
    document::property(&window().navigator(), "serviceWorker")
}

/// Registers the worker, unless the site wants none. One that the site had once is taken away by
/// the browser's own look for a new one (Service Workers, "Soft Update").
pub(in crate::client) fn register(context: &Context) {
    if context.site.online_only {
        return;
    }
    let base = context.urls.base_path().to_owned();
    let registering = future_to_promise(async move { register_below(&base).await });
    REGISTRATION.set(Some(registering));
}

async fn register_below(base: &str) -> Result<JsValue, JsValue> {
    let container = container().ok_or(JsValue::UNDEFINED)?;
    let script = [base, "sw.js"].concat();
    let without_slash = base.trim_end_matches('/');
    let wide = register_with_scope(&container, &script, without_slash).await;
    match wide {
        // The worker that answered for less is not needed any more.
        Ok(()) => unregister_narrow(&container, base).await,
        // `/` is the whole origin; any other host has to allow the address without the slash.
        Err(_) => {
            JsFuture::from(container.register(&script)).await?;
        }
    }
    JsFuture::from(container.ready()?).await
}

async fn register_with_scope(
    container: &ServiceWorkerContainer,
    script: &str,
    scope: &str,
) -> Result<(), JsValue> {
    if scope.is_empty() {
        return Err(JsValue::UNDEFINED);
    }
    let options = web_sys::RegistrationOptions::new();
    options.set_scope(scope);
    JsFuture::from(container.register_with_options(script, &options)).await.map(drop)
}

/// Takes away the worker of a build that answered only for addresses below `base`.
async fn unregister_narrow(container: &ServiceWorkerContainer, base: &str) {
    let Ok(found) = JsFuture::from(container.get_registration_with_document_url(base)).await else {
        return;
    };
    let Ok(registration) = found.dyn_into::<ServiceWorkerRegistration>() else { return };
    if registration.scope().ends_with(base)
        && let Ok(promise) = registration.unregister()
    {
        let _ = JsFuture::from(promise).await;
    }
}

/// The registration, when there is an active worker.
pub(in crate::client) async fn registration() -> Result<ServiceWorkerRegistration, StoreError> {
    let registering = REGISTRATION.with_borrow(Clone::clone).ok_or(StoreError::NoStore)?;
    let registration = JsFuture::from(registering).await.map_err(|_| StoreError::NoStore)?;
    Ok(registration.unchecked_into())
}

/// Asks, and waits for the answer.
pub(super) async fn ask(request: Request<'_>) -> Result<JsValue, StoreError> {
    let worker = registration().await?.active().ok_or(StoreError::NoStore)?;
    let message = Array::of1(&request.task().into());
    for argument in request.arguments().into_iter().flatten() {
        message.push(&match argument {
            Argument::Text(text) => text.into(),
            Argument::Texts(texts) => {
                texts.iter().map(|text| JsValue::from(text.as_str())).collect::<Array>().into()
            }
        });
    }
    let channel = MessageChannel::new().map_err(|_| StoreError::NoStore)?;
    let port = channel.port1();
    worker
        .post_message_with_transferable(&message, &Array::of1(&channel.port2()))
        .map_err(|_| StoreError::NoStore)?;
    loop {
        let answer = next_message(&port).await?;
        if has(&answer, "working") {
            continue;
        }
        // A port that is open lives as long as the page.
        port.close();
        return match document::property::<JsValue>(&answer, "failed").and_then(|it| it.as_string())
        {
            Some(code) => Err(error_of(&code)),
            None => Ok(document::property(&answer, "done").unwrap_or(JsValue::UNDEFINED)),
        };
    }
}

fn has(answer: &JsValue, name: &str) -> bool {
    answer.is_object() && Reflect::has(answer.unchecked_ref::<Object>(), &name.into()) == Ok(true)
}

/// The next message of the worker. Silence counts as no network.
async fn next_message(port: &MessagePort) -> Result<JsValue, StoreError> {
    let message = Promise::new(&mut |resolve: Function, reject: Function| {
        port.set_onmessage(Some(&resolve));
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&reject, SILENCE);
    });
    let event = JsFuture::from(message).await.map_err(|_| StoreError::Network)?;
    Ok(event.unchecked_into::<MessageEvent>().data())
}

/// Asks for something of a known type.
pub(super) async fn ask_for<T: DeserializeOwned>(request: Request<'_>) -> Result<T, StoreError> {
    json::read(ask(request).await?).map_err(|_| StoreError::Unreadable)
}
