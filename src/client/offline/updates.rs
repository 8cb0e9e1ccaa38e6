//! Updates: when a deploy brings a new build, the reader is told and decides.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::ServiceWorkerRegistration;

use super::protocol::Request;
use super::worker;
use crate::client::document;
use crate::client::handle::Handle;
use crate::components::actions::USE_BUILD;
use crate::context::Status;

/// Listens to the button that takes the new build: the page is loaded again, which then is of it.
pub(in crate::client) fn listen(handle: Handle) {
    handle.on_action(USE_BUILD, |_| document::reload());
}

/// Tells the reader when a worker of another build took over. The page stays as it is until the
/// reader wants the new one. The listeners live as long as the page.
pub(in crate::client) fn watch(handle: Handle, registration: ServiceWorkerRegistration) {
    if let Some(container) = worker::container() {
        let replaced = document::callback(move |_| spawn_local(tell(handle)));
        container.set_oncontrollerchange(Some(&replaced));
    }
    // The browser looks for a new build when a document is loaded. An app that stays open asks.
    document::when_online(move || {
        let _ = registration.update();
    });
}

async fn tell(handle: Handle) {
    let build = worker::ask(Request::Build).await.ok().and_then(|it| it.as_string());
    // The page may be of that build already: it comes from the newspaper first.
    if build.is_some() && build != document::build() {
        handle.context().status.set(Some(Status::NewBuild));
    }
}
