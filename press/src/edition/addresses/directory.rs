//! The directory: which page an address or a name means, old or new. Every question is answered from an index.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::edition::addresses::{key, slug};

/// Pages and files of the site that are no article's and no list's, by their keys.
const OTHERS: [&str; 11] = [
    "corrections.json",
    "edition.json",
    "embed",
    "embed.js",
    "index.json",
    "manifest.webmanifest",
    "offline",
    "robots.txt",
    "saved",
    "site.json",
    "sw.js",
];

/// Of more articles with one name none is guessed without its date.
const NAMESAKES: usize = 200;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// To an article, by its number.
    Article(usize),
    /// To another page or file of the site, by its path from the site's root without the slash at its begin.
    Page(String),
}

/// What is known of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) file: Arc<Path>,
    pub(crate) section: String,
    pub(crate) slug: String,
    /// The days on which it may have been published, seen from several time zones.
    pub(crate) dates: Vec<Date>,
    /// What an old address may name besides: section, folders, categories, tags; folded.
    pub(crate) words: Vec<String>,
}

/// All pages of a site.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Directory {
    pub(crate) articles: Vec<Known>,
    /// Articles by their files, as they are written and by their keys.
    files: FxHashMap<String, usize>,
    /// Pages by the keys of their addresses.
    places: FxHashMap<String, Goal>,
    /// Articles by their names and slugs, folded.
    names: FxHashMap<String, Vec<usize>>,
    /// The same for a day.
    days: FxHashMap<(String, Date), Vec<usize>>,
    /// The slugs of sections, by the keys of their folders.
    folders: FxHashMap<String, String>,
    /// How many numbered pages a list has at most, by its key.
    numbered: FxHashMap<String, usize>,
}

impl Directory {
    /// Adds a list: the front, whose path is empty, or a section.
    pub(crate) fn add_list(&mut self, path: &str, pages: usize) {
        let key = key::of(path);
        let page = if key.is_empty() { String::new() } else { format!("{key}/") };
        self.numbered.insert(key.clone(), pages);
        self.places.insert(key, Goal::Page(page));
    }

    /// Adds the folder of a section.
    pub(crate) fn add_folder(&mut self, folder: &str, section: &str) {
        self.folders.insert(key::of(folder), section.to_owned());
    }

    /// Adds all articles, whose numbers are their places; `names` are those, folded, that may stand for each. `on_two` says
    /// whether two cores may do it.
    pub(crate) fn add_articles(
        &mut self,
        articles: Vec<Known>,
        names: Vec<Vec<String>>,
        on_two: bool,
    ) {
        let Self { files, places, names: named, days, .. } = self;
        let mut by_place = || {
            files.reserve(articles.len());
            places.reserve(articles.len());
            for (number, known) in articles.iter().enumerate() {
                if let Some(file) = known.file.to_str() {
                    files.insert(composed(file), number);
                }
                let page = format!("{}/{}", known.section, known.slug);
                places.insert(page, Goal::Article(number));
            }
        };
        let mut by_name = || {
            named.reserve(articles.len());
            days.reserve(articles.len());
            for (number, (known, names)) in articles.iter().zip(&names).enumerate() {
                for name in names {
                    for date in &known.dates {
                        add(days.entry((name.clone(), *date)).or_default(), number);
                    }
                    add(named.entry(name.clone()).or_default(), number);
                }
            }
        };
        if on_two {
            rayon::join(by_place, by_name);
        } else {
            by_place();
            by_name();
        }
        self.articles = articles;
    }

    /// Adds another name of an article's file: without its language, it is the first article that has the name.
    pub(crate) fn add_file(&mut self, file: &Path, article: usize) {
        let own = self.articles.get(article).is_some_and(|known| *known.file == *file);
        if let Some(file) = file.to_str().filter(|_| !own) {
            self.files.entry(composed(file)).or_insert(article);
        }
    }

    /// Adds an address that leads to an article.
    pub(crate) fn add_redirect(&mut self, path: &str, article: usize) {
        self.places.entry(key::of(path)).or_insert(Goal::Article(article));
    }

    /// Lets files be found whose names are written with other capitals. To be called when all articles are there.
    pub(crate) fn finish(&mut self) {
        for (number, known) in self.articles.iter().enumerate() {
            // One that is its own key is there.
            if let Some(file) = known.file.to_str().filter(|file| !key::is_own(file)) {
                self.files.entry(key::of(file)).or_insert(number);
            }
        }
    }

    /// The article in a file, by its path from the edition's root.
    pub(crate) fn file(&self, path: &Path) -> Option<usize> {
        let path: String = normal(path)?.to_str()?.nfc().collect();
        self.files.get(&path).or_else(|| self.files.get(&key::of(&path))).copied()
    }

    /// The page at an address from the site's root, as a host would find it.
    pub(crate) fn page(&self, path: &str) -> Option<Goal> {
        let path = decoded(path)?;
        let key = key::of(&path);
        if let Some(goal) = self.at(&key) {
            return Some(goal);
        }
        let (folder, name) = key::split(&key);
        match name {
            "index.html" | "index.htm" => return self.at(folder),
            "index.json" => {
                let page = self.at(folder)?;
                return Some(Goal::Page(format!("{}index.json", self.path(&page))));
            }
            _ => {}
        }
        // Hosts leave `.html` out, and generators have it in or out.
        let bare = key.strip_suffix(".html").or_else(|| key.strip_suffix(".htm"));
        match bare {
            Some(bare) => self.at(bare),
            None => self.at(&format!("{key}.html")),
        }
    }

    fn at(&self, key: &str) -> Option<Goal> {
        if let Some(goal) = self.places.get(key) {
            return Some(goal.clone());
        }
        if OTHERS.contains(&key) {
            let slash = if key.contains('.') { "" } else { "/" };
            return Some(Goal::Page(format!("{key}{slash}")));
        }
        let (pages, number) = key::split(key);
        let (list, word) = key::split(pages);
        let number: usize = number.parse().ok().filter(|_| word == "page")?;
        let numbered = *self.numbered.get(list)?;
        (1..=numbered).contains(&number).then(|| Goal::Page(format!("{key}/")))
    }

    /// The path of a page from the site's root without the slash at its begin.
    pub(crate) fn path(&self, goal: &Goal) -> String {
        match goal {
            Goal::Page(path) => path.clone(),
            Goal::Article(number) => match self.articles.get(*number) {
                Some(known) => format!("{}/{}/", known.section, known.slug),
                None => String::new(),
            },
        }
    }

    /// The article that an address means which another generator gave it without being asked:
    /// `/2016/03/01/name/`, `/section/2016/03/01/name.html`, `/section/folder/name/`, `/name.html`. Every part before
    /// the name must fit the article: its date, section, folder, category or tag.
    pub(crate) fn guess(&self, path: &str) -> Option<Goal> {
        let path = decoded(path)?.to_lowercase();
        let path = path.trim_end_matches('/');
        let path = path.strip_suffix("/index.html").unwrap_or(path);
        let path = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).unwrap_or(path);
        let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let name = parts.pop().filter(|name| !name.is_empty())?;
        let parts: Vec<String> = parts.iter().map(|part| slug::of(part)).collect();
        let name = slug::of(name);
        let candidates = match day(&parts) {
            Some(day) => self.days.get(&(name, day))?,
            None => self.names.get(&name).filter(|all| all.len() <= NAMESAKES)?,
        };
        let fits =
            |number: &&usize| self.articles.get(**number).is_some_and(|known| known.fits(&parts));
        let mut fitting = candidates.iter().filter(fits);
        let first = fitting.next()?;
        // Of two that fit it could be either.
        fitting.next().is_none().then_some(Goal::Article(*first))
    }

    /// The page that the name in a reference means, written in a file of the folder `dir` in the section `section`:
    /// the path of a file or of a page, with or without its ending, from that folder, from `content/`, or inside the
    /// section; or the name of a file alone.
    pub(crate) fn reference(&self, name: &str, dir: &Path, section: &str) -> Option<Goal> {
        let name = decoded(name)?;
        let name = name.trim_matches('/');
        if name.is_empty() {
            return None;
        }
        let content = Path::new("content");
        let folders = [dir.to_owned(), content.to_owned(), content.join(section)];
        let posts = content.join(section).join("_posts");
        for folder in folders.iter().chain([&posts]) {
            for ending in ["", ".md", ".markdown", "/index.md"] {
                if let Some(number) = self.file(&folder.join(format!("{name}{ending}"))) {
                    return Some(Goal::Article(number));
                }
            }
        }
        let list = name.trim_end_matches(".md").trim_end_matches("_index").trim_end_matches('/');
        if let Some(section) = self.folders.get(&key::of(list)) {
            return self.page(section);
        }
        let last = name.rsplit('/').next().unwrap_or(name);
        let last =
            last.strip_suffix(".md").or_else(|| last.strip_suffix(".markdown")).unwrap_or(last);
        let all = self.names.get(&slug::of(last));
        let inside = |number: &&usize| {
            let known = self.articles.get(**number);
            known.is_some_and(|it| it.file.starts_with(content.join(section)))
        };
        let named = all.and_then(|all| all.iter().find(inside).or_else(|| all.first()));
        named.map(|number| Goal::Article(*number)).or_else(|| self.page(name))
    }
}

impl Known {
    /// Whether the parts of an address before its name are all the article's.
    fn fits(&self, parts: &[String]) -> bool {
        let day = self.dates.iter().any(|date| fits_on(*date, parts, &self.words));
        day || (self.dates.is_empty() && parts.iter().all(|part| self.words.contains(part)))
    }
}

/// Whether every part is a word of the article, or stands for this day in the order year, month, day.
fn fits_on(date: Date, parts: &[String], words: &[String]) -> bool {
    let number = |part: &str, most: usize| {
        part.parse::<i16>()
            .ok()
            .filter(|_| part.len() <= most && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let month = |part: &str| {
        let name = jiff::fmt::strtime::format("%B", date).unwrap_or_default().to_lowercase();
        number(part, 2) == Some(date.month().into()) || part == name || Some(part) == name.get(..3)
    };
    let mut next = 0;
    for part in parts {
        let fits = match next {
            0 => part.len() == 4 && number(part, 4) == Some(date.year()),
            1 => month(part) || (part.len() == 3 && number(part, 3) == Some(date.day_of_year())),
            2 => number(part, 2) == Some(date.day().into()),
            _ => false,
        };
        if fits {
            next += 1;
        } else if !words.contains(part) {
            return false;
        }
    }
    true
}

/// The day in the parts of an address: three numbers in a row.
fn day(parts: &[String]) -> Option<Date> {
    parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        let year = year.parse().ok().filter(|_| year.len() == 4)?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    })
}

/// A text in the form in which its accents are assembled.
fn composed(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

fn add(numbers: &mut Vec<usize>, number: usize) {
    if numbers.last() != Some(&number) {
        numbers.push(number);
    }
}

/// The text of an address that is percent-encoded.
fn decoded(path: &str) -> Option<String> {
    let text = percent_decode_str(path).decode_utf8().ok()?;
    Some(text.nfc().collect())
}

/// A path without `.` and `..`, unless it leaves its root.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => out.push(part),
            Component::ParentDir => {
                if !out.pop() {
                    return None;
                }
            }
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(out)
}
