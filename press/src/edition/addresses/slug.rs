//! Names for addresses: any title folded to small ASCII letters, digits and hyphens.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a text: `Đảng bộ` is `dang-bo`, whether its accents are assembled or not.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        let c = c.to_ascii_lowercase();
        let letters = match c {
            'a'..='z' | '0'..='9' => "",
            // Letters of their own that no decomposition turns into ASCII.
            'đ' | 'Đ' | 'ð' | 'Ð' => "d",
            'ł' | 'Ł' => "l",
            'ø' | 'Ø' => "o",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'ß' | 'ẞ' => "ss",
            'þ' | 'Þ' => "th",
            'ı' => "i",
            _ => {
                gap = true;
                continue;
            }
        };
        if gap && !out.is_empty() {
            out.push('-');
        }
        gap = false;
        match letters {
            "" => out.push(c),
            letters => out.push_str(letters),
        }
    }
    out
}

/// Parts a name like `2023-11-28-slug` into its date and the rest.
pub(crate) fn split_date(name: &str) -> (Option<&str>, &str) {
    let shape = |(i, b): (usize, u8)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    };
    match name.split_at_checked(10) {
        Some((date, rest)) if date.bytes().enumerate().all(shape) => {
            match rest.strip_prefix(['-', '_']) {
                Some(rest) if !rest.is_empty() => (Some(date), rest),
                _ => (Some(date), name),
            }
        }
        _ => (None, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_folds_the_same_composed_or_not() {
        let assembled = "Đại hội đại biểu Đảng bộ huyện Kỳ Sơn, lần thứ XXIII";
        let apart: String = assembled.nfd().collect();
        let slug = "dai-hoi-dai-bieu-dang-bo-huyen-ky-son-lan-thu-xxiii";
        assert_eq!(fold(assembled), slug);
        assert_eq!(fold(&apart), slug);
        assert_eq!(fold("Ước gì được nghỉ ngơi ở Huế"), "uoc-gi-duoc-nghi-ngoi-o-hue");
    }

    #[test]
    fn what_is_not_a_letter_becomes_one_hyphen() {
        assert_eq!(fold("  a -- b__c / d "), "a-b-c-d");
        assert_eq!(fold("…"), "");
    }

    #[test]
    fn a_date_before_a_name_is_parted_from_it() {
        assert_eq!(split_date("2023-11-28-a-b"), (Some("2023-11-28"), "a-b"));
        assert_eq!(split_date("2023-11-28"), (Some("2023-11-28"), "2023-11-28"));
        assert_eq!(split_date("khởi-nghĩa"), (None, "khởi-nghĩa"));
    }
}
