//! The foot of every page.

use leptos::prelude::*;

use crate::context::Context;
use crate::urls::Route;

/// The newspaper's name once more, and the ways to the front and to what is saved.
#[component]
pub fn Footer() -> impl IntoView {
    let Context { site, urls, phrases, .. } = Context::expect();
    view! {
        <footer class="foot">
            <p class="foot__title">{site.title.clone()}</p>
            <p class="foot__tagline">{site.tagline.clone()}</p>
            <p>
                <a href=urls.path(Route::Front)>{phrases.front}</a>
                {(!site.online_only)
                    .then(|| view! { <a href=urls.path(Route::Saved)>{phrases.saved}</a> })}
            </p>
        </footer>
    }
}
