//! The shortcodes of other generators: `{{< name args >}}`, `{{% name %}}`, `{{ name(args) }}`, `{% name %}`.
//! One that shows a picture becomes a figure; any other is taken out and its inner text stays.

mod args;

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::edition::body::dialects::args::Args;
use crate::edition::diagnostics::FileDiagnostics;
use crate::edition::diagnostics::Problem;
use crate::edition::{body::markdown, body::plain};
use crate::html::attribute as escape;
use crate::text::single_spaces;

/// No shortcode is longer: an opening that is never closed is just text.
const LONGEST: usize = 4096;

/// Replaces the shortcodes of a body whose first line is line `first_line` of its file.
pub(crate) fn replace(
    body: &str,
    first_line: usize,
    diagnostics: &mut FileDiagnostics,
    exists: impl Fn(&str) -> bool,
) -> Option<String> {
    if !body.contains("{{") && !body.contains("{%") {
        return None;
    }
    let code = code_ranges(body);
    let mut out = String::with_capacity(body.len());
    let mut open: Vec<&str> = Vec::new();
    let mut done = 0;
    let mut from = 0;
    let (mut line, mut counted) = (first_line, 0);
    while let Some(at) = next_opening(body, from) {
        let after = code.partition_point(|range| range.end <= at);
        if let Some(range) = code.get(after).filter(|range| range.contains(&at)) {
            from = range.end.max(at + 2);
            continue;
        }
        let Some((call, end)) = parse(body, at) else {
            from = at + 2;
            continue;
        };
        line += count_lines(body, counted..at);
        counted = at;
        out.push_str(body.get(done..at).unwrap_or_default());
        let (mut next, mut text) = (end, String::new());
        match call {
            Call::Literal(literal) => text.push_str(&literal),
            Call::Close("comment") | Call::Silent => {}
            Call::Close(name) => match open.iter().rposition(|n| *n == name) {
                Some(i) => open.truncate(i),
                None => left_out(diagnostics, line, name),
            },
            Call::Open("comment", _) => next = comment_end(body, end),
            Call::Open("ref" | "relref", args) => {
                text = args.first().unwrap_or_default().to_owned();
            }
            Call::Open(name, args) if is_picture(name, &args) => {
                let src = args.picture();
                if src.is_some_and(&exists) {
                    let alone = alone_on_its_line(body, at, end);
                    text = figure(src.unwrap_or_default(), &args, alone);
                } else {
                    let name = name.to_owned();
                    diagnostics.push(line, Problem::ShortcodeWithoutPicture { name });
                }
            }
            Call::Open(name, _) => {
                open.push(name);
                left_out(diagnostics, line, name);
            }
        }
        out.push_str(&text);
        next = next.max(end);
        (done, from) = (next, next);
    }
    out.push_str(body.get(done..).unwrap_or_default());
    Some(out)
}

fn left_out(diagnostics: &mut FileDiagnostics, line: usize, name: &str) {
    diagnostics.push(line, Problem::ShortcodeLeftOut { name: name.to_owned() });
}

fn count_lines(body: &str, range: Range<usize>) -> usize {
    let bytes = body.as_bytes().get(range).unwrap_or_default();
    bytes.iter().filter(|b| **b == b'\n').count()
}

fn next_opening(body: &str, from: usize) -> Option<usize> {
    let tail = body.get(from..)?;
    let mut at = tail.match_indices('{').map(|(i, _)| i);
    at.find(|i| matches!(tail.as_bytes().get(i + 1), Some(b'{' | b'%'))).map(|i| from + i)
}

fn comment_end(body: &str, from: usize) -> usize {
    let tail = body.get(from..).unwrap_or_default();
    let ends = ["{{< /comment >}}", "{{% /comment %}}", "{% endcomment %}"];
    let end = ends.iter().filter_map(|e| tail.find(e).map(|i| i + e.len())).min();
    end.map_or(from, |end| from + end)
}

/// Where the body is code, in which nothing is a shortcode.
fn code_ranges(body: &str) -> Vec<Range<usize>> {
    Parser::new_ext(body, markdown::options())
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect()
}

#[derive(Debug)]
enum Call<'a> {
    Open(&'a str, Args<'a>),
    Close(&'a str),
    /// Text that is meant to be seen: an escaped shortcode, or a literal behind a filter.
    Literal(String),
    Silent,
}

fn parse(body: &str, at: usize) -> Option<(Call<'_>, usize)> {
    let tail = body.get(at..)?;
    for (open, close) in [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")] {
        let Some(inner) = tail.strip_prefix(open) else {
            continue;
        };
        let end = find_close(inner, close)?;
        let (inner, length) = (inner.get(..end)?, open.len() + end + close.len());
        let call = match open {
            "{{" => expression(inner)?,
            "{%" => tag(inner.trim_matches('-').trim())?,
            _ => match escaped(inner) {
                Some(text) => Call::Literal(format!("{open}{text}{close}")),
                None => hugo(inner.trim())?,
            },
        };
        return Some((call, at + length));
    }
    None
}

fn find_close(inner: &str, close: &str) -> Option<usize> {
    let mut cut = inner.len().min(LONGEST);
    while !inner.is_char_boundary(cut) {
        cut -= 1;
    }
    let inner = inner.get(..cut)?;
    let mut ends = inner.match_indices(close).map(|(i, _)| i);
    // An end inside quotes is none, unless the quotes are never closed.
    let quotes = |end: &usize| inner.as_bytes().iter().take(*end).filter(|b| **b == b'"').count();
    let first = ends.clone().next();
    ends.find(|end| quotes(end) % 2 == 0).or(first)
}

fn escaped(inner: &str) -> Option<&str> {
    inner.strip_prefix("/*")?.strip_suffix("*/")
}

fn hugo(inner: &str) -> Option<Call<'_>> {
    if let Some(name) = inner.strip_prefix('/') {
        return Some(Call::Close(name.trim()));
    }
    let (name, rest) = split_name(inner)?;
    Some(Call::Open(name, Args::parse(rest)))
}

fn tag(inner: &str) -> Option<Call<'_>> {
    let (name, rest) = split_name(inner)?;
    Some(match name.strip_prefix("end") {
        // Zola ends every body with a bare "end".
        Some("") => Call::Silent,
        Some(name) => Call::Close(name),
        None => Call::Open(name, Args::parse(rest)),
    })
}

/// Zola's shortcodes are calls; of Liquid's expressions those that only templates write are known.
fn expression(inner: &str) -> Option<Call<'_>> {
    let inner = inner.trim();
    if let Some(text) = inner.strip_prefix('"') {
        let (text, filter) = text.split_once('"')?;
        return filter.trim_start().starts_with('|').then(|| Call::Literal(text.to_owned()));
    }
    let (name, rest) = split_name(inner)?;
    let call = rest.starts_with('(') && rest.ends_with(')');
    let liquid = ["site.", "page.", "include.", "layout."].iter().any(|p| name.starts_with(p));
    (call || liquid).then(|| Call::Open(name, Args::parse(rest)))
}

fn split_name(inner: &str) -> Option<(&str, &str)> {
    let end = inner.find(|c: char| !(c.is_alphanumeric() || "-_./".contains(c)));
    let (name, rest) = inner.split_at(end.unwrap_or(inner.len()));
    (!name.is_empty()).then(|| (name.trim_end_matches('/'), rest.trim()))
}

fn is_picture(name: &str, args: &Args<'_>) -> bool {
    let names = ["figure", "fig", "img", "image", "picture", "photo"];
    let like = |name: &str| {
        let stem = name.split(['-', '_', '.']).next().unwrap_or(name);
        names.contains(&stem)
    };
    like(name) || (name == "include" && args.first().is_some_and(like))
}

fn alone_on_its_line(body: &str, at: usize, end: usize) -> bool {
    let before = body.get(..at).and_then(|b| b.rsplit('\n').next());
    let after = body.get(end..).and_then(|a| a.split('\n').next());
    [before, after].iter().all(|part| part.is_none_or(|p| p.trim().is_empty()))
}

fn figure(src: &str, args: &Args<'_>, alone: bool) -> String {
    let words = |names: &[&str]| {
        let text = names.iter().find_map(|name| args.get(name)).unwrap_or_default();
        escape(&plain::text(text))
    };
    let (alt, caption, credit) =
        (words(&["alt"]), words(&["caption", "title"]), words(&["attr", "credit"]));
    let img = format!("<img src=\"{}\" alt=\"{alt}\">", escape(&single_spaces(src)));
    if !alone {
        return img;
    }
    let credit = match credit.as_str() {
        "" => credit,
        _ => format!(" <small>{credit}</small>"),
    };
    let caption = format!("{caption}{credit}");
    let caption = match caption.trim() {
        "" => String::new(),
        caption => format!("<figcaption>{caption}</figcaption>"),
    };
    // The empty line ends the HTML block: what follows is Markdown again.
    format!("<figure>{img}{caption}</figure>\n")
}

#[cfg(test)]
#[path = "../../tests/shortcode.rs"]
mod tests;
