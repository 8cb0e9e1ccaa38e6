//! An article's file: its bytes, its two parts, and its lines.

use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::edition::diagnostics::FileDiagnostics;
use crate::edition::diagnostics::Problem;
use crate::edition::values::node::{Broken, Table};
use crate::edition::{values::toml, values::yaml};

/// More text than a book; what is larger was put there by mistake.
const LARGEST: u64 = 5 << 20;
/// How often a file is read that is changed meanwhile.
const ATTEMPTS: usize = 5;

/// The text of a file, in front matter and body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ArticleFile {
    text: String,
    front_matter: Range<usize>,
    body: usize,
    is_toml: bool,
    /// The line of the body that is not UTF-8, where the text ends then.
    broken_line: Option<usize>,
}

impl ArticleFile {
    /// Reads a file; what keeps it from being read is noted.
    pub(crate) fn read(path: &Path, diagnostics: &mut FileDiagnostics) -> Option<Self> {
        match whole(|| attempt(path)) {
            Ok(Some(bytes)) => Self::parse(&bytes, diagnostics),
            Ok(None) => {
                diagnostics.push(None, Problem::TooLarge { megabytes: LARGEST >> 20 });
                None
            }
            Err(e) => {
                diagnostics.push(None, Problem::Unreadable { reason: e.to_string() });
                None
            }
        }
    }

    pub(crate) fn parse(bytes: &[u8], diagnostics: &mut FileDiagnostics) -> Option<Self> {
        let (text, broken_line) = match simdutf8::compat::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            // The front matter before it may say that the body is not to be read.
            Err(e) => {
                let end = e.valid_up_to();
                let good = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
                let line = 1 + good.bytes().filter(|b| *b == b'\n').count();
                (good.into_owned(), Some(line))
            }
        };
        let text = normal_lines(text);
        match (split(&text), broken_line) {
            (Ok((front_matter, body, is_toml)), _) => {
                return Some(Self { text, front_matter, body, is_toml, broken_line });
            }
            (Err(_), Some(line)) => not_utf8(line, diagnostics),
            (Err(problem), None) => diagnostics.push(1, problem),
        }
        None
    }

    /// Whether all of the body could be read; what kept it from that is noted.
    pub(crate) fn is_whole(&self, diagnostics: &mut FileDiagnostics) -> bool {
        if let Some(line) = self.broken_line {
            not_utf8(line, diagnostics);
        }
        self.broken_line.is_none()
    }

    /// The front matter as nodes.
    pub(crate) fn front_matter(&self) -> Result<Table, Broken> {
        let front_matter = self.text.get(self.front_matter.clone()).unwrap_or_default();
        match self.is_toml {
            true => toml::parse(front_matter, self.line_at(self.front_matter.start)),
            false => yaml::parse(front_matter, self.line_at(self.front_matter.start)),
        }
    }

    /// In bytes.
    pub(crate) fn length(&self) -> usize {
        self.text.len()
    }

    pub(crate) fn body(&self) -> &str {
        self.text.get(self.body..).unwrap_or_default()
    }

    /// The line of the file that the body starts on.
    pub(crate) fn body_line(&self) -> usize {
        self.line_at(self.body)
    }

    /// The line on which the body mentions something as a word of its own.
    pub(crate) fn line_of(&self, what: &str) -> Option<usize> {
        let body = self.body();
        let mut all = body.match_indices(what).map(|(at, _)| at);
        let part_of_a_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
        let at = all.find(|at| {
            let before = body.get(..*at).and_then(|b| b.chars().next_back());
            !before.is_some_and(part_of_a_name)
        })?;
        Some(self.line_at(self.body + at))
    }

    fn line_at(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().iter().take(offset);
        1 + before.filter(|b| **b == b'\n').count()
    }
}

/// Length and time of a file: it is another one when they are.
type State = (u64, i64, i64);

/// Reads a file, and says how it was before and after; nothing if it is too large.
fn attempt(path: &Path) -> io::Result<Option<(State, Vec<u8>, State)>> {
    let mut file = File::open(path)?;
    let state = |file: &File| file.metadata().map(|it| (it.len(), it.mtime(), it.mtime_nsec()));
    let before = state(&file)?;
    if before.0 > LARGEST {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.0).unwrap_or(0) + 1);
    file.read_to_end(&mut bytes)?;
    Ok(Some((before, bytes, state(&file)?)))
}

/// The bytes of a file of which no part is older than another: somebody may be writing it.
fn whole(
    mut attempt: impl FnMut() -> io::Result<Option<(State, Vec<u8>, State)>>,
) -> io::Result<Option<Vec<u8>>> {
    for _ in 0..ATTEMPTS {
        let Some((before, bytes, after)) = attempt()? else { return Ok(None) };
        if before == after && bytes.len() as u64 == after.0 {
            return Ok(Some(bytes));
        }
    }
    Err(io::Error::other("it was changed each time while it was read"))
}

fn normal_lines(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text,
    }
}

fn not_utf8(line: usize, diagnostics: &mut FileDiagnostics) {
    diagnostics.push(line, Problem::NotUtf8);
}

/// Where the front matter is, where the body begins, and whether the former is TOML; or what is wrong
/// and what to do.
fn split(text: &str) -> Result<(Range<usize>, usize, bool), Problem> {
    let blank = text.len() - text.trim_start_matches([' ', '\t', '\n']).len();
    let blank = text.get(..blank).and_then(|b| b.rfind('\n')).map_or(0, |at| at + 1);
    let first = text.get(blank..).unwrap_or_default();
    let first = first.split_inclusive('\n').next().unwrap_or_default();
    let fence = match first.trim_end() {
        "---" => "---",
        "+++" => "+++",
        _ => {
            return Err(Problem::NoFrontMatter);
        }
    };
    let start = blank + first.len();
    let mut at = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        let end = line.trim_end();
        if end == fence || (end == "..." && fence == "---") {
            return Ok((start..at, at + line.len(), fence == "+++"));
        }
        at += line.len();
    }
    Err(Problem::FrontMatterWithoutEnd { fence })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8]) -> Result<ArticleFile, Option<usize>> {
        let mut diagnostics = FileDiagnostics::new(Path::new("a.md"));
        let file = ArticleFile::parse(text, &mut diagnostics);
        file.ok_or_else(|| diagnostics.all[0].line)
    }

    #[test]
    fn a_byte_order_mark_and_windows_lines_are_tolerated() {
        let file = parse("\u{feff}---\r\ntitle: a\r\n---\r\n\r\nb\r\nx a.jpg, aa.jpg".as_bytes());
        let file = file.unwrap();
        assert_eq!(file.front_matter().unwrap().get("title").unwrap().text(), Some("a"));
        assert_eq!((file.body(), file.body_line()), ("\nb\nx a.jpg, aa.jpg", 4));
        assert_eq!((file.line_of("a.jpg"), file.line_of("c")), (Some(6), None));
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_read_again_and_refused_in_the_end() {
        let mut left = 2;
        let read = whole(|| {
            left -= 1;
            let after = if left == 0 { (1, 7, 0) } else { (3, 8, 0) };
            Ok(Some(((1, 7, 0), b"a".to_vec(), after)))
        });
        assert_eq!((read.unwrap(), left), (Some(b"a".to_vec()), 0));
        // Cut off between two looks at its length.
        let read = whole(|| Ok(Some(((2, 7, 0), b"a".to_vec(), (2, 7, 0)))));
        assert!(read.unwrap_err().to_string().contains("while it was read"));
    }

    #[test]
    fn what_has_no_front_matter_is_refused_with_a_line() {
        assert_eq!(parse(b"hello").unwrap_err(), Some(1));
        assert_eq!(parse(b"").unwrap_err(), Some(1));
        assert_eq!(parse(b"---\ntitle: a\n").unwrap_err(), Some(1));
        assert_eq!(parse(b"---\na: b\xff\n---\nc").unwrap_err(), Some(2));
        assert_eq!(parse(b"---\na: b\n---\nc\xff").unwrap().broken_line, Some(4));
        assert_eq!(parse("---\na: b\n---".as_bytes()).unwrap().body(), "");
        let late = parse(b"\n\n---\na: b\n---\nc").unwrap();
        assert_eq!((late.front_matter().unwrap().entries[0].1.line, late.body_line()), (4, 6));
    }
}
