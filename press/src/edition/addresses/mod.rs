//! Addresses: what an article's page is called on the web, and under which names it could be found before.
//!
//! `slug` makes names, `wishes` and `pattern` read old addresses, `settle` gives every place of the `book` to one
//! owner, and the `directory` tells links where they lead.

pub(crate) mod aliases;
pub(crate) mod book;
pub(crate) mod directory;
pub(crate) mod fragments;
pub(crate) mod guide;
pub(crate) mod key;
pub(crate) mod listing;
pub(crate) mod pattern;
pub(crate) mod permalinks;
pub(crate) mod reserved;
pub(crate) mod settle;
pub(crate) mod slug;
pub(crate) mod trial;
pub(crate) mod urls;
pub(crate) mod wishes;
