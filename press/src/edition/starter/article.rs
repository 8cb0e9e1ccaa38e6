//! The file of a new article, with its front matter filled in.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use broadsheet::urls::{Route, Urls};
use jiff::Timestamp;
use walkdir::WalkDir;

use super::quote;
use crate::edition::addresses::reserved::RESERVED_SLUGS;
use crate::edition::addresses::slug;
use crate::edition::config::SiteConfig;
use crate::edition::content::is_markdown;
use crate::edition::diagnostics::Diagnostics;
use crate::edition::languages::{same_language, tags};
use crate::edition::media::Media;
use crate::text::line;

/// A new article.
#[derive(Clone, Debug)]
pub struct NewArticle<'a> {
    /// Its headline.
    pub title: &'a str,
    /// The slug or the title of its section; else the first section.
    pub section: Option<&'a str>,
    /// Its language, where it may not be that of its section.
    pub language: Option<&'a str>,
    /// Its part of the address; else its headline makes it.
    pub slug: Option<&'a str>,
    /// Whether it stays out until its publisher takes a line away.
    pub draft: bool,
    /// Its date.
    pub now: Timestamp,
}

/// A file that was written.
#[derive(Clone, Debug)]
pub struct WrittenArticle {
    /// The file, relative to the edition.
    pub file: PathBuf,
    /// Where the article will be.
    pub url: String,
    /// The slug of its section.
    pub section: String,
}

impl NewArticle<'_> {
    /// Writes `content/<section>/<slug>/index.md` into an edition, and never over another file.
    ///
    /// # Errors
    /// If there is no edition, no such section, an article at that address already, or the file cannot be written.
    pub fn write(&self, edition: &Path) -> Result<WrittenArticle> {
        let title = line(self.title);
        ensure!(!title.is_empty(), "the title is empty");
        let site = SiteConfig::read(
            edition,
            None,
            &Media::new(edition, None),
            &mut Diagnostics::default(),
        )?;
        let section = section(&site, edition, self.section)?;
        let name = slug::of(self.slug.unwrap_or(&title));
        // The press reads a date at the beginning of a name as the article's.
        let address = slug::of(slug::split_date(&name).1);
        ensure!(
            !RESERVED_SLUGS.contains(&&*address),
            "\"{address}\" is where the site keeps pages of its own: choose another with --slug"
        );
        let folder = Path::new("content").join(&section.folder);
        if let Some(file) = taken(edition, &folder, &address) {
            bail!("{} has this address already: choose another with --slug", file.display());
        }
        let language = self.language.map(|text| {
            tags::normal(text)
                .ok_or_else(|| anyhow!("\"{text}\" is no language tag such as vi or en-GB"))
        });
        let language = language.transpose()?.filter(|tag| {
            !same_language(tag, site.section_language(&section.slug).unwrap_or(&site.language))
        });
        let text = self.text(&title, language.as_deref(), &site);
        let file = folder.join(&name).join("index.md");
        let path = edition.join(&file);
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(path.parent().unwrap_or(edition))?;
            File::create_new(&path)?.write_all(text.as_bytes())
        };
        write().with_context(|| format!("{} cannot be written", path.display()))?;
        let urls = Urls::new(&site.base_url, site.base_path());
        let url = urls.absolute(&urls.path(Route::Article(&section.slug, &address)));
        Ok(WrittenArticle { file, url, section: section.slug })
    }

    fn text(&self, title: &str, language: Option<&str>, site: &SiteConfig) -> String {
        let date =
            self.now.to_zoned_datetime(site.timezone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z");
        let mut text = format!("---\ntitle: {}\ndate: {date}\n", quote::yaml_title(title));
        if self.draft {
            text.push_str("draft: true # take this line out to publish the article\n");
        }
        if let Some(language) = language {
            // Writing into a string does not fail.
            let _ = writeln!(text, "language: {language}");
        }
        text.push_str(
            "summary: \"\"\nauthor: \"\"\ntags: []\n\
             # image: picture.jpg # a file beside this one\n\
             # image_alt: \"What is seen in the picture\"\n\
             # image_caption: \"What it shows\"\n---\n\n",
        );
        text
    }
}

/// A section, and its folder below `content/`.
struct Place {
    slug: String,
    folder: String,
}

/// The section that is meant, by its slug or its title; the first one where none is named.
fn section(site: &SiteConfig, edition: &Path, wanted: Option<&str>) -> Result<Place> {
    let folders = folders(&edition.join("content"));
    let place = |slug: &str| {
        let folder = folders.iter().find(|folder| slug::of(folder) == slug);
        Place { slug: slug.to_owned(), folder: folder.map_or(slug, |it| it).to_owned() }
    };
    let Some(wanted) = wanted else {
        let first = site.sections.first().map(|section| section.slug.clone());
        let first = first.or_else(|| folders.first().map(|folder| slug::of(folder)));
        return first
            .map(|slug| place(&slug))
            .context("the newspaper has no section: write [[sections]] into site.toml");
    };
    let folded = slug::of(wanted);
    let listed = site.sections.iter().find(|it| it.slug == folded || slug::of(&it.title) == folded);
    match (listed, folders.iter().any(|folder| slug::of(folder) == folded)) {
        (Some(section), _) => Ok(place(&section.slug)),
        (None, true) => Ok(place(&folded)),
        (None, false) => {
            let known: Vec<&str> = site.sections.iter().map(|section| &*section.slug).collect();
            bail!(
                "there is no section \"{wanted}\": write it into site.toml, or choose one of: {}",
                known.join(", ")
            )
        }
    }
}

/// The names of the folders in a folder, sorted.
fn folders(content: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(content).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> =
        folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// The file of a section that has an address by its name. One that has it by its front matter is told of by
/// `press check`.
fn taken(edition: &Path, section: &Path, address: &str) -> Option<PathBuf> {
    let files = WalkDir::new(edition.join(section)).follow_links(true).into_iter().flatten();
    let mut seen = HashSet::new();
    files.filter(|entry| entry.file_type().is_file() && is_markdown(entry.path())).find_map(
        |entry| {
            let path = entry.path();
            // `index.en.md` and `index.md` are one article.
            let stem = path.file_stem()?.to_str()?;
            let name = match stem.split('.').next() {
                Some("index") => path.parent()?.file_name()?.to_str()?,
                _ => stem,
            };
            let same =
                seen.insert(name.to_owned()) && slug::of(slug::split_date(name).1) == address;
            same.then(|| path.strip_prefix(edition).unwrap_or(path).to_owned())
        },
    )
}
