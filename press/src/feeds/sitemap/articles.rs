//! The sitemaps of articles, from the oldest on. What a newspaper withdrew is in none.

use anyhow::Result;
use broadsheet::urls::Route;
use jiff::ZonedDateTime;

use super::{Document, Image, Limits, Page, updated, xml};
use crate::edition::{Article, Edition};
use crate::feeds::Sink;
use crate::hash::hash;
use crate::pages::{Pages, alternates};

/// How many pictures Google reads of a page ("Image sitemaps").
const IMAGES: usize = 1_000;

/// Makes the sitemaps that `sink` does not keep, and tells `done` of each: its name, and its newest change.
pub(super) fn write(
    edition: &Edition,
    pages: &Pages<'_>,
    limits: Limits,
    sink: &impl Sink,
    mut done: impl FnMut(&str, Option<&ZonedDateTime>) -> Result<()>,
) -> Result<()> {
    let all: Vec<(usize, &Article)> = edition.articles.iter().enumerate().collect();
    let all = all.into_iter().rev().filter(|(_, it)| it.withdrawn.is_none());
    let all: Vec<(usize, &Article)> = all.collect();
    let mut rest = all.as_slice();
    for number in 1.. {
        let name = format!("sitemap-{number}.xml");
        // As many as there are in one that is full of articles, not of bytes.
        let most = rest.get(..limits.urls.min(rest.len())).unwrap_or(rest);
        let (taken, changed) = if most.is_empty() {
            return Ok(());
        } else if sink.keep(&name, seal(pages, most))? {
            (most.len(), newest_change(most))
        } else {
            let mut sitemap = Document::begin(xml::ARTICLES)?;
            let mut taken = 0;
            for (_, article) in rest {
                if !with_page(article, pages, |page| sitemap.add(page, limits))? {
                    break;
                }
                taken += 1;
            }
            let seal = seal(pages, rest.get(..taken).unwrap_or(rest));
            let (bytes, changed) = sitemap.end()?;
            sink.write(&name, &bytes, Some(seal))?;
            (taken, changed)
        };
        done(&name, changed.as_ref())?;
        rest = rest.get(taken..).unwrap_or_default();
    }
    Ok(())
}

/// The hash of all that the sitemap of these articles says.
fn seal(pages: &Pages<'_>, articles: &[(usize, &Article)]) -> [u8; 16] {
    let own: Vec<_> = articles.iter().map(|(number, it)| pages.own_seal(*number, it)).collect();
    hash(&[b"sitemap", own.as_flattened()])
}

/// The first of the latest changes.
fn newest_change(articles: &[(usize, &Article)]) -> Option<ZonedDateTime> {
    let mut newest: Option<&ZonedDateTime> = None;
    for changed in articles.iter().map(|(_, it)| updated(it)) {
        if newest.is_none_or(|known| changed.timestamp() > known.timestamp()) {
            newest = Some(changed);
        }
    }
    newest.cloned()
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
