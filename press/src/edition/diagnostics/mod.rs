//! What is wrong with an edition, told so that a publisher can mend it: which file, which line, what, and
//! what to do.

pub mod groups;
mod problem;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::Diagnostic as _;
use serde::{Deserialize, Serialize};

pub use problem::Problem;

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The article is left out.
    Error,
    /// The article is printed, but not quite as it was written.
    Warning,
}

/// One problem and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file, relative to the edition.
    pub file: PathBuf,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong there.
    pub problem: Problem,
}

impl Problem {
    /// Whether the article is left out.
    pub fn weight(&self) -> Severity {
        match self.severity() {
            Some(miette::Severity::Warning | miette::Severity::Advice) => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The stable name of this kind of problem, such as `media::missing`.
    pub fn stable_code(&self) -> String {
        self.code().map(|code| code.to_string()).unwrap_or_default()
    }

    /// What to do about it.
    pub fn fix(&self) -> String {
        self.help().map(|help| help.to_string()).unwrap_or_default()
    }
}

impl Diagnostic {
    /// A problem of a file, or of a folder, as a whole.
    pub fn new(file: impl Into<PathBuf>, problem: Problem) -> Self {
        Self { file: file.into(), line: None, problem }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        let severity = match self.problem.weight() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, ": {severity}: {}\n    fix: {}", self.problem, self.problem.fix())
    }
}

impl std::error::Error for Diagnostic {}

/// Everything that came up while an edition was read.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    /// The problems, by file and line.
    pub all: Vec<Diagnostic>,
    /// How many pictures of other sites became links: the pages may not load them.
    pub external_pictures: usize,
}

impl Diagnostics {
    /// The problems that keep articles out.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.of(Severity::Error)
    }

    /// The problems that do not keep articles out.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.of(Severity::Warning)
    }

    fn of(&self, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
        self.all.iter().filter(move |it| it.problem.weight() == severity)
    }

    /// Puts the problems in order: by file, line and weight.
    pub fn sort(&mut self) {
        self.all.sort_by(|a, b| {
            let key = |it: &Diagnostic| (it.line, it.problem.weight());
            a.file.cmp(&b.file).then_with(|| key(a).cmp(&key(b)))
        });
    }
}

/// The problems of one file while it is read: articles are read in parallel, each with its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FileDiagnostics {
    pub(crate) file: Arc<Path>,
    pub(crate) all: Vec<Diagnostic>,
    pub(crate) external_pictures: usize,
}

impl FileDiagnostics {
    pub(crate) fn new(file: &Path) -> Self {
        Self::of(&file.into())
    }

    /// The same for a path that is shared.
    pub(crate) fn of(file: &Arc<Path>) -> Self {
        Self { file: Arc::clone(file), all: Vec::new(), external_pictures: 0 }
    }

    pub(crate) fn push(&mut self, line: impl Into<Option<usize>>, problem: Problem) {
        self.all.push(Diagnostic { file: self.file.to_path_buf(), line: line.into(), problem });
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.all.iter().any(|it| it.problem.weight() == Severity::Error)
    }

    /// Adds what came up in another part of the file.
    pub(crate) fn add(&mut self, other: Self) {
        self.all.extend(other.all);
        self.external_pictures += other.external_pictures;
    }

    pub(crate) fn hand_over(mut self, edition: &mut Diagnostics) {
        self.empty_into(edition);
    }

    /// Hands over what came up so far.
    pub(crate) fn empty_into(&mut self, edition: &mut Diagnostics) {
        edition.all.append(&mut self.all);
        edition.external_pictures += std::mem::take(&mut self.external_pictures);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The codes of all problems, as `problem.rs` has them.
    fn codes() -> BTreeSet<&'static str> {
        let source = include_str!("problem.rs");
        let code =
            |rest: &'static str| Some(rest.split_once(')')?.0).filter(|it| it.contains("::"));
        source.split("code(").skip(1).filter_map(code).collect()
    }

    #[test]
    fn codes_are_stable() {
        let known: BTreeSet<&str> = include_str!("codes.txt").lines().collect();
        let codes = codes();
        let gone: Vec<_> = known.difference(&codes).collect();
        assert!(
            gone.is_empty(),
            "tools rely on these codes, which were renamed or removed: {gone:?}"
        );
        let new: Vec<_> = codes.difference(&known).collect();
        assert!(new.is_empty(), "add these to codes.txt, where they stay for ever: {new:?}");
        assert_eq!(
            include_str!("problem.rs").matches("#[error(").count(),
            include_str!("problem.rs").matches("code(").count(),
            "every problem has a code"
        );
    }

    #[test]
    fn a_problem_names_the_file_the_line_and_the_fix() {
        let mut diagnostics = FileDiagnostics::new(Path::new("content/a/b.md"));
        diagnostics.push(3, Problem::NotDate { text: "31/02".into() });
        assert_eq!(
            diagnostics.all[0].to_string(),
            "content/a/b.md:3: error: \"31/02\" is not a date\n    \
             fix: write it like 2020-07-02 or 2020-07-02T17:00:00+07:00"
        );
        assert_eq!(diagnostics.all[0].problem.stable_code(), "value::date");
    }
}
