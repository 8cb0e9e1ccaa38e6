//! Front matter: what Hugo, Zola and Jekyll call the same things, under one name.

use jiff::tz::TimeZone;

use super::article::Source;
use super::dates::Moment;
use super::editors_note::EditorsNote;
use super::fields::{Fields, Lined};
use super::node::Table;
use super::problem::Notes;
use super::walk::Found;

/// Names that may not be written twice: which of the two would be meant? Of unknown ones nobody asks.
const KNOWN: [&str; 7] = ["title", "date", "draft", "slug", "aliases", "language", "withdrawn"];
/// The same for what is published only while an article is not withdrawn.
const PUBLISHED: [&str; 7] =
    ["summary", "authors", "source", "source_url", "tags", "image", "corrected"];

/// What an article says about itself.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub(super) title: String,
    pub(super) summary: Option<String>,
    pub(super) date: Option<Moment>,
    pub(super) modified: Option<Moment>,
    pub(super) draft: bool,
    pub(super) slug: Option<Lined<String>>,
    pub(super) authors: Vec<String>,
    pub(super) source: Option<Source>,
    pub(super) tags: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) image: Option<Image>,
    pub(super) aliases: Vec<Lined<String>>,
    pub(super) corrected: Option<EditorsNote>,
    /// Where this is set, all that is not to be published any more is left empty.
    pub(super) withdrawn: Option<EditorsNote>,
}

/// The picture that the front matter names.
#[derive(Debug, Default)]
pub(super) struct Image {
    pub(super) src: String,
    pub(super) line: usize,
    pub(super) alt: Option<String>,
    pub(super) caption: Option<String>,
    pub(super) credit: Option<String>,
}

impl FrontMatter {
    /// Reads a table; what it lacks and what is wrong in it is noted.
    pub(super) fn read(table: &Table, found: &Found, zone: &TimeZone, notes: &mut Notes) -> Self {
        let mut fields = Fields { table, notes };
        fields.once(&KNOWN);
        let hidden = fields.yes("published") == Some(false);
        let mut matter = Self {
            draft: fields.yes("draft") == Some(true) || hidden,
            title: fields.title(),
            date: fields.date(found, zone),
            modified: fields.moment(&["updated", "lastmod", "last_modified_at"], zone),
            slug: fields.text(&["slug"]),
            language: fields.language(&["language", "lang"]),
            aliases: fields.aliases(),
            withdrawn: fields.withdrawn(zone),
            ..Self::default()
        };
        if matter.withdrawn.is_none() {
            fields.published(&mut matter, zone);
        }
        let notes = [&matter.withdrawn, &matter.corrected].into_iter().flatten();
        let dates = notes.filter_map(|note| note.date.clone()).chain(matter.modified.take());
        matter.modified = dates.max_by(|a, b| a.at.cmp(&b.at));
        matter
    }
}

impl Fields<'_> {
    /// Reads what is published of an article that was not withdrawn. Of one that was, it is not even
    /// read: no mistake in it may keep the article online.
    fn published(&mut self, matter: &mut FrontMatter, zone: &TimeZone) {
        self.once(&PUBLISHED);
        matter.summary = self.summary();
        matter.authors = self.authors();
        matter.source = self.source();
        matter.tags = self.tags();
        matter.image = self.image();
        matter.corrected = self.corrected(zone);
    }
}

#[cfg(test)]
#[path = "tests/matter.rs"]
mod tests;
