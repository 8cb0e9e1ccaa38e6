//! The patterns of `site.toml` by which another generator made the addresses of articles: `permalinks` of the whole
//! site and of sections.

use std::collections::BTreeMap;

use crate::edition::addresses::pattern::Pattern;
use crate::edition::diagnostics::Problem;
use crate::edition::values::fields::Fields;
use crate::edition::values::node::{Node, Table};

/// The patterns of old addresses, for all sections or for one.
#[derive(Clone, Debug, Default)]
pub struct Permalinks {
    all: Vec<Pattern>,
    sections: BTreeMap<String, Vec<Pattern>>,
}

impl Permalinks {
    /// A pattern for all sections.
    pub(crate) fn of_site(pattern: Option<Pattern>) -> Self {
        Self { all: pattern.into_iter().collect(), ..Self::default() }
    }

    /// The patterns of a section, by its slug or its folder. What a section has of its own takes the place of what
    /// all have.
    pub(crate) fn of(&self, section: &str, folder: &str) -> &[Pattern] {
        let own = self.sections.get(section).or_else(|| self.sections.get(folder));
        own.unwrap_or(&self.all)
    }
}

impl Fields<'_> {
    /// Reads `permalinks`: a pattern, a list of patterns, or a table of sections as Hugo has it; and those of
    /// `[[sections]]`.
    pub(crate) fn permalinks(&mut self) -> Permalinks {
        let mut permalinks = Permalinks::default();
        match self.table.get("permalinks").map(|node| (node, node.table())) {
            Some((_, Some(table))) => self.by_section(table, &mut permalinks),
            Some((node, None)) => permalinks.all = self.patterns(node),
            None => {}
        }
        let sections = self.table.get("sections").map(Node::items).unwrap_or_default();
        for table in sections.iter().filter_map(Node::table) {
            let slug = table.get("slug").and_then(Node::text);
            if let (Some(slug), Some(node)) = (slug, table.get("permalinks")) {
                permalinks.sections.insert(slug.to_owned(), self.patterns(node));
            }
        }
        permalinks
    }

    fn by_section(&mut self, table: &Table, permalinks: &mut Permalinks) {
        for (section, node) in &table.entries {
            match (section.as_str(), node.table()) {
                // Hugo parts the patterns of articles from those of lists.
                ("page", Some(pages)) => self.by_section(pages, permalinks),
                (_, Some(_)) => {}
                (_, None) => {
                    permalinks.sections.insert(section.clone(), self.patterns(node));
                }
            }
        }
    }

    fn patterns(&mut self, node: &Node) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for item in node.items() {
            let Some(text) = item.text() else {
                self.wrong_kind("permalinks", item, "a text or a list of texts");
                continue;
            };
            match Pattern::parse(text) {
                Ok(pattern) => patterns.push(pattern),
                Err(word) => {
                    let problem = Problem::PermalinkWord { pattern: text.to_owned(), word };
                    self.diagnostics.push(item.line, problem);
                }
            }
        }
        patterns
    }
}
