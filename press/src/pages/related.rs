//! Related news: an article's neighbours in its section, those that share tags first, then the
//! nearest in time, before and after.

use std::cmp::Reverse;

use crate::edition::Article;

/// How many related articles a page lists, where there are as many.
const COUNT: usize = 14;
/// How far, in articles of the section, shared tags are looked for. A window, so that a new article
/// changes the pages around it and not those of the whole archive.
const WINDOW: usize = 100;

/// The related articles of `article`, most related first. `section` holds the articles of its
/// section, newest first.
pub(super) fn of<'a>(article: &Article, section: &[&'a Article]) -> Vec<&'a Article> {
    let Some(place) = section.iter().position(|it| it.slug == article.slug) else {
        return Vec::new();
    };
    let window = place.saturating_sub(WINDOW)..(place + WINDOW + 1).min(section.len());
    let seconds = |it: &Article| it.published.timestamp().as_second();
    let mut neighbours: Vec<_> = window
        .filter(|at| *at != place)
        .filter_map(|at| section.get(at))
        .map(|it| {
            let shared = it.tags.iter().filter(|tag| article.tags.contains(tag)).count();
            (Reverse(shared), seconds(it).abs_diff(seconds(article)), *it)
        })
        .collect();
    neighbours.sort_by_key(|(shared, distance, _)| (*shared, *distance));
    neighbours.into_iter().take(COUNT).map(|(_, _, it)| it).collect()
}
