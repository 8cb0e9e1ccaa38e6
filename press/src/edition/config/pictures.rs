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
        let fetch = self.inner("pictures").and_then(|mut it| it.yes("fetch")).unwrap_or(false);
        PicturesConfig { fetch }
    }
}
