//! The table `[feeds]` of `site.toml`: what feeds say beside the articles.

use crate::edition::addresses::urls;
use crate::edition::diagnostics::Problem;
use crate::edition::values::fields::{Fields, Lined};
use crate::edition::values::node::Node;

/// What `[feeds]` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedsConfig {
    /// The addresses of the hubs that tell subscribers of a change (W3C, "WebSub", section 4).
    pub hubs: Vec<String>,
}

impl Fields<'_> {
    pub(crate) fn feeds(&mut self) -> FeedsConfig {
        self.inner("feeds").map(|mut it| it.hubs()).unwrap_or_default()
    }

    fn hubs(&mut self) -> FeedsConfig {
        let items = self.table.get("hub").map(Node::items).unwrap_or_default();
        let texts = if items.is_empty() { Vec::new() } else { self.texts(&["hub"]) };
        let mut hubs = Vec::new();
        for Lined { value, line } in texts {
            if !urls::is_web(&value) || url::Url::parse(&value).is_err() {
                self.diagnostics.push(line, Problem::NotWebAddress { text: value });
            } else if !hubs.contains(&value) {
                hubs.push(value);
            }
        }
        FeedsConfig { hubs }
    }
}
