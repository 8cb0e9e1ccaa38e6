//! Text: one form for what is compared and for what is shown on one line.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Runs of white space become one space.
pub(crate) fn single_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A text in Unicode's composed form (NFC), without characters that no document may hold and without byte
/// order marks. Line ends and tabs stay.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let text = permitted(text);
    if is_nfc(&text) { text } else { Cow::Owned(text.nfc().collect()) }
}

/// A text without characters that no document may hold and without byte order marks. Those that part words become a
/// space, but only behind a word: at the beginning of a line they would indent it, at its end they would break it.
pub(crate) fn permitted(text: &str) -> Cow<'_, str> {
    if !text.contains(is_forbidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_forbidden(c) {
            out.push(c);
        } else if c.is_whitespace() && !out.ends_with(char::is_whitespace) {
            // Word processors break lines with these.
            out.push(' ');
        }
    }
    Cow::Owned(out)
}

/// The text of a document, likewise, which begins with a line.
pub(crate) fn permitted_lines(text: &str) -> Cow<'_, str> {
    permitted(text.trim_start_matches(is_forbidden))
}

/// A text for one line, such as a title or a tag: composed, with single spaces, without soft hyphens, and
/// without characters of no width at its ends.
pub(crate) fn line(text: &str) -> String {
    let text = match text.contains(['\u{ad}', '\u{2060}']) {
        true => Cow::Owned(text.replace(['\u{ad}', '\u{2060}'], "")),
        false => Cow::Borrowed(text),
    };
    let text = composed(&text);
    single_spaces(text.trim_matches(|c: char| c.is_whitespace() || has_no_width(c)))
}

fn has_no_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}')
}

/// Characters that are composed, combine with nothing before them, and may stand anywhere: Latin, with
/// Vietnamese, and common punctuation. Most texts have no others, and need no closer look.
fn is_plain(c: char) -> bool {
    matches!(c, '\n' | '\t' | ' '..='~' | '\u{a0}'..'\u{300}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}')
}

fn is_forbidden(c: char) -> bool {
    match c {
        '\n' | '\t' | '\r' => false,
        // Noncharacters are the last two of each plane, and 32 in the middle of the first.
        '\u{feff}' | '\u{fdd0}'..='\u{fdef}' => true,
        c => c.is_control() || u32::from(c) & 0xfffe == 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_composed_and_holds_nothing_that_is_not_seen() {
        for (text, line_) in [
            ("la\u{300}ng nghe\u{302}\u{300}", "làng nghề"),
            ("\u{feff} Chợ\u{ad}\u{a0}\u{a0}phiên \u{200b}", "Chợ phiên"),
            ("Sông\u{8}\u{0} Đà\u{85}x\n\ty", "Sông Đà x y"),
            ("\u{200d}\u{2060}a\u{200d}b\u{fffe}", "a\u{200d}b"),
            ("\u{1f469}\u{200d}\u{1f33e}", "\u{1f469}\u{200d}\u{1f33e}"),
        ] {
            assert_eq!(line(text), line_, "{text:?}");
        }
    }

    #[test]
    fn breaks_of_a_word_processor_part_words_and_indent_nothing() {
        for (text, permitted_) in [
            ("Chợ\u{b}phiên", "Chợ phiên"),
            ("Chợ\u{b}\u{c}\u{85}phiên", "Chợ phiên"),
            ("Chợ\n\u{b}\u{b}\u{b}\u{b}phiên \u{c}\n", "Chợ\nphiên \n"),
            ("\u{b}phiên", " phiên"),
        ] {
            assert_eq!(permitted(text), permitted_, "{text:?}");
        }
    }

    #[test]
    fn what_is_taken_for_plain_is_composed() {
        let plain: String = ('\0'..='\u{3000}').filter(|c| is_plain(*c)).collect();
        assert!(plain.chars().all(|c| is_nfc(&c.to_string()) && !is_forbidden(c)));
        assert!(is_nfc(&plain));
    }
}
