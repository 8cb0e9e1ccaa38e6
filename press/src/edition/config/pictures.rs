//! The table `[pictures]` of `site.toml`: what becomes of pictures that lie on other sites.

use crate::edition::values::fields::Fields;

/// What `[pictures]` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PicturesConfig {
    /// Whether a print fetches pictures of other sites and publishes them as the newspaper's own. Else they are links.
    pub fetch: bool,
}

impl Fields<'_> {
    pub(crate) fn pictures(&mut self) -> PicturesConfig {
        let Some(node) = self.table.get("pictures") else {
            return PicturesConfig::default();
        };
        let Some(table) = node.table() else {
            self.wrong_kind("pictures", node, "a table that begins with [pictures]");
            return PicturesConfig::default();
        };
        let fetch = Fields { table, diagnostics: self.diagnostics }.yes("fetch").unwrap_or(false);
        PicturesConfig { fetch }
    }
}
