//! A body on its way through the dialects: its text, which parts of it are meant literally, and the line of the
//! file that each part came from.

use std::ops::Range;

/// A text whose parts know where they came from.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinedText {
    pub(crate) text: String,
    /// Parts that no template language may look into, in their order.
    pub(crate) literal: Vec<Range<usize>>,
    /// Offsets at which a new part begins, and the line that it began on.
    anchors: Vec<(usize, usize)>,
}

impl LinedText {
    /// A text as it was written, which begins on `line`.
    pub(crate) fn new(text: &str, line: usize) -> Self {
        let mut source = Self::default();
        source.push(text, line);
        source
    }

    /// Adds text that came from `line`. What was cut out before it makes no new mark of two braces.
    pub(crate) fn push(&mut self, text: &str, line: usize) {
        if text.is_empty() {
            return;
        }
        self.part_from(text);
        self.anchors.push((self.text.len(), line));
        self.text.push_str(text);
    }

    fn part_from(&mut self, text: &str) {
        if makes_braces(&self.text, text) {
            self.text.push(' ');
        }
    }

    /// Adds text that stands for itself.
    pub(crate) fn push_literal(&mut self, text: &str, line: usize) {
        self.anchors.push((self.text.len(), line));
        let start = self.text.len();
        self.text.push_str(text);
        self.literal.push(start..self.text.len());
    }

    /// Adds another text behind this one.
    pub(crate) fn append(&mut self, other: &Self) {
        self.part_from(&other.text);
        let shift = self.text.len();
        self.text.push_str(&other.text);
        let shifted = other.literal.iter().map(|range| range.start + shift..range.end + shift);
        self.literal.extend(shifted);
        self.anchors.extend(other.anchors.iter().map(|(at, line)| (at + shift, *line)));
    }

    /// Takes away what follows `length`, a boundary of characters.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.text.truncate(length);
        while self.literal.last().is_some_and(|range| range.start >= length) {
            self.literal.pop();
        }
        if let Some(last) = self.literal.last_mut() {
            last.end = last.end.min(length);
        }
        while self.anchors.last().is_some_and(|(at, _)| *at > length) {
            self.anchors.pop();
        }
    }
}

/// Whether two texts that stand side by side make a mark of two braces.
pub(crate) fn makes_braces(before: &str, after: &str) -> bool {
    before.ends_with('{') && after.starts_with(['{', '%', ':'])
}

/// Whether two texts, between which something was cut out, make one name behind a square bracket, as that of a
/// shortcode. None is longer than 40 bytes.
pub(crate) fn makes_name(before: &str, after: &str) -> bool {
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let mut head = before.bytes().rev().take(42).skip_while(in_name);
    before.as_bytes().last().is_some_and(in_name)
        && after.as_bytes().first().is_some_and(in_name)
        && match head.next() {
            Some(b'/') => head.next() == Some(b'['),
            sign => sign == Some(b'['),
        }
}

/// Tells the lines of ascending offsets.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    source: &'a LinedText,
    next: usize,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(source: &'a LinedText) -> Self {
        Self { source, next: 0, at: 0, line: 1 }
    }

    /// The line of an offset that is not before the last one asked for.
    pub(crate) fn at(&mut self, offset: usize) -> usize {
        while let Some((at, line)) =
            self.source.anchors.get(self.next).filter(|(at, _)| *at <= offset)
        {
            (self.at, self.line) = (*at, *line);
            self.next += 1;
        }
        let passed = self.source.text.as_bytes().get(self.at..offset).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = self.at.max(offset);
        self.line
    }
}

/// The part of the line before `at`, at most `most` bytes of it.
pub(crate) fn line_before(text: &str, at: usize, most: usize) -> &str {
    let mut start = at.saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let tail = text.get(start..at).unwrap_or_default();
    tail.rsplit('\n').next().unwrap_or(tail)
}

/// The rest of the line from `at`, without its end.
pub(crate) fn line_after(text: &str, at: usize) -> &str {
    let tail = text.get(at..).unwrap_or_default();
    tail.split('\n').next().unwrap_or(tail)
}

/// The range that holds `at`, of ranges that are in order and do not overlap.
pub(crate) fn holding(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let after = ranges.partition_point(|range| range.end <= at);
    ranges.get(after).filter(|range| range.contains(&at))
}
