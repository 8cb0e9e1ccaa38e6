//! Pages: which pages an edition has, and the data of each, in the terms of the contract.

mod corrections;
mod edition_list;
mod items;
mod lists;
mod related;
mod seal;
mod site;
mod versions;
mod window;

use std::collections::BTreeMap;
use std::sync::Arc;

use broadsheet::contract::{Feed, FeedExtension, Item, JSON_FEED_VERSION, PageKind, Site};
use broadsheet::phrases::Phrases;
use broadsheet::urls::{Route, Urls};
use rayon::prelude::*;

use crate::edition::{Article, Diagnostic, Edition};
use crate::hash::{Hash, hash, short_hash};

pub use lists::ListPage;
use related::Neighbour;
use seal::Sealed;
use window::Sums;

pub(crate) use corrections::FILE as CORRECTIONS;
pub(crate) use versions::alternates;

/// A page: where it is, and what it shows.
#[derive(Debug, Clone)]
pub struct Page {
    /// The path, base path included, with a `/` at the end.
    pub path: String,
    /// Its data.
    pub feed: Arc<Feed>,
}

impl Page {
    fn new(path: String, mut feed: Feed) -> Self {
        feed.extension.revision = Some(revision(&feed.items));
        Self { path, feed: Arc::new(feed) }
    }
}

/// An edition arranged into pages.
#[derive(Debug)]
pub struct Pages<'a> {
    /// What all pages share.
    pub site: Site,
    urls: Urls,
    /// What the front shows, newest first: all articles but the withdrawn ones, each in one language.
    articles: Vec<Sealed<'a>>,
    /// The articles that were corrected or withdrawn, newest first.
    corrections: Vec<Sealed<'a>>,
    /// The same for each section.
    sections: BTreeMap<&'a str, Vec<Sealed<'a>>>,
    /// The articles of each section in all languages but the withdrawn ones, newest first.
    neighbours: BTreeMap<&'a str, Vec<Neighbour<'a>>>,
    /// The sums of their hashes, by which windows of them have names.
    sums: BTreeMap<&'a str, Sums>,
    /// Of each article of the edition, the hash of all that its page says of it.
    seals: Vec<Hash>,
    /// Of each article of the edition, its place among those of its section; none of a withdrawn one.
    places: Vec<Option<u32>>,
    page_size: usize,
}

impl<'a> Pages<'a> {
    /// Arranges an edition.
    pub fn of(edition: &'a Edition) -> Self {
        let site = site::of(&edition.site);
        let all: Vec<Sealed<'_>> = edition.articles.par_iter().map(Sealed::of).collect();
        let mut sections: BTreeMap<&str, Vec<Sealed<'_>>> =
            edition.site.sections.iter().map(|it| (it.slug.as_str(), Vec::new())).collect();
        let mut articles = Vec::with_capacity(all.len());
        let mut places = Vec::with_capacity(all.len());
        for sealed in &all {
            if sealed.withdrawn.is_some() {
                places.push(None);
                continue;
            }
            let section = sections.entry(&sealed.article.section).or_default();
            // More than four billion articles would not fit into memory.
            places.push(Some(section.len() as u32));
            section.push(*sealed);
            articles.push(*sealed);
        }
        let one_of_each = |articles: Vec<Sealed<'a>>, language: &str| {
            versions::one_of_each(articles, |it| it.article, language, &site.language)
        };
        let of_section = |(slug, articles): (&'a str, Vec<Sealed<'a>>)| {
            let neighbours = related::neighbours(&articles);
            let listed = one_of_each(articles, language_of(&site, slug));
            let sums = Sums::of(&neighbours);
            ((slug, listed), ((slug, neighbours), (slug, sums)))
        };
        let (sections, (neighbours, sums)) = sections.into_par_iter().map(of_section).unzip();
        let articles = one_of_each(articles, &site.language);
        let corrected = |it: &&Sealed<'_>| it.withdrawn.is_some() || it.corrected.is_some();
        Self {
            urls: Urls::of(&site),
            site,
            articles,
            corrections: all.iter().filter(corrected).copied().collect(),
            sections,
            neighbours,
            sums,
            places,
            seals: all.iter().map(|it| it.own).collect(),
            page_size: edition.site.page_size.max(1),
        }
    }

    /// The URLs of the site.
    pub fn urls(&self) -> &Urls {
        &self.urls
    }

    /// Every list: the front, the sections, and their numbered older pages.
    pub fn lists(&self) -> Vec<ListPage<'_>> {
        let front = lists::Listing {
            kind: PageKind::Front,
            section: None,
            title: &self.site.title,
            language: &self.site.language,
            articles: &self.articles,
        };
        let mut pages = self.list(front);
        for section in &self.site.sections {
            pages.extend(self.list(lists::Listing {
                kind: PageKind::Section,
                section: Some(&section.slug),
                title: &section.title,
                language: language_of(&self.site, &section.slug),
                articles: self.sections.get(section.slug.as_str()).map_or(&[], Vec::as_slice),
            }));
        }
        pages
    }

    /// The path of an article's page.
    pub fn article_path(&self, article: &Article) -> String {
        self.urls.path(Route::Article(&article.section, &article.slug))
    }

    /// The page of an article. Made one by one: an archive need not fit into memory twice. The page
    /// of a withdrawn article has no related news: it has no place in its section.
    ///
    /// # Errors
    /// If its text cannot be had any more.
    pub fn article(&self, article: &Article) -> Result<Page, Diagnostic> {
        let path = self.article_path(article);
        let related = self.related(article);
        let description = article.withdrawn.as_ref().or(article.summary.as_ref());
        let feed = Feed {
            description: description.filter(|it| !it.is_empty()).cloned(),
            language: article.language.clone(),
            items: vec![self.whole(article)?],
            extension: FeedExtension {
                section: Some(article.section.clone()),
                translations: self.translations(article),
                related: related
                    .into_iter()
                    .map(|it| self.listed(it.article, &article.language))
                    .collect(),
                ..extension(PageKind::Article)
            },
            ..self.feed(&path, &article.title)
        };
        Ok(Page::new(path, feed))
    }

    fn related(&self, article: &Article) -> Vec<&Neighbour<'a>> {
        related::of(article, self.section(article), language_of(&self.site, &article.section))
    }

    /// The articles of an article's section.
    fn section(&self, article: &Article) -> &[Neighbour<'a>] {
        self.neighbours.get(article.section.as_str()).map_or(&[][..], |it| it)
    }

    /// The name of all that the related news of an article, the one with a number in the edition, are chosen from, where
    /// pages share what `shared` is the hash of. A page of the same article with a window of the same name has the same
    /// recipe. There is none where there are no related news.
    pub(crate) fn window(&self, shared: &Hash, number: usize, article: &Article) -> Option<Hash> {
        let place = (*self.places.get(number)?)? as usize;
        let window = related::window(place, self.section(article).len());
        let language = language_of(&self.site, &article.section);
        self.sums.get(article.section.as_str())?.name(shared, place, window, language)
    }

    /// The hash of all that the page of an article says, the one with a number in the edition; what all pages share is
    /// not in it.
    pub(crate) fn seal(&self, number: usize, article: &Article) -> Hash {
        let mut parts = vec![self.own_seal(number, article)];
        parts.extend(self.related(article).into_iter().map(|it| it.listed));
        hash(&[b"article", parts.as_flattened()])
    }

    /// The hash of all that is said of an article, the one with a number in the edition.
    pub(crate) fn own_seal(&self, number: usize, article: &Article) -> Hash {
        self.seals.get(number).copied().unwrap_or_else(|| article.seals()[0])
    }

    /// The hash of all that the articles on the newest page of a list say.
    pub(crate) fn seal_of_newest(&self, section: Option<&str>) -> Hash {
        let (articles, language) = self.on_the_newest_page(section);
        let articles: Vec<Hash> = articles.iter().map(|it| it.own).collect();
        hash(&[
            b"newest",
            section.unwrap_or_default().as_bytes(),
            language.as_bytes(),
            articles.as_flattened(),
        ])
    }

    /// The page for a URL that leads nowhere, with the newest articles.
    pub fn missing(&self) -> Page {
        let path = self.urls.path(Route::Front);
        let newest = self.articles.iter().take(self.page_size.min(12));
        let title = Phrases::of(&self.site.language).missing;
        let feed = Feed {
            items: newest.map(|it| self.listed(it, &self.site.language)).collect(),
            extension: extension(PageKind::Missing),
            ..self.feed(&path, title)
        };
        Page::new(path, feed)
    }

    /// The page that stands in for what cannot be fetched. Its list is filled in the browser.
    pub fn offline(&self) -> Page {
        let title = Phrases::of(&self.site.language).offline;
        self.filled_by_the_reader(Route::Offline, PageKind::Offline, title)
    }

    /// The page of what the reader keeps. Filled in the browser.
    pub fn saved(&self) -> Page {
        let title = Phrases::of(&self.site.language).saved;
        let mut page = self.filled_by_the_reader(Route::Saved, PageKind::Saved, title);
        Arc::make_mut(&mut page.feed).extension.body = Some(crate::render::saved_page(&self.site));
        page
    }

    fn filled_by_the_reader(&self, route: Route<'_>, kind: PageKind, title: &str) -> Page {
        let path = self.urls.path(route);
        let feed = Feed { extension: extension(kind), ..self.feed(&path, title) };
        Page::new(path, feed)
    }

    /// The newest articles, of all sections or of one, as lists have them.
    pub(crate) fn newest(&self, section: Option<&str>, count: usize) -> Vec<Item> {
        let articles = match section {
            None => self.articles.as_slice(),
            Some(section) => self.sections.get(section).map_or(&[][..], Vec::as_slice),
        };
        let language = section.map_or(&*self.site.language, |it| language_of(&self.site, it));
        articles.iter().take(count).map(|it| self.listed(it, language)).collect()
    }

    /// The articles that the newest page of a list shows, newest first, and the language of the list: that of all
    /// sections, or that of one.
    pub(crate) fn on_the_newest_page(&self, section: Option<&str>) -> (&[Sealed<'a>], &str) {
        match section {
            None => (self.newest_page(&self.articles), &self.site.language),
            Some(slug) => {
                let articles = self.sections.get(slug).map_or(&[][..], Vec::as_slice);
                (self.newest_page(articles), language_of(&self.site, slug))
            }
        }
    }

    /// The oldest article that lists show: an example that stays.
    pub(crate) fn oldest(&self) -> Option<&Article> {
        self.articles.last().map(|it| it.article)
    }

    fn listed(&self, article: &Article, page: &str) -> Item {
        items::listed(article, &self.site, &self.urls, page)
    }

    /// An article in other languages.
    fn translations(&self, article: &Article) -> Vec<Item> {
        article.translations.iter().map(|it| items::translation(it, &self.urls)).collect()
    }

    /// An article with all that its own page says.
    pub(crate) fn whole(&self, article: &Article) -> Result<Item, Diagnostic> {
        items::whole(article, &self.site, &self.urls)
    }

    /// The revision of an article's page.
    fn revision(&self, article: &Article) -> Result<String, Diagnostic> {
        Ok(revision(&[self.whole(article)?]))
    }

    /// A page with a title and nothing in it.
    fn feed(&self, path: &str, title: &str) -> Feed {
        Feed {
            version: JSON_FEED_VERSION.to_owned(),
            title: title.to_owned(),
            home_page_url: self.urls.absolute(path),
            feed_url: self.urls.absolute(&self.urls.data(path)),
            description: None,
            language: self.site.language.clone(),
            next_url: None,
            items: Vec::new(),
            extension: extension(PageKind::Front),
        }
    }
}

/// The language of a section.
fn language_of<'s>(site: &'s Site, section: &str) -> &'s str {
    let own = site.section(section).and_then(|section| section.language.as_ref());
    own.unwrap_or(&site.language)
}

fn extension(kind: PageKind) -> FeedExtension {
    FeedExtension {
        kind,
        section: None,
        page: None,
        newer_url: None,
        revision: None,
        body: None,
        translations: Vec::new(),
        related: Vec::new(),
    }
}

/// Names what a page says: it changes exactly when the page's own items do. A new neighbour among the
/// related news is nothing that a reader of the article must be told.
fn revision(items: &[Item]) -> String {
    // Structs of texts and numbers always have a JSON form.
    short_hash(&serde_json::to_vec(items).unwrap_or_default())
}
