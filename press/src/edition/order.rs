//! The order of an edition: newest first, those of one moment by path.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::background;
use crate::edition::article::Article;
use crate::edition::content;
use crate::edition::told::{Named, Told};

/// Articles in the order of an edition. Each is moved once: articles are large.
pub(crate) fn in_order(mut all: Vec<Mutex<Option<Article>>>) -> Vec<Article> {
    let articles = all.par_iter_mut().enumerate().filter_map(|(place, it)| {
        Some((place, it.get_mut().unwrap_or_else(PoisonError::into_inner).as_ref()?))
    });
    let mut order: Vec<(Reverse<Timestamp>, &Path, usize)> =
        articles.map(|(place, it)| (Reverse(it.published.timestamp()), &*it.file, place)).collect();
    order.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| content::compare(a.1, b.1)));
    let order: Vec<usize> = order.into_iter().map(|(_, _, place)| place).collect();
    let taken = order.par_iter().map(|place| {
        let article = all.get(*place).map(|it| it.lock().unwrap_or_else(PoisonError::into_inner));
        let article = article.and_then(|mut it| it.take());
        // Each is there, and is taken once. What may not be there could not be put at once where it stays.
        Article { place: *place, ..article.unwrap_or_else(nothing) }
    });
    let taken = taken.collect();
    background::free(all);
    taken
}

/// An article that stands for none.
fn nothing() -> Article {
    let named = Named { file: Path::new(""), section: "", slug: "", language: "" };
    let published = Timestamp::UNIX_EPOCH.to_zoned_datetime(TimeZone::UTC);
    Article::new(named, published, Told::default().into())
}

/// Articles, each with its number, in the order of their files.
pub(crate) fn by_file(articles: &[Article]) -> Vec<(usize, &Article)> {
    let last = articles.iter().map(|it| it.place).max().unwrap_or(0);
    let mut places = vec![None; last + 1];
    let numbered = || articles.iter().enumerate();
    for (number, article) in numbered() {
        if let Some(place) = places.get_mut(article.place) {
            *place = Some((number, article));
        }
    }
    let in_places: Vec<_> = places.into_iter().flatten().collect();
    // Whoever puts articles together by hand may give two one place.
    if in_places.len() == articles.len() { in_places } else { numbered().collect() }
}

/// Articles in their order again.
pub(crate) fn sorted(articles: Vec<Article>) -> Vec<Article> {
    in_order(articles.into_iter().map(|it| Mutex::new(Some(it))).collect())
}
