//! An article as the version in one language.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::edition::languages::tags;

/// An article as the version in one language: what its language means for its address.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Version {
    /// The article's language.
    pub(crate) language: String,
    /// The language of its section, else of the site.
    pub(crate) main: String,
    /// Its file's path without what names the language.
    pub(crate) neutral: Arc<Path>,
    /// Where generators put it: `/en/tin/a/`.
    pub(crate) old_address: Option<String>,
}

impl Version {
    /// Whether the article is in the language of its section.
    pub(crate) fn is_main(&self) -> bool {
        tags::same(&self.language, &self.main)
    }

    /// The slug of an article that has none of its own: that of a translation ends in its language.
    pub(crate) fn slug(&self, slug: &str) -> String {
        format!("{slug}-{}", self.language.to_ascii_lowercase())
    }

    /// Notes the address that generators give to an article of this section and slug.
    pub(crate) fn note_old_address(&mut self, section: &str, slug: &str) {
        let language = self.language.to_ascii_lowercase();
        self.old_address = Some(format!("/{language}/{section}/{slug}/"));
    }
}
