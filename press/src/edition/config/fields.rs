//! The values of `site.toml`, each with what it must be.

use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::edition::addresses::reserved::RESERVED_SECTIONS;
use crate::edition::config::Section;
use crate::edition::diagnostics::Problem;
use crate::edition::values::fields::{Fields, Lined};
use crate::edition::values::node::Node;
use crate::edition::{addresses::slug, addresses::urls, body::plain};
use crate::hosts::Host;

impl Fields<'_> {
    pub(crate) fn needed(&mut self, name: &str, example: &str) -> Option<Lined<String>> {
        if self.table.get(name).is_none() {
            let (name, example) = (name.to_owned(), example.to_owned());
            self.diagnostics.push(None, Problem::SiteMissing { name, example });
            return None;
        }
        self.text(&[name])
    }

    pub(crate) fn zone(&mut self, name: Lined<String>) -> Option<(String, TimeZone)> {
        // Those of the system are newer; a bare container has none, and some systems leave old names out.
        let known = TimeZone::get(&name.value);
        match known.or_else(|_| TimeZoneDatabase::bundled().get(&name.value)) {
            Ok(zone) => Some((name.value, zone)),
            Err(_) => {
                self.diagnostics.push(name.line, Problem::TimeZone { name: name.value });
                None
            }
        }
    }

    pub(crate) fn base_url(&mut self, url: Lined<String>) -> Option<String> {
        if urls::is_web(&url.value) && !url.value.contains(['?', '#']) {
            return Some(format!("{}/", url.value.trim_end_matches('/')));
        }
        self.diagnostics.push(url.line, Problem::BaseUrl { url: url.value });
        None
    }

    /// The base address with its path replaced.
    pub(crate) fn moved(&mut self, url: &str, base: &str) -> Option<String> {
        let inner = base.trim_matches('/');
        let plain = inner.split('/').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_~".contains(c))
        });
        if !(base.starts_with('/') && (inner.is_empty() || plain)) {
            self.diagnostics.push(None, Problem::BasePath { base: base.to_owned() });
            return None;
        }
        let host = url.find("//").map_or(0, |at| at + 2);
        let end = url.get(host..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| host + at);
        let origin = url.get(..end)?;
        Some(if inner.is_empty() { format!("{origin}/") } else { format!("{origin}/{inner}/") })
    }

    pub(crate) fn page_size(&mut self) -> usize {
        let Some(text) = self.text(&["page_size"]) else {
            return 20;
        };
        match text.value.parse() {
            Ok(size @ 1..=500) => size,
            _ => {
                self.diagnostics.push(text.line, Problem::PageSize { size: text.value });
                20
            }
        }
    }

    /// The hosts whose files are to be written; none for all.
    pub(crate) fn hosts(&mut self) -> Vec<Host> {
        let mut hosts = Vec::new();
        for Lined { value, line } in self.texts(&["hosts"]) {
            match Host::named(&value) {
                Some(host) => hosts.push(host),
                None => {
                    let known = Host::ALL.map(Host::name).join(", ");
                    self.diagnostics.push(line, Problem::NotHost { name: value, known });
                }
            }
        }
        hosts
    }

    pub(crate) fn sections(&mut self) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        let items = self.table.get("sections").map(Node::items).unwrap_or_default();
        for item in items {
            let Some(table) = item.table() else {
                self.wrong_kind(
                    "sections",
                    item,
                    "a list of tables, each beginning with [[sections]]",
                );
                continue;
            };
            let mut fields = Fields { table, diagnostics: self.diagnostics };
            let Some(name) = fields.text(&["slug"]) else {
                fields.diagnostics.push(item.line, Problem::SectionWithoutSlug);
                continue;
            };
            let reason = if name.value != slug::fold(&name.value) {
                Some("holds more than small letters, digits and single hyphens")
            } else if RESERVED_SECTIONS.contains(&&*name.value) {
                Some("is where the site keeps files of its own")
            } else if sections.iter().any(|s| s.slug == name.value) {
                Some("is the slug of two sections")
            } else {
                None
            };
            if let Some(reason) = reason {
                let problem = Problem::SectionSlug { slug: name.value, reason };
                fields.diagnostics.push(name.line, problem);
                continue;
            }
            sections.push(Section {
                title: fields
                    .text(&["title"])
                    .map_or_else(|| name.value.clone(), |title| plain::of_html(&title.value)),
                language: fields.language(&["language", "lang"]),
                description: fields.text(&["description"]).map(|d| d.value),
                slug: name.value,
            });
        }
        sections
    }
}
