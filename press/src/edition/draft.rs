//! Drafts: what an article says before its place is settled and its body is made.

use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::edition::addresses::pattern::Facts;
use crate::edition::addresses::reserved::RESERVED_SLUGS;
use crate::edition::addresses::wishes::OldAddress;
use crate::edition::addresses::{slug, wishes};
use crate::edition::article_file::ArticleFile;
use crate::edition::card::{self, Card};
use crate::edition::config::SiteConfig;
use crate::edition::config::generator::Marks;
use crate::edition::content::{Found, FoundBefore};
use crate::edition::diagnostics::{FileDiagnostics, Problem};
use crate::edition::front_matter::FrontMatter;
use crate::edition::languages;
use crate::edition::languages::version::Version;
use crate::edition::media::Seen;
use crate::edition::slot::Slot;
use crate::edition::spool::Spool;
use crate::edition::told::Named;

/// An article whose body is still to be read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Draft {
    pub(crate) file: Arc<Path>,
    /// The name that the slug comes from where the front matter asks for none.
    pub(crate) name: String,
    pub(crate) section: String,
    /// Empty where the article has no address.
    pub(crate) slug: String,
    pub(crate) old: Vec<OldAddress>,
    pub(crate) version: Version,
    /// Whether it has another slug than it wanted.
    #[serde(skip)]
    pub(crate) is_moved: bool,
    pub(crate) front_matter: LazyFrontMatter,
    /// The marks of generators in its body.
    pub(crate) marks: Marks,
    #[serde(skip)]
    pub(crate) text: Mutex<Text>,
    pub(crate) diagnostics: FileDiagnostics,
    /// What is remembered of the file.
    #[serde(skip)]
    pub(crate) slot: Option<Arc<Slot>>,
    /// The card of the article, if that was remembered and the draft is as it was.
    #[serde(skip)]
    pub(crate) card: Option<Card>,
}

/// A front matter that was read, or that is when somebody asks for it.
#[derive(Debug, Default)]
pub(crate) struct LazyFrontMatter {
    read: OnceLock<Box<FrontMatter>>,
    /// What is remembered of a draft, and the site's zone.
    from: Option<(Arc<Slot>, Arc<TimeZone>)>,
}

impl From<FrontMatter> for LazyFrontMatter {
    fn from(front_matter: FrontMatter) -> Self {
        Self { read: OnceLock::from(Box::new(front_matter)), from: None }
    }
}

impl Deref for LazyFrontMatter {
    type Target = FrontMatter;

    fn deref(&self) -> &FrontMatter {
        self.read.get_or_init(|| {
            let read = self.from.as_ref().and_then(|(slot, zone)| front_matter(slot, zone));
            Box::new(read.unwrap_or_else(|| {
                card::note_unreadable();
                FrontMatter::default()
            }))
        })
    }
}

impl Serialize for LazyFrontMatter {
    fn serialize<S: Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        FrontMatter::serialize(self, into)
    }
}

impl<'de> Deserialize<'de> for LazyFrontMatter {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        FrontMatter::deserialize(from).map(Self::from)
    }
}

/// The front matter of a draft that is remembered.
pub(crate) fn front_matter(slot: &Slot, zone: &TimeZone) -> Option<FrontMatter> {
    let (_, rest) = postcard::take_from_bytes::<Seen>(&slot.draft).ok()?;
    let (_, rest) = postcard::take_from_bytes::<FoundBefore<'_>>(rest).ok()?;
    let draft: Draft = postcard::from_bytes(rest).ok()?;
    let mut front_matter = *draft.front_matter.read.into_inner()?;
    front_matter.in_zone(zone);
    Some(front_matter)
}

/// The text of a draft's file.
#[derive(Debug, Default)]
pub(crate) enum Text {
    /// It could not be read, or parted.
    #[default]
    Broken,
    /// It was read.
    Read(Box<ArticleFile>),
    /// It is as it was when the draft was remembered, and was not read; or it was let go of.
    Remembered,
}

impl Draft {
    /// Reads the file of an article in a section.
    pub(crate) fn read(found: &Found, section: String, root: &Path, site: &SiteConfig) -> Self {
        let mut diagnostics = FileDiagnostics::new(&found.file);
        let text = ArticleFile::read(&root.join(&found.file), &mut diagnostics);
        let marks = text.as_ref().map(|text| Marks::of(text.body())).unwrap_or_default();
        let front_matter = text.as_ref().and_then(|text| match text.front_matter() {
            Ok(table) => Some(FrontMatter::read(&table, found, &site.timezone, &mut diagnostics)),
            Err(broken) => {
                diagnostics.push(broken.line, Problem::FrontMatterSyntax { reason: broken.what });
                None
            }
        });
        let readable = front_matter.is_some();
        let front_matter = front_matter.unwrap_or_default();
        let (written, line) = match &front_matter.slug {
            Some(slug) => (slug.value.as_str(), Some(slug.line)),
            None => (slug::split_date(&found.name).1, None),
        };
        let mut slug = slug::of(written);
        if RESERVED_SLUGS.contains(&&*slug) {
            if readable {
                let reason = "is a name that the site itself uses";
                diagnostics.push(line, Problem::Slug { slug: written.to_owned(), reason });
            }
            slug = String::new();
        }
        let mut version = version(found, &section, &front_matter, site);
        let in_folder = found.neutral.components().count() < found.file.components().count();
        let translated = found.language.is_some() && !version.is_main();
        if (translated || in_folder) && !slug.is_empty() {
            version.note_old_address(&section, &slug);
        }
        if translated && front_matter.slug.is_none() && !slug.is_empty() {
            slug = version.slug(&slug);
        }
        let facts = Facts {
            date: front_matter.date.as_ref().map(|date| &date.at),
            name: &found.name,
            title: &front_matter.title,
            slug: front_matter.slug.as_ref().map(|slug| slug.value.as_str()),
            section: &found.section,
            folders: &wishes::folders(&found.neutral, &found.name),
            categories: &front_matter.categories,
        };
        let old = wishes::read(&front_matter.wishes, &facts, &section, site, &mut diagnostics);
        let (file, name) = (found.file.clone(), found.name.clone());
        let text = text.map_or(Text::Broken, |text| Text::Read(text.into()));
        Self {
            file,
            name,
            section,
            slug,
            version,
            old,
            is_moved: false,
            front_matter: front_matter.into(),
            marks,
            text: Mutex::new(text),
            diagnostics,
            slot: None,
            card: None,
        }
    }

    /// The draft of a file that is as it was when it was remembered. The name that was found may be taken for it.
    pub(crate) fn recall(
        slot: &Arc<Slot>,
        found: &mut Found,
        section: &str,
        seen: &Seen,
        zone: &Arc<TimeZone>,
    ) -> Option<Self> {
        let (before, rest) = postcard::take_from_bytes::<Seen>(&slot.draft).ok()?;
        if before != *seen {
            return None;
        }
        let (was, rest) = postcard::take_from_bytes::<FoundBefore<'_>>(rest).ok()?;
        if !was.is(found) {
            return None;
        }
        let card = slot.card.as_ref().filter(|_| slot.body.is_some());
        if let Some(card) = card.and_then(|card| card::read(card, section)) {
            return Some(Self::short(slot, card, found, zone));
        }
        let mut draft: Self = postcard::from_bytes(rest).ok()?;
        if draft.section != section {
            return None;
        }
        if let Some(front_matter) = draft.front_matter.read.get_mut() {
            front_matter.in_zone(zone);
        }
        draft.text = Mutex::new(Text::Remembered);
        draft.slot = Some(Arc::clone(slot));
        Some(draft)
    }

    /// The draft of an article of which a card was kept. It takes the name that was found.
    fn short(
        slot: &Arc<Slot>,
        (name, card): (card::Name, Card),
        found: &mut Found,
        zone: &Arc<TimeZone>,
    ) -> Self {
        let card::Name { section, slug, language, main } = name;
        let neutral = Arc::clone(&found.neutral);
        Self {
            file: Arc::clone(&found.file),
            name: std::mem::take(&mut found.name),
            section,
            slug,
            old: Vec::new(),
            version: Version { language, main, neutral, old_address: None },
            is_moved: false,
            front_matter: LazyFrontMatter {
                read: OnceLock::new(),
                from: Some((Arc::clone(slot), Arc::clone(zone))),
            },
            marks: Marks::default(),
            text: Mutex::new(Text::Remembered),
            diagnostics: FileDiagnostics::of(&found.file),
            slot: Some(Arc::clone(slot)),
            card: Some(card),
        }
    }

    /// What its article is called.
    pub(crate) fn named(&self) -> Named<'_> {
        let Self { file, section, slug, version, .. } = self;
        Named { file, section, slug, language: &version.language }
    }

    /// Lets go of a text for which memory has no room, and which is read again when its turn comes: then its file must be
    /// as it was. One that may change without a trace is held.
    pub(crate) fn make_room(&mut self, spool: &Spool) {
        let text = self.text.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Text::Read(read) = text
            && self.slot.is_some()
            && !spool.has_room(read.length())
        {
            *text = Text::Remembered;
        }
    }

    /// Whether the file that it was read from was in this state.
    pub(crate) fn is_of(&self, seen: &Seen) -> bool {
        let slot = self.slot.as_ref();
        slot.and_then(|it| Some(postcard::take_from_bytes::<Seen>(&it.draft).ok()?.0 == *seen))
            .unwrap_or(false)
    }

    /// Remembers a draft as it was read of a file in a state. What could not be read may be read next time.
    pub(crate) fn remember(&mut self, found: &Found, seen: &Seen) {
        let text = self.text.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Text::Read(_) = text {
            let bytes = postcard::to_stdvec(&(seen, found, &*self)).ok();
            let slot = |it: Vec<u8>| Slot { draft: it.into(), body: None, card: None, prose: None };
            self.slot = bytes.map(|it| Arc::new(slot(it)));
        }
    }
}

fn version(found: &Found, section: &str, front_matter: &FrontMatter, site: &SiteConfig) -> Version {
    let file = found.language.as_deref();
    let of_section = site.section_language(section);
    let language =
        languages::of(front_matter.language.as_deref(), file, of_section, &site.language);
    Version {
        language,
        main: of_section.unwrap_or(&site.language).to_owned(),
        neutral: found.neutral.clone(),
        old_address: None,
    }
}
