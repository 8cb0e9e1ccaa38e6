//! Translations: which articles say the same in several languages, and the address of each.
//!
//! They are known by what names them alike: `translationKey` or `ref` in the front matter; else the path without what
//! names the language; else one `permalink`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::PathBuf;

use crate::edition::article::{Article, Translation};
use crate::edition::draft::Draft;

/// Articles that are translations of each other: the place of each among the drafts, one of each language.
type Group = Vec<usize>;

/// Finds the translations.
fn groups(drafts: &[Draft]) -> Vec<Group> {
    let mut by_name: HashMap<(bool, Cow<'_, str>), usize> = HashMap::with_capacity(drafts.len());
    let mut found: Vec<Group> = Vec::with_capacity(drafts.len());
    for (place, draft) in drafts.iter().enumerate() {
        let name = match &draft.front_matter.translation_key {
            Some(key) => (true, Cow::Borrowed(key.as_str())),
            None => (false, draft.version.neutral.to_string_lossy()),
        };
        let number = *by_name.entry(name).or_insert(found.len());
        match found.get_mut(number) {
            Some(group) => group.push(place),
            None => found.push(vec![place]),
        }
    }
    let (mut groups, alone): (Vec<Group>, Vec<Group>) =
        found.into_iter().partition(|group| group.len() > 1);
    let mut by_permalink: HashMap<&str, Group> = HashMap::new();
    for place in alone.into_iter().flatten() {
        if let Some(permalink) =
            drafts.get(place).and_then(|it| it.front_matter.permalink_key.as_deref())
        {
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
    groups: HashMap<PathBuf, usize>,
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
        drafts.sort_by_key(|draft| !draft.version.is_main());
        found
    }

    /// Tells every article its translations. One that was withdrawn is none.
    pub(crate) fn link(&self, articles: &mut [Article]) {
        if self.groups.is_empty() {
            return;
        }
        let mut members: HashMap<usize, Vec<(PathBuf, Translation)>> = HashMap::new();
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
            draft.slug = slug;
        }
        taken.push(place(draft));
    }
}
