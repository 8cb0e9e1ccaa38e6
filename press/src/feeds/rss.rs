//! RSS 2.0 (RSS Advisory Board, "RSS 2.0 Specification") with full texts (`content:encoded` of the module Content),
//! authors and languages (Dublin Core), and links and dates of change by Atom's elements.

use anyhow::Result;
use jiff::ZonedDateTime;
use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Enclosure, Guid, Image, Item};

use super::channel::{Channel, GENERATOR};
use super::entry::Entry;
use crate::html::text;

/// The media type of the format (RSS Advisory Board, "RSS Autodiscovery").
pub(crate) const MEDIA_TYPE: &str = "application/rss+xml";

/// The feed of a list.
pub(super) fn document(channel: &Channel<'_>) -> Result<Vec<u8>> {
    let description = match channel.description.as_str() {
        "" => &channel.title,
        description => description,
    };
    let feed = rss::Channel {
        title: channel.title.clone(),
        link: channel.url.clone(),
        description: description.to_owned(),
        language: Some(channel.language.to_owned()),
        last_build_date: channel.updated().map(rfc822),
        generator: Some(GENERATOR.to_owned()),
        image: Some(Image {
            url: channel.icon.clone(),
            title: channel.title.clone(),
            link: channel.url.clone(),
            ..Image::default()
        }),
        atom_ext: Some(AtomExtension { links: links(channel) }),
        items: channel.entries.iter().map(|it| item(it, channel)).collect(),
        ..rss::Channel::default()
    };
    Ok(feed.write_to(Vec::new())?)
}

/// Where the feed is, and which hubs tell of its changes (W3C, "WebSub", section 4).
fn links(channel: &Channel<'_>) -> Vec<Link> {
    let link = |rel: &str, href: &String| Link {
        href: href.clone(),
        rel: rel.to_owned(),
        ..Link::default()
    };
    let own = Link { mime_type: Some(MEDIA_TYPE.to_owned()), ..link("self", &channel.rss) };
    [own].into_iter().chain(channel.hubs.iter().map(|it| link("hub", it))).collect()
}

fn item(entry: &Entry<'_>, channel: &Channel<'_>) -> Item {
    let (article, item) = (entry.article, &entry.item);
    let section = Category { name: entry.section.clone(), domain: Some(entry.section_url.clone()) };
    let tags = item.tags.iter().map(|tag| Category { name: tag.clone(), domain: None });
    let foreign = article.language != channel.language;
    Item {
        title: Some(item.title.clone()),
        link: Some(item.url.clone()),
        // It is HTML ("Elements of <item>"), and a summary is text.
        description: item.summary.as_deref().map(text),
        categories: [section].into_iter().chain(tags).filter(|it| !it.name.is_empty()).collect(),
        enclosure: entry.enclosure.as_ref().map(|file| Enclosure {
            url: file.url.clone(),
            length: file.length.to_string(),
            mime_type: file.media_type.to_owned(),
        }),
        guid: Some(Guid { value: item.url.clone(), permalink: true }),
        pub_date: Some(rfc822(&article.published)),
        content: Some(entry.html.clone()),
        extensions: item.date_modified.as_ref().map(|it| updated(it)).unwrap_or_default(),
        dublin_core_ext: Some(DublinCoreExtension {
            creators: item.authors.iter().map(|it| it.name.clone()).collect(),
            languages: foreign.then(|| article.language.clone()).into_iter().collect(),
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    }
}

/// The date of change, for which RSS has no element: `updated` of Atom.
fn updated(date: &str) -> ExtensionMap {
    let element = Extension {
        name: "atom:updated".to_owned(),
        value: Some(date.to_owned()),
        ..Extension::default()
    };
    let of_atom = [("updated".to_owned(), vec![element])].into();
    [("atom".to_owned(), of_atom)].into()
}

/// A moment as RSS has it (RFC 822 with four digits for the year), in the newsroom's time zone.
fn rfc822(moment: &ZonedDateTime) -> String {
    moment.strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
}
