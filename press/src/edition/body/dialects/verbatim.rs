//! What readers are to see as it is written: `highlight` blocks become fenced code, `raw` and escaped marks lose
//! their marks, comments are gone. This comes before everything else, because such a block may hold anything.

use std::collections::HashSet;

use crate::edition::body::dialects::args::Args;
use crate::edition::body::dialects::code::Fences;
use crate::edition::body::dialects::lined_text::{LinedText, Lines, line_before};
use crate::edition::body::dialects::marks::{self, Kind, Mark};
use crate::edition::body::dialects::{nunjucks, runs_in_code};
use crate::edition::config::Generator;

const CODE: [&str; 7] =
    ["highlight", "code", "codeblock", "code-block", "code_block", "sourcecode", "prism"];

/// Translates the literal blocks of a text.
pub(crate) fn translate(source: &LinedText, generator: Option<Generator>) -> LinedText {
    let text = source.text.as_str();
    let mut fences = Fences::new(text);
    let mut lines = Lines::new(source);
    let mut out = LinedText::default();
    let mut endless: HashSet<String> = HashSet::new();
    let (mut from, mut done) = (0, 0);
    while let Some(at) = next(text, from, generator) {
        let fenced = fences.inside(at);
        let found = match generator {
            Some(Generator::Eleventy) => nunjucks::comment(text, at),
            _ => None,
        };
        let found = found.map(|end| Piece { show: Show::Nothing, end }).or_else(|| {
            let mark = marks::read(text, at)?;
            piece(text, &mark, fenced, generator, &mut endless)
        });
        let Some(piece) = found else {
            from = at + 2;
            continue;
        };
        out.push(text.get(done..at).unwrap_or_default(), lines.at(done));
        let line = lines.at(at);
        match piece.show {
            Show::Nothing => {}
            Show::Literal(text) => out.push_literal(&text, line),
            Show::Code { inner, .. } if fenced => out.push_literal(inner, line),
            Show::Code { language, inner } => {
                let before = line_before(&out.text, out.text.len(), 200).to_owned();
                let block = fence(&before, language, inner, fences.list);
                let kept = out.text.len() - if before.trim().is_empty() { before.len() } else { 0 };
                out.truncate(kept);
                out.push_literal(&block, line);
                let rest = text.get(piece.end..).unwrap_or_default();
                if !rest.trim_start_matches([' ', '\t']).starts_with('\n') {
                    out.push_literal("\n", line);
                }
            }
            Show::Span(inner) => out.push_literal(&span(inner), line),
        }
        (from, done) = (piece.end, piece.end);
        fences.jump(piece.end);
    }
    out.push(text.get(done..).unwrap_or_default(), lines.at(done));
    out
}

struct Piece<'a> {
    show: Show<'a>,
    end: usize,
}

enum Show<'a> {
    Nothing,
    Literal(String),
    Code { language: &'a str, inner: &'a str },
    Span(&'a str),
}

fn next(text: &str, from: usize, generator: Option<Generator>) -> Option<usize> {
    if generator != Some(Generator::Eleventy) {
        return marks::next(text, from);
    }
    let tail = text.get(from..)?;
    let mut braces = tail.match_indices('{').map(|(at, _)| at);
    let second = |at: usize| tail.as_bytes().get(at + 1).copied();
    braces.find(|at| matches!(second(*at), Some(b'{' | b'%' | b'#'))).map(|at| from + at)
}

fn piece<'a>(
    text: &'a str,
    mark: &Mark<'a>,
    fenced: bool,
    generator: Option<Generator>,
    endless: &mut HashSet<String>,
) -> Option<Piece<'a>> {
    let liquid = !matches!(generator, Some(Generator::Hugo | Generator::Zola));
    if let Some((open, inner, close)) = mark.escaped {
        let hugo = mark.kind == Kind::Shortcode;
        let mine = match generator {
            Some(Generator::Hugo) => hugo,
            Some(Generator::Zola) => !hugo,
            Some(_) => !fenced,
            None => !fenced || hugo,
        };
        let (open, inner) = match fenced {
            true => (open.to_owned(), inner.to_owned()),
            false => text_of(open, inner),
        };
        let shown = Show::Literal(format!("{open}{inner}{close}"));
        return mine.then_some(Piece { show: shown, end: mark.end });
    }
    if mark.kind == Kind::Output {
        return None;
    }
    let (name, rest) = marks::split_name(mark.inner)?;
    let called = rest.starts_with('(');
    let runs = !fenced || runs_in_code(generator, mark);
    let end_name = if called && mark.kind == Kind::Tag { "" } else { name };
    match name {
        "raw" | "verbatim" if mark.kind == Kind::Tag && (!fenced || liquid) => {
            let (inner, end) = block(text, mark, end_name, endless)?;
            Some(Piece { show: Show::Literal(inner.to_owned()), end })
        }
        "comment" if runs => {
            let (_, end) = block(text, mark, end_name, endless)?;
            Some(Piece { show: Show::Nothing, end })
        }
        _ if CODE.contains(&name) && runs => {
            let (inner, end) = block(text, mark, end_name, endless)?;
            let args = Args::parse(rest);
            let language =
                args.any(&["lang", "language", "type"]).or(args.first()).unwrap_or_default();
            let options = args
                .iter()
                .any(|arg| arg.value.contains("hl_inline=true") || arg.name == "hl_inline");
            let show = match options && !inner.contains('\n') {
                true => Show::Span(inner),
                false => Show::Code { language, inner },
            };
            Some(Piece { show, end })
        }
        _ => None,
    }
}

/// The text up to the mark that ends a block, and what follows that mark. A block without an end is remembered:
/// it is looked for once.
fn block<'a>(
    text: &'a str,
    mark: &Mark<'_>,
    name: &str,
    endless: &mut HashSet<String>,
) -> Option<(&'a str, usize)> {
    let (word, opens): (String, &[&str]) = match mark.kind {
        Kind::Tag => (format!("end{name}"), &["{%"]),
        _ => (name.to_owned(), &["{{<", "{{%"]),
    };
    let key = format!("{}{word}", opens.len());
    if endless.contains(&key) {
        return None;
    }
    let tail = text.get(mark.end..)?;
    for (at, found) in tail.match_indices(&word) {
        let before = tail.get(..at)?.trim_end_matches([' ', '-', '\t']);
        let before = match mark.kind {
            Kind::Tag => before,
            _ => match before.strip_suffix('/') {
                Some(before) => before.trim_end(),
                None => continue,
            },
        };
        let after = tail.get(at + found.len()..)?.trim_start_matches([' ', '-', '\t']);
        let Some(open) = opens.iter().find(|open| before.ends_with(**open)) else {
            continue;
        };
        let Some(close) = ["%}}", ">}}", "%}"].iter().find(|close| after.starts_with(**close))
        else {
            continue;
        };
        let inner = tail.get(..before.len() - open.len())?;
        return Some((inner, text.len() - after.len() + close.len()));
    }
    endless.insert(key);
    None
}

/// Brackets and text of which no tag of HTML begins.
fn text_of(open: &str, inner: &str) -> (String, String) {
    let blank = inner.starts_with(char::is_whitespace);
    let open = if blank { open.to_owned() } else { open.replace('<', "&lt;") };
    (open, inner.replace('<', "&lt;"))
}

/// Code between fences that are longer than any in it.
fn fence(before: &str, language: &str, inner: &str, list: Option<usize>) -> String {
    let sign = "`".repeat(longest_run(inner).max(2) + 1);
    let plain = |c: char| c.is_ascii_alphanumeric() || "+-#_.".contains(c);
    let language: String = language.trim_end_matches(',').chars().filter(|c| plain(*c)).collect();
    let inner = inner.strip_prefix([' ', '\t']).filter(|it| it.starts_with('\n')).unwrap_or(inner);
    let inner = inner.strip_prefix('\n').unwrap_or(inner).trim_end();
    if before.contains('>') && before.trim_matches([' ', '>']).is_empty() {
        let last = inner.rsplit_once('\n');
        let last = last.filter(|(_, last)| last.trim_matches([' ', '>']).is_empty());
        let inner = last.map_or(inner, |(inner, _)| inner);
        return format!("{sign}{language}\n{inner}\n{before}{sign}");
    }
    if !before.trim().is_empty() {
        return format!("\n\n{sign}{language}\n{inner}\n{sign}\n");
    }
    // In a list's item the code stands as far from the left as the item's text; elsewhere four blanks would make
    // code of the fence itself.
    let most = list.map_or(3, |text| text + 3);
    let indent = " ".repeat(before.len().min(most).min(if list.is_none() { 0 } else { most }));
    let mut out = format!("{indent}{sign}{language}\n");
    for line in inner.split('\n') {
        let line = line.strip_prefix(before).unwrap_or(line);
        if !line.is_empty() {
            out.push_str(&indent);
        }
        out.push_str(line);
        out.push('\n');
    }
    out + &indent + &sign
}

fn span(inner: &str) -> String {
    let sign = "`".repeat(longest_run(inner) + 1);
    format!("{sign} {} {sign}", inner.trim())
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
