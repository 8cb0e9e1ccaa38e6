//! Front matter: what Hugo, Zola and Jekyll call the same things, under one name.

pub(crate) mod dates;
pub(crate) mod editors_note;
mod fields;
pub(crate) mod kept;
pub(crate) mod schedule;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::edition::addresses::wishes::Wish;
use crate::edition::content::Found;
use crate::edition::diagnostics::{FileDiagnostics, Problem};
use crate::edition::front_matter::dates::Moment;
use crate::edition::front_matter::editors_note::EditorsNote;
use crate::edition::timetable::Times;
use crate::edition::told::Source;
use crate::edition::values::fields::{Fields, Lined};
use crate::edition::values::node::Table;
use crate::pictures::Focus;

/// Names that may not be written twice: which of the two would be meant? Of unknown ones nobody asks.
const KNOWN: [&str; 7] = ["title", "date", "draft", "slug", "aliases", "language", "withdrawn"];
/// The same for what is published only while an article is not withdrawn.
const PUBLISHED: [&str; 7] =
    ["summary", "authors", "source", "source_url", "tags", "image", "corrected"];

/// What an article says about itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct FrontMatter {
    pub(crate) title: String,
    pub(crate) summary: Option<String>,
    /// What ends the lede in the body.
    pub(crate) excerpt_separator: Option<String>,
    pub(crate) date: Option<Moment>,
    pub(crate) modified: Option<Moment>,
    pub(crate) draft: bool,
    /// When it is online. Of a withdrawn article the notice stays, whatever its end was to be.
    pub(crate) times: Times,
    pub(crate) slug: Option<Lined<String>>,
    pub(crate) authors: Vec<String>,
    pub(crate) source: Option<Source>,
    pub(crate) tags: Vec<String>,
    pub(crate) language: Option<String>,
    /// The name that its translations share.
    pub(crate) translation_key: Option<String>,
    /// A whole address. Where the generator puts each language below a folder, translations have the same.
    pub(crate) permalink_key: Option<String>,
    pub(crate) image: Option<Image>,
    pub(crate) categories: Vec<String>,
    /// The old addresses that lead to it, of which others are made when it is read.
    #[serde(skip)]
    pub(crate) wishes: Vec<Wish>,
    pub(crate) corrected: Option<EditorsNote>,
    /// Where this is set, all that is not to be published any more is left empty.
    pub(crate) withdrawn: Option<EditorsNote>,
}

/// The picture that the front matter names.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Image {
    pub(crate) src: String,
    pub(crate) line: usize,
    pub(crate) alt: Option<String>,
    pub(crate) caption: Option<String>,
    pub(crate) credit: Option<String>,
    /// Where its subject is.
    pub(crate) focus: Focus,
}

impl FrontMatter {
    /// Reads a table; what it lacks and what is wrong in it is noted.
    pub(crate) fn read(
        table: &Table,
        found: &Found,
        zone: &TimeZone,
        diagnostics: &mut FileDiagnostics,
    ) -> Self {
        let mut fields = Fields { table, diagnostics };
        fields.once(&KNOWN);
        let schedule = fields.schedule(zone);
        if let (Some((name, line)), false) = (&schedule.unlisted, schedule.draft) {
            fields.diagnostics.push(*line, Problem::Unlisted { name: name.clone() });
        }
        let wishes = fields.wishes();
        let date = match (table.first(&["date"]), &schedule.appears) {
            // As in Hugo, an article without a date has that of its publication.
            (None, Some(at)) => Some(Moment { at: at.clone(), date_only: false }),
            _ => fields.date(found, &wishes, zone),
        };
        let appears = date.as_ref().map(|date| date.at.clone()).max(schedule.appears);
        let had_no_page = fields.had_no_page();
        let mut front_matter = Self {
            draft: schedule.draft || schedule.unlisted.is_some() || had_no_page,
            times: Times { appears, goes: None },
            title: fields.title(),
            date,
            modified: fields.moment(&["updated", "lastmod", "last_modified_at"], zone),
            slug: fields.slug(),
            language: fields.language(&["language", "lang"]),
            categories: fields.categories(),
            wishes,
            translation_key: fields.key(&[
                "translationKey",
                "translationkey",
                "translation_key",
                "ref",
            ]),
            permalink_key: fields.key(&["permalink"]).filter(|it| !it.contains([':', '{'])),
            withdrawn: fields.withdrawn(zone),
            ..Self::default()
        };
        if front_matter.withdrawn.is_none() {
            fields.published(&mut front_matter, zone);
        }
        let diagnostics = [&front_matter.withdrawn, &front_matter.corrected].into_iter().flatten();
        let dates =
            diagnostics.filter_map(|note| note.date.clone()).chain(front_matter.modified.take());
        front_matter.modified = dates.max_by(|a, b| a.at.cmp(&b.at));
        front_matter
    }
}

impl Fields<'_> {
    /// Reads what is published of an article that was not withdrawn. Of one that was, it is not even
    /// read: no mistake in it may keep the article online.
    fn published(&mut self, front_matter: &mut FrontMatter, zone: &TimeZone) {
        self.once(&PUBLISHED);
        front_matter.times.goes = self.goes(zone);
        front_matter.summary = self.summary();
        front_matter.excerpt_separator = self
            .table
            .first(&["excerpt_separator"])
            .and_then(|(_, node)| Some(node.text()?.to_owned()));
        front_matter.authors = self.authors();
        front_matter.source = self.source();
        front_matter.tags = self.tags();
        front_matter.image = self.image();
        front_matter.corrected = self.corrected(zone);
    }
}

#[cfg(test)]
#[path = "../tests/front_matter.rs"]
mod tests;
