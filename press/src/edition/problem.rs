//! What is wrong with an edition, told so that a publisher can mend it: which file, which line, what, and
//! what to do.

use std::fmt;
use std::path::{Path, PathBuf};

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The article is left out.
    Error,
    /// The article is printed, but not quite as it was written.
    Warning,
}

/// One thing that is wrong in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether the article is left out.
    pub severity: Severity,
    /// The file, relative to the edition.
    pub file: PathBuf,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong, as the end of a sentence.
    pub what: String,
    /// What to do about it.
    pub fix: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, ": {severity}: {}\n    fix: {}", self.what, self.fix)
    }
}

impl std::error::Error for Problem {}

/// Everything that came up while an edition was read.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The problems, by file and line.
    pub problems: Vec<Problem>,
    /// How many articles stay out because they are drafts.
    pub skipped_drafts: usize,
    /// How many articles stay out because their date has not come yet.
    pub skipped_future: usize,
    /// How many pictures of other sites became links: the pages may not load them.
    pub external_pictures: usize,
}

impl Report {
    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The problems that keep articles out.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.of(Severity::Error)
    }

    /// The problems that do not keep articles out.
    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.of(Severity::Warning)
    }

    fn of(&self, severity: Severity) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(move |p| p.severity == severity)
    }

    pub(super) fn sort(&mut self) {
        self.problems
            .sort_by(|a, b| (&a.file, a.line, a.severity).cmp(&(&b.file, b.line, b.severity)));
    }
}

/// The problems of one file while it is read: articles are read in parallel, each with its own.
#[derive(Debug)]
pub(super) struct Notes {
    pub(super) file: PathBuf,
    pub(super) problems: Vec<Problem>,
    pub(super) external_pictures: usize,
}

impl Notes {
    pub(super) fn new(file: &Path) -> Self {
        Self { file: file.to_owned(), problems: Vec::new(), external_pictures: 0 }
    }

    pub(super) fn error(
        &mut self,
        line: impl Into<Option<usize>>,
        what: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.note(Severity::Error, line.into(), what.into(), fix.into());
    }

    pub(super) fn warning(
        &mut self,
        line: impl Into<Option<usize>>,
        what: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.note(Severity::Warning, line.into(), what.into(), fix.into());
    }

    fn note(&mut self, severity: Severity, line: Option<usize>, what: String, fix: String) {
        self.problems.push(Problem { severity, file: self.file.clone(), line, what, fix });
    }

    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(|p| p.severity == Severity::Error)
    }

    pub(super) fn hand_over(self, report: &mut Report) {
        report.problems.extend(self.problems);
        report.external_pictures += self.external_pictures;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_the_file_the_line_and_the_fix() {
        let mut notes = Notes::new(Path::new("content/a/b.md"));
        notes.error(3, "the date \"31/02\" is not a date", "write 2020-07-02");
        assert_eq!(
            notes.problems[0].to_string(),
            "content/a/b.md:3: error: the date \"31/02\" is not a date\n    fix: write 2020-07-02"
        );
    }
}
