//! The page: an article, a list, or what the device keeps, as its data says.

use std::sync::Arc;

use leptos::either::EitherOf3;
use leptos::prelude::*;

use super::article::ArticleView;
use super::list::ListView;
use super::saved_view::SavedView;
use crate::contract::{Feed, PageKind};

/// A page without its related news.
#[component]
pub fn PageView(
    /// The page.
    page: Arc<Feed>,
) -> impl IntoView {
    match page.extension.kind {
        PageKind::Article => EitherOf3::A(view! { <ArticleView page /> }),
        PageKind::Saved => EitherOf3::B(view! { <SavedView page /> }),
        _ => EitherOf3::C(view! { <ListView page /> }),
    }
}
