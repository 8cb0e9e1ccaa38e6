//! Offline: the service worker, and what can be read without a network.

use leptos::prelude::{GetUntracked, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Cache, CacheStorage, Request, Response, ServiceWorkerContainer};

use super::visits::Visits;
use super::{data, document};
use crate::app::PAGE_DATA_ID;
use crate::contract::{Feed, Item, PageKind};

/// The store of pages that were read. The service worker (`public/sw.js`) uses the same name.
fn content_store(base_path: &str) -> String {
    ["broadsheet-content-v1:", base_path].concat()
}

/// A property of an object, unless it is missing: what a browser does not have, or does not allow
/// here, is `undefined`.
fn property<T: JsCast>(object: &JsValue, name: &str) -> Option<T> {
    let value = js_sys::Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then(|| value.unchecked_into())
}

async fn open_store(base_path: &str) -> Option<Cache> {
    let stores: CacheStorage = property(&window(), "caches")?;
    let store = JsFuture::from(stores.open(&content_store(base_path))).await.ok()?;
    Some(store.unchecked_into())
}

/// The articles in the store, newest first, without their content.
async fn readable(base_path: &str) -> Option<Vec<Item>> {
    let store = open_store(base_path).await?;
    let keys = JsFuture::from(store.keys()).await.ok()?;
    let mut items = Vec::new();
    for key in js_sys::Array::from(&keys).iter() {
        let request: Request = key.unchecked_into();
        if !request.url().ends_with("/index.json") {
            continue;
        }
        let answer = JsFuture::from(store.match_with_request(&request)).await.ok()?;
        let Ok(answer) = answer.dyn_into::<Response>() else { continue };
        let Ok(text) = answer.text() else { continue };
        let Some(text) = JsFuture::from(text).await.ok().and_then(|it| it.as_string()) else {
            continue;
        };
        let page = data::parse_page(&text);
        if let Some(page) = page.filter(|page| page.extension.kind == PageKind::Article) {
            items.extend(page.items.into_iter().map(|item| Item { content_html: None, ..item }));
        }
    }
    items.sort_by(|a, b| b.date_published.cmp(&a.date_published));
    Some(items)
}

/// The page that says there is no network, with the list of what can be read.
pub(super) async fn with_readable(page: &Feed, base_path: &str) -> Feed {
    Feed { items: readable(base_path).await.unwrap_or_default(), ..page.clone() }
}

/// The document that the worker sent stands in for the page at `path`: shows that page if its data
/// can be had, and otherwise what can be read.
pub(super) fn stand_in(visits: Visits, path: &str) {
    let context = visits.with(|state| state.context.clone());
    let url = context.urls.data(path);
    spawn_local(async move {
        let page = match data::fetch_page(&url).await {
            Ok(page) if page.extension.kind != PageKind::Offline => page,
            _ => {
                let shown = context.page.get_untracked();
                with_readable(&shown, context.urls.base_path()).await
            }
        };
        visits.show_here(page);
    });
}

/// Registers the service worker, and hands it the page that came before it was there.
pub(super) fn register_worker(visits: Visits) {
    let navigator = window().navigator();
    let Some(container) = property::<ServiceWorkerContainer>(&navigator, "serviceWorker") else {
        return;
    };
    let context = visits.with(|state| state.context.clone());
    let kind = context.page.get_untracked().extension.kind;
    let base_path = context.urls.base_path().to_owned();
    let data_url = context.urls.data(&document::path());
    spawn_local(async move {
        let script = [&base_path, "sw.js"].concat();
        // No worker (a private window, a policy) costs the offline copy, nothing else.
        if JsFuture::from(container.register(&script)).await.is_err() {
            return;
        }
        let Ok(ready) = container.ready() else { return };
        let Ok(registration) = JsFuture::from(ready).await else { return };
        if matches!(kind, PageKind::Missing | PageKind::Offline) {
            return;
        }
        let Some(json) = data::inlined_text(PAGE_DATA_ID) else { return };
        let registration: web_sys::ServiceWorkerRegistration = registration.unchecked_into();
        if let Some(worker) = registration.active() {
            let message = js_sys::Array::of3(&"keep".into(), &data_url.into(), &json.into());
            message.push(&document::path().into());
            let _ = worker.post_message(&message.concat(&document::pictures()));
        }
    });
}
