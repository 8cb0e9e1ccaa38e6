//! Items: an article in the terms of the contract.

use broadsheet::contract::{Author, Item, ItemExtension, Picture, Site, Source};
use broadsheet::urls::{Route, Urls};

use crate::edition::{Article, Diagnostic, Translation, direction, label};
use jiff::ZonedDateTime;

/// How many words a reader of a newspaper reads in a minute: the mean of silent reading of
/// non-fiction (Brysbaert, "How many words do we read per minute?", Journal of Memory and Language
/// 109, 2019).
const WORDS_PER_MINUTE: usize = 238;

/// The article with its body, for its own page.
///
/// # Errors
/// If its text cannot be had any more.
pub(super) fn whole(article: &Article, site: &Site, urls: &Urls) -> Result<Item, Diagnostic> {
    let mut item = listed(article, site, urls, &article.language);
    item.date_modified = article.modified.as_ref().map(rfc3339);
    item.extension.corrected = article.corrected.clone();
    item.extension.withdrawn = article.withdrawn.clone();
    if let Some(note) = &article.withdrawn {
        item.content_text = Some(note_or_title(note, article));
        return Ok(item);
    }
    item.content_html = Some(article.prose.html()?.to_string());
    item.content_text = None;
    item.authors = article.authors.iter().map(|name| Author { name: name.clone() }).collect();
    item.tags = article.tags.clone();
    item.extension.source = article
        .source
        .as_ref()
        .map(|source| Source { name: source.name.clone(), url: source.url.clone() });
    item.extension.minutes = Some(article.words.div_ceil(WORDS_PER_MINUTE).max(1) as u32);
    item.extension.picture_in_body = article.lead_in_body;
    if let (Some(picture), Some(image)) = (&mut item.extension.picture, &article.image) {
        picture.alt = image.alt.clone();
        picture.caption = image.caption.clone();
        picture.credit = image.credit.clone();
        picture.card = image.card.as_ref().map(|card| urls.absolute(card));
    }
    Ok(item)
}

/// The article without its body, for lists on a page in the language `page`.
pub(super) fn listed(article: &Article, site: &Site, urls: &Urls, page: &str) -> Item {
    let language = &article.language;
    let expected = *language == site.language && language == page;
    let own_direction = direction(language);
    let url = urls.absolute(&urls.path(Route::Article(&article.section, &article.slug)));
    Item {
        id: url.clone(),
        url,
        title: article.title.clone(),
        summary: article.summary.clone(),
        content_html: None,
        content_text: Some(article.summary.clone().unwrap_or_else(|| article.title.clone())),
        image: article.image.as_ref().map(|picture| urls.absolute(&picture.src)),
        date_published: rfc3339(&article.published),
        date_modified: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: (!expected).then(|| language.clone()),
        extension: ItemExtension {
            section: article.section.clone(),
            direction: (own_direction != direction(&site.language))
                .then(|| own_direction.to_owned()),
            picture: article.image.as_ref().map(|picture| Picture {
                width: picture.width,
                height: picture.height,
                formats: picture.formats.clone(),
                tint: picture.tint.clone(),
                ..Picture::default()
            }),
            ..ItemExtension::default()
        },
    }
}

/// An article in another language, as the page of an article offers it.
pub(super) fn translation(translation: &Translation, urls: &Urls) -> Item {
    let Translation { language, section, slug, title, published } = translation;
    let url = urls.absolute(&urls.path(Route::Article(section, slug)));
    Item {
        id: url.clone(),
        url,
        title: title.clone(),
        summary: None,
        content_html: None,
        content_text: Some(label(language, title).to_owned()),
        image: None,
        date_published: rfc3339(published),
        date_modified: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: Some(language.clone()),
        extension: ItemExtension { section: section.clone(), ..ItemExtension::default() },
    }
}

/// The article in the feed of corrections: what the newspaper says of it, and nothing else. `revision`
/// is that of its page.
pub(super) fn correction(article: &Article, site: &Site, urls: &Urls, revision: String) -> Item {
    let note = article.withdrawn.as_ref().or(article.corrected.as_ref());
    let item = listed(article, site, urls, &site.language);
    Item {
        // Pages are made from these items alone, so that they say everything themselves.
        language: Some(article.language.clone()),
        summary: None,
        content_text: note.map(|note| note_or_title(note, article)),
        image: None,
        date_modified: article.modified.as_ref().map(rfc3339),
        extension: ItemExtension {
            section: article.section.clone(),
            corrected: article.corrected.clone(),
            withdrawn: article.withdrawn.clone(),
            direction: item.extension.direction,
            revision: Some(revision),
            ..ItemExtension::default()
        },
        ..item
    }
}

/// A note may be empty; the content of an item may not.
fn note_or_title(note: &str, article: &Article) -> String {
    if note.is_empty() { article.title.clone() } else { note.to_owned() }
}

/// A timestamp of RFC 3339 with the newsroom's offset: what the reader prints without any time zone
/// data of its own.
fn rfc3339(moment: &ZonedDateTime) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
