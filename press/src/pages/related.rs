//! Related news: an article's neighbours in its section, those in its language and those that share tags first, then
//! the nearest in time, before and after. A neighbour in several languages is listed in one.

use std::cmp::Reverse;

use super::versions::{are_translations, one_of_each};
use crate::edition::{Article, same_language};

/// How many related articles a page lists, where there are as many.
const COUNT: usize = 14;
/// How far, in articles of the section, shared tags are looked for. A window, so that a new article
/// changes the pages around it and not those of the whole archive.
const WINDOW: usize = 100;

/// The related articles of `article`, most related first. `section` holds the articles of its
/// section in all languages, newest first; `language` is the section's.
pub(super) fn of<'a>(
    article: &Article,
    section: &[&'a Article],
    language: &str,
) -> Vec<&'a Article> {
    // In the order of the edition.
    let order = |it: &&Article| {
        article.published.cmp(&it.published).then_with(|| it.file.cmp(&article.file))
    };
    let Ok(place) = section.binary_search_by(order) else {
        return Vec::new();
    };
    let window = place.saturating_sub(WINDOW)..(place + WINDOW + 1).min(section.len());
    let seconds = |it: &Article| it.published.timestamp().as_second();
    let others: Vec<&Article> = window
        .filter(|at| *at != place)
        .filter_map(|at| section.get(at).copied())
        .filter(|it| !are_translations(article, it))
        .collect();
    let mut neighbours: Vec<_> = one_of_each(&others, &article.language, language)
        .into_iter()
        .map(|it| {
            let foreign = !same_language(&it.language, &article.language);
            let shared = it.tags.iter().filter(|tag| article.tags.contains(tag)).count();
            (foreign, Reverse(shared), seconds(it).abs_diff(seconds(article)), it)
        })
        .collect();
    neighbours.sort_by_key(|(foreign, shared, distance, _)| (*foreign, *shared, *distance));
    neighbours.into_iter().take(COUNT).map(|(.., it)| it).collect()
}
