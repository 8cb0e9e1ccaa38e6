//! The messages: what the reader asked for and did not get, and what is said in passing. They lie over the page, at the
//! foot of the window, and move nothing. The regions that they are shown in are part of every page.

use leptos::prelude::*;

use super::actions::{CLOSE, SHOW_CHANGED, USE_BUILD};
use super::alternate::alternate;
use crate::context::{Alert, Context, PageError, Status, StoreError};
use crate::phrases::Phrases;
use crate::urls::Route;

/// In the live region of alerts: why the page that was asked for is not shown. The ways to try again are plain
/// links: one that the app opens, one (with a `target`) that the browser loads as a document. Each message has
/// elements of its own, so that it is read out and translated.
#[component]
pub fn AlertMessage() -> impl IntoView {
    let Context { alert, phrases, .. } = Context::expect();
    let message = move |it: Alert| {
        view! {
            <div class="message message--alert">
                <p>{alert_text(&it, phrases)}</p>
                <p class="message__ways">{ways(it)} {button(phrases.close, CLOSE)}</p>
            </div>
        }
    };
    let mut side = false;
    move || alert.get().map(|it| alternate(message(it), true, &mut side))
}

/// In the live region of what is said in passing: the age of a copy, a changed text, the network.
#[component]
pub fn StatusMessage() -> impl IntoView {
    let Context { status, phrases, .. } = Context::expect();
    let message = move |it: Status| {
        let (text, action) = status_text(&it, phrases);
        let act = action.map(|(label, action)| button(label, action));
        view! {
            <div class="message">
                <p>{text}</p>
                <p class="message__ways">{act} {button(phrases.close, CLOSE)}</p>
            </div>
        }
    };
    let mut side = false;
    move || status.get().map(|it| alternate(message(it), true, &mut side))
}

fn button(label: &'static str, action: &'static str) -> impl IntoView {
    view! { <button type="button" data-action=action>{label}</button> }
}

fn alert_text(alert: &Alert, phrases: &Phrases) -> String {
    match alert {
        Alert::Page(error, _) => match error {
            PageError::Network => phrases.page_network,
            PageError::Gone => phrases.missing_why,
            PageError::Server => phrases.page_server,
            PageError::Unreadable => phrases.page_unreadable,
        }
        .to_owned(),
        Alert::Save(error, title) => {
            let why = match error {
                StoreError::Network => phrases.save_network,
                StoreError::Server => phrases.save_server,
                StoreError::Full => phrases.save_full,
                StoreError::NoStore => phrases.no_store,
                StoreError::Gone => phrases.save_gone,
                StoreError::Unreadable => phrases.save_unreadable,
                StoreError::Foreign => phrases.save_foreign,
            };
            match title {
                Some(title) => [title.as_str(), ": ", why].concat(),
                None => why.to_owned(),
            }
        }
    }
}

/// What can be done about it.
fn ways(alert: Alert) -> impl IntoView {
    let Context { urls, phrases, .. } = Context::expect();
    let (path, further) = match alert {
        Alert::Page(PageError::Network, path) => {
            (Some(path), Some((Route::Offline, phrases.readable)))
        }
        Alert::Page(_, path) => (Some(path), None),
        Alert::Save(StoreError::Full, _) => (None, Some((Route::Saved, phrases.saved))),
        Alert::Save(..) => (None, None),
    };
    view! {
        {path
            .map(|path| {
                view! {
                    <a href=path.clone()>{phrases.retry}</a>
                    <a href=path target="_self">
                        {phrases.reload}
                    </a>
                }
            })}
        {further.map(|(route, text)| view! { <a href=urls.path(route)>{text}</a> })}
    }
}

fn status_text(
    status: &Status,
    phrases: &Phrases,
) -> (String, Option<(&'static str, &'static str)>) {
    let (text, action) = match status {
        Status::Copy(at) => return ([phrases.kept_at, at].concat(), None),
        Status::Changed => (phrases.changed, Some((phrases.show_changed, SHOW_CHANGED))),
        Status::NewBuild => (phrases.new_build, Some((phrases.use_build, USE_BUILD))),
        Status::WentOffline => (phrases.went_offline, None),
        Status::CameOnline => (phrases.came_online, None),
    };
    (text.to_owned(), action)
}
