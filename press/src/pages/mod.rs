//! Pages: which pages an edition has, and the data of each, in the terms of the contract.

mod items;
mod lists;
mod related;

use std::collections::BTreeMap;

use broadsheet::contract::{
    self, CONTRACT_VERSION, Feed, FeedExtension, JSON_FEED_VERSION, PageKind, Site,
};
use broadsheet::phrases::Phrases;
use broadsheet::urls::{Route, Urls};

use crate::edition::{Article, Edition};

/// A page: where it is, and what it shows.
#[derive(Debug, Clone)]
pub struct Page {
    /// The path, base path included, with a `/` at the end.
    pub path: String,
    /// Its data.
    pub feed: Feed,
}

/// An edition arranged into pages.
#[derive(Debug)]
pub struct Pages<'a> {
    /// What all pages share.
    pub site: Site,
    urls: Urls,
    /// All articles, newest first.
    articles: Vec<&'a Article>,
    /// The articles of each section, newest first.
    sections: BTreeMap<&'a str, Vec<&'a Article>>,
    page_size: usize,
}

impl<'a> Pages<'a> {
    /// Arranges an edition.
    pub fn of(edition: &'a Edition) -> Self {
        let site = site(edition);
        let mut sections: BTreeMap<&str, Vec<&Article>> =
            edition.site.sections.iter().map(|it| (it.slug.as_str(), Vec::new())).collect();
        for article in &edition.articles {
            sections.entry(&article.section).or_default().push(article);
        }
        Self {
            urls: Urls::of(&site),
            site,
            articles: edition.articles.iter().collect(),
            sections,
            page_size: edition.site.page_size.max(1),
        }
    }

    /// The URLs of the site.
    pub fn urls(&self) -> &Urls {
        &self.urls
    }

    /// Every list: the front, the sections, and their numbered older pages.
    pub fn lists(&self) -> Vec<Page> {
        let front = lists::Source {
            kind: PageKind::Front,
            section: None,
            title: &self.site.title,
            language: &self.site.language,
            articles: &self.articles,
        };
        let mut pages = self.list(&front);
        for section in &self.site.sections {
            pages.extend(self.list(&lists::Source {
                kind: PageKind::Section,
                section: Some(&section.slug),
                title: &section.title,
                language: section.language.as_ref().unwrap_or(&self.site.language),
                articles: self.sections.get(section.slug.as_str()).map_or(&[], Vec::as_slice),
            }));
        }
        pages
    }

    /// The path of an article's page.
    pub fn article_path(&self, article: &Article) -> String {
        self.urls.path(Route::Article(&article.section, &article.slug))
    }

    /// The page of an article. Made one by one: an archive need not fit into memory twice.
    pub fn article(&self, article: &Article) -> Page {
        let path = self.article_path(article);
        let neighbours = self.sections.get(article.section.as_str()).map_or(&[][..], |it| it);
        let related = related::of(article, neighbours);
        let feed = Feed {
            description: article.summary.clone(),
            language: article.language.clone().unwrap_or_else(|| self.site.language.clone()),
            items: vec![items::whole(article, &self.site, &self.urls)],
            extension: FeedExtension {
                section: Some(article.section.clone()),
                related: related.into_iter().map(|it| self.listed(it)).collect(),
                ..extension(PageKind::Article)
            },
            ..self.feed(&path, &article.title)
        };
        Page { path, feed }
    }

    /// The page for a URL that leads nowhere, with the newest articles.
    pub fn missing(&self) -> Page {
        let path = self.urls.path(Route::Front);
        let newest = self.articles.iter().take(self.page_size.min(12));
        let title = Phrases::of(&self.site.language).missing;
        let feed = Feed {
            items: newest.map(|it| self.listed(it)).collect(),
            extension: extension(PageKind::Missing),
            ..self.feed(&path, title)
        };
        Page { path, feed }
    }

    /// The page that stands in for what cannot be fetched. Its list is filled in the browser.
    pub fn offline(&self) -> Page {
        let path = self.urls.path(Route::Offline);
        let title = Phrases::of(&self.site.language).offline;
        let extension = extension(PageKind::Offline);
        let feed = Feed { extension, ..self.feed(&path, title) };
        Page { path, feed }
    }

    fn listed(&self, article: &Article) -> contract::Item {
        items::listed(article, &self.site, &self.urls)
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

fn extension(kind: PageKind) -> FeedExtension {
    FeedExtension { kind, section: None, page: None, newer_url: None, related: Vec::new() }
}

/// The contract's view of `site.toml`.
fn site(edition: &Edition) -> Site {
    let config = &edition.site;
    let alt = config.banner.as_ref().and_then(|banner| banner.alt.clone());
    let picture = config.banner.as_ref().and_then(|banner| banner.image.as_ref());
    Site {
        version: CONTRACT_VERSION,
        title: config.title.clone(),
        tagline: config.tagline.clone(),
        language: config.language.clone(),
        timezone: config.timezone_name.clone(),
        base_url: config.base_url.clone(),
        base_path: config.base_path().to_owned(),
        banner: picture.map(|picture| contract::Banner {
            src: picture.src.clone(),
            width: picture.width,
            height: picture.height,
            alt: alt.unwrap_or_else(|| config.title.clone()),
        }),
        sections: config
            .sections
            .iter()
            .map(|section| contract::Section {
                slug: section.slug.clone(),
                title: section.title.clone(),
                language: section.language.clone(),
            })
            .collect(),
    }
}
