//! Reads a whole edition: all front matters first, because articles link to each other and no two may share
//! an address; then all bodies.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::prelude::*;

use super::article::Article;
use super::article_file::ArticleFile;
use super::compose::{Draft, Shared, compose};
use super::front_matter::FrontMatter;
use super::library::Library;
use super::links::Pages;
use super::problem::{Notes, Problem, Report, Severity};
use super::site::{RESERVED_SECTIONS, RESERVED_SLUGS, Section, SiteConfig};
use super::slug;
use super::walk::{self, Found};

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
    /// with an error stays out too and its problems go to the report.
    ///
    /// # Errors
    ///
    /// When `site.toml` is missing or broken, or `content/` cannot be read.
    pub fn read(root: &Path, now: Timestamp, report: &mut Report) -> Result<Self, Problem> {
        Self::read_below(root, None, now, report)
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
        report: &mut Report,
    ) -> Result<Self, Problem> {
        let root = root.canonicalize().map_err(|e| Problem {
            severity: Severity::Error,
            file: root.to_owned(),
            line: None,
            what: format!("the edition's folder cannot be read ({e})"),
            fix: "name the folder that holds site.toml".into(),
        })?;
        let library = Library::new(&root);
        let mut site = SiteConfig::read(&root, base, &library, report)?;
        let found = walk::articles(&root, report)?;
        let sections = sections(&found, &mut site, report);

        let drafts = found.par_iter().filter_map(|found| {
            let section = sections.get(&found.section)?;
            Some(draft(found, section.clone(), &root, &site))
        });
        let mut drafts: Vec<Draft> = drafts.collect();
        drafts.retain(|draft| due(draft, now, report));
        let pages = settle(&mut drafts, &site);

        let shared = Shared { root: &root, site: &site, library: &library, pages: &pages };
        let composed = drafts.into_par_iter().map(|draft| compose(draft, &shared));
        let composed: Vec<(Option<Article>, Notes)> = composed.collect();
        let mut articles = Vec::with_capacity(composed.len());
        for (article, notes) in composed {
            articles.extend(article);
            notes.hand_over(report);
        }
        report.sort();
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
    report: &mut Report,
) -> BTreeMap<String, String> {
    let folders: HashSet<&str> = found.iter().map(|found| found.section.as_str()).collect();
    let mut folders: Vec<&str> = folders.into_iter().collect();
    folders.sort_unstable();
    let mut slugs = BTreeMap::new();
    for folder in folders {
        let slug = slug::fold(folder);
        let mut notes = Notes::new(&Path::new("content").join(folder));
        if slug.is_empty() || RESERVED_SECTIONS.contains(&&*slug) {
            notes.error(
                None,
                format!("\"{folder}\" cannot be the address of a section"),
                format!("rename the folder; taken are: {}", RESERVED_SECTIONS.join(", ")),
            );
        } else {
            if site.sections.iter().all(|section| section.slug != slug) {
                notes.warning(
                    None,
                    format!("the section \"{folder}\" is not in site.toml"),
                    format!("add [[sections]] with slug = \"{slug}\" and a title"),
                );
                site.sections.push(Section {
                    slug: slug.clone(),
                    title: folder.to_owned(),
                    language: None,
                    description: None,
                });
            }
            slugs.insert(folder.to_owned(), slug);
        }
        notes.hand_over(report);
    }
    slugs
}

fn draft(found: &Found, section: String, root: &Path, site: &SiteConfig) -> Draft {
    let mut notes = Notes::new(&found.file);
    let text = ArticleFile::read(&root.join(&found.file), &mut notes);
    let matter = text.as_ref().and_then(|text| match text.matter() {
        Ok(table) => Some(FrontMatter::read(&table, found, &site.timezone, &mut notes)),
        Err(broken) => {
            notes.error(
                broken.line,
                format!("the front matter cannot be read: {}", broken.what),
                "mend the line; put values that hold a colon or begin with a sign into quotes",
            );
            None
        }
    });
    let readable = matter.is_some();
    let matter = matter.unwrap_or_default();
    let (written, line) = match &matter.slug {
        Some(slug) => (slug.value.as_str(), Some(slug.line)),
        None => (slug::split_date(&found.name).1, None),
    };
    let slug = slug::fold(written);
    let problem = if slug.is_empty() {
        Some("has no letter or digit that an address could have")
    } else if RESERVED_SLUGS.contains(&&*slug) {
        Some("is a name that the site itself uses")
    } else if slug.len() > LONGEST_SLUG {
        Some("is too long for an address")
    } else {
        None
    };
    if let Some(problem) = problem.filter(|_| readable) {
        let fix = "write slug: and a short name in plain letters into the front matter";
        notes.error(line, format!("the slug \"{written}\" {problem}"), fix);
    }
    Draft { file: found.file.clone(), section, slug, matter, text, notes }
}

/// Drafts and articles of the future stay out, and so does whatever is wrong in them.
fn due(draft: &Draft, now: Timestamp, report: &mut Report) -> bool {
    let future = draft.matter.date.as_ref().is_some_and(|date| date.at.timestamp() > now);
    if draft.matter.draft {
        report.skipped_drafts += 1;
    } else if future {
        report.skipped_future += 1;
    }
    !draft.matter.draft && !future
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
            let line = draft.matter.slug.as_ref().map(|slug| slug.line);
            draft.notes.error(
                line,
                format!("its address {path} is that of {} already", owner.display()),
                "write another slug: into the front matter of one of the two",
            );
            continue;
        }
        owners.insert(path, draft.file.clone());
        pages.insert(draft.file.clone(), (draft.section.clone(), draft.slug.clone()));
    }
    for draft in drafts {
        let own = format!("/{}/{}/", draft.section, draft.slug);
        draft.matter.aliases.retain(|alias| alias.value != own);
        for alias in &draft.matter.aliases {
            if let Some(owner) = owners.get(&alias.value) {
                let what =
                    format!("the alias {} is the address of {}", alias.value, owner.display());
                draft.notes.error(alias.line, what, "take the alias out");
            } else {
                owners.insert(alias.value.clone(), draft.file.clone());
            }
        }
    }
    pages
}
