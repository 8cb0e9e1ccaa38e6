//! The order of an edition: newest first, those of one moment by path.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::edition::article::Article;
use crate::edition::content;
use crate::edition::read::Edition;

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
        // Each is there, and is taken once.
        let article = article.and_then(|mut it| it.take()).unwrap_or_else(Article::empty);
        Article { place: *place, ..article }
    });
    let taken = taken.collect();
    aside(all);
    taken
}

/// Gives memory back on another core: of an archive it takes some hundredths of a second, for which nobody needs to wait.
pub(crate) fn aside<T: Send + 'static>(what: T) {
    rayon::spawn(move || drop(what));
}

impl Edition {
    /// The numbers of the articles in the order of their files.
    pub(crate) fn by_file(&self) -> Vec<usize> {
        let last = self.articles.iter().map(|it| it.place).max().unwrap_or(0);
        let mut numbers = vec![None; last + 1];
        for (number, article) in self.articles.iter().enumerate() {
            if let Some(place) = numbers.get_mut(article.place) {
                *place = Some(number);
            }
        }
        let numbers: Vec<usize> = numbers.into_iter().flatten().collect();
        // Whoever puts articles together by hand may give two one place.
        if numbers.len() == self.articles.len() {
            numbers
        } else {
            (0..self.articles.len()).collect()
        }
    }

    /// Puts the articles in their order.
    pub(crate) fn sort(&mut self) {
        let articles =
            std::mem::take(&mut self.articles).into_iter().map(|it| Mutex::new(Some(it))).collect();
        self.articles = in_order(articles);
    }
}
