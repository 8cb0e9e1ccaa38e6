//! Editor's diagnostics: what the newspaper says of an article afterwards, that it was corrected or
//! withdrawn.
//!
//! ```yaml
//! withdrawn: true
//! withdrawn: Why the newspaper took the article back.
//! corrected: { note: What was wrong and what is right., date: 2020-07-02 }
//! ```

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::edition::body::plain;
use crate::edition::diagnostics::Problem;
use crate::edition::front_matter::dates::Moment;
use crate::edition::values::fields::{Fields, truth};

/// A note and when it was made.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct EditorsNote {
    /// Plain text; may be empty.
    pub(crate) text: String,
    pub(crate) date: Option<Moment>,
}

impl Fields<'_> {
    /// Why the article was withdrawn, if it was.
    pub(crate) fn withdrawn(&mut self, zone: &TimeZone) -> Option<EditorsNote> {
        self.editors_note("withdrawn", zone)
    }

    /// What was corrected, if anything was.
    pub(crate) fn corrected(&mut self, zone: &TimeZone) -> Option<EditorsNote> {
        const NAME: &str = "corrected";
        let line = self.table.first(&[NAME])?.1.line;
        let note = self.editors_note(NAME, zone)?;
        if note.text.is_empty() {
            self.diagnostics.push(line, Problem::EmptyCorrection { name: NAME });
            return None;
        }
        Some(note)
    }

    fn editors_note(&mut self, name: &str, zone: &TimeZone) -> Option<EditorsNote> {
        let (_, node) = self.table.first(&[name])?;
        if let Some(table) = node.table() {
            let mut fields = Fields { table, diagnostics: self.diagnostics };
            let text = fields.text(&["note"]).map(|note| plain::text(&note.value));
            let date = fields.moment(&["date"], zone);
            return Some(EditorsNote { text: text.unwrap_or_default(), date });
        }
        let Some(text) = node.text() else {
            self.wrong_kind(name, node, "true, a text, or a table with note and date");
            return None;
        };
        match truth(text) {
            Some(false) => None,
            Some(true) => Some(EditorsNote::default()),
            None => Some(EditorsNote { text: plain::text(text), date: None }),
        }
    }
}
