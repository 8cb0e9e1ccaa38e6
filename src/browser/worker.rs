//! The service worker: registered when the page is in the app's hands. When a deploy replaces it the
//! reader is told.

use js_sys::{Array, Promise};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

use super::visits::Visits;
use super::{desk, document, prefetch, store};
use crate::app::Remark;
use crate::contract::PageKind;

fn container() -> Option<ServiceWorkerContainer> {
    // Missing in a private window, and where the page is not served securely.
    document::property(&window().navigator(), "serviceWorker")
}

async fn registered(script: &str) -> Option<ServiceWorkerRegistration> {
    let container = container()?;
    JsFuture::from(container.register(script)).await.ok()?;
    let ready: Promise = container.ready().ok()?;
    Some(JsFuture::from(ready).await.ok()?.unchecked_into())
}

/// Registers the worker, and hands it what came before it was there. Without one the paper is
/// read as before; only nothing can be kept. A worker that a site had once is taken away by the
/// browser's own look for a new one (Service Workers, "Soft Update").
pub(super) fn register(visits: Visits) {
    let context = visits.with(|state| state.context.clone());
    let base_path = context.urls.base_path().to_owned();
    let kind = context.page.get_untracked().extension.kind;
    if context.site.online_only {
        return desk::page_changed(visits);
    }
    spawn_local(async move {
        let script = [&base_path, "sw.js"].concat();
        if let Some(registration) = registered(&script).await {
            store::connect(registration.clone());
            watch(visits, registration);
            desk::page_changed(visits);
            keep_what_came_before(&base_path, kind).await;
            desk::contact().await;
        } else {
            desk::page_changed(visits);
        }
    });
}

/// What fails here is kept on the next visit.
async fn keep_what_came_before(base_path: &str, kind: PageKind) {
    if kind.is_of_the_newspaper() {
        let pictures = document::pictures();
        let _ = store::ask("keep", &[document::path().into(), pictures.into()]).await;
    }
    if !prefetch::saves_data() {
        // An installed app starts there.
        let _ = store::ask("keep", &[base_path.into(), Array::new().into()]).await;
    }
}

/// Tells the reader when a worker of another build took over. The page stays as it is until the
/// reader wants the new one. The listeners live as long as the page.
fn watch(visits: Visits, registration: ServiceWorkerRegistration) {
    if let Some(container) = container() {
        let replaced = Closure::<dyn Fn()>::new(move || {
            spawn_local(async move {
                let build = store::ask("build", &[]).await.ok().and_then(|it| it.as_string());
                // The page may be of that build already: it comes from the newspaper first.
                if build.is_some() && build != document::build() {
                    visits.with(|state| state.context.remark.set(Some(Remark::NewBuild)));
                }
            });
        });
        container.set_oncontrollerchange(Some(replaced.as_ref().unchecked_ref()));
        replaced.forget();
    }
    // The browser looks for a new build when a document is loaded. An app that stays open asks.
    let _ = window_event_listener(ev::online, move |_| {
        let _ = registration.update();
    });
}

/// Loads the page again, which then is of the newest build.
pub(super) fn use_new_build() {
    let _ = window().location().reload();
}
