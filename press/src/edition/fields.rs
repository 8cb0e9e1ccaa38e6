//! Reading single values out of a table, with a complaint where a value is of the wrong kind.

use super::node::{Node, Table, Value};
use super::problem::Notes;
use super::urls;

/// A table and where to complain.
pub(super) struct Fields<'a> {
    pub(super) table: &'a Table,
    pub(super) notes: &'a mut Notes,
}

/// A value and the line of its key.
#[derive(Clone, Debug)]
pub(super) struct Lined<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

impl Fields<'_> {
    /// The first of several names that has a value, as text.
    pub(super) fn text(&mut self, names: &[&str]) -> Option<Lined<String>> {
        let (name, node) = self.table.first(names)?;
        if let Some(text) = node.text() {
            return Some(Lined { value: text.to_owned(), line: node.line });
        }
        self.wrong_kind(name, node, "a text");
        None
    }

    /// All texts below several names; an item may be a table with a name.
    pub(super) fn texts(&mut self, names: &[&str]) -> Vec<Lined<String>> {
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

    pub(super) fn yes(&mut self, name: &str) -> Option<bool> {
        let (_, node) = self.table.first(&[name])?;
        let Some(text) = node.text() else {
            self.wrong_kind(name, node, "true or false");
            return None;
        };
        let answer = truth(text);
        if answer.is_none() {
            let what = format!("\"{name}\" is \"{text}\", neither true nor false");
            self.notes.error(node.line, what, format!("write {name} as true or false"));
        }
        answer
    }

    /// A language tag such as `vi` or `en-GB`.
    pub(super) fn language(&mut self, names: &[&str]) -> Option<String> {
        let text = self.text(names)?;
        let parts = || text.value.split(['-', '_']);
        let plain = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        let first = parts().next().is_some_and(|p| (2..=3).contains(&p.len()));
        if first && parts().all(plain) {
            return Some(text.value.replace('_', "-"));
        }
        let what = format!("\"{}\" is no language", text.value);
        self.notes.error(text.line, what, "write its short name, such as vi or en");
        None
    }

    /// An `http` or `https` address.
    pub(super) fn web(&mut self, names: &[&str]) -> Option<String> {
        let text = self.text(names)?;
        if urls::is_web(&text.value) {
            return Some(text.value);
        }
        let what = format!("\"{}\" is not the address of a web page", text.value);
        self.notes.error(text.line, what, "write it in full, beginning with https://");
        None
    }

    pub(super) fn wrong_kind(&mut self, name: &str, node: &Node, wanted: &str) {
        let what = format!("\"{name}\" is {} and not {wanted}", node.kind());
        let fix = match node.value {
            Value::Table(_) if wanted.contains("text") => {
                format!("write {name} as {wanted}, in quotes if it holds a colon")
            }
            _ => format!("write {name} as {wanted}"),
        };
        self.notes.error(node.line, what, fix);
    }
}

/// What a text means as an answer to yes or no.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}
