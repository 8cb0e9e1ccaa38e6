//! Reads a whole edition: all front matters first, because articles link to each other and no two may share
//! an address; then all bodies.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::background;
use crate::edition::addresses::book::{Book, Owner};
use crate::edition::addresses::fragments;
use crate::edition::addresses::listing::LazyDirectory;
use crate::edition::addresses::settle::settle;
use crate::edition::article::Article;
use crate::edition::assemble::{News, Worker, assemble};
use crate::edition::config::SiteConfig;
use crate::edition::config::generator::{Marks, has_posts};
use crate::edition::content::{self, Found, has_part};
use crate::edition::diagnostics::{Diagnostic, Diagnostics, FileDiagnostics, Problem};
use crate::edition::draft::Draft;
use crate::edition::languages::file_names::Known;
use crate::edition::languages::translations::Translations;
use crate::edition::make::Shared;
use crate::edition::media::{Folders, Media};
use crate::edition::memory::{Memory, Remembered};
use crate::edition::order::in_order;
use crate::edition::sections::{in_runs, sections};
use crate::edition::slot::Slot;
use crate::edition::timetable::Timetable;
use crate::pictures::{Form, Workshop};
use crate::progress::Part;

/// What a publisher wrote, ready to print.
#[derive(Clone, Debug)]
pub struct Edition {
    /// What `site.toml` says.
    pub site: SiteConfig,
    /// The articles, newest first; those of one moment by path.
    pub articles: Vec<Article>,
    /// The edition's folder (canonical).
    pub root: PathBuf,
    /// The moment as of which it was read.
    pub now: Timestamp,
    /// What is not online, and what changes by itself.
    pub timetable: Timetable,
    /// Who has which place in the site.
    pub book: Book,
}

impl Edition {
    /// Reads the edition in the folder `root`. What is not online at `now` stays out, as do drafts; an article
    /// with an error stays out too and its problems go to the gathered.
    ///
    /// # Errors
    ///
    /// When `site.toml` is missing or broken, or `content/` cannot be read.
    pub fn read(
        root: &Path,
        now: Timestamp,
        gathered: &mut Diagnostics,
    ) -> Result<Self, Diagnostic> {
        Self::read_below(root, None, now, gathered)
    }

    /// Reads an edition whose site will live below the path `base` (`/news/`), whatever the path of
    /// its base address.
    ///
    /// # Errors
    ///
    /// As [`Edition::read`], and when `base` is no path that begins and ends with `/`.
    pub fn read_below(
        root: &Path,
        base: Option<&str>,
        now: Timestamp,
        gathered: &mut Diagnostics,
    ) -> Result<Self, Diagnostic> {
        Self::read_with(root, base, now, None, None, gathered)
    }

    /// Reads an edition that is to be printed: its pictures are made in the workshop. What was only read can be
    /// looked at, but not printed if it has pictures of pixels.
    ///
    /// # Errors
    ///
    /// As [`Edition::read_below`].
    pub fn read_to_print(
        root: &Path,
        base: Option<&str>,
        now: Timestamp,
        workshop: &Arc<Workshop>,
        gathered: &mut Diagnostics,
    ) -> Result<Self, Diagnostic> {
        Self::read_with(root, base, now, Some(workshop.clone()), None, gathered)
    }

    /// Reads an edition as [`Edition::read_to_print`] does, or with no workshop as [`Edition::read_below`], and takes
    /// bodies that are the same as at the last reading from the memory.
    ///
    /// # Errors
    ///
    /// As [`Edition::read_below`].
    pub fn read_again(
        root: &Path,
        base: Option<&str>,
        now: Timestamp,
        workshop: Option<&Arc<Workshop>>,
        memory: &mut Memory,
        gathered: &mut Diagnostics,
    ) -> Result<Self, Diagnostic> {
        Self::read_with(root, base, now, workshop.cloned(), Some(memory), gathered)
    }

    fn read_with(
        root: &Path,
        base: Option<&str>,
        now: Timestamp,
        workshop: Option<Arc<Workshop>>,
        mut memory: Option<&mut Memory>,
        gathered: &mut Diagnostics,
    ) -> Result<Self, Diagnostic> {
        let root = root
            .canonicalize()
            .map_err(|e| Diagnostic::new(root, Problem::NoEdition { reason: e.to_string() }))?;
        let mut media = Media::new(&root, workshop.clone());
        if let Some(step) = memory.as_ref().and_then(|memory| memory.step) {
            media.settling_in(step);
        }
        let progress = workshop.as_ref().map(|it| it.progress());
        let mut site = SiteConfig::read(&root, base, &media, gathered)?;
        if site.pictures.fetch {
            media.fetch_remote();
        }
        let slugs: Vec<&str> = site.sections.iter().map(|section| &*section.slug).collect();
        let known = Known { languages: &site.languages, sections: &slugs };
        let mut found = content::articles(&root, known, gathered)?;
        let listed = site.sections.len();
        let sections = sections(&found, &mut site, gathered);

        let part = Part::new(progress, "Reading articles", found.len());
        if let Some(memory) = &mut memory {
            memory.begin(&root, &site, workshop.is_some());
        }
        let spool = memory.as_ref().and_then(|memory| memory.spool());
        let folders = match memory {
            Some(_) => Folders::of(&root, found.iter().map(|found| &*found.file)),
            None => Folders::default(),
        };
        // Whose folder can be no section is printed nowhere.
        if !in_runs(&found).all(|section| sections.contains_key(section)) {
            found.retain(|found| sections.contains_key(&found.section));
        }
        let has_posts = has_posts(&found);
        // Cores that count who holds the same zone wait for each other.
        let zone = || Arc::new(site.timezone.clone());
        let drafts = found.par_iter_mut().enumerate().map_init(zone, |zone, (number, found)| {
            part.step(number);
            let section = sections.get(&found.section).map_or("", String::as_str);
            let from = (&media, &folders, memory.as_deref());
            let mut draft = draft(found, section, from, &site, zone);
            if let Some(spool) = &spool {
                draft.make_room(spool);
            }
            draft
        });
        let mut drafts: Vec<Draft> = drafts.collect();
        let mut timetable = Timetable::default();
        let mut slots: Vec<(Arc<Path>, Arc<Slot>)> = Vec::new();
        let unsure = drafts.par_iter().positions(|draft| !is_surely_due(draft, now));
        let mut held = HashSet::new();
        for place in unsure.collect::<Vec<usize>>() {
            let Some(draft) = drafts.get_mut(place) else { continue };
            if !due(draft, now, &mut timetable, gathered) {
                slots.extend(draft.slot.take().map(|slot| (draft.file.clone(), slot)));
                held.insert(place);
            }
        }
        if !held.is_empty() {
            let mut place = 0..;
            drafts.retain(|_| !place.next().is_some_and(|place| held.contains(&place)));
        }
        // A section that only its folder tells of is online when an article of it is.
        let mut others = site.sections.split_off(listed);
        others.retain(|section| drafts.iter().any(|draft| draft.section == section.slug));
        site.sections.append(&mut others);
        let translations = Translations::find(&mut drafts);
        let book = settle(&mut drafts, &site);
        let marks = drafts.par_iter().map(|draft| draft.marks);
        let marks: Vec<Marks> = marks.filter(|marks| *marks != Marks::default()).collect();
        site.guess_generator(&root, has_posts, marks.into_iter());
        // What is large goes as soon as it can: of an archive it is some ten megabytes.
        background::free(found);

        if memory.as_deref_mut().is_some_and(|memory| !memory.begin_bodies(&site)) {
            let known = drafts
                .iter_mut()
                .filter_map(|draft| draft.slot.as_mut())
                .chain(slots.iter_mut().map(|it| &mut it.1));
            known.for_each(|slot| Arc::make_mut(slot).body = None);
        }
        let drafts = Arc::new(drafts);
        let directory = LazyDirectory::new(&drafts, sections, &site);
        let shared = Shared { root: root.clone(), site: site.clone(), media, directory, spool };
        let shared = Arc::new(shared);
        let part = Part::new(progress, "Making their texts", drafts.len());
        let order = in_order(&drafts);
        let worker = || Worker::new(&shared);
        let assembled = order.par_iter().map_init(worker, |worker, (place, draft)| {
            part.step(*place);
            assemble(draft, *place, worker)
        });
        let (mut articles, mut news) = (Vec::new(), Vec::new());
        assembled.unzip_into_vecs(&mut articles, &mut news);
        fragments::settle(&mut articles, &mut news, &root)?;
        let is_missing =
            |news: &Option<Box<News>>| news.as_ref().is_some_and(|it| it.missing.is_some());
        if news.iter().any(is_missing) {
            let mut missing = news.iter().map(is_missing);
            articles.retain(|_| missing.next() != Some(true));
        }
        let mut news: Vec<Box<News>> = news.into_iter().flatten().collect();
        news.sort_unstable_by_key(|news| news.place);
        let (mut missing, mut forgotten) = (Vec::new(), Vec::new());
        let as_known = drafts.len() - news.len();
        for news in news {
            let News { place: _, file, missing: failed, mut diagnostics, links: _, slot } = *news;
            missing.extend(failed);
            diagnostics.empty_into(gathered);
            match slot {
                Some(slot) => slots.push((file, slot)),
                None => forgotten.push(file),
            }
        }
        let remember = || {
            if let Some(memory) = memory {
                let all = drafts.iter().map(|draft| &*draft.file);
                memory.end(Remembered { slots, forgotten, as_known }, all);
            }
        };
        let arrange = || {
            translations.link(&mut articles);
            gathered.sort();
            articles
        };
        let ((), articles) = rayon::join(remember, arrange);
        timetable.miss(missing);
        Ok(Self { site, articles, root, now, book, timetable })
    }
}

impl Edition {
    /// Makes AVIF files of the photographs, those of the newest articles first, as far as the workshop has time, and
    /// adds those that are there to the articles.
    pub fn add_avif(&mut self, workshop: &Workshop) {
        let mut photographs = Vec::new();
        let mut seen = HashSet::new();
        for file in self.articles.iter().flat_map(|article| &article.files) {
            if let Some(made) = &file.made
                && made.picture.made.form == Form::Photo
                && seen.insert(made.picture.key.clone())
            {
                photographs.push((made.picture.clone(), file.from.clone()));
            }
        }
        let done = workshop.make_avif(&photographs);
        self.articles.par_iter_mut().for_each(|article| article.add_avif(&done));
    }
}

impl Edition {
    /// Makes room for the files of the shell, named relative to the site: a redirect gives way to them.
    pub fn make_room<'a>(
        &mut self,
        files: impl IntoIterator<Item = &'a str>,
        gathered: &mut Diagnostics,
    ) {
        for name in files {
            let Err(Owner::Article(file)) = self.book.shell(name) else { continue };
            let Some(article) = self.articles.iter_mut().find(|it| it.file == file) else {
                continue;
            };
            let Some(place) = article.redirects().position(|it| self.book.is_one(&it, name)) else {
                continue;
            };
            let alias = article.aliases.remove(place);
            self.book.give_back(name);
            let _ = self.book.shell(name);
            let mut diagnostics = FileDiagnostics::new(&file);
            let owner = Owner::Shell.to_string();
            diagnostics.push(None, Problem::AliasTaken { name: "alias", alias, owner });
            diagnostics.hand_over(gathered);
        }
    }
}

/// The draft of an article, as it was read before where its file is as it was.
fn draft(
    found: &mut Found,
    section: &str,
    (media, folders, memory): (&Media, &Folders, Option<&Memory>),
    site: &SiteConfig,
    zone: &Arc<TimeZone>,
) -> Draft {
    let root = media.root();
    let Some(memory) = memory else { return Draft::read(found, section.to_owned(), root, site) };
    // Before it is read: what is changed meanwhile is seen next time.
    let seen = media.seen_in(folders, &found.file);
    if let (Some(seen), Some(slot)) = (&seen, memory.of(&found.file))
        && let Some(draft) = Draft::recall(slot, found, section, seen, zone)
    {
        return draft;
    }
    let mut draft = Draft::read(found, section.to_owned(), root, site);
    if let Some(seen) = seen {
        draft.remember(found, &seen);
    }
    draft
}

/// Whether a file is in Jekyll's folder of drafts.
fn is_of_drafts(file: &Path) -> bool {
    has_part(file, "_drafts")
}

/// Whether what is known of a draft in short says that it is online.
fn is_surely_due(draft: &Draft, now: Timestamp) -> bool {
    let card = draft.card.as_ref();
    card.is_some_and(|card| card.is_online(now)) && !is_of_drafts(&draft.file)
}

/// Drafts and articles whose time has not come or is over stay out, and so does whatever is wrong in them. An
/// article with a moment that cannot be read is not among them: it is one with an error.
fn due(
    draft: &mut Draft,
    now: Timestamp,
    timetable: &mut Timetable,
    gathered: &mut Diagnostics,
) -> bool {
    let Draft { file, front_matter, diagnostics, .. } = draft;
    let is_draft = front_matter.draft || is_of_drafts(file);
    let online = timetable.enter(file, is_draft, &front_matter.times, now);
    let unlisted = |it: &Diagnostic| matches!(it.problem, Problem::Unlisted { .. });
    if !online {
        gathered.all.extend(diagnostics.all.drain(..).filter(unlisted));
    }
    online
}
