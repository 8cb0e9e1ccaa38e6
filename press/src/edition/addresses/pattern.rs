//! Patterns of old addresses, `/:year/:month/:day/:title/`, in the words of Hugo and Jekyll.
//!
//! The two do not mean the same by `:title` and `:slug`: Hugo takes the headline, Jekyll the name of the file. An
//! edition need not say which of the two it comes from, so a pattern gives all addresses that it may have given.

use jiff::civil::Date;
use jiff::{ZonedDateTime, fmt::strtime};
use unicode_normalization::UnicodeNormalization;

use crate::edition::addresses::{key, slug};

/// How many addresses a pattern may give one article: each becomes a redirect.
const MOST: usize = 8;
/// Jekyll's names for whole patterns.
const STYLES: [(&str, &str); 5] = [
    ("date", "/:categories/:year/:month/:day/:title.html"),
    ("pretty", "/:categories/:year/:month/:day/:title/"),
    ("ordinal", "/:categories/:year/:y_day/:title.html"),
    ("weekdate", "/:categories/:w_year/W:week/:short_day/:title.html"),
    ("none", "/:categories/:title.html"),
];
/// What is printed of a date, by the word for it.
const DATES: [(&str, &str); 19] = [
    ("year", "%Y"),
    ("short_year", "%y"),
    ("month", "%m"),
    ("i_month", "%-m"),
    ("short_month", "%b"),
    ("long_month", "%B"),
    ("monthname", "%B"),
    ("day", "%d"),
    ("i_day", "%-d"),
    ("short_day", "%a"),
    ("long_day", "%A"),
    ("weekday", "%w"),
    ("weekdayname", "%A"),
    ("yearday", "%-j"),
    ("y_day", "%j"),
    ("week", "%V"),
    ("w_year", "%G"),
    ("w_day", "%u"),
    ("hour", "%H"),
];
const CLOCK: [(&str, &str); 2] = [("minute", "%M"), ("second", "%S")];

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// A format of `strftime`. Hugo's names of days and months are in small letters.
    Time(&'static str, bool),
    Word(Word),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Title,
    Slug,
    SlugOrFile,
    File,
    Section,
    Sections,
    Categories,
}

/// What a pattern needs to know of an article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    /// When the article was published.
    pub(crate) date: Option<&'a ZonedDateTime>,
    /// The name of its file or bundle.
    pub(crate) name: &'a str,
    pub(crate) title: &'a str,
    /// The slug that its front matter asks for.
    pub(crate) slug: Option<&'a str>,
    /// The folder of its section, as it is written.
    pub(crate) section: &'a str,
    /// The folders between its section and itself.
    pub(crate) folders: &'a [&'a str],
    pub(crate) categories: &'a [String],
}

/// Whether a text is a pattern and not an address.
pub(crate) fn is_one(text: &str) -> bool {
    let colon =
        |at: usize| text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    STYLES.iter().any(|(name, _)| *name == text) || text.match_indices(':').any(|(at, _)| colon(at))
}

impl Pattern {
    /// Reads a pattern; the error is the word that is not known.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let style = STYLES.iter().find(|(name, _)| *name == text);
        let mut rest = style.map_or(text, |(_, pattern)| pattern);
        let mut pieces = Vec::new();
        while let Some((before, after)) = rest.split_once(':') {
            let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let end = after.find(|c| !word(c)).unwrap_or(after.len());
            let (name, mut after) = after.split_at(end);
            pieces.push(Piece::Text(before.to_owned()));
            match name {
                "output_ext" => pieces.push(Piece::Text(".html".to_owned())),
                name => pieces.push(piece(name).ok_or_else(|| format!(":{name}"))?),
            }
            // Hugo's `:sections[1:]` takes a part of them.
            if after.starts_with('[') {
                if !after.starts_with("[:]") {
                    return Err(format!(":{name}["));
                }
                after = after.trim_start_matches("[:]");
            }
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self { pieces })
    }

    /// The addresses that an article may have had, the most probable one first.
    pub(crate) fn addresses(&self, facts: &Facts<'_>) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let mut keys: Vec<String> = Vec::new();
        for date in facts.dates() {
            let mut partial = vec![String::new()];
            for piece in &self.pieces {
                let choices = match piece {
                    Piece::Text(text) => vec![text.clone()],
                    Piece::Time(format, small) => {
                        let Some(text) =
                            date.as_ref().and_then(|it| strtime::format(format, it).ok())
                        else {
                            return Vec::new();
                        };
                        vec![if *small { text.to_lowercase() } else { text }]
                    }
                    Piece::Word(word) => facts.choices(*word),
                };
                let longer = choices
                    .iter()
                    .flat_map(|end| partial.iter().map(move |it| format!("{it}{end}")));
                partial = longer.take(MOST).collect();
            }
            for address in partial {
                let key = key::of(&address);
                if !keys.contains(&key) && all.len() < MOST {
                    keys.push(key);
                    all.push(address);
                }
            }
        }
        all
    }
}

fn piece(name: &str) -> Option<Piece> {
    if let Some((_, format)) = DATES.iter().chain(&CLOCK).find(|(word, _)| *word == name) {
        return Some(Piece::Time(format, matches!(name, "monthname" | "weekdayname")));
    }
    Some(Piece::Word(match name {
        "title" => Word::Title,
        "slug" => Word::Slug,
        "slugorfilename" | "slugorcontentbasename" => Word::SlugOrFile,
        "filename" | "contentbasename" | "name" | "basename" => Word::File,
        "section" | "collection" => Word::Section,
        "sections" | "path" => Word::Sections,
        "categories" => Word::Categories,
        _ => return None,
    }))
}

impl Facts<'_> {
    /// When it was published, and, where that is another day, the day in the name of its file.
    fn dates(&self) -> Vec<Option<ZonedDateTime>> {
        let mut dates = vec![self.date.cloned()];
        let named = slug::split_date(self.name).0;
        if let (Some(date), Some(named)) = (self.date, named.filter(|it| Some(*it) != self.day())) {
            dates.push(date.with().date(named).build().ok());
        }
        dates
    }

    fn day(&self) -> Option<Date> {
        self.date.map(ZonedDateTime::date)
    }

    fn choices(&self, word: Word) -> Vec<String> {
        let (dated, bare) = slug::split_date(self.name);
        let slug = self.slug.map(spellings).unwrap_or_default();
        let title = || spellings(self.title);
        let file = || spellings(bare);
        let folders = self.folders.iter().filter(|it| !it.starts_with('_'));
        let all = match word {
            Word::Title if !slug.is_empty() => [slug, title()].concat(),
            Word::Slug | Word::SlugOrFile if !slug.is_empty() => slug,
            Word::Title | Word::Slug if dated.is_none() => [title(), file()].concat(),
            Word::Title | Word::Slug => [file(), title()].concat(),
            Word::SlugOrFile | Word::File => [spellings(self.name), file()].concat(),
            Word::Section => spellings(self.section),
            Word::Sections => {
                let parts: Vec<String> =
                    std::iter::once(&self.section).chain(folders).map(|it| urlize(it)).collect();
                vec![parts.join("/")]
            }
            Word::Categories => {
                let join = |spell: fn(&str) -> String| {
                    self.categories.iter().map(|it| spell(it)).collect::<Vec<_>>().join("/")
                };
                let (own, folded) = (join(urlize), join(slug::fold));
                let below = |own: &str| format!("{}/{own}", urlize(self.section));
                vec![own.clone(), below(&own), folded.clone(), below(&folded)]
            }
        };
        let mut unique: Vec<String> = Vec::new();
        for text in all {
            if !unique.contains(&text) {
                unique.push(text);
            }
        }
        unique
    }
}

/// A name in an address, with its accents and without.
fn spellings(name: &str) -> Vec<String> {
    let (kept, folded) = (urlize(name), slug::of(name));
    if kept == folded || kept.is_empty() { vec![folded] } else { vec![kept, folded] }
}

/// A name as generators put it into addresses: small letters, hyphens for spaces, accents kept.
fn urlize(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.trim().nfc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric()
            || "_.".contains(c)
            || unicode_normalization::char::is_combining_mark(c)
        {
            out.push(c);
        } else if (c.is_whitespace() || c == '-') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(pattern: &str, change: impl FnOnce(&mut Facts<'_>)) -> Vec<String> {
        let date: ZonedDateTime = "2019-03-04T23:30:05+07:00[Asia/Ho_Chi_Minh]".parse().unwrap();
        let mut facts = Facts {
            date: Some(&date),
            name: "2019-03-04-lua-non",
            title: "Lúa non",
            slug: None,
            section: "Đồng ruộng",
            folders: &["_posts", "2019"],
            categories: &[],
        };
        change(&mut facts);
        Pattern::parse(pattern).unwrap().addresses(&facts)
    }

    #[test]
    fn the_words_of_hugo_and_jekyll_are_known() {
        for (pattern, first) in [
            ("/:year/:month/:day/:slug/", "/2019/03/04/lua-non/"),
            ("/:section/:filename/", "/đồng-ruộng/2019-03-04-lua-non/"),
            ("/:sections[:]/:slugorfilename/", "/đồng-ruộng/2019/2019-03-04-lua-non/"),
            ("/:monthname/:weekday/:weekdayname/:yearday/", "/march/1/monday/63/"),
            ("/:short_year/:i_month/:i_day/:title:output_ext", "/19/3/4/lua-non.html"),
            ("/:y_day-:short_month-:long_month-:hour:minute:second", "/063-Mar-March-233005"),
            ("ordinal", "//2019/063/lua-non.html"),
            ("weekdate", "//2019/W10/Mon/lua-non.html"),
            ("date", "//2019/03/04/lua-non.html"),
            ("none", "//lua-non.html"),
        ] {
            assert_eq!(addresses(pattern, |_| {})[0], first, "{pattern}");
        }
        for (pattern, word) in
            [("/:yeer/", ":yeer"), ("/a::b/", ":"), (":sections[1:]", ":sections[")]
        {
            assert_eq!(Pattern::parse(pattern).unwrap_err(), word);
        }
        assert!(is_one("pretty") && is_one("/:year/x") && !is_one("/a:1/b") && !is_one("/pretty/"));
    }

    #[test]
    fn what_a_word_may_have_meant_is_given_too() {
        assert_eq!(addresses("/:title/", |_| {}), ["/lua-non/", "/lúa-non/"]);
        assert_eq!(addresses("/:slug/", |facts| facts.slug = Some("Gặt")), ["/gặt/", "/gat/"]);
        assert_eq!(
            addresses("/:title/", |facts| facts.name = "x"),
            ["/lúa-non/", "/lua-non/", "/x/"]
        );
        let categories = vec!["Mùa Vụ".to_owned(), "b".to_owned()].leak();
        let given = addresses("/:categories/:year/", |facts| facts.categories = categories);
        assert_eq!(given[0], "/mùa-vụ/b/2019/");
        assert!(given.contains(&"/đồng-ruộng/mua-vu/b/2019/".to_owned()), "{given:?}");
        let days = addresses("/:day/", |facts| facts.name = "2019-3-1-x");
        assert_eq!(days, ["/04/", "/01/"]);
        assert!(addresses("/:year/", |facts| facts.date = None).is_empty());
    }

    #[test]
    fn no_article_has_more_old_addresses_than_can_be_printed() {
        let all = addresses("/:title/:slug/:categories/:title/", |facts| facts.title = "Gì đó");
        assert_eq!(all.len(), MOST);
    }
}
