//! Language tags (BCP 47): their usual form, and which way a language is written.

/// Languages that are written from right to left unless a script or a region says otherwise.
const RIGHT_TO_LEFT: [&str; 30] = [
    "ar", "arc", "ary", "arz", "azb", "bal", "ckb", "dv", "fa", "glk", "haz", "he", "iw", "ji",
    "khw", "ks", "lrc", "mzn", "nqo", "pnb", "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug",
    "ur", "yi",
];
/// The same for languages that are so written in some countries.
const RIGHT_TO_LEFT_IN: [(&str, &[&str]); 5] = [
    ("az", &["IR"]),
    ("ku", &["IQ", "IR"]),
    ("pa", &["PK"]),
    ("tk", &["AF", "IR"]),
    ("uz", &["AF"]),
];
/// Scripts that run from right to left (ISO 15924).
const RIGHT_TO_LEFT_SCRIPTS: [&str; 11] =
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"];

/// A tag in its usual form, `zh-Hant-TW`; `None` if it is none. `_` counts as a hyphen.
pub(crate) fn normal(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut private = false;
    for (place, part) in text.trim().split(['-', '_']).enumerate() {
        let letters = part.bytes().all(|b| b.is_ascii_alphabetic());
        let plain = part.bytes().all(|b| b.is_ascii_alphanumeric());
        let fits = match place {
            0 => (2..=3).contains(&part.len()) && letters,
            _ => (1..=8).contains(&part.len()) && plain,
        };
        if !fits {
            return None;
        }
        let mut part = part.to_ascii_lowercase();
        if place > 0 {
            out.push('-');
            // Behind a single letter (BCP 47, "Extensions") nothing is a script or a region.
            match part.len() {
                4 if letters && !private => {
                    if let Some(first) = part.get_mut(..1) {
                        first.make_ascii_uppercase();
                    }
                }
                2 if letters && !private => part.make_ascii_uppercase(),
                1 => private = true,
                _ => {}
            }
        }
        out.push_str(&part);
    }
    Some(out)
}

/// The language alone: `en` of `en-GB`.
pub(crate) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

fn script(tag: &str) -> Option<&str> {
    tag.split('-').nth(1).filter(|part| part.len() == 4 && !part.starts_with(char::is_numeric))
}

/// Whether two tags name one language for a reader: `en` and `en-GB`, but not `zh-Hans` and `zh-Hant`.
pub fn same(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let scripts = script(a).zip(script(b));
    primary(a) == primary(b) && scripts.is_none_or(|(a, b)| a == b)
}

fn is_right_to_left(tag: &str) -> bool {
    if let Some(script) = script(tag) {
        return RIGHT_TO_LEFT_SCRIPTS.contains(&script);
    }
    let language = primary(tag);
    let region = || tag.split('-').nth(1).unwrap_or_default();
    let in_a_country = RIGHT_TO_LEFT_IN.iter().find(|(name, _)| *name == language);
    RIGHT_TO_LEFT.contains(&language) || in_a_country.is_some_and(|(_, it)| it.contains(&region()))
}

/// The direction in which a language (BCP 47) is written, as HTML's `dir` has it.
pub fn direction(tag: &str) -> &'static str {
    if is_right_to_left(tag) { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_one_form_however_it_is_written() {
        for (written, tag) in [
            ("VI", "vi"),
            ("en_gb", "en-GB"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("ckb", "ckb"),
            ("en-x-ab", "en-x-ab"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(normal(written).as_deref(), Some(tag));
        }
        for written in ["", "x", "english", "12", "v1", "en-", "en-abcdefghi", "en-ü"] {
            assert_eq!(normal(written), None, "{written}");
        }
    }

    #[test]
    fn the_script_decides_the_direction_before_the_language_does() {
        for tag in ["ar", "he", "fa-IR", "ckb", "ku-Arab", "az-Arab-IR", "pa-PK", "uz-AF", "dv"] {
            assert_eq!(direction(tag), "rtl", "{tag}");
        }
        for tag in ["vi", "ku", "az-Latn", "sd-Deva", "ar-Latn", "pa", "pa-IN", "en-x-arab"] {
            assert_eq!(direction(tag), "ltr", "{tag}");
        }
    }

    #[test]
    fn regions_are_one_language_and_scripts_are_not() {
        assert!(same("en", "en-GB") && same("en-US", "en-GB") && same("zh", "zh-Hant"));
        assert!(!same("zh-Hans", "zh-Hant") && !same("en", "vi"));
    }
}
