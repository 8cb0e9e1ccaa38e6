//! The page: an article or a list, as its data says.

use leptos::either::Either;
use leptos::prelude::*;

use super::{ArticleView, ListView};
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
            PageKind::Article => Either::Left(view! { <ArticleView page /> }),
            _ => Either::Right(view! { <ListView page /> }),
        }
    }
}
