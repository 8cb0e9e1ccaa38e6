//! The page: an article, a list, or what the device keeps, as its data says.

use leptos::either::EitherOf3;
use leptos::prelude::*;

use super::alternate::alternate;
use super::article::ArticleView;
use super::list::ListView;
use super::saved_view::SavedView;
use crate::context::Context;
use crate::contract::PageKind;

/// Shows the page of the [`Context`], and the next one when it changes. An article is made over
/// into the next one, which takes half the time of building it anew, unless the browser translated it.
#[component]
pub fn PageView() -> impl IntoView {
    let Context { page, translated, .. } = Context::expect();
    let mut side = false;
    move || {
        let page = page.get();
        let view = match page.extension.kind {
            PageKind::Article => EitherOf3::A(view! { <ArticleView page /> }),
            PageKind::Saved => EitherOf3::B(view! { <SavedView page /> }),
            _ => EitherOf3::C(view! { <ListView page /> }),
        };
        alternate(view, translated.get_value(), &mut side)
    }
}
