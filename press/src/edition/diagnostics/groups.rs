//! The diagnostics for people: what is said many times is said once, with a count and the first places.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::PathBuf;

use crate::edition::diagnostics::{Diagnostic, Severity};

/// How many places of one problem are named.
const PLACES: usize = 3;
/// How many warnings of one kind are told with what they are about.
const WARNINGS: usize = 5;
/// The same for errors: each keeps an article out.
const ERRORS: usize = 20;

/// Problems that are told together.
#[derive(Debug)]
pub enum Group<'a> {
    /// One sentence about one thing, and where else it holds.
    Same {
        /// The first of them.
        first: &'a Diagnostic,
        /// The places of the others.
        others: Vec<Place<'a>>,
        /// How many of those are named.
        named: usize,
    },
    /// More of one kind than anybody reads.
    More {
        /// The kind.
        code: String,
        /// How much it weighs.
        weight: Severity,
        /// How many there are.
        count: usize,
    },
}

/// A file and a line.
pub type Place<'a> = (&'a PathBuf, Option<usize>);

/// Groups problems, in their order. With `all` each place of each is named.
pub fn of(diagnostics: &[Diagnostic], all: bool) -> Vec<Group<'_>> {
    let mut groups: Vec<(String, Group<'_>)> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for diagnostic in diagnostics {
        let code = diagnostic.problem.stable_code();
        let weight = diagnostic.problem.weight();
        // An error is told where it is, each with what to do: it keeps an article out.
        let key = (code.clone(), diagnostic.problem.to_string());
        let same = known.get(&key).filter(|_| weight == Severity::Warning && !all);
        match same.and_then(|at| groups.get_mut(*at)) {
            Some((_, Group::Same { others, .. })) => {
                others.push((&diagnostic.file, diagnostic.line))
            }
            _ => {
                known.insert(key, groups.len());
                let others = Vec::new();
                groups.push((code, Group::Same { first: diagnostic, others, named: PLACES - 1 }));
            }
        }
    }
    if all {
        return groups.into_iter().map(|(_, group)| group).collect();
    }
    shorten(groups)
}

/// Leaves the first groups of each kind, and a count of the others in the place of the first of these.
fn shorten(groups: Vec<(String, Group<'_>)>) -> Vec<Group<'_>> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut short: Vec<Group<'_>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (code, group) in groups {
        let (weight, size) = match &group {
            Group::Same { first, others, .. } => (first.problem.weight(), 1 + others.len()),
            Group::More { weight, count, .. } => (*weight, *count),
        };
        let limit = match weight {
            Severity::Error => ERRORS,
            Severity::Warning => WARNINGS,
        };
        let told = counts.entry(code.clone()).or_default();
        *told += 1;
        if *told <= limit {
            short.push(group);
            continue;
        }
        match places.get(&code).and_then(|at| short.get_mut(*at)) {
            Some(Group::More { count, .. }) => *count += size,
            _ => {
                places.insert(code.clone(), short.len());
                short.push(Group::More { code, weight, count: size });
            }
        }
    }
    // What was left out is said at the end, where it is read.
    short.sort_by_key(|group| matches!(group, Group::More { .. }));
    short
}

impl fmt::Display for Group<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same { first, others, .. } if others.is_empty() => write!(f, "{first}"),
            Self::Same { first, others, named } => {
                let text = first.to_string();
                let (sentence, fix) = text.split_once('\n').unwrap_or((&text, ""));
                let files: HashSet<&PathBuf> =
                    others.iter().map(|it| it.0).chain([&first.file]).collect();
                match (1 + others.len(), files.len()) {
                    (times, 1) => writeln!(f, "{sentence} ({times} times)")?,
                    (times, files) => writeln!(f, "{sentence} ({times} times in {files} files)")?,
                }
                write!(f, "    also: ")?;
                for (at, (file, line)) in others.iter().take(*named).enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    write!(f, "{comma}{}", file.display())?;
                    if let Some(line) = line {
                        write!(f, ":{line}")?;
                    }
                }
                match others.len().saturating_sub(*named) {
                    0 => writeln!(f)?,
                    more => writeln!(f, ", and {more} more (--all lists them)")?,
                }
                write!(f, "{fix}")
            }
            Self::More { code, weight, count } => {
                let weight = match weight {
                    Severity::Error => "errors",
                    Severity::Warning => "warnings",
                };
                write!(f, "and {count} more {weight} of the kind {code} (--all lists them)")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Problem;

    fn told(diagnostics: &[Diagnostic], all: bool) -> String {
        let groups = of(diagnostics, all).into_iter();
        groups.map(|group| format!("{group}\n")).collect()
    }

    fn shortcode(file: &str, line: usize, name: &str) -> Diagnostic {
        let problem = Problem::ShortcodeLeftOut { name: name.to_owned() };
        Diagnostic { line: Some(line), ..Diagnostic::new(file, problem) }
    }

    #[test]
    fn a_warning_that_comes_often_is_told_once_with_a_count_and_the_first_places() {
        let many: Vec<_> =
            (1..=81).map(|at| shortcode(&format!("content/tin/{at}.md"), at, "chart")).collect();
        let text = told(&many, false);
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.starts_with("content/tin/1.md:1: warning: the shortcode \"chart\""), "{text}");
        assert!(text.contains("left out (81 times in 81 files)"), "{text}");
        let places = "also: content/tin/2.md:2, content/tin/3.md:3, and 78 more (--all lists them)";
        assert!(text.contains(places), "{text}");
        assert_eq!(told(&many, true).matches("warning").count(), 81);
    }

    #[test]
    fn another_subject_is_told_by_itself_as_long_as_somebody_reads_it() {
        let mut many: Vec<_> =
            (0..9).map(|at| shortcode("content/tin/a.md", 1 + at, &format!("s{at}"))).collect();
        many.push(shortcode("content/tin/b.md", 1, "s8"));
        many.insert(0, Diagnostic::new("content/tin/0.md", Problem::NoTitle));
        let text = told(&many, false);
        assert_eq!(text.matches(": warning: ").count(), 5, "{text}");
        let end = "and 5 more warnings of the kind body::shortcode_left_out (--all lists them)\n";
        assert!(text.ends_with(end), "{text}");
    }

    #[test]
    fn an_error_is_told_where_it_is() {
        let many: Vec<_> = (0..25)
            .map(|at| Diagnostic::new(format!("content/tin/{at}.md"), Problem::NoTitle))
            .collect();
        let text = told(&many, false);
        assert_eq!(text.matches(": error: ").count(), 20, "{text}");
        assert!(text.ends_with(
            "and 5 more errors of the kind front_matter::no_title (--all lists them)\n"
        ));
        assert_eq!(told(&many, true).matches(": error: ").count(), 25);
    }
}
