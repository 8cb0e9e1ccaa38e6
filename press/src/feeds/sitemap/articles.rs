//! The sitemaps of articles, from the oldest on. What a newspaper withdrew is in none.

use anyhow::Result;
use broadsheet::urls::Route;
use jiff::ZonedDateTime;

use super::{Document, Image, Limits, Page, updated, xml};
use crate::edition::{Article, Edition};
use crate::pages::{Pages, alternates};

/// How many pictures Google reads of a page ("Image sitemaps").
const IMAGES: usize = 1_000;

/// Gives each sitemap to `done` when it is full: its number from 1 on, its bytes, and its newest change.
pub(super) fn write(
    edition: &Edition,
    pages: &Pages<'_>,
    limits: Limits,
    mut done: impl FnMut(usize, &[u8], Option<&ZonedDateTime>) -> Result<()>,
) -> Result<()> {
    let mut number = 1;
    let mut sitemap = Document::begin(xml::ARTICLES)?;
    for article in edition.articles.iter().rev().filter(|it| it.withdrawn.is_none()) {
        let added = with_page(article, pages, |page| sitemap.add(page, limits))?;
        if !added {
            let full = std::mem::replace(&mut sitemap, Document::begin(xml::ARTICLES)?);
            let (bytes, changed) = full.end()?;
            done(number, &bytes, changed.as_ref())?;
            number += 1;
            with_page(article, pages, |page| sitemap.add(page, limits))?;
        }
    }
    if sitemap.is_empty() {
        return Ok(());
    }
    let (bytes, changed) = sitemap.end()?;
    done(number, &bytes, changed.as_ref())
}

fn with_page<T>(
    article: &Article,
    pages: &Pages<'_>,
    then: impl FnOnce(&Page<'_>) -> Result<T>,
) -> Result<T> {
    let urls = pages.urls();
    let absolute = |section, slug| urls.absolute(&urls.path(Route::Article(section, slug)));
    let url = absolute(&article.section, &article.slug);
    let others: Vec<(&str, String)> = article
        .translations
        .iter()
        .map(|it| (it.language.as_str(), absolute(&it.section, &it.slug)))
        .collect();
    let translations = alternates(
        (&article.language, &url),
        others.iter().map(|(language, url)| (*language, url.as_str())),
        &pages.site.language,
    );
    let shown = article.files.iter().filter(|it| it.shown).take(IMAGES);
    let images: Vec<Image> = shown.map(|it| Image([&url, it.to.as_str()].concat())).collect();
    then(&Page {
        url: url.clone(),
        changed: Some(updated(article)),
        translations: &translations,
        images: &images,
        news: None,
    })
}
