//! Addresses: what an article's page is called on the web, and under which names it could be found before.

pub(crate) mod aliases;
pub(crate) mod slug;
pub(crate) mod urls;
