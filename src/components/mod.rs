//! The parts of a page. Each is printed by the press and run in the browser from the same code.

#![allow(unreachable_pub, reason = "the macro writes `pub` items beside the components")]

mod article;
mod banner;
mod card;
mod footer;
mod list;
mod notice;
mod page;
mod pager;
mod related;
mod saved;
#[cfg(feature = "ssr")]
mod shelf;
#[cfg(feature = "ssr")]
mod shelf_phrases;

/// The attribute that says what a control does, for `browser::desk`.
#[cfg(feature = "hydrate")]
pub(crate) const ACTION: &str = "data-action";
/// Saves the article that is shown, or gives it up.
pub(crate) const SAVE: &str = "save";
/// Shows the new text of the page.
pub(crate) const SHOW_CHANGED: &str = "show-changed";
/// Takes the new build of the reader.
pub(crate) const USE_BUILD: &str = "use-build";

pub use article::ArticleView;
pub use banner::Banner;
pub use card::{CardShape, card};
pub use footer::Footer;
pub use list::ListView;
pub use notice::NoticeBar;
pub use page::PageView;
pub use pager::pager;
pub use related::RelatedView;
pub use saved::SavedView;
#[cfg(feature = "ssr")]
pub use shelf::Shelf;
