//! The old addresses that an article's front matter names, and those that the site's patterns gave it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::edition::addresses::pattern::{self, Facts, Pattern};
use crate::edition::addresses::{aliases, urls};
use crate::edition::config::SiteConfig;
use crate::edition::diagnostics::{FileDiagnostics, Problem};
use crate::edition::fixed::{Fixed, fixed};
use crate::edition::values::fields::{Fields, Lined};
use crate::edition::values::node::Value;

/// What an author wrote of an old address.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    /// The name under which it was written, such as `alias`.
    pub(crate) name: &'static str,
    pub(crate) text: Lined<String>,
}

/// An old address that leads to the article, if nothing else has its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OldAddress {
    #[serde(deserialize_with = "fixed")]
    pub(crate) name: Fixed,
    /// From the site's root, in the form of [`aliases::normal`].
    pub(crate) path: String,
    pub(crate) line: Option<usize>,
    /// Whether it was meant. Of the addresses that a pattern may have given, only the first one is.
    pub(crate) meant: bool,
}

impl Fields<'_> {
    /// All old addresses: `aliases` (Hugo, Zola), `redirect_from` (Jekyll), `url` (Hugo), `permalink` (Jekyll,
    /// Eleventy) and `path` (Zola).
    pub(crate) fn wishes(&mut self) -> Vec<Wish> {
        let mut wishes = Vec::new();
        for names in [["aliases"], ["redirect_from"]] {
            wishes.extend(self.texts(&names).into_iter().map(|text| Wish { name: "alias", text }));
        }
        for name in ["url", "permalink", "path"] {
            // Below `extra` and `params` these are whatever a theme made of them.
            let Some(node) = self.table.get(name) else { continue };
            match (node.text(), &node.value) {
                (Some("true" | "false"), _) if name == "permalink" => {}
                (Some(text), _) => {
                    let text = Lined { value: text.to_owned(), line: node.line };
                    wishes.push(Wish { name, text });
                }
                (None, Value::Table(_) | Value::List(_)) => {
                    let reason = "is not a text";
                    let problem = Problem::Alias { name, alias: node.kind().to_owned(), reason };
                    self.diagnostics.push(node.line, problem);
                }
                (None, _) => {}
            }
        }
        wishes
    }

    /// Whether the article had no page: Eleventy's `permalink: false`.
    pub(crate) fn had_no_page(&self) -> bool {
        self.table.get("permalink").and_then(|node| node.text()) == Some("false")
    }
}

/// Turns what was written into addresses. What cannot be one is noted.
pub(crate) fn read(
    wishes: &[Wish],
    facts: &Facts<'_>,
    section: &str,
    site: &SiteConfig,
    diagnostics: &mut FileDiagnostics,
) -> Vec<OldAddress> {
    let mut old = Vec::new();
    for Wish { name, text } in wishes {
        let Lined { value, line } = text;
        let mut unfit = |reason| {
            let problem = Problem::Alias { name, alias: value.clone(), reason };
            diagnostics.push(*line, problem);
        };
        let own = urls::of_site(&site.base_url, value);
        let path = own.unwrap_or(value);
        if ["{{", "{%", "<%"].iter().any(|mark| path.contains(mark)) {
            unfit("is template text");
        } else if *name == "url" && urls::is_foreign(path) {
            // A theme's link to what the article is about.
        } else if pattern::is_one(path) && !urls::has_scheme(path) {
            match Pattern::parse(path) {
                Ok(pattern) => given(&pattern, name, Some(*line), facts, &mut old),
                Err(_) => unfit("holds a word that is not known here"),
            }
        } else {
            match aliases::normal(path) {
                Ok(path) => old.push(OldAddress { name, path, line: Some(*line), meant: true }),
                Err(reason) => unfit(reason),
            }
        }
    }
    for pattern in site.permalinks.of(section, facts.section) {
        given(pattern, "old address", None, facts, &mut old);
    }
    old
}

/// Adds the addresses that a pattern may have given.
fn given(
    pattern: &Pattern,
    name: &'static str,
    line: Option<usize>,
    facts: &Facts<'_>,
    old: &mut Vec<OldAddress>,
) {
    for (place, address) in pattern.addresses(facts).iter().enumerate() {
        if let Ok(path) = aliases::normal(address) {
            old.push(OldAddress { name, path, line, meant: place == 0 });
        }
    }
}

/// The folders of a file between its section's and its own name.
pub(crate) fn folders<'a>(file: &'a Path, name: &str) -> Vec<&'a str> {
    let parts = file.parent().into_iter().flat_map(Path::components).skip(2);
    let mut parts: Vec<&str> = parts.filter_map(|it| it.as_os_str().to_str()).collect();
    if parts.last() == Some(&name) && file.file_stem().is_some_and(|stem| *stem != *name) {
        parts.pop();
    }
    parts
}
