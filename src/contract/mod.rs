//! The contract: the JSON that a site serves and the app reads.
//!
//! Every page of a site is a [JSON Feed 1.1](https://www.jsonfeed.org/version/1.1/) document,
//! [`Feed`], at `index.json` beside its HTML. What JSON Feed has a name for uses that name; the
//! rest lives under `_broadsheet`, the extension key that the specification reserves for this
//! ("Extensions"). What all pages share is [`Site`], served as `site.json`.

mod edition;
mod feed;
mod site;

pub use edition::{EditionArticle, EditionList};
pub use feed::{
    Author, Feed, FeedExtension, Item, ItemExtension, JSON_FEED_VERSION, PageKind, Picture, Source,
};
pub use site::{Banner, Section, Site};

/// The version of the contract. It changes when a reader of the old one would misread the new one.
pub const CONTRACT_VERSION: u32 = 1;
