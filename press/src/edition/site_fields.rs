//! The values of `site.toml`, each with what it must be.

use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::fields::{Fields, Lined};
use super::node::Node;
use super::site::{RESERVED_SECTIONS, Section};
use super::{slug, urls};

impl Fields<'_> {
    pub(super) fn needed(&mut self, name: &str, example: &str) -> Option<Lined<String>> {
        if self.table.get(name).is_none() {
            self.notes.error(None, format!("\"{name}\" is missing"), format!("write {example}"));
            return None;
        }
        self.text(&[name])
    }

    pub(super) fn zone(&mut self, name: Lined<String>) -> Option<(String, TimeZone)> {
        // Those of the system are newer; a bare container has none, and some systems leave old names out.
        let known = TimeZone::get(&name.value);
        match known.or_else(|_| TimeZoneDatabase::bundled().get(&name.value)) {
            Ok(zone) => Some((name.value, zone)),
            Err(_) => {
                let what = format!("\"{}\" is no time zone that is known here", name.value);
                self.notes.error(name.line, what, "write its IANA name, such as Asia/Ho_Chi_Minh");
                None
            }
        }
    }

    pub(super) fn base_url(&mut self, url: Lined<String>) -> Option<String> {
        if urls::is_web(&url.value) && !url.value.contains(['?', '#']) {
            return Some(format!("{}/", url.value.trim_end_matches('/')));
        }
        let what = format!("\"{}\" is not an address at which a site can live", url.value);
        self.notes.error(
            url.line,
            what,
            "write it like https://example.org/ or https://example.org/news/",
        );
        None
    }

    /// The base address with its path replaced.
    pub(super) fn moved(&mut self, url: &str, base: &str) -> Option<String> {
        let inner = base.trim_matches('/');
        let plain = inner.split('/').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_~".contains(c))
        });
        if !(base.starts_with('/') && (inner.is_empty() || plain)) {
            let what = format!("the base path \"{base}\" is not one at which a site can live");
            self.notes.error(None, what, "write it like /news/, with letters, digits and hyphens");
            return None;
        }
        let host = url.find("//").map_or(0, |at| at + 2);
        let end = url.get(host..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| host + at);
        let origin = url.get(..end)?;
        Some(if inner.is_empty() { format!("{origin}/") } else { format!("{origin}/{inner}/") })
    }

    pub(super) fn page_size(&mut self) -> usize {
        let Some(text) = self.text(&["page_size"]) else {
            return 20;
        };
        match text.value.parse() {
            Ok(size @ 1..=500) => size,
            _ => {
                let what = format!("\"{}\" is no number of articles for a page", text.value);
                self.notes.error(
                    text.line,
                    what,
                    "write a number from 1 to 500, such as page_size = 20",
                );
                20
            }
        }
    }

    pub(super) fn sections(&mut self) -> Vec<Section> {
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
            let mut fields = Fields { table, notes: self.notes };
            let Some(name) = fields.text(&["slug"]) else {
                let what = "the section has no slug".to_owned();
                fields.notes.error(
                    item.line,
                    what,
                    "write the name of its folder: slug = \"kinh-te\"",
                );
                continue;
            };
            let problem = if name.value != slug::fold(&name.value) {
                Some("holds more than small letters, digits and single hyphens")
            } else if RESERVED_SECTIONS.contains(&&*name.value) {
                Some("is where the site keeps files of its own")
            } else if sections.iter().any(|s| s.slug == name.value) {
                Some("is the slug of two sections")
            } else {
                None
            };
            if let Some(problem) = problem {
                let what = format!("\"{}\" {problem}", name.value);
                fields.notes.error(name.line, what, "choose another slug, such as kinh-te");
                continue;
            }
            sections.push(Section {
                title: fields.text(&["title"]).map_or_else(|| name.value.clone(), |t| t.value),
                language: fields.language(&["language", "lang"]),
                description: fields.text(&["description"]).map(|d| d.value),
                slug: name.value,
            });
        }
        sections
    }
}
