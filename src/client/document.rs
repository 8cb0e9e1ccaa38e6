//! The document around the app: its elements, address, title, focus.

use std::time::Duration;

use js_sys::{Function, Promise};
use leptos::prelude::{document, request_animation_frame, set_timeout, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, Event, FocusOptions, History, HtmlCollection, HtmlElement, HtmlImageElement,
};

use crate::components::actions::ACTION;
use crate::contract::{Feed, Site};
use crate::ids;
use crate::title::document_title;
use crate::urls::Urls;

/// A function of Rust as one of the browser. One kind for all events: each kind is some bytes to download.
pub(super) fn callback(react: impl FnMut(Event) + 'static) -> Function {
    fn wrap(react: Box<dyn FnMut(Event)>) -> Function {
        Closure::wrap(react).into_js_value().unchecked_into()
    }
    wrap(Box::new(react))
}

/// Calls a function at every event of this name that comes to the window, as long as the page lives.
pub(super) fn listen(name: &str, react: impl FnMut(Event) + 'static) {
    let _ = window().add_event_listener_with_callback(name, &callback(react));
}

/// Calls a function whenever the network is back and the reader sees the page: at once, or when the page is looked at
/// again. A page that is hidden asks for nothing.
pub(super) fn when_online(mut react: impl FnMut() + 'static) {
    let mut waits = false;
    let react = callback(move |event| {
        waits |= event.type_() == "online";
        if waits && !document().hidden() {
            waits = false;
            react();
        }
    });
    for name in ["online", "visibilitychange"] {
        let _ = window().add_event_listener_with_callback(name, &react);
    }
}

/// The element with this `id`.
pub(super) fn by_id(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// The first control with this action.
pub(super) fn by_action(action: &str) -> Option<Element> {
    document().query_selector(&["[", ACTION, "=", action, "]"].concat()).ok()?
}

/// The links in the first element of a class.
pub(super) fn links_of(class: &str) -> impl Iterator<Item = Element> {
    let element = document().get_elements_by_class_name(class).item(0);
    element.map(|it| it.get_elements_by_tag_name("a")).into_iter().flat_map(elements)
}

fn elements(all: HtmlCollection) -> impl Iterator<Item = Element> {
    (0..all.length()).filter_map(move |index| all.item(index))
}

/// The history of the tab, where the browser lets a page have it.
pub(super) fn history() -> Option<History> {
    window().history().ok()
}

/// The path of the address bar.
pub(super) fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// What the address bar has after the path: query and fragment.
pub(super) fn rest() -> String {
    let location = window().location();
    [location.search(), location.hash()].map(Result::unwrap_or_default).concat()
}

/// Loads the document of the current address.
pub(super) fn reload() {
    let _ = window().location().reload();
}

/// Puts the canonical path of a page into the address bar (`/a/index.html` is `/a/`), so that it
/// is the one the page was printed for, and returns it.
pub(super) fn normalise_location(urls: &Urls) -> String {
    let shown = path();
    let Some(canonical) = urls.canonical(&shown) else { return shown };
    if canonical != shown
        && let Some(history) = history()
    {
        let url = [canonical.as_str(), &rest()].concat();
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
    canonical
}

/// Shows or hides the progress line. The style sheet waits before it draws it.
pub(super) fn set_busy(busy: bool) {
    set_class("busy", busy);
}

/// Shows what only the app can do.
pub(super) fn set_app_runs() {
    set_class("app", true);
}

fn set_class(name: &str, on: bool) {
    if let Some(root) = document().document_element() {
        let _ = root.class_list().toggle_with_force(name, on);
    }
}

/// What the service worker wrote on the document, where it is a copy: when it was kept.
pub(super) fn kept_at() -> Option<String> {
    document().document_element()?.get_attribute("data-kept")
}

/// The build of the reader that the document loads.
pub(super) fn build() -> Option<String> {
    document().query_selector("[data-build]").ok()??.get_attribute("data-build")
}

/// Whether the document's HTML is not what this build would print for its data.
pub(super) fn is_remade() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-remade"))
}

/// Calls a function when the browser has nothing else to do, or soon where it does not tell.
pub(super) fn at_idle(react: impl FnOnce() + 'static) {
    let mut react = Some(react);
    let once = callback(move |_| {
        if let Some(react) = react.take() {
            react();
        }
    });
    let window = window();
    match property::<Function>(&window, "requestIdleCallback") {
        Some(request) => drop(request.call1(&window, &once)),
        None => drop(window.set_timeout_with_callback_and_timeout_and_arguments_0(&once, 200)),
    }
}

/// Waits for a task of its own.
pub(super) async fn next_task() {
    let timer = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback(&resolve);
    });
    let _ = JsFuture::from(timer).await;
}

/// Calls a function when the next frame is painted, in a task of its own.
pub(super) fn after_paint(react: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(react, Duration::ZERO));
}

/// A property of an object, unless it is missing: what a browser does not have, or does not allow
/// here, is `undefined`.
pub(super) fn property<T: JsCast>(object: &JsValue, name: &str) -> Option<T> {
    let value = js_sys::Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then(|| value.unchecked_into())
}

/// After a new page is in place: its title and language, its canonical address (which sharing menus
/// read), the focus on its heading, and an announcement.
pub(super) fn arrive(site: &Site, page: &Feed) {
    let title = document_title(site, page);
    document().set_title(&title);
    if let Ok(Some(link)) = document().query_selector("link[rel=canonical]") {
        let _ = link.set_attribute("href", &page.home_page_url);
    }
    if let Some(announcer) = by_id(ids::ANNOUNCER) {
        let _ = announcer.set_attribute("lang", &page.language);
        announcer.set_text_content(Some(&title));
    }
    // Browsers would style all anew for the same language, too.
    if let Some(root) = document().document_element()
        && root.get_attribute("lang").as_ref() != Some(&page.language)
    {
        let _ = root.set_attribute("lang", &page.language);
    }
    focus_heading();
}

/// Puts the focus on the heading of the page.
pub(super) fn focus_heading() {
    if let Some(heading) = by_id(ids::HEADING).and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    }
}

/// Whether the focus is on the heading of the page.
pub(super) fn heading_has_focus() -> bool {
    document().active_element().is_some_and(|it| it.id() == ids::HEADING)
}

fn images() -> impl Iterator<Item = HtmlImageElement> {
    elements(document().images()).filter_map(|image| image.dyn_into().ok())
}

/// The addresses of the pictures that the page has loaded.
pub(super) fn pictures() -> Vec<String> {
    images().filter(|image| image.complete()).map(|it| it.current_src()).collect()
}

/// Leaves a mark in the browser's performance timeline.
pub(super) fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        let _ = performance.mark(name);
    }
}
