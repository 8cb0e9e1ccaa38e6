//! An article and its pictures, ready to print.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::ZonedDateTime;

use crate::edition::addresses::aliases;
use crate::edition::body::players::{Player, own};
use crate::edition::media::MediaFile;

/// An article as it was written, with everything that was needed to understand it.
#[derive(Clone, Debug)]
pub struct Article {
    /// The file it was read from, relative to the edition.
    pub file: PathBuf,
    /// The slug of its section.
    pub section: String,
    /// Its own part of the address.
    pub slug: String,
    /// The headline, as plain text.
    pub title: String,
    /// The lede, as plain text.
    pub summary: Option<String>,
    /// The body: safe HTML with final addresses.
    pub content_html: String,
    /// How many words the body has.
    pub words: usize,
    /// The lead picture: the one that the front matter names, else the first figure of the body.
    pub image: Option<Picture>,
    /// Whether the body shows the lead picture, so that the page need not.
    pub lead_in_body: bool,
    /// When it was published, in the site's time zone.
    pub published: ZonedDateTime,
    /// Whether only the day of publication was written; the time is midnight then.
    pub date_only: bool,
    /// When it was last changed, where that was written.
    pub modified: Option<ZonedDateTime>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where it was first published.
    pub source: Option<Source>,
    /// What it is about.
    pub tags: Vec<String>,
    /// Its language (BCP 47).
    pub language: String,
    /// The same article in other languages.
    pub translations: Vec<Translation>,
    /// Old paths on this site that should lead to it, without the base path: `/thoi-su/old/`.
    pub aliases: Vec<String>,
    /// The files that are published beside its page.
    pub files: Vec<BundleFile>,
    /// The players of other sites that its page opens after a click.
    pub players: Vec<Player>,
    /// What the newspaper corrected, in its own words, as plain text.
    pub corrected: Option<String>,
    /// Why the newspaper withdrew the article, as plain text; may be empty. Only the page of a
    /// withdrawn article is left, with its title and its dates: no lede, no body, no picture.
    pub withdrawn: Option<String>,
    /// When the newspaper withdrew it, where that was written.
    pub withdrawn_at: Option<ZonedDateTime>,
}

/// An article in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// Its language (BCP 47).
    pub language: String,
    /// The slug of its section.
    pub section: String,
    /// Its own part of the address.
    pub slug: String,
    /// Its headline, as plain text.
    pub title: String,
    /// When it was published, in the site's time zone.
    pub published: ZonedDateTime,
}

/// A picture of the edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its published address: a path that begins with the base path.
    pub src: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// The words below it.
    pub caption: Option<String>,
    /// Whose picture it is.
    pub credit: Option<String>,
}

/// Where an article was first published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The publisher's name.
    pub name: String,
    /// The first publication.
    pub url: Option<String>,
}

/// A file that is published beside a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BundleFile {
    /// Where it is now (absolute).
    pub from: PathBuf,
    /// What is published in place of the bytes at `from`, where that differs.
    pub sanitized: Option<Arc<[u8]>>,
    /// Its published name, which changes with its content: `anh.1a2b3c4d.jpg`.
    pub to: String,
    /// Whether it is a picture that the page shows, not a file that the page links to.
    pub shown: bool,
}

impl Article {
    /// The folder of its page, relative to the site: `tin/a/`.
    pub fn folder(&self) -> String {
        format!("{}/{}/", self.section, self.slug)
    }

    /// The files from which readers of old addresses are sent on, relative to the site.
    pub fn redirects(&self) -> impl Iterator<Item = String> {
        self.aliases.iter().map(|alias| aliases::file(alias))
    }
}

impl Picture {
    pub(crate) fn of(known: &MediaFile, src: String, alt: &str) -> Self {
        let (width, height) = known.size;
        Self { src, width, height, alt: alt.trim().to_owned(), caption: None, credit: None }
    }
}

impl BundleFile {
    /// Whether it is sound or a film.
    pub(crate) fn plays(&self) -> bool {
        own::kind(&self.to).is_some()
    }

    /// The bytes that are published: their hash is in the published name.
    ///
    /// # Errors
    ///
    /// When the file cannot be read any more.
    pub fn bytes(&self) -> io::Result<Cow<'_, [u8]>> {
        match &self.sanitized {
            Some(bytes) => Ok(Cow::Borrowed(bytes)),
            None => std::fs::read(&self.from).map(Cow::Owned),
        }
    }

    pub(crate) fn shown(known: &MediaFile) -> Self {
        Self { shown: true, ..Self::linked(known) }
    }

    pub(crate) fn linked(known: &MediaFile) -> Self {
        Self {
            from: known.from.clone(),
            sanitized: known.sanitized.clone(),
            to: known.name.clone(),
            shown: false,
        }
    }
}
