//! The parts of a page. Each is printed by the press and run in the browser from the same code.

#![allow(unreachable_pub, reason = "the macro writes `pub` items beside the components")]

pub(crate) mod actions;
mod alternate;
mod article;
mod banner;
mod card;
mod footer;
mod list;
mod messages;
mod page;
mod pager;
mod related;
#[cfg(feature = "ssr")]
mod saved_page;
#[cfg(feature = "ssr")]
mod saved_page_phrases;
mod saved_view;

pub use article::ArticleView;
pub use banner::{Banner, aria_current};
pub use card::{CardShape, card};
pub use footer::Footer;
pub use list::ListView;
pub use messages::{AlertMessage, StatusMessage};
pub use page::PageView;
pub use pager::pager;
pub use related::RelatedView;
#[cfg(feature = "ssr")]
pub use saved_page::SavedPage;
pub use saved_view::SavedView;
