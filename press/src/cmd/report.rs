//! Telling what came up: sentences for people on stderr, or one JSON object on stdout.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "this is the command line")]

use anyhow::Result;
use press::edition::{Diagnostic, Diagnostics, Edition, Severity, Why, groups};
use serde_json::{Map, Value, json};

use super::NOTHING_PRINTED;

/// What a command has to say, collected until it ends.
pub(super) struct Report {
    json: bool,
    all: bool,
    /// The diagnostics were told already, because something was printed after them.
    told: bool,
    object: Map<String, Value>,
}

impl Report {
    pub(super) fn new(command: &str, json: bool, all: bool) -> Self {
        let mut object = Map::new();
        object.insert("command".to_owned(), command.into());
        Self { json, all, told: false, object }
    }

    /// Tells what is wrong with the edition, unless that is a part of the object at the end.
    pub(super) fn tell(&mut self, diagnostics: &Diagnostics) {
        if !self.json && !self.told {
            for group in groups::of(&diagnostics.all, self.all) {
                eprintln!("{group}");
            }
        }
        self.told = true;
    }

    /// Adds a value to the object.
    pub(super) fn set(&mut self, name: &str, value: Value) {
        self.object.insert(name.to_owned(), value);
    }

    /// Says a line to people.
    pub(super) fn say(&self, line: &str) {
        if !self.json {
            println!("{line}");
        }
    }

    /// Says a line to people while the command goes on.
    pub(super) fn note(&self, line: &str) {
        eprintln!("{line}");
    }

    /// Says a line about what failed to people.
    pub(super) fn complain(&self, line: &str) {
        if !self.json {
            eprintln!("error: {line}");
        }
    }

    /// Tells a problem that is none of the edition's files.
    pub(super) fn also(&mut self, diagnostic: &Diagnostic) {
        match self.json {
            true => match self.object.entry("also").or_insert_with(|| json!([])) {
                Value::Array(all) => all.push(object(diagnostic)),
                other => *other = json!([object(diagnostic)]),
            },
            false => eprintln!("{diagnostic}"),
        }
    }

    /// Ends the command: with the object, if that was asked for.
    pub(super) fn finish(mut self, diagnostics: &Diagnostics, result: Result<u8>) -> Result<u8> {
        self.tell(diagnostics);
        if !self.json {
            return result;
        }
        let mut all: Vec<Value> = diagnostics.all.iter().map(object).collect();
        if let Some(Value::Array(also)) = self.object.remove("also") {
            all.extend(also);
        }
        let code = match result {
            Ok(code) => code,
            Err(error) => {
                match error.downcast_ref::<Diagnostic>() {
                    Some(diagnostic) => all.push(object(diagnostic)),
                    None => self.set("failure", format!("{error:#}").into()),
                }
                NOTHING_PRINTED
            }
        };
        self.set("diagnostics", all.into());
        self.set("exit_code", code.into());
        println!("{}", Value::Object(self.object));
        Ok(code)
    }
}

/// A diagnostic as tools read it.
fn object(diagnostic: &Diagnostic) -> Value {
    json!({
        "code": diagnostic.problem.stable_code(),
        "severity": match diagnostic.problem.weight() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "file": diagnostic.file.to_string_lossy(),
        "line": diagnostic.line,
        "message": diagnostic.problem.to_string(),
        "fix": diagnostic.problem.fix(),
    })
}

/// The counts of an edition, as an object and as words.
pub(super) fn summary(edition: &Edition, diagnostics: &Diagnostics) -> (Value, String) {
    let (errors, warnings) = (diagnostics.errors().count(), diagnostics.warnings().count());
    let held = |why| edition.timetable.count(why);
    let (drafts, future, expired) = (held(Why::Draft), held(Why::Future), held(Why::Expired));
    let object = json!({
        "articles": edition.articles.len(),
        "errors": errors,
        "warnings": warnings,
        "drafts": drafts,
        "future": future,
        "expired": expired,
    });
    let words = format!(
        "{errors} errors, {warnings} warnings, {drafts} drafts, {future} future and {expired} expired \
         articles left out"
    );
    (object, words)
}

/// Tells why a command failed as a whole.
pub(crate) fn failed(error: &anyhow::Error) {
    match error.downcast_ref::<Diagnostic>() {
        // It says itself that it is an error.
        Some(diagnostic) => eprintln!("{diagnostic}"),
        None => eprintln!("error: {error:#}"),
    }
}
