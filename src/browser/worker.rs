//! The service worker: registered when the page is in the app's hands, replaced when the reader
//! agrees.

use std::cell::Cell;
use std::time::Duration;

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

/// How long the new build has to take its place before the page is loaded again anyway.
const SOON: Duration = Duration::from_secs(2);
/// Tells a worker that waits to wait no longer.
const ACCEPT: &str = "accept";

thread_local! {
    /// The reader took the new build; the page is loaded again when it is there.
    static AGREED: Cell<bool> = const { Cell::new(false) };
}

fn container() -> Option<ServiceWorkerContainer> {
    // Missing in a private window, and where the page is not served securely.
    document::property(&window().navigator(), "serviceWorker")
}

async fn ready() -> Option<ServiceWorkerRegistration> {
    let ready: Promise = container()?.ready().ok()?;
    Some(JsFuture::from(ready).await.ok()?.unchecked_into())
}

async fn registered(script: &str) -> Option<ServiceWorkerRegistration> {
    JsFuture::from(container()?.register(script)).await.ok()?;
    ready().await
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
            watch(visits, &registration);
            store::connect(registration);
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

/// Tells the reader of a new build, and loads the page again when the reader took it. The
/// listeners live as long as the page.
fn watch(visits: Visits, registration: &ServiceWorkerRegistration) {
    let waits = registration.clone();
    let tell = move || {
        // Without a controller this is the first build that comes, not a new one.
        let replaces = container().is_some_and(|it| it.controller().is_some());
        let Some(worker) = waits.waiting().filter(|_| replaces) else { return };
        if AGREED.get() {
            // A still newer one came while the reader's was on its way.
            store::tell(&worker, ACCEPT, &[], &Array::new());
        } else {
            visits.with(|state| state.context.remark.set(Some(Remark::NewBuild)));
        }
    };
    tell();
    let installs = registration.clone();
    let found = Closure::<dyn Fn()>::new(move || {
        if let Some(worker) = installs.installing() {
            let changed = Closure::<dyn Fn()>::new(tell.clone());
            worker.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
            changed.forget();
        }
    });
    registration.set_onupdatefound(Some(found.as_ref().unchecked_ref()));
    found.forget();
    if let Some(container) = container() {
        let replaced = Closure::<dyn Fn()>::new(|| {
            if AGREED.get() {
                reload();
            }
        });
        container.set_oncontrollerchange(Some(replaced.as_ref().unchecked_ref()));
        replaced.forget();
    }
    // The browser looks for a new build when a document is loaded. An app that stays open asks.
    let asks = registration.clone();
    let _ = window_event_listener(ev::online, move |_| {
        let _ = asks.update();
    });
}

/// Takes the new build.
pub(super) async fn accept() {
    let Some(registration) = ready().await else { return };
    AGREED.set(true);
    if let Some(worker) = registration.waiting() {
        store::tell(&worker, ACCEPT, &[], &Array::new());
    }
    // The old worker may be busy for a while, or another tab took the new one already. The page is
    // the newspaper's, so a reload brings the new build in any case.
    set_timeout(reload, SOON);
}

fn reload() {
    let _ = window().location().reload();
}
