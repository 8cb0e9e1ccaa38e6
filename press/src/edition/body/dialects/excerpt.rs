//! The lede that an article marks in its text: what stands before `<!--more-->`.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::edition::body::dialects::code;
use crate::edition::body::dialects::lined_text::{LinedText, holding};
use crate::edition::body::markdown;
use crate::text::single_spaces;

/// A lede is not longer, unless its first paragraph is.
const LONGEST: usize = 600;

/// Where the lede ends. A separator that is no comment of HTML is taken out of the text.
pub(crate) fn cut(source: &mut LinedText, separator: Option<&str>) -> Option<usize> {
    let separator = separator.map(str::trim).filter(|separator| !separator.is_empty());
    let comment = source.text.contains("<!--");
    if !comment && separator.is_none_or(|separator| !source.text.contains(separator)) {
        return None;
    }
    let code = code::ranges(&source.text);
    let free = |at: &usize| holding(&code, *at).is_none();
    let written = separator.and_then(|separator| {
        let mut all = source.text.match_indices(separator).map(|(at, _)| at);
        Some((all.find(free)?, separator.len()))
    });
    let mut comments = source.text.match_indices("<!--").map(|(at, _)| at).filter(free);
    let found = written.or_else(|| Some((comments.find(|at| is_mark(&source.text, *at))?, 0)));
    let (at, length) = found?;
    if length > 0 && !separator.is_some_and(|separator| separator.starts_with("<!--")) {
        let blank = " ".repeat(length);
        source.text.replace_range(at..at + length, &blank);
    }
    Some(at)
}

fn is_mark(text: &str, at: usize) -> bool {
    let inner = text.get(at + 4..).unwrap_or_default();
    let inner: String = inner.chars().take(40).collect();
    let Some((inner, _)) = inner.split_once("-->") else {
        return false;
    };
    let names =
        ["more", "excerpt", "endexcerpt", "end excerpt", "end_excerpt", "readmore", "read more"];
    names.contains(&inner.trim().to_lowercase().as_str())
}

/// The words of the paragraphs of a text, without pictures, headings and code.
pub(crate) fn words(text: &str) -> Option<String> {
    let mut out = String::new();
    let (mut hidden, mut paragraphs) = (0_usize, 0);
    for event in Parser::new_ext(text, markdown::options()) {
        match event {
            Event::Start(tag) if is_hidden(&tag) => hidden += 1,
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::Table
                | TagEnd::Image
                | TagEnd::FootnoteDefinition,
            ) => hidden = hidden.saturating_sub(1),
            _ if hidden > 0 => {}
            Event::Start(Tag::Paragraph | Tag::Item) => {
                paragraphs += usize::from(!out.trim().is_empty());
                if paragraphs > 0 && out.len() > LONGEST {
                    break;
                }
                out.push(' ');
            }
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    let out = single_spaces(&out);
    (!out.is_empty()).then_some(out)
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::Table(_)
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
    )
}
