//! The sitemap for Google News ("News sitemaps"): articles of the last two days, newest first.
//!
//! Where there was no article for two days it is empty, as Google wants it.

use anyhow::Result;
use broadsheet::urls::Route;
use jiff::SignedDuration;

use super::xml::{self, News};
use super::{Document, LIMITS, Limits, Page};
use crate::edition::{Edition, primary_language};
use crate::pages::Pages;

/// How old an article may be.
const AGE: SignedDuration = SignedDuration::from_hours(48);
/// How many articles there may be.
const COUNT: usize = 1_000;

pub(super) fn document(edition: &Edition, pages: &Pages<'_>) -> Result<Vec<u8>> {
    let limits = Limits { urls: COUNT, ..LIMITS };
    let mut sitemap = Document::begin(xml::OF_NEWS)?;
    let age = |published: &jiff::ZonedDateTime| edition.now.duration_since(published.timestamp());
    let recent = edition.articles.iter().filter(|it| it.withdrawn.is_none());
    let recent = recent.filter(|it| (SignedDuration::ZERO..=AGE).contains(&age(&it.published)));
    for article in recent.take(COUNT) {
        let urls = pages.urls();
        let url = urls.absolute(&urls.path(Route::Article(&article.section, &article.slug)));
        let news = News {
            publication: &pages.site.title,
            language: &language(&article.language),
            published: &article.published,
            title: &article.title,
        };
        if !sitemap.add(&Page { news: Some(news), ..Page::at(url) }, limits)? {
            break;
        }
    }
    Ok(sitemap.end()?.0)
}

/// A language as Google News has it: its code in ISO 639 alone, but Chinese with the country whose letters it has.
fn language(tag: &str) -> String {
    let traditional = ["zh-Hant", "zh-TW", "zh-HK", "zh-MO"];
    match primary_language(tag) {
        "zh" if traditional.iter().any(|it| tag.starts_with(it)) => "zh-tw".to_owned(),
        "zh" => "zh-cn".to_owned(),
        language => language.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_alone_has_a_country() {
        for (tag, code) in [
            ("vi", "vi"),
            ("en-GB", "en"),
            ("zh", "zh-cn"),
            ("zh-Hant-HK", "zh-tw"),
            ("zh-TW", "zh-tw"),
        ] {
            assert_eq!(language(tag), code);
        }
    }
}
