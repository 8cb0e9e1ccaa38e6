//! When an article is online: the names that Hugo, Zola, Jekyll and Eleventy have for a draft, for the moment at
//! which an article appears and for the one at which it goes.
//!
//! Hugo takes no notice of capitals, so none is taken here: an embargo must not break by a spelling. `publishDate`,
//! `publishdate` and `publish_date` are one name. Where several moments are written, the article is held back
//! until the last of them and goes at the first.

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;

use crate::edition::diagnostics::Problem;
use crate::edition::front_matter::dates;
use crate::edition::values::fields::{Fields, truth};
use crate::edition::values::node::{Node, Table};

/// Hugo's `publishDate`, Astro's and Hugo's `pubDate`, and what a newsroom calls it. Hugo and Jekyll know
/// `published` as a date and as a truth.
const APPEARS: [&str; 7] =
    ["publishdate", "pubdate", "publishon", "published", "embargo", "embargountil", "embargodate"];
/// Hugo's `expiryDate`, its former `unpublishDate`, and the names of Jekyll's plugins.
const GOES: [&str; 10] = [
    "expirydate",
    "unpublishdate",
    "unpublishon",
    "expiredate",
    "expirationdate",
    "expiration",
    "expireson",
    "expires",
    "expire",
    "expiry",
];

/// What front matter says about being online.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schedule {
    /// Whether the article is not to be printed at all yet.
    pub(crate) draft: bool,
    /// The name of the value that keeps an article out of lists, and its line. An article of a newspaper is in
    /// lists, so this one stays out.
    pub(crate) unlisted: Option<(String, usize)>,
    /// The moment before which it must not be online, apart from its date.
    pub(crate) appears: Option<ZonedDateTime>,
}

impl Fields<'_> {
    /// Reads whether and since when an article may be online. A moment that cannot be read is an error.
    pub(crate) fn schedule(&mut self, zone: &TimeZone) -> Schedule {
        let mut schedule = Schedule::default();
        // The later of two lines would count, and that may be the wrong one.
        let decides = |name: &str| {
            let name = fold(name);
            name == "published" || APPEARS.contains(&&*name) || GOES.contains(&&*name)
        };
        for (name, line) in self.table.doubled.iter().filter(|(name, _)| decides(name)) {
            self.diagnostics.push(*line, Problem::Twice { name: name.clone() });
        }
        for (name, node) in entries(self.table) {
            let folded = fold(name);
            let answer = node.text().and_then(truth);
            match folded.as_str() {
                "draft" => schedule.draft |= self.answer(name, node) == Some(true),
                "published" if answer.is_some() => schedule.draft |= answer == Some(false),
                "published"
                    if node.text().is_none_or(|text| dates::parse(text, zone).is_none()) =>
                {
                    self.answer(name, node);
                }
                // The name that every article has is read elsewhere; Hugo knows it in capitals, too.
                _ if APPEARS.contains(&&*folded) || (folded == "date" && name != "date") => {
                    schedule.appears = schedule.appears.max(self.at(name, node, zone));
                }
                _ => {}
            }
        }
        schedule.unlisted = unlisted(self.table);
        schedule
    }

    /// Reads when an article goes: the first of the moments that are written.
    pub(crate) fn goes(&mut self, zone: &TimeZone) -> Option<ZonedDateTime> {
        let named = entries(self.table).filter(|(name, _)| GOES.contains(&&*fold(name)));
        named.filter_map(|(name, node)| self.at(name, node, zone)).min()
    }

    fn at(&mut self, name: &str, node: &Node, zone: &TimeZone) -> Option<ZonedDateTime> {
        let Some(text) = node.text() else {
            self.wrong_kind(name, node, "a text with a date");
            return None;
        };
        let moment = dates::parse(text, zone);
        if moment.is_none() {
            self.diagnostics.push(node.line, Problem::NotDate { text: text.to_owned() });
        }
        moment.map(|moment| moment.at)
    }
}

/// The values of the front matter and of the tables in which other generators keep names of their own.
fn entries(table: &Table) -> impl Iterator<Item = (&str, &Node)> {
    let nested = ["extra", "params"].map(|key| table.get(key).and_then(Node::table));
    let tables = std::iter::once(table).chain(nested.into_iter().flatten());
    let entries = tables.flat_map(|table| &table.entries);
    entries.filter(|(_, node)| !node.is_absent()).map(|(name, node)| (name.as_str(), node))
}

fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect()
}

/// What keeps a page out of lists, or its page out of the site: Eleventy's `eleventyExcludeFromCollections` and
/// `permalink: false`, Hugo's `headless` and `build`.
fn unlisted(table: &Table) -> Option<(String, usize)> {
    let is = |node: &Node, wanted: bool| node.text().and_then(truth) == Some(wanted);
    let never = |node: &Node| node.text() == Some("never") || is(node, false);
    let mut found = table.entries.iter().filter_map(|(name, node)| match fold(name).as_str() {
        "eleventyexcludefromcollections" | "headless" => {
            is(node, true).then_some((name, node.line))
        }
        "permalink" | "render" => is(node, false).then_some((name, node.line)),
        "build" => {
            let mut options = node.table()?.entries.iter();
            let off = |(name, node): &&(String, Node)| {
                matches!(fold(name).as_str(), "render" | "list") && never(node)
            };
            options.find(off).map(|(option, node)| (option, node.line))
        }
        _ => None,
    });
    found.next().map(|(name, line)| (name.clone(), line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    use crate::edition::diagnostics::FileDiagnostics;
    use crate::edition::values::{toml, yaml};

    /// Whether it is a draft, when it appears and when it goes, or the line of the first mistake.
    fn read(table: &Table) -> Result<(bool, String, String), Option<usize>> {
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        let mut diagnostics = FileDiagnostics::new(Path::new("a.md"));
        let mut fields = Fields { table, diagnostics: &mut diagnostics };
        let (schedule, goes) = (fields.schedule(&zone), fields.goes(&zone));
        let text = |at: Option<ZonedDateTime>| {
            at.map_or_else(String::new, |at| at.strftime("%Y-%m-%dT%H:%M%:z").to_string())
        };
        let draft = schedule.draft || schedule.unlisted.is_some();
        match diagnostics.all.first() {
            Some(first) => Err(first.line),
            None => Ok((draft, text(schedule.appears), text(goes))),
        }
    }

    fn yaml(text: &str) -> Result<(bool, String, String), Option<usize>> {
        read(&yaml::parse(text, 2).unwrap())
    }

    #[test]
    fn every_name_of_every_generator_holds_back_or_takes_off() {
        for name in ["publishDate", "PublishDate", "publish_date", "pubDate", "published", "Date"] {
            let (_, appears, goes) = yaml(&format!("{name}: 2099-03-04\n")).unwrap();
            assert_eq!((&*appears, &*goes), ("2099-03-04T00:00+07:00", ""), "{name}");
        }
        for name in
            ["expiryDate", "expiry_date", "ExpiryDate", "unpublishdate", "expires", "expire-date"]
        {
            let (_, appears, goes) = yaml(&format!("{name}: 2020-03-04 18:30\n")).unwrap();
            assert_eq!((&*appears, &*goes), ("", "2020-03-04T18:30+07:00"), "{name}");
        }
        let text = "publishDate = 2099-01-01T06:00:00Z\n[extra]\nexpires = 2099-02-01\n";
        let (_, appears, goes) = read(&toml::parse(text, 2).unwrap()).unwrap();
        assert_eq!((&*appears, &*goes), ("2099-01-01T13:00+07:00", "2099-02-01T00:00+07:00"));
    }

    #[test]
    fn of_several_moments_the_last_lets_in_and_the_first_takes_off() {
        let (_, appears, goes) =
            yaml("pubDate: 2020-01-01\npublishDate: 2099-01-01\nexpires: 2030-01-01\nexpiryDate: 2020-01-01\n")
                .unwrap();
        assert_eq!((&*appears, &*goes), ("2099-01-01T00:00+07:00", "2020-01-01T00:00+07:00"));
    }

    #[test]
    fn what_must_not_be_printed_says_so_in_many_ways() {
        for text in [
            "draft: true",
            "Draft: yes",
            "published: false",
            "eleventyExcludeFromCollections: true",
            "permalink: false",
            "headless: true",
            "build: { list: never }",
            "_build: { render: false }",
            "params: { draft: true }",
        ] {
            assert!(yaml(text).unwrap().0, "{text}");
        }
        for text in ["draft: false", "published: true", "permalink: /a/", "build: { list: always }"]
        {
            assert!(!yaml(text).unwrap().0, "{text}");
        }
    }

    #[test]
    fn a_moment_that_cannot_be_read_is_an_error_with_its_line() {
        for value in ["31/12/2099", "soon", "[2099-01-01]", "2099-13-01", "{ at: 2099-01-01 }"] {
            for name in ["publishDate", "expiryDate"] {
                assert_eq!(
                    yaml(&format!("a: b\n{name}: {value}\n")),
                    Err(Some(3)),
                    "{name}: {value}"
                );
            }
        }
        assert_eq!(yaml("published: perhaps"), Err(Some(2)));
        assert_eq!(
            yaml("publishDate: 2099-01-01\npublishDate: 2020-01-01\n"),
            Err(Some(3)),
            "which?"
        );
        assert_eq!(yaml("publishDate:\nexpiryDate: \"\"\n").unwrap(), Default::default());
    }
}
