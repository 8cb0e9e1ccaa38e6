//! Lists: the front and the sections, and the older pages behind them.
//!
//! Older pages are numbered from the oldest: page 1 holds the oldest articles, and a page has a
//! number as soon as it is full. The front shows the newest articles: the last full page and what
//! is not a page yet. A new article so changes the front and, when a page fills up, adds one
//! numbered page; every numbered page keeps its content for ever. Only where an article is withdrawn
//! do the pages from its own on move up by one article: that it is gone from all of them matters more.

use broadsheet::contract::{Feed, FeedExtension, PageKind};
use broadsheet::urls::Route;

use super::seal::Sealed;
use super::{Page, Pages, extension};
use crate::hash::{Hash, hash};

/// What a list is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listing<'a> {
    pub(super) kind: PageKind,
    pub(super) section: Option<&'a str>,
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    /// Newest first.
    pub(super) articles: &'a [Sealed<'a>],
}

/// A page of a list, before it is made.
#[derive(Debug)]
pub struct ListPage<'a> {
    pages: &'a Pages<'a>,
    listing: Listing<'a>,
    number: Option<usize>,
    articles: &'a [Sealed<'a>],
    newer: Option<String>,
    older: Option<String>,
    /// The path, base path included, with a `/` at the end.
    pub path: String,
}

impl ListPage<'_> {
    /// The data of the page.
    pub fn page(&self) -> Page {
        let Listing { kind, section, title, language, .. } = self.listing;
        let feed = Feed {
            language: language.to_owned(),
            next_url: self.older.clone(),
            items: self.articles.iter().map(|it| self.pages.listed(it, language)).collect(),
            extension: FeedExtension {
                section: section.map(str::to_owned),
                page: self.number.map(|number| number as u32),
                newer_url: self.newer.clone(),
                ..extension(kind)
            },
            ..self.pages.feed(&self.path, title)
        };
        Page::new(self.path.clone(), feed)
    }

    /// The hash of all that the page says; what all pages share is not in it.
    pub(crate) fn seal(&self) -> Hash {
        let Listing { kind, section, title, language, .. } = self.listing;
        let about = (kind, section, title, language, self.number, &self.newer, &self.older);
        let about = format!("{about:?} {}", self.path);
        let articles: Vec<Hash> = self.articles.iter().map(|it| it.listed).collect();
        hash(&[b"list", about.as_bytes(), articles.as_flattened()])
    }
}

impl Pages<'_> {
    /// A list's newest page, and all its numbered pages.
    pub(super) fn list<'p>(&'p self, listing: Listing<'p>) -> Vec<ListPage<'p>> {
        let full = listing.articles.len() / self.page_size;
        let route = |page: Option<usize>| match (listing.section, page) {
            (None, None) => Route::Front,
            (None, Some(page)) => Route::FrontPage(page as u32),
            (Some(section), None) => Route::Section(section),
            (Some(section), Some(page)) => Route::SectionPage(section, page as u32),
        };
        let url = |page: Option<usize>| self.urls.absolute(&self.urls.path(route(page)));
        let page = |number, articles, newer, older| {
            let path = self.urls.path(route(number));
            ListPage { pages: self, listing, number, articles, newer, older, path }
        };

        // Newest first, so the articles of page 1 are the last ones.
        let of_page = |page: usize| {
            let end = listing.articles.len() - (page - 1) * self.page_size;
            listing.articles.get(end - self.page_size..end).unwrap_or(&[])
        };
        let older = |page: usize| (page > 1).then(|| url(Some(page - 1)));
        let newest = self.newest_page(listing.articles);
        let mut pages = vec![page(None, newest, None, older(full))];
        for number in 1..=full {
            let newer = Some(url(Some(number + 1).filter(|next| *next < full)));
            pages.push(page(Some(number), of_page(number), newer, older(number)));
        }
        pages
    }

    /// What a list's newest page shows: the last full page, and what is newer.
    pub(super) fn newest_page<'a, 'b>(&self, articles: &'a [Sealed<'b>]) -> &'a [Sealed<'b>] {
        let full = articles.len() / self.page_size;
        let newest = articles.len() - full.saturating_sub(1) * self.page_size;
        articles.get(..newest).unwrap_or(articles)
    }
}
