//! Lists all pages of an edition in its directory. That takes a tenth of a second in an archive, so it is done when the
//! first link asks where it leads; most texts have none of their own newspaper.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::edition::addresses::directory::{Directory, Known};
use crate::edition::addresses::{slug, wishes};
use crate::edition::config::SiteConfig;
use crate::edition::draft::Draft;

/// So many texts that are made anew surely ask: the directory is made on all cores before them.
const MANY: usize = 1_000;

/// The directory of an edition, made when somebody asks for something in it.
#[derive(Debug)]
pub(crate) struct LazyDirectory {
    made: OnceLock<Directory>,
    drafts: Arc<Vec<Draft>>,
    /// The folders of sections with their slugs.
    folders: BTreeMap<String, String>,
    /// The slugs of sections.
    sections: Vec<String>,
    page_size: usize,
}

impl LazyDirectory {
    /// The directory of the articles that drafts become, whose addresses are settled. `folders` are the sections' folders
    /// with their slugs.
    pub(crate) fn new(
        drafts: &Arc<Vec<Draft>>,
        folders: BTreeMap<String, String>,
        site: &SiteConfig,
    ) -> Self {
        let sections = site.sections.iter().map(|section| section.slug.clone()).collect();
        let (drafts, page_size) = (Arc::clone(drafts), site.page_size.max(1));
        let directory = Self { made: OnceLock::new(), drafts, folders, sections, page_size };
        let new = directory.drafts.par_iter().filter(|draft| draft.card.is_none());
        if new.count() >= MANY {
            directory.made.get_or_init(|| directory.make(1));
        }
        directory
    }

    /// Makes it; no core takes less than `piece` articles.
    fn make(&self, piece: usize) -> Directory {
        let drafts = &*self.drafts;
        let mut directory = Directory::default();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for draft in drafts {
            *counts.entry(&draft.section).or_default() += 1;
        }
        directory.add_list("", drafts.len() / self.page_size);
        for section in &self.sections {
            let count = counts.get(section.as_str()).copied().unwrap_or(0);
            directory.add_list(section, count / self.page_size);
        }
        for (folder, section) in &self.folders {
            directory.add_folder(folder, section);
        }
        let placed: Vec<&Draft> = drafts.iter().filter(|draft| !draft.slug.is_empty()).collect();
        let known = placed.par_iter().with_min_len(piece).map(|draft| (known(draft), names(draft)));
        let (known, names) = known.unzip();
        directory.add_articles(known, names, piece == 1);
        for (number, draft) in placed.into_iter().enumerate() {
            directory.add_file(&draft.version.neutral, number);
            for old in &draft.old {
                directory.add_redirect(&old.path, number);
            }
        }
        directory.finish();
        directory
    }
}

impl Deref for LazyDirectory {
    type Target = Directory;

    fn deref(&self) -> &Directory {
        // On this core alone: another one that waits for the directory could be the one that has to help.
        self.made.get_or_init(|| self.make(usize::MAX))
    }
}

/// The names that may stand for an article, folded, each once.
fn names(draft: &Draft) -> Vec<String> {
    let names = [&*draft.slug, &*draft.name, slug::split_date(&draft.name).1];
    let mut names: Vec<String> = names.map(slug::of).into();
    names.dedup();
    names
}

fn known(draft: &Draft) -> Known {
    let Draft { file, section, slug, version, front_matter, .. } = draft;
    let mut dates = Vec::new();
    if let Some(moment) = &front_matter.date {
        dates.push(moment.at.date());
        if !moment.date_only {
            dates.push(moment.at.timestamp().to_zoned_datetime(TimeZone::UTC).date());
        }
    }
    dates.extend(slug::split_date(&draft.name).0);
    dates.dedup();
    let folders = wishes::folders(&version.neutral, &draft.name);
    let folder = version.neutral.components().nth(1).and_then(|it| it.as_os_str().to_str());
    let words =
        folder.into_iter().chain(folders).chain(front_matter.tags.iter().map(String::as_str));
    let words = words.chain(front_matter.categories.iter().map(String::as_str));
    let mut words: Vec<String> = words.map(slug::of).chain([section.clone()]).collect();
    words.sort_unstable();
    words.dedup();
    Known { file: file.clone(), section: section.clone(), slug: slug.clone(), dates, words }
}
