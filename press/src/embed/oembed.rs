//! oEmbed 1.0 (oembed.com): an article's embed as static documents beside it, which its head names.
//!
//! The type is `rich`. A host of files answers no `?url=`; discovery asks for none.

use broadsheet::contract::Item;
use serde_json::{Value, json};

use super::{Embeds, File, frame};
use crate::edition::{Article, direction};
use crate::html::{attribute, text};
use crate::pictures::CARD;

/// The size of the frame in pixels: `js/embed/size.js` at this width.
const SIZE: (u32, u32) = (600, 252);
/// The formats of an answer (oEmbed 1.0, section 2.3.4).
pub(super) const FORMATS: [&str; 2] = ["json", "xml"];
/// How long a consumer may keep the answer, in seconds.
const CACHE_AGE: u32 = 86_400;

/// `oembed.json` and `oembed.xml` of an article.
pub(super) fn files(embeds: &Embeds<'_>, article: &Article, item: &Item) -> [File; 2] {
    let document = document(embeds, article, item);
    let [json, xml_name] = names(embeds, article);
    [(json, document.to_string()), (xml_name, xml(&document))]
}

/// Their names.
pub(super) fn names(embeds: &Embeds<'_>, article: &Article) -> [String; 2] {
    FORMATS.map(|format| embeds.urls().oembed(&article.folder(), format))
}

fn document(embeds: &Embeds<'_>, article: &Article, item: &Item) -> Value {
    let site = &embeds.pages.site;
    let (width, height) = SIZE;
    let authors = item.authors.iter().map(|it| it.name.as_str()).collect::<Vec<_>>();
    let mut document = json!({
        "type": "rich",
        "version": "1.0",
        "title": item.title,
        "author_name": if authors.is_empty() { site.title.clone() } else { authors.join(", ") },
        "author_url": site.base_url,
        "provider_name": site.title,
        "provider_url": site.base_url,
        "cache_age": CACHE_AGE,
        "html": html(embeds, article, item),
        "width": width,
        "height": height,
    });
    let picture = item.image.as_ref().zip(item.extension.picture.as_ref());
    if let (Some((url, picture)), Some(object)) = (picture, document.as_object_mut()) {
        let (url, (width, height)) = match &picture.card {
            Some(card) => (card, CARD),
            None => (url, (picture.width, picture.height)),
        };
        object.insert("thumbnail_url".to_owned(), json!(url));
        object.insert("thumbnail_width".to_owned(), json!(width));
        object.insert("thumbnail_height".to_owned(), json!(height));
    }
    document
}

/// A quotation with a link, which WordPress shows until the frame has told its height, and the frame.
fn html(embeds: &Embeds<'_>, article: &Article, item: &Item) -> String {
    let src = embeds.absolute(&frame::article_name(article));
    let (width, height) = SIZE;
    format!(
        "<blockquote lang=\"{}\" dir=\"{}\"><a href=\"{}\">{}</a></blockquote><iframe src=\"{}\" width=\"{width}\" height=\"{height}\" \
         title=\"{}\" sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" loading=\"lazy\" \
         frameborder=\"0\" scrolling=\"no\"></iframe>",
        attribute(&article.language),
        direction(&article.language),
        attribute(&item.url),
        text(&item.title),
        attribute(&src),
        attribute(&item.title)
    )
}

/// The same document as XML (oEmbed, "XML response").
fn xml(document: &Value) -> String {
    let fields = document.as_object().into_iter().flatten().map(|(name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("<{name}>{}</{name}>\n", text(&value))
    });
    let fields = fields.collect::<String>();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>\n{fields}</oembed>\n"
    )
}
