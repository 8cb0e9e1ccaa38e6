//! Gives every address to one article: first the articles' own, then the old ones that lead to them.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::edition::addresses::book::{Book, Owner};
use crate::edition::addresses::wishes::OldAddress;
use crate::edition::addresses::{aliases, key, slug};
use crate::edition::config::SiteConfig;
use crate::edition::diagnostics::Problem;
use crate::edition::draft::Draft;
use crate::hash::short_hash;

/// Settles the addresses of an edition.
pub(crate) fn settle(drafts: &mut [Draft], site: &SiteConfig) -> Book {
    if let Some(book) = undisputed(drafts, site) {
        return book;
    }
    let mut book = with_sections(site, drafts.len());
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    // An article in its section's language comes before a translation, which has another address to go to.
    order.par_sort_by_cached_key(|it| {
        drafts.get(*it).map(|draft| (!draft.version.is_main(), age(&draft.file)))
    });
    for place in &order {
        if let Some(draft) = drafts.get_mut(*place) {
            let path = draft.version.old_address.take();
            let name = "old address";
            draft.old.extend(path.map(|path| OldAddress { name, path, line: None, meant: false }));
            own(draft, &mut book);
        }
    }
    // What was meant comes before what may have been.
    for meant in [true, false] {
        for place in &order {
            if let Some(draft) = drafts.get_mut(*place) {
                old(draft, meant, &mut book);
            }
        }
    }
    book
}

/// A book with the places of the sections, and room for those of articles.
fn with_sections(site: &SiteConfig, articles: usize) -> Book {
    let mut book = Book::default();
    for section in &site.sections {
        // No two sections have one slug, and none has a name of the site's own.
        let owner = Owner::Section(section.slug.clone());
        let _ = book.page(&section.slug, &owner);
        let _ = book.tree(&format!("{}/page", section.slug), &owner);
    }
    book.expect(articles);
    book
}

/// The book of articles without old addresses of which each has the address that it wants, if most did not change. Who
/// comes first does not matter then.
fn undisputed(drafts: &[Draft], site: &SiteConfig) -> Option<Book> {
    let has_old = |it: &Draft| !it.old.is_empty() || it.version.old_address.is_some();
    // Where most pages are made anew, they are looked up too often for this kind of book.
    let known = drafts.par_iter().filter(|it| it.card.is_some()).count();
    if known < drafts.len() / 2 || drafts.par_iter().any(has_old) {
        return None;
    }
    let wanted = drafts.par_iter().filter(|draft| !draft.slug.is_empty());
    let wanted = wanted.map(|it| (key::of(&format!("{}/{}", it.section, it.slug)), owner(it)));
    let mut book = with_sections(site, 0);
    book.pages(wanted.collect()).then_some(book)
}

/// A file's path with all dates of names in one form, so that those of one folder are in the order of their days.
fn age(file: &Path) -> String {
    let mut path = String::new();
    for part in file.components() {
        let part = part.as_os_str().to_string_lossy();
        path.push('/');
        match slug::split_date(&part) {
            (Some(date), rest) if rest.len() < part.len() => {
                path.push_str(&format!("{date}-{rest}"))
            }
            _ => path.push_str(&part),
        }
    }
    path
}

fn owner(draft: &Draft) -> Owner {
    Owner::Article(Arc::clone(&draft.file))
}

/// Gives an article its address. Archives with dates in the names of their files have the date in their addresses
/// too, and so may use a slug on two days: the later article gets its date into its address. A slug that was cut
/// off gets a hash of all of it.
fn own(draft: &mut Draft, book: &mut Book) {
    if draft.slug.is_empty() {
        return;
    }
    let path = |slug: &str| format!("/{}/{slug}/", draft.section);
    let own = owner(draft);
    let Err(taken) = book.page(&path(&draft.slug), &own) else {
        return;
    };
    let dated = |file: &Path| {
        let stem = match file.file_stem()?.to_str()? {
            "index" => file.parent()?.file_name()?.to_str()?,
            stem => stem,
        };
        slug::split_date(stem).0
    };
    let other = match &taken {
        Owner::Article(file) => dated(file),
        _ => None,
    };
    let date = dated(&draft.file).filter(|date| other.is_some_and(|other| other != *date));
    let written = draft.front_matter.slug.as_ref().map_or(&draft.name, |slug| &slug.value);
    let more = match date {
        Some(date) => Some(date.to_string()),
        None => slug::is_cut(written).then(|| short_hash(written.as_bytes())),
    };
    if let Some(more) = more {
        let longer = format!("{}-{more}", draft.slug);
        if book.page(&path(&longer), &own).is_ok() {
            (draft.slug, draft.is_moved) = (longer, true);
            return;
        }
    }
    let line = draft.front_matter.slug.as_ref().map(|slug| slug.line);
    let problem = Problem::AddressTaken { path: path(&draft.slug), owner: taken.to_string() };
    draft.diagnostics.push(line, problem);
    (draft.slug, draft.is_moved) = (String::new(), true);
}

/// Keeps the old addresses of an article that nobody else has.
fn old(draft: &mut Draft, meant: bool, book: &mut Book) {
    if draft.old.is_empty() {
        return;
    }
    let own = owner(draft);
    let page = key::of(&format!("{}/{}", draft.section, draft.slug));
    let Draft { old, diagnostics, .. } = draft;
    old.retain(|OldAddress { name, path, line, meant: is_meant }| {
        if *is_meant != meant {
            return true;
        }
        if key::of(path) == page {
            return false;
        }
        match book.file(&aliases::file(path), &own) {
            Ok(()) => return true,
            Err(taken) if taken == own || !is_meant => {}
            Err(taken) => {
                let owner = taken.to_string();
                diagnostics.push(*line, Problem::AliasTaken { name, alias: path.clone(), owner });
            }
        }
        false
    });
}
