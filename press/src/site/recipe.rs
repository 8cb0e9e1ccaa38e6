//! Recipes: hashes of all that a document is made of. A document is not made again while its recipe stays the same.
//!
//! A recipe has the program itself, `site.toml`, what all documents share, and the seal of the page: the hash of all that
//! it says of articles, which is known before the page is made (`pages::seal`).

use std::fs;

use anyhow::Result;

use crate::edition::Edition;
use crate::embed::Embeds;
use crate::hash::{Hash, hash, program};
use crate::render::Printer;

/// The part of a recipe that all pages of a site share.
pub(super) fn shared(
    edition: &Edition,
    printer: &Printer<'_>,
    embeds: &Embeds<'_>,
) -> Result<Hash> {
    let config = fs::read(edition.root.join("site.toml"))?;
    let mut parts = vec![program().as_slice(), &config];
    // The policy of embed pages has the hashes of their style and script.
    for part in printer.shared().chain([embeds.policy()]) {
        parts.extend([part.as_bytes(), b"\0"]);
    }
    Ok(hash(&parts))
}
