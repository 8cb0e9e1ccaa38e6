//! What is wrong, as the page tells it: in words of the newspaper's language around those of the press.

use serde::Serialize;

use crate::edition::{Diagnostic, Diagnostics, primary_language};

/// More errors than a page is to show.
const MOST: usize = 20;

/// What the page tells. Nothing if nothing is wrong.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Told {
    language: &'static str,
    /// The heading.
    heading: String,
    /// Before what to do.
    fix: &'static str,
    /// The button that takes the panel away.
    close: &'static str,
    problems: Vec<Problem>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Problem {
    /// The file, and the line if that is known.
    place: String,
    message: String,
    fix: String,
}

impl Problem {
    fn of(diagnostic: &Diagnostic) -> Self {
        let file = diagnostic.file.display();
        Self {
            place: diagnostic.line.map_or(file.to_string(), |line| format!("{file}:{line}")),
            message: diagnostic.problem.to_string(),
            fix: diagnostic.problem.fix(),
        }
    }
}

impl Told {
    /// The errors of an edition, and why nothing was printed, in a newspaper's language.
    pub(super) fn new(
        language: &str,
        diagnostics: &Diagnostics,
        failure: Option<&anyhow::Error>,
    ) -> Self {
        let mut problems: Vec<Problem> = diagnostics.errors().take(MOST).map(Problem::of).collect();
        if let Some(error) = failure {
            problems.insert(
                0,
                match error.downcast_ref::<Diagnostic>() {
                    Some(diagnostic) => Problem::of(diagnostic),
                    None => {
                        let (place, fix) = (String::new(), String::new());
                        Problem { place, message: format!("{error:#}"), fix }
                    }
                },
            );
        }
        if problems.is_empty() {
            return Self::default();
        }
        let count = diagnostics.errors().count() + usize::from(failure.is_some());
        match primary_language(language) {
            "vi" => Self {
                language: "vi",
                heading: format!("Chưa in được: {count} lỗi"),
                fix: "Cách sửa:",
                close: "Đóng",
                problems,
            },
            _ => Self {
                language: "en",
                heading: format!(
                    "Not printed: {count} {}",
                    if count == 1 { "error" } else { "errors" }
                ),
                fix: "Fix:",
                close: "Close",
                problems,
            },
        }
    }
}
