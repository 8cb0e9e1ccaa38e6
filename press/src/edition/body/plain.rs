//! Values without their marks, for places that show plain text.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser};

use crate::html;
use crate::text::{line, single_spaces};

/// The words of a Markdown text without its marks, on one line.
pub(crate) fn text(text: &str) -> String {
    let text = single_spaces(text);
    let text = without_footnotes(&text);
    if !text.contains(|c: char| c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '?' | ':')) {
        return line(&text);
    }
    // What begins with "1." or "-" is a sentence here, not a list: nothing may begin a block.
    let sentence = format!("\u{2060} {text}");
    let mut out = String::with_capacity(text.len());
    for event in Parser::new_ext(&sentence, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::InlineHtml(tag)
                if ["<br", "</p", "</li", "</div"].iter().any(|t| tag.starts_with(t)) =>
            {
                out.push(' ');
            }
            _ => {}
        }
    }
    line(&out)
}

/// The words of a value in which HTML may be written and Markdown is not, such as a title or a tag. Its marks
/// stay, as they do in Hugo, Zola, Jekyll and Eleventy: who writes `**x**` there is shown two stars.
pub(crate) fn of_html(value: &str) -> String {
    line(&html::to_text(&without_footnotes(value)))
}

/// A text without the marks of footnotes (`[^1]`), which are not shown where it is.
pub(crate) fn without_footnotes(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(start) = out.get(from..).and_then(|tail| tail.find("[^")).map(|at| from + at) {
        let tail = out.get(start + 2..).unwrap_or_default();
        let end = tail.find(|c: char| c == ']' || c.is_whitespace()).filter(|end| *end > 0);
        match end.filter(|end| tail.get(*end..).is_some_and(|tail| tail.starts_with(']'))) {
            Some(end) => out.to_mut().replace_range(start..start + 2 + end + 1, ""),
            None => from = start + 2,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_summary_loses_its_marks() {
        assert_eq!(text("**A**&mdash;b [c](d) <em>e</em>"), "A—b c e");
        assert_eq!(text("<p>a <b>b</b></p>"), "a b");
        assert_eq!(text("5 < 6 & 7"), "5 < 6 & 7");
        assert_eq!(text("1. _Một_ - hai"), "1. Một - hai");
        assert_eq!(text("Tôm &amp; cá&#8211;<3 &hellip;"), "Tôm & cá–<3 …");
        assert_eq!(text("a &amp;amp; b"), "a &amp; b");
        assert_eq!(text("la\u{300}ng\u{ad} \u{feff}"), "làng");
    }

    #[test]
    fn a_footnote_leaves_nothing_behind() {
        assert_eq!(text("Giá lúa[^1], giá gạo[^ghi-chú]."), "Giá lúa, giá gạo.");
        for kept in ["[^]", "[^a b]", "[^a", "x[1]"] {
            assert_eq!(text(kept), kept);
        }
    }
}
