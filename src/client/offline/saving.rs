//! Saving: the button that saves the article which is shown, or gives it up.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::MessageEvent;

use super::protocol::{Request, SAVED_CHANGED};
use super::saving_state::{SavingState, Task};
use super::worker;
use crate::client::document;
use crate::client::handle::{Handle, Shown};
use crate::components::actions::SAVE;
use crate::context::Alert;
use crate::contract::PageKind;

/// The name in the local storage that says that the browser was asked never to delete what is saved.
/// The base path follows it.
const PERSIST_ASKED: &str = "broadsheet:persist-asked:";

thread_local! {
    static STATE: RefCell<SavingState> = RefCell::default();
}

/// Listens to the button and to what other tabs save, and follows which article is shown. The
/// listeners live as long as the page.
pub(in crate::client) fn listen(handle: Handle) {
    handle.watch(learn);
    handle.on_action(SAVE, toggle);
    if let Some(container) = worker::container() {
        let told = document::callback(move |message| {
            let data = message.unchecked_into::<MessageEvent>().data();
            let path = document::property::<JsValue>(&data, SAVED_CHANGED);
            if path.and_then(|it| it.as_string()).is_some_and(|it| handle.shows(&it)) {
                ask_store(handle, handle.path());
            }
        });
        container.set_onmessage(Some(&told));
    }
}

/// Shows what is known of the article, and asks the store.
fn learn(handle: Handle, shown: &Shown) {
    if shown.page.extension.kind != PageKind::Article {
        return;
    }
    update_button(handle);
    let path = shown.path.clone();
    document::after_paint(move || ask_store(handle, path));
}

fn ask_store(handle: Handle, path: String) {
    spawn_local(async move {
        if let Ok(stored) = worker::ask(Request::IsSaved(&path)).await {
            STATE.with_borrow_mut(|state| state.learn(&path, stored.is_truthy()));
            update_button(handle);
        }
    });
}

/// Shows at the button of the article whether it is saved.
fn update_button(handle: Handle) {
    let is_saved = STATE.with_borrow(|state| state.is_saved(&handle.path()));
    if let Some(button) = document::by_action(SAVE) {
        let _ = button.set_attribute("aria-pressed", if is_saved { "true" } else { "false" });
    }
}

fn toggle(handle: Handle) {
    let (path, title) = (handle.path(), handle.page().title.clone());
    let task = STATE.with_borrow_mut(|state| state.toggle(&path));
    update_button(handle);
    if task.save {
        ask_to_persist(handle);
    }
    spawn_local(carry_out(handle, path, title, task));
}

async fn carry_out(handle: Handle, path: String, title: String, task: Task) {
    let request = if task.save { Request::Save(&path) } else { Request::Remove(&path) };
    let result = worker::ask(request).await;
    // The store has the last word: an answer may be lost although the task was done.
    let stored = match worker::ask(Request::IsSaved(&path)).await {
        Ok(stored) => stored.is_truthy(),
        Err(_) => result.is_ok() == task.save,
    };
    let disappointed = STATE.with_borrow_mut(|state| state.settle(&path, task, stored));
    update_button(handle);
    // A task that was done and came to nothing was overtaken by what the reader did in another tab.
    if let (true, Err(error)) = (disappointed, result) {
        let elsewhere = (!handle.shows(&path)).then_some(title);
        handle.context().alert.set(Some(Alert::Save(error, elsewhere)));
    }
}

/// Asks the browser, once, never to delete what is kept (Storage Standard, "persist"). Whatever it
/// answers, the article is saved.
fn ask_to_persist(handle: Handle) {
    let name = [PERSIST_ASKED, handle.context().urls.base_path()].concat();
    let storage = window().local_storage().ok().flatten();
    if storage.as_ref().is_some_and(|it| it.get_item(&name).is_ok_and(|it| it.is_some())) {
        return;
    }
    let Some(manager) = document::property::<JsValue>(&window().navigator(), "storage") else {
        return;
    };
    let Some(persist) = document::property::<js_sys::Function>(&manager, "persist") else { return };
    // A browser may show a question; saving does not wait for the answer.
    let _ = persist.call0(&manager);
    if let Some(storage) = storage {
        // Forbidden or full: then the browser is asked once more next time.
        let _ = storage.set_item(&name, "1");
    }
}
