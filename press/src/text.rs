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
    if looks_plain(text.as_bytes()) || text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let text = permitted(text);
    if is_nfc(&text) { text } else { Cow::Owned(text.nfc().collect()) }
}

/// A text without characters that no document may hold and without byte order marks. Those that part words become a
/// space, but only behind a word: at the beginning of a line they would indent it, at its end they would break it.
pub(crate) fn permitted(text: &str) -> Cow<'_, str> {
    if looks_permitted(text.as_bytes()) || !text.contains(is_forbidden) {
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

/// So many bytes are looked at in one step, which the processor does at once.
const STEP: usize = 64;

/// Whether a text has a byte that is wanted.
pub(crate) fn has_byte(text: &[u8], wanted: impl Fn(u8) -> bool) -> bool {
    text.chunks(STEP).any(|step| step.iter().fold(false, |has, b| has | wanted(*b)))
}

/// Whether a text can be seen to have plain characters alone without reading them one by one: those are lines of ASCII,
/// what begins with the bytes C3 to CB, and E1 B8 to E1 BB.
fn looks_plain(text: &[u8]) -> bool {
    let other = |b| matches!(b, 0..=8 | 0xb..0x20 | 0x7f | 0xc2 | 0xcc..=0xe0 | 0xe2..);
    // The last byte begins no character of several.
    let pairs = |(first, second): (&u8, &u8)| *first == 0xe1 && !(0xb8..=0xbb).contains(second);
    let has_pair = |(first, second): (&[u8], &[u8])| {
        first.iter().zip(second).fold(false, |has, pair| has | pairs(pair))
    };
    let seconds = text.get(1..).unwrap_or_default();
    !has_byte(text, other) && !text.chunks(STEP).zip(seconds.chunks(STEP)).any(has_pair)
}

/// Whether a text can be seen to have nothing forbidden without reading its characters one by one: all that is begins
/// with a control character's byte, C2, EF or F0 to F4.
fn looks_permitted(text: &[u8]) -> bool {
    !has_byte(text, |b| matches!(b, 0..=8 | 0xb | 0xc | 0xe..0x20 | 0x7f | 0xc2 | 0xef..))
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
    fn what_is_seen_at_a_glance_is_so() {
        // Each character between others, over the borders of steps.
        for c in '\0'..=char::MAX {
            for before in [0, STEP - 2, STEP - 1] {
                let text = format!("{}{c}ệ", "a".repeat(before));
                let bytes = text.as_bytes();
                let (plain, permitted) = (is_plain(c), !is_forbidden(c));
                assert!(!looks_plain(bytes) || plain, "{c:?}");
                assert!(!looks_permitted(bytes) || permitted, "{c:?}");
            }
        }
        let text = "Chợ phiên Ậ, ỗ, ữ, đ: ".repeat(20);
        assert!(looks_plain(text.as_bytes()) && looks_permitted(text.as_bytes()));
    }

    #[test]
    fn what_is_taken_for_plain_is_composed() {
        let plain: String = ('\0'..='\u{3000}').filter(|c| is_plain(*c)).collect();
        assert!(plain.chars().all(|c| is_nfc(&c.to_string()) && !is_forbidden(c)));
        assert!(is_nfc(&plain));
    }
}
