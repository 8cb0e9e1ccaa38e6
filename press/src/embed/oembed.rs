//! oEmbed 1.0 (oembed.com): an article's embed as static documents beside it, which its head names.
//!
//! The type is `rich`. A host of files answers no `?url=`; discovery asks for none.

use std::borrow::Cow;

use broadsheet::contract::Item;
use serde::Serialize;

use super::{Embeds, File, frame};
use crate::edition::{Article, direction};
use crate::html::{attribute, text, text_into};
use crate::pictures::CARD;

/// The size of the frame in pixels: `js/embed/size.js` at this width.
const SIZE: (u32, u32) = (600, 252);
/// The formats of an answer (oEmbed 1.0, section 2.3.4).
pub(super) const FORMATS: [&str; 2] = ["json", "xml"];
/// How long a consumer may keep the answer, in seconds.
const CACHE_AGE: u32 = 86_400;

/// What a field of an answer says.
#[derive(Serialize)]
#[serde(untagged)]
enum Field<'a> {
    Text(Cow<'a, str>),
    Number(u32),
}

/// The fields of an answer by their names, sorted.
struct Answer<'a>(Vec<(&'static str, Field<'a>)>);

impl Serialize for Answer<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, field)| (name, field)))
    }
}

/// `oembed.json` and `oembed.xml` of an article.
pub(super) fn files(embeds: &Embeds<'_>, article: &Article, item: &Item) -> [File; 2] {
    let answer = answer(embeds, article, item);
    let [json_name, xml_name] = names(embeds, article);
    // Texts and numbers always have a JSON form.
    let json = serde_json::to_string(&answer).unwrap_or_default();
    [(json_name, json), (xml_name, xml(&answer))]
}

/// Their names.
pub(super) fn names(embeds: &Embeds<'_>, article: &Article) -> [String; 2] {
    FORMATS.map(|format| embeds.urls().oembed(&article.folder(), format))
}

fn answer<'a>(embeds: &'a Embeds<'_>, article: &Article, item: &'a Item) -> Answer<'a> {
    let site = &embeds.pages.site;
    let (width, height) = SIZE;
    let text = |text: &'a str| Field::Text(Cow::Borrowed(text));
    let authors = item.authors.iter().map(|it| it.name.as_str()).collect::<Vec<_>>();
    let author = match authors.is_empty() {
        true => text(&site.title),
        false => Field::Text(Cow::Owned(authors.join(", "))),
    };
    let mut fields = vec![
        ("author_name", author),
        ("author_url", text(&site.base_url)),
        ("cache_age", Field::Number(CACHE_AGE)),
        ("height", Field::Number(height)),
        ("html", Field::Text(Cow::Owned(html(embeds, article, item)))),
        ("provider_name", text(&site.title)),
        ("provider_url", text(&site.base_url)),
    ];
    if let Some((url, picture)) = item.image.as_ref().zip(item.extension.picture.as_ref()) {
        let (url, (width, height)) = match &picture.card {
            Some(card) => (card, CARD),
            None => (url, (picture.width, picture.height)),
        };
        fields.extend([
            ("thumbnail_height", Field::Number(height)),
            ("thumbnail_url", text(url)),
            ("thumbnail_width", Field::Number(width)),
        ]);
    }
    fields.extend([
        ("title", text(&item.title)),
        ("type", text("rich")),
        ("version", text("1.0")),
        ("width", Field::Number(width)),
    ]);
    Answer(fields)
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

/// The same answer as XML (oEmbed, "XML response").
fn xml(answer: &Answer<'_>) -> String {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>\n");
    for (name, field) in &answer.0 {
        out.extend(["<", name, ">"]);
        match field {
            Field::Text(words) => text_into(&mut out, words),
            Field::Number(number) => out.push_str(&number.to_string()),
        }
        out.extend(["</", name, ">\n"]);
    }
    out.push_str("</oembed>\n");
    out
}
