//! A page as a JSON Feed 1.1 document.

use serde::{Deserialize, Serialize};

/// The value of [`Feed::version`] (JSON Feed 1.1, "Top-level").
pub const JSON_FEED_VERSION: &str = "https://jsonfeed.org/version/1.1";

/// One page of a site: a list of articles, or one article with its related news.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Feed {
    /// Always [`JSON_FEED_VERSION`].
    pub version: String,
    /// The title of the page, as a feed reader lists it.
    pub title: String,
    /// The absolute URL of the page.
    pub home_page_url: String,
    /// The absolute URL of this document.
    pub feed_url: String,
    /// What the page is about, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The language of the page (BCP 47).
    pub language: String,
    /// The absolute URL of the next older list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_url: Option<String>,
    /// The articles, newest first. On an article's page: that article alone.
    pub items: Vec<Item>,
    /// What JSON Feed has no name for.
    #[serde(rename = "_broadsheet")]
    pub extension: FeedExtension,
}

/// What a page is, and its neighbours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct FeedExtension {
    /// What kind of page this is.
    pub kind: PageKind,
    /// The slug of the section that the page belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The number of a numbered list, counted from the oldest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The absolute URL of the next newer list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newer_url: Option<String>,
    /// The body of the page of saved articles, HTML that the press itself printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Names what the page says: it changes when the article does, or the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// The article of this page in other languages: items with language, address and title. Their
    /// [`Item::content_text`] is what a link to them says, in their language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Item>,
    /// Related news of an article: items without content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Item>,
}

/// The kinds of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    /// The newest articles of all sections, or an older numbered list of them.
    Front,
    /// The same for one section.
    Section,
    /// One article.
    Article,
    /// The answer to a URL that leads nowhere, with the newest articles.
    Missing,
    /// What the service worker shows for a page that was never read and cannot be fetched.
    Offline,
    /// The articles that the reader saved, and what else the device keeps. Filled in the browser.
    Saved,
}

impl PageKind {
    /// Whether the newspaper prints such a page: it can be compared, and kept, unlike the pages
    /// that the reader itself fills.
    pub fn is_of_the_newspaper(self) -> bool {
        matches!(self, Self::Front | Self::Section | Self::Article)
    }
}

/// An article, whole or as it is listed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Item {
    /// The article's identity: its absolute URL.
    pub id: String,
    /// The absolute URL of its page.
    pub url: String,
    /// The title, plain text.
    pub title: String,
    /// The lede, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The body, HTML that passed the sanitizer. Only on the article's own page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_html: Option<String>,
    /// Stands in for the body where an item is listed, since JSON Feed asks for one of the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_text: Option<String>,
    /// The absolute URL of the picture; its size and words are in [`ItemExtension::picture`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// First published, RFC 3339, in the newsroom's time zone.
    pub date_published: String,
    /// Last changed, RFC 3339, in the newsroom's time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_modified: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Author>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Its language (BCP 47), where it is not that of the newspaper and of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What JSON Feed has no name for.
    #[serde(rename = "_broadsheet")]
    pub extension: ItemExtension,
}

/// What a newspaper knows of an article beyond JSON Feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct ItemExtension {
    /// The slug of its section.
    pub section: String,
    /// How its language is written, `rtl` or `ltr`, where that of the newspaper is written the other way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    /// Where it was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The picture's size and words; its address is [`Item::image`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// The body shows the picture itself, so the page does not show it above.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub picture_in_body: bool,
    /// How long a reader takes for the body, in minutes, at least 1. Only on the article's page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// What the newspaper corrected, in its own words, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<String>,
    /// Why the newspaper withdrew the article, in its own words, plain text; may be empty. A
    /// withdrawn article has no body, no lede and no picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// [`FeedExtension::revision`] of the article's page. Only in `corrections.json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
}

/// A person or body that writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Author {
    /// The name as the byline prints it.
    pub name: String,
}

/// Where an article was taken from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Source {
    /// The name as the page prints it.
    pub name: String,
    /// The absolute URL of the original.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The size and the words of a picture.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What is seen, for who cannot see it. Empty where the picture adds nothing to the text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// The words below the picture, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Who made the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// The formats in which the picture lies beside [`Item::image`] at several widths, the best one first, parted by
    /// blanks: `avif webp`. The widths are those of 240, 320, 480, 750, 1000, 1280 and 1920 pixels that are at least
    /// an eighth narrower than `width`, and `width`; `a.1a2b3c4d.jpg` at 480 is `a-480.1a2b3c4d.webp`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub formats: String,
    /// The colour of its place until it has come, red, green and blue in eight steps: `r3g5b7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tint: Option<String>,
    /// The absolute URL of its card, cut to 1200 x 630 pixels for sharing. Only on the article's page, for others
    /// than the reader.
    #[cfg(feature = "ssr")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
}
