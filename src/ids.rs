//! The ids of the app's own elements.
//!
//! All of them begin with [`PREFIX`]. The press never prints an id of content that does, so no
//! heading of an article takes one of these.

/// What every id of the app begins with, and none of content.
pub const PREFIX: &str = "app-";
/// The element that the app is rendered into, and that it takes over.
pub const ROOT: &str = "app-root";
/// The main part of a page. The link past the banner leads there.
pub const MAIN: &str = "app-main";
/// The live region for what is said in passing.
pub const STATUS: &str = "app-status";
/// The live region for what the reader asked for and did not get.
pub const ALERT: &str = "app-alert";
/// A page's heading. The focus goes there after a navigation.
pub const HEADING: &str = "app-heading";
/// The live region that announces a navigation.
pub const ANNOUNCER: &str = "app-announcer";
/// The heading over related news.
pub const RELATED: &str = "app-related";
/// The inlined [`Site`](crate::contract::Site).
pub const SITE_DATA: &str = "app-site-data";
/// The inlined [`Feed`](crate::contract::Feed) of the page.
pub const PAGE_DATA: &str = "app-page-data";
/// The body of the page of saved articles, which `js/saved-page.js` brings to life.
pub const SAVED_PAGE: &str = "app-saved-page";
/// The heading over what the device keeps.
pub const STORAGE: &str = "app-storage";
