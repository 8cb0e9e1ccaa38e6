//! Lists: the front and the sections, and the older pages behind them.
//!
//! Older pages are numbered from the oldest: page 1 holds the oldest articles, and a page has a
//! number as soon as it is full. The front shows the newest articles: the last full page and what
//! is not a page yet. A new article so changes the front and, when a page fills up, adds one
//! numbered page; every numbered page keeps its content for ever. Only where an article is withdrawn
//! do the pages from its own on move up by one article: that it is gone from all of them matters more.

use broadsheet::contract::{Feed, FeedExtension, PageKind};
use broadsheet::urls::Route;

use super::{Page, Pages, extension};
use crate::edition::Article;

/// What a list is made of.
pub(super) struct Listing<'a> {
    pub(super) kind: PageKind,
    pub(super) section: Option<&'a str>,
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    /// Newest first.
    pub(super) articles: &'a [&'a Article],
}

impl Pages<'_> {
    /// A list's newest page, and all its numbered pages.
    pub(super) fn list(&self, listing: &Listing<'_>) -> Vec<Page> {
        let full = listing.articles.len() / self.page_size;
        let route = |page: Option<usize>| match (listing.section, page) {
            (None, None) => Route::Front,
            (None, Some(page)) => Route::FrontPage(page as u32),
            (Some(section), None) => Route::Section(section),
            (Some(section), Some(page)) => Route::SectionPage(section, page as u32),
        };
        let url = |page: Option<usize>| self.urls.absolute(&self.urls.path(route(page)));
        let print = |page: Option<usize>, articles: &[&Article], newer, older| {
            let path = self.urls.path(route(page));
            let feed = Feed {
                language: listing.language.to_owned(),
                next_url: older,
                items: articles.iter().map(|it| self.listed(it, listing.language)).collect(),
                extension: FeedExtension {
                    section: listing.section.map(str::to_owned),
                    page: page.map(|page| page as u32),
                    newer_url: newer,
                    ..extension(listing.kind)
                },
                ..self.feed(&path, listing.title)
            };
            Page::new(path, feed)
        };

        // Newest first, so the articles of page 1 are the last ones.
        let of_page = |page: usize| {
            let end = listing.articles.len() - (page - 1) * self.page_size;
            listing.articles.get(end - self.page_size..end).unwrap_or(&[])
        };
        let older = |page: usize| (page > 1).then(|| url(Some(page - 1)));
        let newest = self.newest_page(listing.articles);
        let mut pages = vec![print(None, newest, None, older(full))];
        for page in 1..=full {
            let newer = Some(url(Some(page + 1).filter(|next| *next < full)));
            pages.push(print(Some(page), of_page(page), newer, older(page)));
        }
        pages
    }
    /// What a list's newest page shows: the last full page, and what is newer.
    pub(super) fn newest_page<'a, 'b>(&self, articles: &'a [&'b Article]) -> &'a [&'b Article] {
        let full = articles.len() / self.page_size;
        let newest = articles.len() - full.saturating_sub(1) * self.page_size;
        articles.get(..newest).unwrap_or(articles)
    }
}
