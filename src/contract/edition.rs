//! The newest articles in short, `edition.json`: what a reader takes along, and what it weighs.
//!
//! The service worker reads it to fetch what it lacks of an edition, and nothing else.

use serde::Serialize;

/// The newest articles of all sections, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct EditionList {
    /// [`CONTRACT_VERSION`](super::CONTRACT_VERSION) of the press that printed the site.
    pub version: u32,
    /// The articles, 200 at most.
    pub articles: Vec<EditionArticle>,
}

/// An article of an [`EditionList`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct EditionArticle {
    /// The path of its page, base path included.
    pub path: String,
    /// The slug of its section.
    pub section: String,
    /// [`FeedExtension::revision`](super::FeedExtension::revision) of its page.
    pub revision: String,
    /// What it takes on a reader's device, document and pictures, in bytes.
    pub bytes: u64,
}
