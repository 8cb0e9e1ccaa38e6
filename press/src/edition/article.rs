//! An article and its pictures, ready to print.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use broadsheet::pictures::kept_width;
use broadsheet::urls;
use jiff::ZonedDateTime;
use serde::{Deserialize, Serialize};

use crate::edition::addresses::aliases;
use crate::edition::body::avif;
use crate::edition::body::players::{Player, own};
use crate::edition::media::MediaFile;
use crate::edition::prose::Prose;
use crate::pictures::{self, Focus, Form};

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
    /// The body.
    pub prose: Prose,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The formats in which it lies there at all its widths, the best one first, parted by blanks.
    pub formats: String,
    /// The colour of its place, as the style sheet has it: `r3g5b7`.
    pub tint: Option<String>,
    /// The published address of its card, 1200 x 630 pixels.
    pub card: Option<String>,
}

/// Where an article was first published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The publisher's name.
    pub name: String,
    /// The first publication.
    pub url: Option<String>,
}

/// A file that is published beside a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFile {
    /// Where it is now (absolute).
    pub from: PathBuf,
    /// What is published in place of the bytes at `from`, where that differs.
    pub sanitized: Option<Arc<[u8]>>,
    /// Its published name, which changes with its content: `anh.1a2b3c4d.jpg`.
    pub to: String,
    /// Whether it is a picture that the page shows, not a file that the page links to.
    pub shown: bool,
    /// What was made of a picture of pixels, which is published in its place.
    pub(crate) made: Option<MadeFiles>,
    /// Whether it is a picture of pixels. Nothing of it may be published but what was made of it.
    pub(crate) is_raster: bool,
}

/// What was made of a picture, and what of it an article publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MadeFiles {
    pub(crate) picture: Arc<pictures::Picture>,
    /// Whether its AVIF files are there.
    pub(crate) avif: bool,
    /// The card that goes along.
    pub(crate) card: Option<Focus>,
}

impl Article {
    /// Shows the AVIF files of the pictures whose files are all there.
    pub(crate) fn add_avif(&mut self, done: &HashSet<String>) {
        let address =
            |to: &str, src: &str| src.strip_suffix(to).is_some_and(|it| it.ends_with('/'));
        for file in &mut self.files {
            let to = &file.to;
            let Some(made) = file.made.as_mut().filter(|it| done.contains(&it.picture.key)) else {
                continue;
            };
            made.avif = true;
            let width = made.picture.made.width;
            let name = to.clone();
            self.prose.change(&format!("avif {to} {width}"), move |html| {
                avif::add_avif(html, &name, width)
            });
            if let Some(image) = self.image.as_mut().filter(|it| address(to, &it.src)) {
                "avif webp".clone_into(&mut image.formats);
            }
        }
    }

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
        let made = known.picture.as_ref().map(|picture| &picture.made);
        let formats = made.filter(|made| made.form != Form::Alone).map_or("", |_| "webp");
        Self {
            src,
            width,
            height,
            alt: alt.trim().to_owned(),
            caption: None,
            credit: None,
            formats: formats.to_owned(),
            tint: made.and_then(|made| made.tint.clone()),
            card: None,
        }
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
    /// When the file cannot be read any more, or is a picture of which nothing was made.
    pub fn bytes(&self) -> io::Result<Cow<'_, [u8]>> {
        match (&self.sanitized, &self.made) {
            (Some(bytes), _) => Ok(Cow::Borrowed(bytes)),
            (None, Some(made)) => std::fs::read(made.picture.plain()).map(Cow::Owned),
            (None, None) if self.is_raster => {
                Err(io::Error::other("the edition was read without a workshop for its pictures"))
            }
            (None, None) => std::fs::read(&self.from).map(Cow::Owned),
        }
    }

    /// Whether bytes of this hash are those that its name was made for. Of what was made of it, they always are.
    pub(crate) fn is_as_read(&self, hash: &str) -> bool {
        self.sanitized.is_some()
            || self.made.is_some()
            || self.to.rsplit('.').nth(1).is_none_or(|named| named == hash)
    }

    /// How many bytes that are.
    pub(crate) fn length(&self) -> io::Result<u64> {
        let file = match (&self.sanitized, &self.made) {
            (Some(bytes), _) => return Ok(bytes.len() as u64),
            (None, Some(made)) => std::fs::metadata(made.picture.plain()),
            (None, None) => std::fs::metadata(&self.from),
        };
        file.map(|it| it.len())
    }

    /// What is published beside that: the names and the files of a picture at its widths, and of its card.
    pub(crate) fn others(&self) -> impl Iterator<Item = (String, PathBuf)> {
        let made = self.made.iter();
        made.flat_map(|it| {
            let picture = &it.picture;
            let widths = pictures::at_widths(&picture.made, it.avif).map(|(width, format)| {
                (urls::picture(&self.to, width, format), picture.at_width(width, format))
            });
            let card = it
                .card
                .map(|focus| (urls::picture(&self.to, focus.card(), "jpg"), picture.card(focus)));
            widths.chain(card)
        })
    }

    /// How many bytes a reader keeps of it, of `plain` bytes as it is: of a picture that has several widths, the one
    /// that the service worker keeps.
    pub(crate) fn kept(&self, plain: u64) -> u64 {
        let file = self.made.as_ref().filter(|it| it.picture.made.form != Form::Alone).map(|it| {
            let width = kept_width(it.picture.made.width);
            std::fs::metadata(it.picture.at_width(width, "webp"))
        });
        file.and_then(Result::ok).map_or(plain, |it| it.len())
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
            made: known.picture.clone().map(|picture| MadeFiles {
                picture,
                avif: false,
                card: None,
            }),
            is_raster: known.is_raster,
        }
    }
}
