//! The XML of sitemaps, written element by element.
//!
//! By quick-xml and not by the crate sitemap-rs, which holds a whole sitemap as a list, and brings a second jiff and a
//! second quick-xml along.

use anyhow::Result;
use jiff::ZonedDateTime;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{Limits, date};
use crate::text::permitted;

/// The namespace of the protocol, and those of what pages may have beside it: pictures and news of Google
/// ("Image sitemaps", "News sitemaps"), translations ("Localized versions of your pages").
const SITEMAP: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const IMAGE: (&str, &str) = ("xmlns:image", "http://www.google.com/schemas/sitemap-image/1.1");
const NEWS: (&str, &str) = ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9");
const XHTML: (&str, &str) = ("xmlns:xhtml", "http://www.w3.org/1999/xhtml");

/// What a sitemap of lists needs.
pub(super) const PAGES: &[(&str, &str)] = &[SITEMAP];
/// What a sitemap of articles needs.
pub(super) const ARTICLES: &[(&str, &str)] = &[SITEMAP, IMAGE, XHTML];
/// What a sitemap of news needs.
pub(super) const OF_NEWS: &[(&str, &str)] = &[SITEMAP, NEWS];

/// The element around the pages, and its end.
const PAGES_ELEMENT: &str = "urlset";
const PAGES_END: &str = "</urlset>";

/// A page in a sitemap.
#[derive(Default)]
pub(super) struct Page<'a> {
    pub(super) url: String,
    pub(super) changed: Option<&'a ZonedDateTime>,
    /// Languages and addresses of its translations, its own included.
    pub(super) translations: &'a [(&'a str, &'a str)],
    pub(super) images: &'a [Image],
    pub(super) news: Option<News<'a>>,
}

/// The address of a picture.
pub(super) struct Image(pub(super) String);

/// What Google News wants to know of an article.
pub(super) struct News<'a> {
    pub(super) publication: &'a str,
    pub(super) language: &'a str,
    pub(super) published: &'a ZonedDateTime,
    pub(super) title: &'a str,
}

impl Page<'_> {
    /// A page of which nothing but its address is known.
    pub(super) fn at(url: String) -> Self {
        Self { url, ..Self::default() }
    }
}

/// A sitemap that is being written.
pub(super) struct Document {
    writer: Writer<Vec<u8>>,
    urls: usize,
    changed: Option<ZonedDateTime>,
}

impl Document {
    pub(super) fn begin(namespaces: &[(&str, &str)]) -> Result<Self> {
        let mut writer = Writer::new(Vec::new());
        begin(&mut writer, PAGES_ELEMENT, namespaces)?;
        Ok(Self { writer, urls: 0, changed: None })
    }

    /// Adds a page, unless the sitemap is full. An empty one takes any.
    pub(super) fn add(&mut self, page: &Page<'_>, limits: Limits) -> Result<bool> {
        let before = self.writer.get_ref().len();
        write(&mut self.writer, page)?;
        let bytes = self.writer.get_ref().len() + PAGES_END.len();
        if self.urls > 0 && (self.urls >= limits.urls || bytes > limits.bytes) {
            self.writer.get_mut().truncate(before);
            return Ok(false);
        }
        self.urls += 1;
        let newer = |known: &ZonedDateTime, it: &ZonedDateTime| it.timestamp() > known.timestamp();
        if let Some(changed) = page.changed
            && self.changed.as_ref().is_none_or(|known| newer(known, changed))
        {
            self.changed = Some(changed.clone());
        }
        Ok(true)
    }

    /// The sitemap, and when a page of it was changed last.
    pub(super) fn end(mut self) -> Result<(Vec<u8>, Option<ZonedDateTime>)> {
        self.writer.write_event(Event::End(BytesEnd::new(PAGES_ELEMENT)))?;
        Ok((self.writer.into_inner(), self.changed))
    }
}

fn write(writer: &mut Writer<Vec<u8>>, page: &Page<'_>) -> Result<()> {
    let Page { url, changed, translations, images, news } = page;
    writer.write_event(Event::Start(BytesStart::new("url")))?;
    text(writer, "loc", url)?;
    if let Some(changed) = changed {
        text(writer, "lastmod", &date(changed))?;
    }
    for (language, url) in *translations {
        let link = BytesStart::new("xhtml:link").with_attributes([
            ("rel", "alternate"),
            ("hreflang", language),
            ("href", url),
        ]);
        writer.write_event(Event::Empty(link))?;
    }
    if let Some(news) = news {
        writer.write_event(Event::Start(BytesStart::new("news:news")))?;
        writer.write_event(Event::Start(BytesStart::new("news:publication")))?;
        text(writer, "news:name", news.publication)?;
        text(writer, "news:language", news.language)?;
        writer.write_event(Event::End(BytesEnd::new("news:publication")))?;
        text(writer, "news:publication_date", &date(news.published))?;
        text(writer, "news:title", news.title)?;
        writer.write_event(Event::End(BytesEnd::new("news:news")))?;
    }
    for Image(url) in *images {
        writer.write_event(Event::Start(BytesStart::new("image:image")))?;
        text(writer, "image:loc", url)?;
        writer.write_event(Event::End(BytesEnd::new("image:image")))?;
    }
    writer.write_event(Event::End(BytesEnd::new("url")))?;
    Ok(())
}

/// The index of sitemaps.
pub(super) struct Index {
    writer: Writer<Vec<u8>>,
}

impl Index {
    pub(super) fn begin() -> Result<Self> {
        let mut writer = Writer::new(Vec::new());
        begin(&mut writer, "sitemapindex", &[SITEMAP])?;
        Ok(Self { writer })
    }

    /// Adds a sitemap.
    pub(super) fn add(&mut self, url: &str, changed: Option<&ZonedDateTime>) -> Result<()> {
        let writer = &mut self.writer;
        writer.write_event(Event::Start(BytesStart::new("sitemap")))?;
        text(writer, "loc", url)?;
        if let Some(changed) = changed {
            text(writer, "lastmod", &date(changed))?;
        }
        writer.write_event(Event::End(BytesEnd::new("sitemap")))?;
        Ok(())
    }

    pub(super) fn end(mut self) -> Result<Vec<u8>> {
        self.writer.write_event(Event::End(BytesEnd::new("sitemapindex")))?;
        Ok(self.writer.into_inner())
    }
}

fn begin(writer: &mut Writer<Vec<u8>>, name: &str, namespaces: &[(&str, &str)]) -> Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let element = BytesStart::new(name).with_attributes(namespaces.iter().copied());
    writer.write_event(Event::Start(element))?;
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> Result<()> {
    let text = permitted(text);
    writer.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}
