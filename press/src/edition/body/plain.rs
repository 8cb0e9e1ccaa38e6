//! Markdown without its marks, for places that show plain text.

use pulldown_cmark::{Event, Options, Parser};

use crate::edition::body::html::single_spaces;

/// The words of a Markdown text without its marks, on one line.
pub(crate) fn text(text: &str) -> String {
    let text = single_spaces(text);
    if !text.contains(|c: char| c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '?' | ':')) {
        return text;
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
    single_spaces(out.trim_start_matches('\u{2060}'))
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
    }
}
