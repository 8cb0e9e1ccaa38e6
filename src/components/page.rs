//! The page: an article, a list, or what the device keeps, as its data says.

use leptos::either::EitherOf3;
use leptos::prelude::*;

use super::{ArticleView, ListView, SavedView};
use crate::app::Context;
use crate::contract::PageKind;

/// Shows the page of the [`Context`], and the next one when it changes. An article is made over
/// into the next one, which takes half the time of building it anew.
#[component]
pub fn PageView() -> impl IntoView {
    let page = Context::expect().page;
    move || {
        let page = page.get();
        match page.extension.kind {
            PageKind::Article => EitherOf3::A(view! { <ArticleView page /> }),
            PageKind::Saved => EitherOf3::B(view! { <SavedView page /> }),
            _ => EitherOf3::C(view! { <ListView page /> }),
        }
    }
}
