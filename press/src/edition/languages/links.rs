//! What a link to a translation says, in the language it leads to.

use crate::edition::languages::tags;

/// By tag; the longest that begins a language's tag is its own.
const LABELS: [(&str, &str); 43] = [
    ("ar", "اقرأ بالعربية"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("ca", "Llegir en català"),
    ("cs", "Čeština"),
    ("da", "Læs på dansk"),
    ("de", "Auf Deutsch lesen"),
    ("el", "Ελληνικά"),
    ("en", "Read in English"),
    ("es", "Leer en español"),
    ("et", "Eesti"),
    ("fa", "فارسی"),
    ("fi", "Suomeksi"),
    ("fr", "Lire en français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyarul"),
    ("id", "Bahasa Indonesia"),
    ("it", "Leggi in italiano"),
    ("ja", "日本語で読む"),
    ("km", "ភាសាខ្មែរ"),
    ("ko", "한국어"),
    ("lo", "ພາສາລາວ"),
    ("lt", "Lietuviškai"),
    ("lv", "Latviski"),
    ("ms", "Bahasa Melayu"),
    ("my", "မြန်မာဘာသာ"),
    ("nl", "Lees in het Nederlands"),
    ("no", "Les på norsk"),
    ("pl", "Czytaj po polsku"),
    ("pt", "Ler em português"),
    ("ro", "Română"),
    ("ru", "Читать на русском"),
    ("sv", "Läs på svenska"),
    ("th", "ภาษาไทย"),
    ("tr", "Türkçe"),
    ("uk", "Читати українською"),
    ("ur", "اردو"),
    ("vi", "Đọc bằng tiếng Việt"),
    ("zh", "中文"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

/// What a link to a text in `language` says, in that language; its title where that is not known here.
pub fn label<'a>(language: &str, title: &'a str) -> &'a str {
    let region = |tag: &str| match tag {
        "zh-CN" | "zh-SG" => "zh-Hans",
        "zh-TW" | "zh-HK" | "zh-MO" => "zh-Hant",
        _ => "",
    };
    let find = |tag: &str| LABELS.iter().find(|(it, _)| *it == tag).map(|(_, label)| *label);
    let script = language.get(..7).and_then(find);
    script
        .or_else(|| find(region(language)))
        .or_else(|| find(tags::primary(language)))
        .unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_speaks_the_language_it_leads_to() {
        assert_eq!(label("en-GB", "x"), "Read in English");
        assert_eq!(label("zh-Hant-HK", "x"), "繁體中文");
        assert_eq!(label("zh-TW", "x"), "繁體中文");
        assert_eq!(label("zh", "x"), "中文");
        assert_eq!(label("tlh", "Its title"), "Its title");
    }
}
