//! Related news: an article's neighbours in its section, those in its language and those that share tags first, then
//! the nearest in time, before and after. A neighbour in several languages is listed in one.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::seal::Sealed;
use super::versions::{are_translations, one_of_each};
use crate::edition::{Article, same_language};
use crate::hash::Hash;

/// How many related articles a page lists, where there are as many.
const COUNT: usize = 14;
/// How far, in articles of the section, shared tags are looked for. A window, so that a new article
/// changes the pages around it and not those of the whole archive.
const WINDOW: usize = 100;

/// An article among those of its section, with what is compared of it in the form in which that is quick.
#[derive(Debug)]
pub(super) struct Neighbour<'a> {
    pub(super) article: &'a Article,
    /// The hash of all that its own page says of it.
    pub(super) own: Hash,
    /// The hash of what other pages say of it.
    pub(super) listed: Hash,
    /// When it was published, in seconds.
    second: i64,
    language: usize,
    /// The first tags of the section, a bit each.
    common: u64,
    /// The numbers of others.
    tags: Vec<usize>,
    /// Whether it is in one language alone.
    is_alone: bool,
}

/// The articles of a section in all languages, newest first.
pub(super) fn neighbours<'a>(articles: &[Sealed<'a>]) -> Vec<Neighbour<'a>> {
    let (mut languages, mut tags) = (Numbers::default(), Numbers::default());
    let neighbour = |sealed: &Sealed<'a>| {
        let article = sealed.article;
        let mut neighbour = Neighbour {
            article,
            own: sealed.own,
            listed: sealed.listed,
            second: article.published.timestamp().as_second(),
            language: languages.of(&article.language),
            common: 0,
            tags: Vec::new(),
            is_alone: article.translations.is_empty(),
        };
        for tag in &article.tags {
            match tags.of(tag) {
                number @ 0..64 => neighbour.common |= 1 << number,
                number => neighbour.tags.push(number),
            }
        }
        neighbour
    };
    articles.iter().map(neighbour).collect()
}

/// The related articles of `article`, most related first. `section` holds those of its section; `language` is the
/// section's.
pub(super) fn of<'n, 'a>(
    article: &Article,
    section: &'n [Neighbour<'a>],
    language: &str,
) -> Vec<&'n Neighbour<'a>> {
    let Some(place) = place(article, section) else {
        return Vec::new();
    };
    let Some(own) = section.get(place) else {
        return Vec::new();
    };
    let others =
        window(place, section.len()).filter(|at| *at != place).filter_map(|at| section.get(at));
    let mut others: Vec<&Neighbour<'_>> = others.collect();
    if !own.is_alone {
        others.retain(|it| !are_translations(article, it.article));
    }
    if !others.iter().all(|it| it.is_alone) {
        others = one_of_each(others, |it| it.article, &article.language, language);
    }
    let mut ranks: Vec<u128> =
        others.iter().enumerate().map(|(place, it)| own.rank(it, place)).collect();
    if ranks.len() > COUNT {
        ranks.select_nth_unstable(COUNT);
        ranks.truncate(COUNT);
    }
    ranks.sort_unstable();
    ranks.into_iter().filter_map(|rank| others.get(place_of(rank)).copied()).collect()
}

/// The place of an article among those of its section, which are in the order of the edition.
fn place(article: &Article, section: &[Neighbour<'_>]) -> Option<usize> {
    let second = article.published.timestamp().as_second();
    let order = |it: &Neighbour<'_>| {
        let files = || it.article.file.cmp(&article.file);
        let moments = || article.published.cmp(&it.article.published).then_with(files);
        second.cmp(&it.second).then_with(moments)
    };
    section.binary_search_by(order).ok()
}

/// The places of the articles that the related ones of an article are chosen from, its own included; `count` is how many
/// its section has.
pub(super) fn window(place: usize, count: usize) -> Range<usize> {
    place.saturating_sub(WINDOW)..(place + WINDOW + 1).min(count)
}

impl Neighbour<'_> {
    /// How an article ranks for this one, as a number that is smaller for what is more related: the language, the shared
    /// tags, the time between them, and its place among the others.
    fn rank(&self, it: &Self, place: usize) -> u128 {
        let foreign = it.language != self.language
            && !same_language(&it.article.language, &self.article.language);
        let others = it.tags.iter().filter(|tag| self.tags.contains(tag)).count();
        let shared = (it.common & self.common).count_ones() + others as u32;
        let time = it.second.abs_diff(self.second);
        let tags = u128::from(TAGS.saturating_sub(shared));
        u128::from(foreign) << 127 | tags << 96 | u128::from(time) << 32 | place as u128
    }
}

/// More tags than an article has.
const TAGS: u32 = (1 << 31) - 1;

/// The place in a rank.
fn place_of(rank: u128) -> usize {
    (rank & u128::from(u32::MAX)) as usize
}

/// Numbers in the place of texts.
#[derive(Debug, Default)]
struct Numbers<'a>(FxHashMap<&'a str, usize>);

impl<'a> Numbers<'a> {
    fn of(&mut self, text: &'a str) -> usize {
        let next = self.0.len();
        *self.0.entry(text).or_insert(next)
    }
}
