//! Names for addresses: any title folded to small ASCII letters, digits and hyphens.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::hash::short_hash;

/// A slug becomes a folder's name, and file systems end at 255 bytes.
const LONGEST: usize = 200;

/// Folds a text: `Đảng bộ` is `dang-bo`, whether its accents are assembled or not. Letters of other scripts
/// than Latin are transliterated; whatever is neither letter nor digit becomes a hyphen.
pub fn fold(text: &str) -> String {
    let mut out = Slug { text: String::with_capacity(text.len()), gap: false };
    for whole in text.nfc() {
        let mut latin = false;
        for c in std::iter::once(whole).nfkd().filter(|c| !is_combining_mark(*c)) {
            latin |= out.push_latin(c);
        }
        if !latin && is_spoken(whole) {
            out.push_foreign(whole);
        }
    }
    out.text
}

/// Whether a character that is no Latin letter stands for a sound: accents on Latin letters do not.
fn is_spoken(c: char) -> bool {
    let accent = matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe2f}');
    c.is_alphanumeric() || (is_combining_mark(c) && !accent)
}

struct Slug {
    text: String,
    /// Whether something that is neither letter nor digit came after the last letter.
    gap: bool,
}

impl Slug {
    /// Adds what a decomposed character becomes, and says whether it was a Latin letter or a digit.
    fn push_latin(&mut self, c: char) -> bool {
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
                self.gap |= !is_spoken(c);
                return false;
            }
        };
        if self.gap && !self.text.is_empty() {
            self.text.push('-');
        }
        self.gap = false;
        match letters {
            "" => self.text.push(c),
            letters => self.text.push_str(letters),
        }
        true
    }

    /// Adds a letter of another script as it is written in Latin letters. Syllables such as Chinese ones end in a
    /// space there, which becomes a hyphen.
    fn push_foreign(&mut self, c: char) {
        match deunicode::deunicode_char(c) {
            None => self.gap = true,
            Some(latin) => {
                for c in latin.chars() {
                    // A sign for a sound that ASCII lacks parts no word.
                    if c == ' ' || c.is_ascii_alphanumeric() {
                        self.push_latin(c);
                    }
                }
            }
        }
    }
}

/// The slug of a name, whatever it holds. Where no letter or digit is left, pictographs are called by their English
/// names, and at last a hash of the name is taken. One that is too long ends after a word.
pub(crate) fn of(name: &str) -> String {
    if is_one(name) {
        return name.to_owned();
    }
    let mut slug = fold(name);
    if slug.is_empty() {
        slug = fold(&deunicode::deunicode_with_tofu(name, " "));
    }
    if slug.is_empty() {
        slug = short_hash(name.nfc().collect::<String>().as_bytes());
    }
    if slug.len() > LONGEST {
        // All ASCII.
        let end = slug.get(..=LONGEST).and_then(|start| start.rfind('-')).unwrap_or(LONGEST);
        slug.truncate(end);
    }
    slug
}

/// Whether a name is a slug already: words of small letters and digits, with a hyphen between each two.
fn is_one(name: &str) -> bool {
    let plain = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let word = |word: &[u8]| !word.is_empty() && word.iter().all(plain);
    name.len() <= LONGEST && name.as_bytes().split(|b| *b == b'-').all(word)
}

/// Whether [`of`] leaves something of this name out, so that two names may become one slug.
pub(crate) fn is_cut(name: &str) -> bool {
    fold(name).len() > LONGEST
}

/// Parts a name like `2023-11-28-slug` or `2023-1-8-slug` into its date and the rest. What is no day of the
/// calendar is part of the name.
pub(crate) fn split_date(name: &str) -> (Option<Date>, &str) {
    read_date(name).map_or((None, name), |(date, rest)| (Some(date), rest))
}

fn read_date(name: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(name, 4, 4)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 1, 2)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 1, 2)?;
    let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    match rest.strip_prefix(['-', '_']) {
        Some("") => Some((date, name)),
        Some(rest) => Some((date, rest)),
        // `2023-11-28` alone, `2023-11-28 Slug`; but `2023-11-281` is no date.
        None => (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some((date, name)),
    }
}

fn number(text: &str, least: usize, most: usize) -> Option<(i16, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(count)?;
    Some((digits.parse().ok().filter(|_| count >= least)?, rest))
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
        assert_eq!(fold("Lễ hội 😀 Áo dài №1 ½"), "le-hoi-ao-dai-no1-1-2");
        assert_eq!(fold("a\u{302}\u{301}b x\u{20dd}y"), "ab-xy");
    }

    #[test]
    fn other_scripts_are_written_in_latin_letters() {
        for (name, slug) in [
            ("Привет, Вьетнам", "privet-vetnam"),
            ("北京 2008", "bei-jing-2008"),
            ("Αθήνα", "athena"),
            ("ភ្នំពេញ", "bhnmbeny"),
            ("กรุงเทพ", "krungethph"),
            ("がっこう", "gatukou"),
            ("한국", "hangug"),
            ("हिन्दी", "hindii"),
        ] {
            assert_eq!(of(name), slug, "{name}");
            assert_eq!(of(&name.nfd().collect::<String>()), slug, "{name}, decomposed");
        }
        for name in ["العربية", "עברית", "ქართული", "မြန်မာ"]
        {
            let slug = of(name);
            assert!(slug.len() > 3 && slug == fold(&slug), "{name}: {slug}");
        }
    }

    #[test]
    fn every_name_has_a_slug_that_stays() {
        assert_eq!(of("🌾🌾"), "ear-of-rice-ear-of-rice");
        for name in ["…", "\u{10ffff}", "", "---", "\u{e000}"] {
            let slug = of(name);
            assert!(slug.len() == 8 && slug == of(name) && slug == fold(&slug), "{name:?}: {slug}");
        }
        assert_ne!(of("…"), of("!"));
        let long = of(&"mùa nước nổi ".repeat(40));
        assert!(long.len() <= LONGEST && long.ends_with("-noi-mua") && is_cut(&"một ".repeat(90)));
        assert_eq!(of(&"x".repeat(999)).len(), LONGEST);
        assert!(!is_cut("mùa nước nổi"));
    }

    #[test]
    fn a_date_before_a_name_is_parted_from_it() {
        let date = |y, m, d| Some(Date::new(y, m, d).unwrap());
        for (name, parted) in [
            ("2023-11-28-a-b", (date(2023, 11, 28), "a-b")),
            ("2023-11-28", (date(2023, 11, 28), "2023-11-28")),
            ("2023-1-8-a", (date(2023, 1, 8), "a")),
            ("2023-01-8_a", (date(2023, 1, 8), "a")),
            ("2023-1-8", (date(2023, 1, 8), "2023-1-8")),
            ("2019-20-mua-giai", (None, "2019-20-mua-giai")),
            ("2023-2-30-a", (None, "2023-2-30-a")),
            ("2023-11-281-a", (None, "2023-11-281-a")),
            ("khởi-nghĩa", (None, "khởi-nghĩa")),
            ("202-1-1-a", (None, "202-1-1-a")),
        ] {
            assert_eq!(split_date(name), parted, "{name}");
        }
    }
}
