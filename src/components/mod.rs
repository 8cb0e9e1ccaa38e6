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

pub use article::ArticleView;
pub use banner::Banner;
pub use card::{CardShape, card};
pub use footer::Footer;
pub use list::ListView;
pub use notice::NoticeBar;
pub use page::PageView;
pub use pager::pager;
pub use related::related_news;
