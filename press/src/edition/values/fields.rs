//! Reading single values out of a table, with a complaint where a value is of the wrong kind.

use serde::{Deserialize, Serialize};

use crate::edition::addresses::urls;
use crate::edition::diagnostics::FileDiagnostics;
use crate::edition::diagnostics::Problem;
use crate::edition::languages::tags;
use crate::edition::values::node::{Node, Table, Value};

/// A table and where to complain.
pub(crate) struct Fields<'a> {
    pub(crate) table: &'a Table,
    pub(crate) diagnostics: &'a mut FileDiagnostics,
}

/// A value and the line of its key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Lined<T> {
    pub(crate) value: T,
    pub(crate) line: usize,
}

impl Fields<'_> {
    /// The table of this name, if there is one.
    pub(crate) fn inner(&mut self, name: &str) -> Option<Fields<'_>> {
        let node = self.table.get(name)?;
        let Some(table) = node.table() else {
            self.wrong_kind(name, node, &format!("a table that begins with [{name}]"));
            return None;
        };
        Some(Fields { table, diagnostics: self.diagnostics })
    }

    /// The first of several names that has a value, as text.
    pub(crate) fn text(&mut self, names: &[&str]) -> Option<Lined<String>> {
        let (name, node) = self.table.first(names)?;
        if let Some(text) = node.text() {
            return Some(Lined { value: text.to_owned(), line: node.line });
        }
        self.wrong_kind(name, node, "a text");
        None
    }

    /// All texts below several names; an item may be a table with a name.
    pub(crate) fn texts(&mut self, names: &[&str]) -> Vec<Lined<String>> {
        let mut texts = Vec::new();
        let Some((name, node)) = self.table.first(names) else {
            return texts;
        };
        for item in node.items().iter().filter(|item| !item.is_absent()) {
            let named = item.table().and_then(|t| t.first(&["name", "title"]));
            match item.text().or(named.and_then(|(_, node)| node.text())) {
                Some(text) => texts.push(Lined { value: text.to_owned(), line: item.line }),
                None => self.wrong_kind(name, item, "a text or a list of texts"),
            }
        }
        texts
    }

    pub(crate) fn yes(&mut self, name: &str) -> Option<bool> {
        let (_, node) = self.table.first(&[name])?;
        self.answer(name, node)
    }

    /// The value of a name as an answer to yes or no.
    pub(crate) fn answer(&mut self, name: &str, node: &Node) -> Option<bool> {
        let Some(text) = node.text() else {
            self.wrong_kind(name, node, "true or false");
            return None;
        };
        let answer = truth(text);
        if answer.is_none() {
            let problem = Problem::NotTruth { name: name.to_owned(), text: text.to_owned() };
            self.diagnostics.push(node.line, problem);
        }
        answer
    }

    /// A language tag such as `vi` or `en-GB`.
    pub(crate) fn language(&mut self, names: &[&str]) -> Option<String> {
        let text = self.text(names)?;
        self.tag(text)
    }

    /// All language tags below a name.
    pub(crate) fn languages(&mut self, name: &str) -> Vec<String> {
        let texts = self.texts(&[name]);
        texts.into_iter().filter_map(|text| self.tag(text)).collect()
    }

    fn tag(&mut self, text: Lined<String>) -> Option<String> {
        let tag = tags::normal(&text.value);
        if tag.is_none() {
            self.diagnostics.push(text.line, Problem::NotLanguage { text: text.value });
        }
        tag
    }

    /// An `http` or `https` address.
    pub(crate) fn web(&mut self, names: &[&str]) -> Option<String> {
        let text = self.text(names)?;
        if urls::is_web(&text.value) {
            return Some(text.value);
        }
        self.diagnostics.push(text.line, Problem::NotWebAddress { text: text.value });
        None
    }

    pub(crate) fn wrong_kind(&mut self, name: &str, node: &Node, wanted: &str) {
        let hint = match node.value {
            Value::Table(_) if wanted.contains("text") => ", in quotes if it holds a colon",
            _ => "",
        };
        let (name, wanted) = (name.to_owned(), wanted.to_owned());
        let problem = Problem::WrongKind { name, kind: node.kind(), wanted, hint };
        self.diagnostics.push(node.line, problem);
    }
}

/// What a text means as an answer to yes or no.
pub(crate) fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}
