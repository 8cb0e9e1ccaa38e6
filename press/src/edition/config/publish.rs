//! The table `[publish]` of `site.toml`: where the site goes, and what is done before and after.

use std::path::Path;

use super::{FILE, FeedsConfig, SiteConfig, toml};
use crate::edition::diagnostics::{Diagnostic, FileDiagnostics, Problem, Severity};
use crate::edition::values::fields::Fields;

/// What `[publish]` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishConfig {
    /// The destination.
    pub to: Option<String>,
    /// A command for the time between printing and sending.
    pub before: Option<String>,
    /// A command for the time after sending.
    pub after: Option<String>,
    /// The key by which search engines know who tells them of changes (indexnow.org).
    pub indexnow: Option<String>,
}

impl SiteConfig {
    /// Reads what `site.toml` of an edition says of publishing and of hubs, and nothing else of it.
    ///
    /// # Errors
    /// If there is no such file, or that part of it is wrong.
    pub fn publishing(edition: &Path) -> Result<(PublishConfig, FeedsConfig), Diagnostic> {
        let file = edition.join(FILE);
        let unread = |reason| Diagnostic::new(FILE, Problem::NoSiteFile { reason });
        let bytes = std::fs::read(file).map_err(|error| unread(error.to_string()))?;
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let mut diagnostics = FileDiagnostics::new(Path::new(FILE));
        let config = match toml::parse(&text, 1) {
            Ok(table) => {
                let mut fields = Fields { table: &table, diagnostics: &mut diagnostics };
                (fields.publish(), fields.feeds())
            }
            Err(broken) => {
                diagnostics.push(broken.line, Problem::SiteSyntax { reason: broken.what });
                Default::default()
            }
        };
        let error = diagnostics.all.into_iter().find(|it| it.problem.weight() == Severity::Error);
        error.map_or(Ok(config), Err)
    }
}

impl Fields<'_> {
    pub(crate) fn publish(&mut self) -> PublishConfig {
        let Some(mut fields) = self.inner("publish") else {
            return PublishConfig::default();
        };
        let mut text = |name| fields.text(&[name]).map(|it| it.value);
        let (to, before, after) = (text("to"), text("before"), text("after"));
        PublishConfig { to, before, after, indexnow: fields.indexnow() }
    }

    fn indexnow(&mut self) -> Option<String> {
        let key = self.text(&["indexnow"])?;
        // IndexNow, "Verifying ownership": 8 to 128 letters, digits and hyphens.
        let fits = (8..=128).contains(&key.value.len())
            && key.value.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
        if !fits {
            self.diagnostics.push(key.line, Problem::NotIndexNow { text: key.value });
            return None;
        }
        Some(key.value)
    }
}
