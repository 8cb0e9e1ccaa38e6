//! Reads a whole edition: all front matters first, because articles link to each other and no two may share
//! an address; then all bodies.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::edition::addresses::book::{Book, Owner};
use crate::edition::addresses::pattern::Facts;
use crate::edition::addresses::reserved::{RESERVED_SECTIONS, RESERVED_SLUGS};
use crate::edition::addresses::settle::settle;
use crate::edition::addresses::{fragments, slug, wishes};
use crate::edition::article::Article;
use crate::edition::article_file::ArticleFile;
use crate::edition::assemble::{Assembled, Draft, Shared, assemble};
use crate::edition::config::{Section, SiteConfig};
use crate::edition::content::{self, Found};
use crate::edition::diagnostics::{Diagnostic, Diagnostics, FileDiagnostics, Problem};
use crate::edition::front_matter::FrontMatter;
use crate::edition::languages::translations::Translations;
use crate::edition::languages::version::Version;
use crate::edition::languages::{self, file_names::Known};
use crate::edition::media::Media;
use crate::edition::memory::Memory;
use crate::edition::timetable::{Failed, Timetable};
use crate::pictures::{Form, Workshop};
use crate::progress::Part;
use crate::text::line;

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
        let progress = workshop.as_ref().map(|it| it.progress());
        let mut site = SiteConfig::read(&root, base, &media, gathered)?;
        if site.pictures.fetch {
            media.fetch_remote();
        }
        let slugs: Vec<&str> = site.sections.iter().map(|section| &*section.slug).collect();
        let known = Known { languages: &site.languages, sections: &slugs };
        let found = content::articles(&root, known, gathered)?;
        let listed = site.sections.len();
        let sections = sections(&found, &mut site, gathered);

        let part = Part::new(progress, "Reading articles", found.len());
        let drafts = found.par_iter().filter_map(|found| {
            let section = sections.get(&found.section)?;
            part.step();
            Some(draft(found, section.clone(), &root, &site))
        });
        let mut drafts: Vec<Draft> = drafts.collect();
        let mut timetable = Timetable::default();
        drafts.retain_mut(|draft| due(draft, now, &mut timetable, gathered));
        // A section that only its folder tells of is online when an article of it is.
        let mut others = site.sections.split_off(listed);
        others.retain(|section| drafts.iter().any(|draft| draft.section == section.slug));
        site.sections.append(&mut others);
        let translations = Translations::find(&mut drafts);
        let (book, directory) = settle(&mut drafts, &sections, &site);
        let wanted = drafts.iter().map(wanted).collect();
        let bodies = drafts.iter().filter_map(|draft| draft.text.as_ref()).map(ArticleFile::body);
        site.guess_generator(&root, &found, bodies);

        if let Some(memory) = &mut memory {
            memory.begin(&site, &directory);
        }
        let shared = Shared {
            root: &root,
            site: &site,
            media: &media,
            directory: &directory,
            memory: memory.as_deref(),
        };
        let part = Part::new(progress, "Making their texts", drafts.len());
        let assembled = drafts.into_par_iter().map(|draft| {
            part.step();
            assemble(draft, &shared)
        });
        let mut assembled: Vec<Assembled> = assembled.collect();
        fragments::settle(&mut assembled, &directory, &root);
        if let Some(memory) = memory {
            memory.end(&site, directory);
        }
        let mut articles = Vec::with_capacity(assembled.len());
        for assembled in assembled {
            articles.extend(assembled.article);
            assembled.diagnostics.hand_over(gathered);
        }
        translations.link(&mut articles);
        gathered.sort();
        timetable.compare(wanted, &articles.iter().map(|it| it.file.as_path()).collect());
        let mut edition = Self { site, articles, root, now, book, timetable };
        edition.sort();
        Ok(edition)
    }

    /// Puts the articles in their order.
    pub(crate) fn sort(&mut self) {
        let order = |a: &Article, b: &Article| {
            b.published.cmp(&a.published).then_with(|| a.file.cmp(&b.file))
        };
        self.articles.sort_by(order);
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
            let Some(article) = self.articles.iter_mut().find(|it| it.file == *file) else {
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

/// The section slug of every folder. A folder that `site.toml` does not list becomes a section of its own.
fn sections(
    found: &[Found],
    site: &mut SiteConfig,
    gathered: &mut Diagnostics,
) -> BTreeMap<String, String> {
    let folders: HashSet<&str> = found.iter().map(|found| found.section.as_str()).collect();
    let mut folders: Vec<&str> = folders.into_iter().collect();
    folders.sort_unstable();
    let mut slugs = BTreeMap::new();
    for folder in folders {
        let slug = slug::of(folder);
        let mut diagnostics = FileDiagnostics::new(&Path::new("content").join(folder));
        if RESERVED_SECTIONS.contains(&&*slug) {
            let taken = RESERVED_SECTIONS.join(", ");
            diagnostics.push(None, Problem::SectionAddress { folder: folder.to_owned(), taken });
        } else {
            if site.sections.iter().all(|section| section.slug != slug) {
                let title = line(folder);
                diagnostics.push(
                    None,
                    Problem::UnlistedSection { folder: folder.to_owned(), slug: slug.clone() },
                );
                site.sections.push(Section {
                    slug: slug.clone(),
                    title,
                    language: only_language(found, folder),
                    description: None,
                });
            }
            slugs.insert(folder.to_owned(), slug);
        }
        diagnostics.hand_over(gathered);
    }
    slugs
}

/// The language that all files of a section's folder are named by.
fn only_language(found: &[Found], folder: &str) -> Option<String> {
    let mut languages = found.iter().filter(|it| it.section == folder).map(|it| &it.language);
    let first = languages.next()?;
    first.clone().filter(|_| languages.all(|it| it == first))
}

fn draft(found: &Found, section: String, root: &Path, site: &SiteConfig) -> Draft {
    let mut diagnostics = FileDiagnostics::new(&found.file);
    let text = ArticleFile::read(&root.join(&found.file), &mut diagnostics);
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
    Draft { file, name, section, slug, version, old, front_matter, text, diagnostics }
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

/// Drafts and articles whose time has not come or is over stay out, and so does whatever is wrong in them. An
/// article with a moment that cannot be read is not among them: it is one with an error.
fn due(
    draft: &mut Draft,
    now: Timestamp,
    timetable: &mut Timetable,
    gathered: &mut Diagnostics,
) -> bool {
    let Draft { file, front_matter, diagnostics, .. } = draft;
    // Jekyll's folder.
    let is_draft = front_matter.draft || file.iter().any(|part| part == "_drafts");
    let online = timetable.enter(file, is_draft, &front_matter.times, now);
    let unlisted = |it: &Diagnostic| matches!(it.problem, Problem::Unlisted { .. });
    if !online {
        gathered.all.extend(diagnostics.all.drain(..).filter(unlisted));
    }
    online
}

/// What is to be printed: file, path, and whether the article was withdrawn.
fn wanted(draft: &Draft) -> (Failed, bool) {
    let path = format!("{}/{}/", draft.section, draft.slug);
    (Failed { file: draft.file.clone(), path }, draft.front_matter.withdrawn.is_some())
}
