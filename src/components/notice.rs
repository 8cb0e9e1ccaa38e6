//! The notice: what happened to a page that could not be opened, and what to do.

use leptos::prelude::*;

use crate::app::{Context, Failure, Notice};
use crate::urls::Route;

/// Says why the page that was asked for is not shown. The ways to try again are plain links: one
/// that the app opens, one (with a `target`) that the browser loads as a document.
#[component]
pub fn NoticeBar() -> impl IntoView {
    let Context { urls, phrases, notice, .. } = Context::expect();
    let bar = move |Notice { failure, path }: Notice| {
        let sentence = match failure {
            Failure::Network => phrases.failed_network,
            Failure::Missing => phrases.missing_why,
            Failure::Server => phrases.failed_server,
            Failure::Data => phrases.failed_data,
        };
        let readable = (failure == Failure::Network).then(|| {
            view! { <a href=urls.path(Route::Offline)>{phrases.readable}</a> }
        });
        view! {
            <div class="notice">
                <p>{sentence}</p>
                <p class="notice__ways">
                    <a href=path.clone()>{phrases.retry}</a>
                    <a href=path target="_self">
                        {phrases.reload}
                    </a>
                    {readable}
                    <button type="button" on:click=move |_| notice.set(None)>
                        {phrases.close}
                    </button>
                </p>
            </div>
        }
    };
    view! { <div role="alert">{move || notice.get().map(&bar)}</div> }
}
