//! An article and its pictures, ready to print.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use broadsheet::pictures::kept_width;
use broadsheet::urls;
use jiff::ZonedDateTime;

use crate::edition::addresses::aliases;
use crate::edition::body::avif;
use crate::edition::body::players::{Player, own};
use crate::edition::media::MediaFile;
use crate::edition::told::{LazyTold, Named, Told};
use crate::hash::Hash;
use crate::pictures::{self, Focus, Form};

/// An article as it was written, with everything that was needed to understand it. What lists and neighbours are
/// arranged by is at hand; the rest is [`Told`], which may have to be read when somebody asks for it.
#[derive(Clone, Debug)]
pub struct Article {
    /// The file it was read from, relative to the edition.
    pub file: Arc<Path>,
    /// The slug of its section.
    pub section: String,
    /// Its own part of the address.
    pub slug: String,
    /// Its language (BCP 47).
    pub language: String,
    /// When it was published, in the site's time zone.
    pub published: ZonedDateTime,
    /// When it was last changed, where that was written.
    pub modified: Option<ZonedDateTime>,
    /// What it is about.
    pub tags: Vec<String>,
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
    /// Its place among the articles of the edition in the order of their files.
    pub(crate) place: usize,
    /// All else that it says.
    pub(crate) told: LazyTold,
}

impl Deref for Article {
    type Target = Told;

    fn deref(&self) -> &Told {
        let Self { file, section, slug, language, told, .. } = self;
        told.get(Named { file, section, slug, language })
    }
}

impl Article {
    /// An article with a name, a moment and what it says, and nothing else.
    pub(crate) fn new(named: Named<'_>, published: ZonedDateTime, told: LazyTold) -> Self {
        let Named { file, section, slug, language } = named;
        Self {
            file: Arc::clone(file),
            section: section.to_owned(),
            slug: slug.to_owned(),
            language: language.to_owned(),
            published,
            modified: None,
            tags: Vec::new(),
            translations: Vec::new(),
            aliases: Vec::new(),
            files: Vec::new(),
            players: Vec::new(),
            corrected: None,
            withdrawn: None,
            withdrawn_at: None,
            place: 0,
            told,
        }
    }

    /// Changes what it says.
    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Told)) {
        let mut told = Told::clone(self);
        change(&mut told);
        // What was remembered of it holds no more.
        self.told = told.into();
    }

    /// The hashes of all that its own page says of it, and of what other pages do, where they are known without reading
    /// it.
    pub(crate) fn known_seals(&self) -> Option<[Hash; 2]> {
        // Other articles may have become translations of it.
        self.told.seals().filter(|_| self.translations.is_empty())
    }
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
        let mut changed = Vec::new();
        for file in &mut self.files {
            if let Some(made) = file.made.as_mut().filter(|it| done.contains(&it.picture.key)) {
                made.avif = true;
                changed.push((file.to.clone(), made.picture.made.width));
            }
        }
        if changed.is_empty() {
            return;
        }
        self.change(|told| {
            for (to, width) in changed {
                if let Some(image) = told.image.as_mut().filter(|it| address(&to, &it.src)) {
                    "avif webp".clone_into(&mut image.formats);
                }
                told.prose.change(&format!("avif {to} {width}"), move |html| {
                    avif::add_avif(html, &to, width)
                });
            }
        });
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
