//! Atom (RFC 4287).

use anyhow::{Result, anyhow};
use atom_syndication::{
    Category, Content, Entry as AtomEntry, Feed, FixedDateTime, Generator, Link, Person, Text,
};

use super::channel::{Channel, GENERATOR};
use super::entry::Entry;

/// The media type of the format (RFC 4287, section 7).
pub(crate) const MEDIA_TYPE: &str = "application/atom+xml";
/// When a list was changed that has never had an article: a feed has to say it (section 4.1.1).
const NEVER: &str = "1970-01-01T00:00:00Z";

/// The feed of a list.
pub(super) fn document(channel: &Channel<'_>) -> Result<Vec<u8>> {
    let updated = channel.entries.iter().max_by_key(|it| it.updated().timestamp());
    let description = Some(&channel.description).filter(|it| !it.is_empty());
    let feed = Feed {
        title: Text::plain(channel.title.clone()),
        id: channel.url.clone(),
        updated: updated.map_or_else(|| date(NEVER), changed)?,
        // Entries without an author are the newspaper's (section 4.1.1).
        authors: vec![person(&channel.publisher)],
        generator: Some(Generator { value: GENERATOR.to_owned(), ..Generator::default() }),
        icon: Some(channel.icon.clone()),
        links: links(channel),
        subtitle: description.map(|it| Text::plain(it.clone())),
        entries: channel.entries.iter().map(|it| entry(it, channel)).collect::<Result<_>>()?,
        lang: Some(channel.language.to_owned()),
        ..Feed::default()
    };
    Ok(feed.write_to(Vec::new())?)
}

fn link(rel: &str, href: &str, media_type: Option<&str>) -> Link {
    Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: media_type.map(str::to_owned),
        ..Link::default()
    }
}

/// Where the feed and its page are, and which hubs tell of changes (W3C, "WebSub", section 4).
fn links(channel: &Channel<'_>) -> Vec<Link> {
    let own = link("self", &channel.atom, Some(MEDIA_TYPE));
    let page = link("alternate", &channel.url, Some("text/html"));
    let hubs = channel.hubs.iter().map(|it| link("hub", it, None));
    [own, page].into_iter().chain(hubs).collect()
}

fn entry(entry: &Entry<'_>, channel: &Channel<'_>) -> Result<AtomEntry> {
    let (article, item) = (entry.article, &entry.item);
    let foreign = (article.language != channel.language).then(|| article.language.clone());
    let words = |value: &String| Text { lang: foreign.clone(), ..Text::plain(value.clone()) };
    let section = Category {
        term: article.section.clone(),
        scheme: Some(entry.section_url.clone()),
        label: Some(entry.section.clone()).filter(|it| !it.is_empty()),
    };
    let tags = item.tags.iter().map(|tag| Category { term: tag.clone(), ..Category::default() });
    let page = link("alternate", &item.url, Some("text/html"));
    let picture = entry.enclosure.as_ref().map(|file| Link {
        length: Some(file.length.to_string()),
        ..link("enclosure", &file.url, Some(file.media_type))
    });
    Ok(AtomEntry {
        title: words(&item.title),
        id: item.url.clone(),
        updated: changed(entry)?,
        authors: item.authors.iter().map(|it| person(&it.name)).collect(),
        categories: [section].into_iter().chain(tags).collect(),
        links: [page].into_iter().chain(picture).collect(),
        published: Some(date(&item.date_published)?),
        summary: item.summary.as_ref().map(words),
        content: Some(Content {
            lang: foreign.clone(),
            value: Some(entry.html.clone()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..AtomEntry::default()
    })
}

fn person(name: &str) -> Person {
    Person { name: name.to_owned(), ..Person::default() }
}

/// When the article was changed last, as RFC 3339 with the newsroom's offset.
fn changed(entry: &Entry<'_>) -> Result<FixedDateTime> {
    date(&entry.updated().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

fn date(text: &str) -> Result<FixedDateTime> {
    text.parse().map_err(|error| anyhow!("{text} is no date of RFC 3339: {error}"))
}
