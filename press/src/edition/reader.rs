//! Reads a whole edition: all front matters first, because articles link to each other and no two may share
//! an address; then all bodies.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::edition::addresses::slug;
use crate::edition::article::Article;
use crate::edition::article_file::ArticleFile;
use crate::edition::assemble::{Draft, Shared, assemble};
use crate::edition::body::links::Pages;
use crate::edition::config::{RESERVED_SECTIONS, RESERVED_SLUGS, Section, SiteConfig};
use crate::edition::content::{self, Found};
use crate::edition::diagnostics::{Diagnostic, Diagnostics, FileDiagnostics, Problem};
use crate::edition::front_matter::FrontMatter;
use crate::edition::media::Media;

/// A slug becomes a folder's name, and file systems end at 255 bytes.
const LONGEST_SLUG: usize = 200;

/// What a publisher wrote, ready to print.
#[derive(Clone, Debug)]
pub struct Edition {
    /// What `site.toml` says.
    pub site: SiteConfig,
    /// The articles, newest first; those of one moment by path.
    pub articles: Vec<Article>,
    /// The edition's folder (canonical).
    pub root: PathBuf,
}

impl Edition {
    /// Reads the edition in the folder `root`. Articles dated after `now` stay out, as do drafts; an article
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
        let root = root
            .canonicalize()
            .map_err(|e| Diagnostic::new(root, Problem::NoEdition { reason: e.to_string() }))?;
        let media = Media::new(&root);
        let mut site = SiteConfig::read(&root, base, &media, gathered)?;
        let found = content::articles(&root, gathered)?;
        let sections = sections(&found, &mut site, gathered);

        let drafts = found.par_iter().filter_map(|found| {
            let section = sections.get(&found.section)?;
            Some(draft(found, section.clone(), &root, &site))
        });
        let mut drafts: Vec<Draft> = drafts.collect();
        drafts.retain(|draft| due(draft, now, gathered));
        let pages = settle(&mut drafts, &site);
        let bodies = drafts.iter().filter_map(|draft| draft.text.as_ref()).map(ArticleFile::body);
        site.guess_generator(&root, &found, bodies);

        let shared = Shared { root: &root, site: &site, media: &media, pages: &pages };
        let assembled = drafts.into_par_iter().map(|draft| assemble(draft, &shared));
        let assembled: Vec<(Option<Article>, FileDiagnostics)> = assembled.collect();
        let mut articles = Vec::with_capacity(assembled.len());
        for (article, diagnostics) in assembled {
            articles.extend(article);
            diagnostics.hand_over(gathered);
        }
        gathered.sort();
        articles.sort_by(|a: &Article, b| {
            b.published.cmp(&a.published).then_with(|| a.file.cmp(&b.file))
        });
        Ok(Self { site, articles, root })
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
        let slug = slug::fold(folder);
        let mut diagnostics = FileDiagnostics::new(&Path::new("content").join(folder));
        if slug.is_empty() || RESERVED_SECTIONS.contains(&&*slug) {
            let taken = RESERVED_SECTIONS.join(", ");
            diagnostics.push(None, Problem::SectionAddress { folder: folder.to_owned(), taken });
        } else {
            if site.sections.iter().all(|section| section.slug != slug) {
                let title = folder.to_owned();
                diagnostics.push(
                    None,
                    Problem::UnlistedSection { folder: title.clone(), slug: slug.clone() },
                );
                site.sections.push(Section {
                    slug: slug.clone(),
                    title,
                    language: None,
                    description: None,
                });
            }
            slugs.insert(folder.to_owned(), slug);
        }
        diagnostics.hand_over(gathered);
    }
    slugs
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
    let slug = slug::fold(written);
    let reason = if slug.is_empty() {
        Some("has no letter or digit that an address could have")
    } else if RESERVED_SLUGS.contains(&&*slug) {
        Some("is a name that the site itself uses")
    } else if slug.len() > LONGEST_SLUG {
        Some("is too long for an address")
    } else {
        None
    };
    if let Some(reason) = reason.filter(|_| readable) {
        diagnostics.push(line, Problem::Slug { slug: written.to_owned(), reason });
    }
    Draft { file: found.file.clone(), section, slug, front_matter, text, diagnostics }
}

/// Drafts and articles of the future stay out, and so does whatever is wrong in them.
fn due(draft: &Draft, now: Timestamp, gathered: &mut Diagnostics) -> bool {
    let future = draft.front_matter.date.as_ref().is_some_and(|date| date.at.timestamp() > now);
    if draft.front_matter.draft {
        gathered.skipped_drafts += 1;
    } else if future {
        gathered.skipped_future += 1;
    }
    !draft.front_matter.draft && !future
}

/// The date in the name of a file, where both names have one and they differ. Archives that keep the
/// date in the file's name have it in their addresses too, and so may use a slug on two days.
fn later_date<'a>(owner: &Path, file: &'a Path) -> Option<&'a str> {
    let date = |file: &'a Path| slug::split_date(file.file_stem()?.to_str()?).0;
    let owned = slug::split_date(owner.file_stem()?.to_str()?).0?;
    date(file).filter(|date| *date != owned)
}

/// Gives every address to the first article that wants it. Of two with a date in their file's name,
/// the later one gets the date into its address.
fn settle(drafts: &mut [Draft], site: &SiteConfig) -> Pages {
    let mut owners: HashMap<String, PathBuf> = HashMap::new();
    let mut pages = Pages::new();
    for section in &site.sections {
        owners.insert(format!("/{}/", section.slug), PathBuf::from("site.toml"));
    }
    for draft in drafts.iter_mut().filter(|d| !d.slug.is_empty()) {
        let mut path = format!("/{}/{}/", draft.section, draft.slug);
        if let Some(date) = owners.get(&path).and_then(|owner| later_date(owner, &draft.file)) {
            draft.slug = format!("{}-{date}", draft.slug);
            path = format!("/{}/{}/", draft.section, draft.slug);
        }
        if let Some(owner) = owners.get(&path) {
            let line = draft.front_matter.slug.as_ref().map(|slug| slug.line);
            draft.diagnostics.push(line, Problem::AddressTaken { path, owner: owner.clone() });
            continue;
        }
        owners.insert(path, draft.file.clone());
        pages.insert(draft.file.clone(), (draft.section.clone(), draft.slug.clone()));
    }
    for draft in drafts {
        let own = format!("/{}/{}/", draft.section, draft.slug);
        draft.front_matter.aliases.retain(|alias| alias.value != own);
        for alias in &draft.front_matter.aliases {
            if let Some(owner) = owners.get(&alias.value) {
                let problem =
                    Problem::AliasTaken { alias: alias.value.clone(), owner: owner.clone() };
                draft.diagnostics.push(alias.line, problem);
            } else {
                owners.insert(alias.value.clone(), draft.file.clone());
            }
        }
    }
    pages
}
