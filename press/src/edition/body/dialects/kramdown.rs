//! Attribute lists, which no reader is to see: kramdown's `{: .class #id}`, `{:toc}` and `{::options /}`, and the
//! `{.class}` of Hugo and Eleventy. The id of a heading stays its id.

use std::ops::Range;

use crate::edition::body::dialects::braces::{self, Part};
use crate::edition::body::dialects::code;
use crate::edition::body::dialects::lined_text::{LinedText, Lines, holding};
use crate::edition::config::Generator;

/// No attribute list is longer.
const LONGEST: usize = 1000;

/// Takes the attribute lists out of a text.
pub(crate) fn translate(source: LinedText, generator: Option<Generator>) -> LinedText {
    let text = source.text.as_str();
    let signs = ["{:", "{.", "{#", "\n^\n", "\n*[", "[TOC]", "[toc]", "[[toc]]", "[[_TOC_]]"];
    if !signs.iter().any(|sign| text.contains(sign)) {
        return source;
    }
    let mut source = uncommented(&source);
    source.text = joined(&source.text, &code::ranges(&source.text));
    let code = code::ranges(&source.text);
    let text = source.text.as_str();
    let mut lines = Lines::new(&source);
    let mut out = LinedText::default();
    let mut pending: Option<String> = None;
    let mut start = 0;
    while start < text.len() {
        let end = text
            .get(start..)
            .and_then(|tail| tail.find('\n'))
            .map_or(text.len(), |at| start + at + 1);
        let line = text.get(start..end).unwrap_or_default();
        let number = lines.at(start);
        let in_code = holding(&code, start).is_some() || inside_later(&code, start..end, line);
        match own_line(line, generator).filter(|_| !in_code) {
            Some(list) => {
                if is_toc(list) {
                    drop_list_item(&mut out);
                }
                if let Some(id) = id(list)
                    && !attach(&mut out, &id)
                {
                    pending = Some(id);
                }
                out.push(if line.ends_with('\n') { "\n" } else { "" }, number);
            }
            None => {
                let heading = !in_code && line.starts_with('#');
                out.push(&inline(line, start, &code, heading), number);
                if !line.trim().is_empty()
                    && let Some(id) = pending.take()
                {
                    attach(&mut out, &id);
                }
            }
        }
        start = end;
    }
    out
}

/// The text with every list of kramdown on one line; not a byte moves.
fn joined(text: &str, code: &[Range<usize>]) -> String {
    let mut lists: Vec<Range<usize>> = Vec::new();
    let opens = |at| holding(code, at).is_none();
    braces::cut(text, LONGEST, opens, |part| {
        let list = part.inner.strip_prefix(':')?;
        if !is_kramdown(list.trim()) {
            return None;
        }
        while lists.last().is_some_and(|inner| inner.start > part.at.0) {
            lists.pop();
        }
        lists.push(part.at.0..part.at.1);
        Some(String::new())
    });
    let mut out = String::with_capacity(text.len());
    for list in lists {
        out.push_str(text.get(out.len()..list.start).unwrap_or_default());
        out.push_str(&text.get(list).unwrap_or_default().replace('\n', " "));
    }
    out.push_str(text.get(out.len()..).unwrap_or_default());
    out
}

/// The text without kramdown's comments, `{::comment}…{:/comment}`. One that never ends is none.
fn uncommented(source: &LinedText) -> LinedText {
    const BEGIN: &str = "{::comment}";
    let text = source.text.as_str();
    if !text.contains(BEGIN) {
        return source.clone();
    }
    let code = code::ranges(text);
    let mut lines = Lines::new(source);
    let mut out = LinedText::default();
    let mut done = 0;
    for (at, _) in text.match_indices(BEGIN) {
        if at < done || holding(&code, at).is_some() {
            continue;
        }
        let tail = text.get(at..).unwrap_or_default();
        let mut ends = tail.match_indices("{:/").filter_map(|(at, _)| {
            let end = tail.get(at..)?;
            let mark = ["{:/comment}", "{:/}"].into_iter().find(|mark| end.starts_with(mark))?;
            Some(at + mark.len())
        });
        let Some(end) = ends.next() else { break };
        out.push(text.get(done..at).unwrap_or_default(), lines.at(done));
        done = at + end;
    }
    out.push(text.get(done..).unwrap_or_default(), lines.at(done));
    out
}

/// Whether the first sign of a line is in code that begins after the line's blanks.
fn inside_later(code: &[Range<usize>], line: Range<usize>, text: &str) -> bool {
    let blanks = text.len() - text.trim_start().len();
    holding(code, line.start + blanks).is_some()
}

/// What stands in a line that is nothing but an attribute list, or another mark of its own.
fn own_line(line: &str, generator: Option<Generator>) -> Option<&str> {
    let bare = line.trim_matches([' ', '\t', '\n', '>']);
    if bare.len() > LONGEST {
        return None;
    }
    let kramdown =
        !matches!(generator, Some(Generator::Hugo | Generator::Zola | Generator::Eleventy));
    if kramdown && (bare == "^" || is_abbreviation(bare)) {
        return Some("");
    }
    if ["[TOC]", "[toc]", "[[toc]]", "[[_TOC_]]", "{{:toc}}"].contains(&bare) {
        return Some("");
    }
    let inner = bare.strip_prefix('{')?.strip_suffix('}')?;
    match inner.strip_prefix(':') {
        Some(list) if !list.contains(['{', '}']) => Some(list),
        Some(_) => None,
        None => is_list(inner, true).then_some(inner),
    }
}

/// `*[ABBR]: what it stands for`.
fn is_abbreviation(line: &str) -> bool {
    let end = line.strip_prefix("*[").and_then(|rest| rest.find("]:"));
    end.is_some_and(|end| end > 0)
}

fn is_toc(list: &str) -> bool {
    list.split_whitespace().any(|word| word == "toc")
}

/// The item before `{:toc}` is where the contents would stand.
fn drop_list_item(out: &mut LinedText) {
    let text = out.text.trim_end_matches('\n');
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..).unwrap_or_default().trim_start();
    let item = line.starts_with(['*', '-', '+']) || line.starts_with(|c: char| c.is_ascii_digit());
    if item {
        out.truncate(start);
    }
}

/// Gives an id to the heading that `out` ends with.
fn attach(out: &mut LinedText, id: &str) -> bool {
    let text = out.text.strip_suffix('\n').unwrap_or(&out.text);
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..).unwrap_or_default();
    let underline = |line: &str| {
        let line = line.trim();
        !line.is_empty() && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
    };
    let end = if line.starts_with('#') && !line.trim_end().ends_with('}') {
        text.trim_end().len()
    } else if underline(line) && start > 1 {
        start - 1
    } else {
        return false;
    };
    out.text.insert_str(end, &format!(" {{#{id}}}"));
    true
}

/// The id in an attribute list.
fn id(list: &str) -> Option<String> {
    let id = list.split_whitespace().find_map(|word| word.strip_prefix('#'))?;
    let plain = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c));
    plain.then(|| id.to_owned())
}

/// A line without the attribute lists in it.
fn inline(line: &str, start: usize, code: &[Range<usize>], heading: bool) -> String {
    let opens = |at: usize| {
        let is_escaped = line.get(..at).is_some_and(|before| before.ends_with('\\'));
        !is_escaped && holding(code, start + at).is_none()
    };
    braces::cut(line, LONGEST, opens, |Part { before, inner, is_last, .. }| {
        let Some(list) = inner.strip_prefix(':') else {
            let attached = before.ends_with([')', '*', ']', '`', '_', '"', '>']);
            let belongs = attached || (is_last && before.ends_with(' '));
            return (!heading && belongs && is_list(inner, true)).then(String::new);
        };
        let id = id(list).filter(|_| heading && is_last);
        is_kramdown(list).then(|| id.map(|id| format!(" {{#{id}}}")).unwrap_or_default())
    })
}

/// What may follow `{:` among words: `: .class`, `:toc`, `::comment`, `:/`.
fn is_kramdown(list: &str) -> bool {
    let list = list.strip_prefix(':').unwrap_or(list);
    let list = list.trim().trim_matches('/');
    list.is_empty() || is_list(list, false) || list.split_whitespace().all(is_name)
}

fn is_name(word: &str) -> bool {
    let word = word.trim_end_matches([':', '/']);
    word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

/// Whether a text is a list of `.class`, `#id` and `key="value"`.
fn is_list(text: &str, signed: bool) -> bool {
    let mut rest = text.trim();
    let (mut any, mut sign) = (false, false);
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        if let Some(value) = tail.strip_prefix('=') {
            if !is_name(word) || word.is_empty() {
                return false;
            }
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            sign |= quote.is_some();
            rest = match quote {
                Some(quote) => match value.get(1..).and_then(|v| v.split_once(quote)) {
                    Some((_, tail)) => tail,
                    None => return false,
                },
                None => value.split_once(char::is_whitespace).map_or("", |(_, tail)| tail),
            };
        } else {
            let name = word.trim_start_matches(['.', '#']);
            let named = word.len() > name.len() && !name.is_empty();
            let plain = name.chars().all(|c| c.is_alphanumeric() || "-_.:#/".contains(c));
            if !(named && plain) {
                return false;
            }
            sign = true;
            rest = tail;
        }
        any = true;
        rest = rest.trim_start();
    }
    any && (sign || !signed)
}
