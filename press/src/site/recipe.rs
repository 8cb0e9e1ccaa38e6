//! Recipes: hashes of all that a document is made of. A document is not made again while its recipe stays the same.
//!
//! A recipe has the program itself, `site.toml`, what all documents share, and the data of the page. So nothing has to
//! be known of what depends on what: whatever moves a page changes its data, and with it the recipe.

use std::fs;
use std::sync::OnceLock;

use anyhow::Result;

use super::state::{self, Hash};
use crate::edition::Edition;
use crate::embed::Embeds;
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
    Ok(state::hash(&parts))
}

/// The hash of the program: another press may make another document of the same data. Where the program cannot be
/// read, no recipe is that of another print.
fn program() -> &'static Hash {
    static PROGRAM: OnceLock<Hash> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let bytes = std::env::current_exe().and_then(fs::read);
        bytes.map_or_else(
            |_| {
                let moment = jiff::Timestamp::now().as_nanosecond();
                state::hash(&[&moment.to_be_bytes(), &std::process::id().to_be_bytes()])
            },
            |bytes| state::hash(&[&bytes]),
        )
    })
}
