//! Translations: which articles say the same in several languages, and the address of each.
//!
//! They are known by what names them alike: `translationKey` or `ref` in the front matter; else the path without what
//! names the language; else one `permalink`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::edition::article::{Article, Translation};
use crate::edition::draft::Draft;

/// Articles that are translations of each other: the place of each among the drafts, one of each language.
type Group = Vec<usize>;

/// Whether translations of a draft could only be named by its own path.
fn has_own_name(draft: &Draft) -> bool {
    // Of others there is no card.
    draft.card.is_some()
        || draft.front_matter.translation_key.is_none() && draft.version.neutral == draft.file
}

/// Finds the translations.
fn groups<'d>(drafts: &'d [Draft]) -> Vec<Group> {
    let key = |draft: &'d Draft| match &draft.card {
        Some(_) => None,
        None => draft.front_matter.translation_key.as_deref(),
    };
    let name = |draft: &'d Draft| match key(draft) {
        Some(key) => (true, Cow::Borrowed(key)),
        None => (false, draft.version.neutral.to_string_lossy()),
    };
    // No two files have one path: a draft whose name is that is in a group only with one whose name is not.
    let named = drafts.par_iter().filter(|it| !has_own_name(it)).map(name);
    let mut by_name: HashMap<(bool, Cow<'_, str>), Group> =
        named.map(|name| (name, Group::new())).collect();
    let mut by_permalink: HashMap<&str, Group> = HashMap::new();
    if !by_name.is_empty() {
        for (place, draft) in drafts.iter().enumerate() {
            if let Some(group) = by_name.get_mut(&name(draft)) {
                group.push(place);
            }
        }
    }
    let mut groups: Vec<Group> = by_name.into_values().filter(|it| it.len() > 1).collect();
    groups.sort_unstable();
    let mut grouped: Vec<usize> = groups.iter().flatten().copied().collect();
    grouped.sort_unstable();
    let named = drafts.par_iter().enumerate().filter(|(_, draft)| draft.card.is_none());
    let named = named
        .filter_map(|(place, draft)| Some((place, draft.front_matter.permalink_key.as_deref()?)));
    for (place, permalink) in named.collect::<Vec<_>>() {
        if grouped.binary_search(&place).is_err() {
            by_permalink.entry(permalink).or_default().push(place);
        }
    }
    let mut shared: Vec<Group> = by_permalink.into_values().filter(|it| it.len() > 1).collect();
    shared.sort();
    groups.extend(shared);
    for group in &mut groups {
        let mut seen: Vec<&str> = Vec::new();
        group.retain(|place| {
            let language = drafts.get(*place).map_or("", |it| &it.version.language);
            let new = !seen.contains(&language);
            seen.push(language);
            new
        });
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// The translations of an edition, by file.
#[derive(Debug, Default)]
pub(crate) struct Translations {
    groups: HashMap<Arc<Path>, usize>,
}

impl Translations {
    /// Finds the translations, and gives those that want one address an address each. Articles in their section's
    /// language come first afterwards, so that no translation takes theirs.
    pub(crate) fn find(drafts: &mut [Draft]) -> Self {
        let groups = groups(drafts);
        let mut found = Self::default();
        for (number, group) in groups.iter().enumerate() {
            part(drafts, group);
            let files = group.iter().filter_map(|place| drafts.get(*place));
            found.groups.extend(files.map(|draft| (draft.file.clone(), number)));
        }
        if !drafts.par_iter().all(|draft| draft.version.is_main()) {
            drafts.sort_by_key(|draft| !draft.version.is_main());
        }
        found
    }

    /// Tells every article its translations. One that was withdrawn is none.
    pub(crate) fn link(&self, articles: &mut [Article]) {
        if self.groups.is_empty() {
            return;
        }
        let mut members: HashMap<usize, Vec<(Arc<Path>, Translation)>> = HashMap::new();
        let online = articles.iter().filter(|it| it.withdrawn.is_none());
        for article in online {
            if let Some(group) = self.groups.get(&article.file) {
                let translation = Translation {
                    language: article.language.clone(),
                    section: article.section.clone(),
                    slug: article.slug.clone(),
                    title: article.title.clone(),
                    published: article.published.clone(),
                };
                members.entry(*group).or_default().push((article.file.clone(), translation));
            }
        }
        for article in articles.iter_mut().filter(|it| it.withdrawn.is_none()) {
            let group = self.groups.get(&article.file).and_then(|group| members.get(group));
            let others = group.into_iter().flatten().filter(|(file, _)| *file != article.file);
            article.translations = others.map(|(_, it)| it.clone()).collect();
            article.translations.sort_by(|a, b| a.language.cmp(&b.language));
        }
    }
}

/// Parts the translations of one address: that in the section's language keeps it.
fn part(drafts: &mut [Draft], group: &[usize]) {
    let place = |draft: &Draft| (draft.section.clone(), draft.slug.clone());
    let mut members = group.to_vec();
    members.sort_by_key(|it| {
        drafts.get(*it).map(|it| {
            let version = &it.version;
            (version.language != version.main, !version.is_main())
        })
    });
    let mut taken = Vec::new();
    for member in members {
        let Some(draft) = drafts.get_mut(member).filter(|it| !it.slug.is_empty()) else { continue };
        if taken.contains(&place(draft)) {
            let slug = draft.version.slug(&draft.slug);
            draft.version.note_old_address(&draft.section, &draft.slug);
            (draft.slug, draft.is_moved) = (slug, true);
        }
        taken.push(place(draft));
    }
}
