//! The sections of an edition: the folders of its articles, each with the slug that its pages have.

use std::collections::BTreeMap;
use std::path::Path;

use crate::edition::addresses::reserved::RESERVED_SECTIONS;
use crate::edition::addresses::slug;
use crate::edition::config::{Section, SiteConfig};
use crate::edition::content::Found;
use crate::edition::diagnostics::{Diagnostics, FileDiagnostics, Problem};
use crate::text::line;

/// The folders of the sections of files that are in the order of their paths, most of them once.
pub(crate) fn in_runs(found: &[Found]) -> impl Iterator<Item = &str> {
    found.chunk_by(|a, b| a.section == b.section).filter_map(|run| Some(&*run.first()?.section))
}

/// The section slug of every folder. A folder that `site.toml` does not list becomes a section of its own.
pub(crate) fn sections(
    found: &[Found],
    site: &mut SiteConfig,
    gathered: &mut Diagnostics,
) -> BTreeMap<String, String> {
    let mut folders: Vec<&str> = in_runs(found).collect();
    folders.sort_unstable();
    folders.dedup();
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
