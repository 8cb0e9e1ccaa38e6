//! Where a text is code. Before Markdown can be parsed (a template's block may hold anything) fences are followed
//! line by line; after that the parser itself says it.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::edition::body::markdown;

/// Where Markdown, or a tag of HTML, makes code of a text; in order and without overlaps.
pub(crate) fn ranges(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, markdown::options()).into_offset_iter();
    let code = events
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range);
    let mut all: Vec<Range<usize>> = code.collect();
    all.extend(elements(text, &all));
    all.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for range in all {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// `<pre>…</pre>` and its like, where it does not begin in code.
fn elements(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for name in ["pre", "code", "script", "style", "textarea"] {
        let (open, close) = (format!("<{name}"), format!("</{name}>"));
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|tail| tail.find(&open)).map(|at| from + at)
        {
            from = at + open.len();
            let whole = text.as_bytes().get(from).is_none_or(|b| !b.is_ascii_alphanumeric());
            if !whole || super::lined_text::holding(code, at).is_some() {
                continue;
            }
            let Some(end) = text.get(from..).and_then(|tail| tail.find(&close)) else {
                break;
            };
            from += end + close.len();
            found.push(at..from);
        }
    }
    found
}

/// Follows the fences and the code spans of a text from its beginning on.
#[derive(Debug)]
pub(crate) struct Fences<'a> {
    text: &'a str,
    at: usize,
    fence: Option<(u8, usize)>,
    span: bool,
    /// How far the text of the last list's item stands from the left.
    pub(crate) list: Option<usize>,
    after_blank: bool,
}

impl<'a> Fences<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, fence: None, span: false, list: None, after_blank: true }
    }

    /// Whether `to`, which is not before the last place asked for, is in code.
    pub(crate) fn inside(&mut self, to: usize) -> bool {
        let bytes = self.text.as_bytes();
        while self.at < to {
            if self.at == 0 || bytes.get(self.at - 1) == Some(&b'\n') {
                self.span = false;
                let line = super::lined_text::line_after(self.text, self.at);
                self.line(line);
            }
            let rest = bytes.get(self.at..to).unwrap_or_default();
            let end = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |at| at + 1);
            let rest = rest.get(..end).unwrap_or_default();
            let runs = rest.iter().enumerate();
            let runs =
                runs.filter(|(i, b)| **b == b'`' && (*i == 0 || rest.get(i - 1) != Some(&b'`')));
            self.span ^= runs.count() % 2 == 1;
            self.at += end;
        }
        self.fence.is_some() || self.span
    }

    /// Goes on at `to`: what is between was looked at by others.
    pub(crate) fn jump(&mut self, to: usize) {
        self.at = self.at.max(to);
        self.span = false;
    }

    fn line(&mut self, line: &str) {
        let bare = line.trim_start_matches([' ', '\t', '>']);
        let indent = line.len() - bare.len();
        if bare.trim().is_empty() {
            self.after_blank = true;
            return;
        }
        let marker = marker(bare);
        match marker {
            0 if indent == 0 && self.after_blank && self.fence.is_none() => self.list = None,
            0 => {}
            length if self.fence.is_none() => self.list = Some(indent + length),
            _ => {}
        }
        self.after_blank = false;
        let bare = bare.get(marker..).unwrap_or(bare).trim_start();
        let Some(sign) = bare.bytes().next().filter(|b| matches!(b, b'`' | b'~')) else {
            return;
        };
        let length = bare.bytes().take_while(|b| *b == sign).count();
        let rest = bare.get(length..).unwrap_or_default();
        match self.fence {
            Some((open, least)) if open == sign && length >= least && rest.trim().is_empty() => {
                self.fence = None;
            }
            None if length >= 3 && !(sign == b'`' && rest.contains('`')) => {
                self.fence = Some((sign, length));
            }
            _ => {}
        }
    }
}

/// The length of a list's mark with the spaces behind it, or 0.
fn marker(line: &str) -> usize {
    let digits = line.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let after = line.get(digits..).unwrap_or_default();
    let sign = match digits {
        0 => after.starts_with(['-', '*', '+']),
        _ => after.starts_with(['.', ')']),
    };
    let spaces = after.bytes().skip(1).take(4).take_while(|b| *b == b' ').count();
    if sign && spaces > 0 { digits + 1 + spaces } else { 0 }
}
