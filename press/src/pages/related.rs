//! Related news: an article's neighbours in its section, those in its language and those that share tags first, then
//! the nearest in time, before and after. A neighbour in several languages is listed in one.

use std::cmp::Reverse;
use std::collections::HashMap;

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
    /// The hash of what other pages say of it.
    pub(super) listed: Hash,
    /// When it was published, in seconds.
    second: i64,
    language: usize,
    tags: Vec<usize>,
    /// Whether it is in one language alone.
    is_alone: bool,
}

/// The articles of a section in all languages, newest first.
pub(super) fn neighbours<'a>(articles: Vec<(&'a Article, Hash)>) -> Vec<Neighbour<'a>> {
    let (mut languages, mut tags) = (Numbers::default(), Numbers::default());
    let neighbour = |(article, listed): (&'a Article, Hash)| Neighbour {
        article,
        listed,
        second: article.published.timestamp().as_second(),
        language: languages.of(&article.language),
        tags: article.tags.iter().map(|tag| tags.of(tag)).collect(),
        is_alone: article.translations.is_empty(),
    };
    articles.into_iter().map(neighbour).collect()
}

/// The related articles of `article`, most related first. `section` holds those of its section; `language` is the
/// section's.
pub(super) fn of<'n, 'a>(
    article: &Article,
    section: &'n [Neighbour<'a>],
    language: &str,
) -> Vec<&'n Neighbour<'a>> {
    // In the order of the edition.
    let order = |it: &Neighbour<'_>| {
        let it = it.article;
        article.published.cmp(&it.published).then_with(|| it.file.cmp(&article.file))
    };
    let Ok(place) = section.binary_search_by(order) else {
        return Vec::new();
    };
    let Some(own) = section.get(place) else {
        return Vec::new();
    };
    let window = place.saturating_sub(WINDOW)..(place + WINDOW + 1).min(section.len());
    let others = window.filter(|at| *at != place).filter_map(|at| section.get(at));
    let mut others: Vec<&Neighbour<'_>> = others.collect();
    if !own.is_alone {
        others.retain(|it| !are_translations(article, it.article));
    }
    if !others.iter().all(|it| it.is_alone) {
        others = one_of_each(&others, |it| it.article, &article.language, language);
    }
    let foreign = |it: &Neighbour<'_>| {
        it.language != own.language && !same_language(&it.article.language, &article.language)
    };
    let mut ranked: Vec<_> = others
        .into_iter()
        .enumerate()
        .map(|(place, it)| {
            let shared = it.tags.iter().filter(|tag| own.tags.contains(tag)).count();
            ((foreign(it), Reverse(shared), it.second.abs_diff(own.second), place), it)
        })
        .collect();
    if ranked.len() > COUNT {
        ranked.select_nth_unstable_by_key(COUNT, |(rank, _)| *rank);
        ranked.truncate(COUNT);
    }
    ranked.sort_unstable_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, it)| it).collect()
}

/// Numbers in the place of texts.
#[derive(Debug, Default)]
struct Numbers<'a>(HashMap<&'a str, usize>);

impl<'a> Numbers<'a> {
    fn of(&mut self, text: &'a str) -> usize {
        let next = self.0.len();
        *self.0.entry(text).or_insert(next)
    }
}
