//! Seals: hashes of what pages say of an article, by which it is known that a page would be what it was without making
//! it.

use std::ops::Deref;

use jiff::ZonedDateTime;

use crate::edition::{Article, Picture, Told, Translation};
use crate::hash::{Hash, hash};

/// An article with its seals.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sealed<'a> {
    pub(super) article: &'a Article,
    /// The hash of all that its own page says of it.
    pub(super) own: Hash,
    /// The hash of what other pages say of it.
    pub(super) listed: Hash,
}

impl<'a> Sealed<'a> {
    pub(super) fn of(article: &'a Article) -> Self {
        let [own, listed] = article.seals();
        Self { article, own, listed }
    }
}

impl Article {
    /// The hashes of all that its own page says of it, and of what other pages do.
    pub(crate) fn seals(&self) -> [Hash; 2] {
        self.known_seals().unwrap_or_else(|| [own(self), listed(self)])
    }
}

impl Deref for Sealed<'_> {
    type Target = Article;

    fn deref(&self) -> &Article {
        self.article
    }
}

/// The hash of all that the own page of an article says of it.
pub(super) fn own(article: &Article) -> Hash {
    let Article {
        file: _,
        section: _,
        slug: _,
        language: _,
        published: _,
        modified,
        tags,
        translations,
        aliases,
        files,
        players,
        corrected,
        withdrawn,
        withdrawn_at,
        place: _,
        told: _,
    } = article;
    let Told {
        title: _,
        summary: _,
        prose,
        words,
        image,
        lead_in_body,
        date_only,
        authors,
        source,
    } = &**article;
    let mut text = Text::default();
    text.listed(article);
    text.0.extend_from_slice(&prose.hash());
    text.number(*words as u64);
    text.some(
        image.as_ref(),
        |text, Picture { src, width, height, alt, caption, credit, formats, tint, card }| {
            text.all([src, alt, formats]);
            text.number(u64::from(*width));
            text.number(u64::from(*height));
            [caption, credit, tint, card].into_iter().for_each(|it| text.maybe(it.as_ref()));
        },
    );
    text.number(u64::from(*lead_in_body));
    text.number(u64::from(*date_only));
    text.some(modified.as_ref(), Text::moment);
    text.all(authors);
    text.some(source.as_ref(), |text, source| {
        text.add(&source.name);
        text.maybe(source.url.as_ref());
    });
    text.all(tags);
    text.number(translations.len() as u64);
    for Translation { language, section, slug, title, published } in translations {
        text.all([language, section, slug, title]);
        text.moment(published);
    }
    text.all(aliases);
    text.number(files.len() as u64);
    for file in files {
        text.add(&file.to);
        text.number(u64::from(file.shown));
        file.others().for_each(|(name, _)| text.add(&name));
    }
    text.number(players.len() as u64);
    for player in players {
        text.all([&player.provider, &player.title, &player.frame, &player.page, &player.language]);
    }
    text.maybe(corrected.as_ref());
    text.maybe(withdrawn.as_ref());
    text.some(withdrawn_at.as_ref(), Text::moment);
    text.sealed()
}

/// The hash of what other pages say of an article: lists and related news.
fn listed(article: &Article) -> Hash {
    let mut text = Text::default();
    text.listed(article);
    text.sealed()
}

/// What is hashed: each text with its length, so that no two say the same.
#[derive(Default)]
struct Text(Vec<u8>);

impl Text {
    fn listed(&mut self, article: &Article) {
        self.all([&article.section, &article.slug, &article.title, &article.language]);
        self.maybe(article.summary.as_ref());
        self.moment(&article.published);
        self.some(article.image.as_ref(), |text, image| {
            text.all([&image.src, &image.formats]);
            text.number(u64::from(image.width));
            text.number(u64::from(image.height));
            text.maybe(image.tint.as_ref());
        });
    }

    fn add(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn all<'a, T>(&mut self, texts: T)
    where
        T: IntoIterator<Item = &'a String, IntoIter: ExactSizeIterator>,
    {
        let texts = texts.into_iter();
        self.number(texts.len() as u64);
        texts.for_each(|text| self.add(text));
    }

    fn maybe(&mut self, text: Option<&String>) {
        self.some(text, |all, text| all.add(text));
    }

    fn some<T>(&mut self, what: Option<&T>, add: impl FnOnce(&mut Self, &T)) {
        self.0.push(u8::from(what.is_some()));
        if let Some(what) = what {
            add(self, what);
        }
    }

    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// A moment, and what the clocks of its place say then.
    fn moment(&mut self, at: &ZonedDateTime) {
        self.number(at.timestamp().as_second().cast_unsigned());
        self.number(u64::from(at.offset().seconds().cast_unsigned()));
    }

    fn sealed(&self) -> Hash {
        hash(&[&self.0])
    }
}
