//! The order of an edition: newest first, those of one moment by path.

use std::cmp::{Ordering, Reverse};
use std::path::Path;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::edition::article::Article;
use crate::edition::content;
use crate::edition::draft::Draft;

/// Drafts, each with its place, in the order of the edition that they become. Articles are large, so they are made in
/// their order.
pub(crate) fn in_order(drafts: &[Draft]) -> Vec<(usize, &Draft)> {
    let moments = drafts.par_iter().enumerate().map(|(place, it)| (moment(it), place, it));
    let mut all: Vec<(Reverse<Timestamp>, usize, &Draft)> = moments.collect();
    all.par_sort_unstable_by(|a, b| compare((a.0, &a.2.file), (b.0, &b.2.file)));
    all.into_iter().map(|(_, place, draft)| (place, draft)).collect()
}

/// When the article of a draft is published. One that has no moment becomes no article.
fn moment(draft: &Draft) -> Reverse<Timestamp> {
    let published = match &draft.card {
        Some(card) => Some(card.published),
        None => draft.front_matter.date.as_ref().map(|date| date.at.timestamp()),
    };
    Reverse(published.unwrap_or(Timestamp::MIN))
}

fn compare(a: (Reverse<Timestamp>, &Path), b: (Reverse<Timestamp>, &Path)) -> Ordering {
    a.0.cmp(&b.0).then_with(|| content::compare(a.1, b.1))
}

/// Articles, each with its number, in the order of their files.
pub(crate) fn by_file(articles: &[Article]) -> Vec<(usize, &Article)> {
    // On all cores, because each article is looked at where it is.
    let of_articles: Vec<usize> = articles.par_iter().map(|it| it.place).collect();
    let mut places = vec![None; of_articles.iter().max().map_or(0, |last| last + 1)];
    for (place, numbered) in of_articles.into_iter().zip(articles.iter().enumerate()) {
        if let Some(at) = places.get_mut(place) {
            *at = Some(numbered);
        }
    }
    let in_places: Vec<_> = places.into_iter().flatten().collect();
    // Whoever puts articles together by hand may give two one place.
    if in_places.len() == articles.len() {
        in_places
    } else {
        articles.iter().enumerate().collect()
    }
}

/// Articles in their order again.
pub(crate) fn sorted(mut articles: Vec<Article>) -> Vec<Article> {
    let moment = |it: &Article| Reverse(it.published.timestamp());
    articles.sort_by(|a, b| compare((moment(a), &a.file), (moment(b), &b.file)));
    articles.iter_mut().enumerate().for_each(|(place, article)| article.place = place);
    articles
}
