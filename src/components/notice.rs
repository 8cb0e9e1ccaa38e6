//! The notices: what the reader asked for and did not get, and what is said in passing.

use leptos::prelude::*;

use super::{SHOW_CHANGED, USE_BUILD};
use crate::app::{Context, Failure, KeepFailure, Notice, Remark};
use crate::phrases::Phrases;
use crate::urls::Route;

/// Two live regions at the foot of the window. They lie over the page and move nothing.
///
/// The alert says why the page that was asked for is not shown. Its ways to try again are plain
/// links: one that the app opens, one (with a `target`) that the browser loads as a document. The
/// status is quieter: the age of a copy, a changed text, the network.
#[component]
pub fn NoticeBar() -> impl IntoView {
    let Context { notice, remark, phrases, .. } = Context::expect();
    let close = move || {
        view! {
            <button
                type="button"
                on:click=move |_| {
                    notice.set(None);
                    remark.set(None);
                }
            >
                {phrases.close}
            </button>
        }
    };
    let alert = move |it: Notice| {
        view! {
            <div class="notice notice--loud">
                <p>{sentence(&it, phrases)}</p>
                <p class="notice__ways">{ways(it)} {close()}</p>
            </div>
        }
    };
    let status = move |it: Remark| {
        let (text, action) = remark_text(&it, phrases);
        let act = action.map(|(label, action)| {
            view! { <button type="button" data-action=action>{label}</button> }
        });
        view! {
            <div class="notice">
                <p>{text}</p>
                <p class="notice__ways">{act} {close()}</p>
            </div>
        }
    };
    view! {
        <div role="status">{move || remark.get().map(status)}</div>
        <div role="alert">{move || notice.get().map(alert)}</div>
    }
}

fn sentence(notice: &Notice, phrases: &Phrases) -> &'static str {
    match notice {
        Notice::Page(Failure::Network, _) | Notice::Keep(KeepFailure::Network) => {
            phrases.failed_network
        }
        Notice::Page(Failure::Missing, _) => phrases.missing_why,
        Notice::Page(Failure::Server, _) => phrases.failed_server,
        Notice::Page(Failure::Data, _) => phrases.failed_data,
        Notice::Keep(KeepFailure::NoStore) => phrases.no_store,
        Notice::Keep(KeepFailure::Full) => phrases.store_full,
    }
}

/// What can be done about it.
fn ways(notice: Notice) -> impl IntoView {
    let Context { urls, phrases, .. } = Context::expect();
    let (path, further) = match notice {
        Notice::Page(Failure::Network, path) => {
            (Some(path), Some((Route::Offline, phrases.readable)))
        }
        Notice::Page(_, path) => (Some(path), None),
        Notice::Keep(KeepFailure::Full) => (None, Some((Route::Saved, phrases.saved))),
        Notice::Keep(_) => (None, None),
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

fn remark_text(
    remark: &Remark,
    phrases: &Phrases,
) -> (String, Option<(&'static str, &'static str)>) {
    let (text, action) = match remark {
        Remark::Copy(at) => return ([phrases.kept_at, at].concat(), None),
        Remark::Changed => (phrases.changed, Some((phrases.show_changed, SHOW_CHANGED))),
        Remark::NewBuild => (phrases.new_build, Some((phrases.use_build, USE_BUILD))),
        Remark::WentOffline => (phrases.went_offline, None),
        Remark::CameOnline => (phrases.came_online, None),
    };
    (text.to_owned(), action)
}
