//! Where the links of an article lead: what an author wrote for the old site becomes an address of this one.
//!
//! An address that begins with a slash is read from the site's root first, as authors write it, and then from the
//! host's, where it carries the base path. A link that leads nowhere keeps its address, because a host may still
//! answer it, and is noted.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use crate::edition::addresses::directory::Goal;
use crate::edition::addresses::guide::Guide;
use crate::edition::addresses::urls::{self, Address};
use crate::edition::body::headings::Plan;
use crate::edition::body::link_lines::{Link, REFERENCE};
use crate::edition::body::names;
use crate::edition::content;
use crate::edition::diagnostics::Problem;
use crate::edition::media::{Lookup, Media, MediaFile};
use crate::pictures::Refusal;

/// What a link needs to know of its surroundings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Linker<'a> {
    pub(crate) address: Address<'a>,
    /// The site's own address: what begins with it is not foreign.
    pub(crate) base_url: &'a str,
    /// The article's file, relative to the edition.
    pub(crate) file: &'a Path,
    /// The article's folder.
    pub(crate) dir: &'a Path,
    pub(crate) media: &'a Media,
    pub(crate) directory: &'a Guide<'a>,
    pub(crate) record: &'a RefCell<LinkRecord>,
}

/// What came up while the links of one article were read.
#[derive(Debug, Default)]
pub(crate) struct LinkRecord {
    pub(crate) problems: Vec<(Link, Problem)>,
    pub(crate) links: Vec<ArticleLink>,
    /// How many links were written alike.
    counts: HashMap<String, usize>,
}

/// A link to an article, whose places are not known before it is read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ArticleLink {
    /// The article's file.
    pub(crate) article: PathBuf,
    pub(crate) link: Link,
    /// The address that was printed for it.
    pub(crate) href: String,
    /// The name of the place in the article, decoded.
    pub(crate) fragment: Option<String>,
}

/// A link as it is printed.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) href: String,
    pub(crate) foreign: bool,
    /// A file of the edition that must be published for it.
    pub(crate) file: Option<Arc<MediaFile>>,
    /// Why that file cannot be published, and what to do about it.
    pub(crate) problem: Option<Problem>,
}

impl Target {
    fn plain(href: String) -> Self {
        Self { href, foreign: false, file: None, problem: None }
    }
}

impl Linker<'_> {
    /// Turns what the author wrote into an address that works on the page. To be called once for every link, in
    /// their order.
    pub(crate) fn target(&self, href: &str, plan: &Plan) -> Option<Target> {
        // The sanitizer let the address through as it was: without its blanks it is another one.
        let href = &*urls::as_read(href);
        if href.is_empty() || !urls::may_lead(href) {
            return None;
        }
        if let Some(name) = href.strip_prefix('#') {
            return Some(Target::plain(self.own_place(href, name, plan)));
        }
        if let Some((_, name)) = href.split_once(REFERENCE) {
            return self.reference(href, name, plan);
        }
        let own = urls::host_path(self.base_url, href);
        if own.is_none() && (urls::is_foreign(href) || urls::has_scheme(href)) {
            return Some(Target {
                foreign: urls::is_foreign(href),
                ..Target::plain(href.to_owned())
            });
        }
        let written = own.unwrap_or(href);
        let (path, rest) = urls::split_path(written);
        let relative = own.is_none() && !path.starts_with('/');
        if relative && path.is_empty() {
            return Some(Target::plain(href.to_owned()));
        }
        let paths = self.readings(path, own.is_some(), relative);
        if let Some(goal) = self.article(path).or_else(|| self.page(&paths)) {
            return Some(Target::plain(self.found(href, &goal, rest)));
        }
        match paths.iter().chain(relative.then_some(&path.to_owned())).find_map(|it| self.media(it))
        {
            Some(Ok(file)) => {
                let href = self.address.file(&file.name);
                return Some(Target { file: Some(file), ..Target::plain(href) });
            }
            Some(Err(why)) => {
                let problem = Some(Lookup::unfit(href, why));
                return Some(Target { problem, ..Target::plain(href.to_owned()) });
            }
            None => {}
        }
        if let Some(goal) = paths.iter().find_map(|path| self.directory.guess(path)) {
            return Some(Target::plain(self.found(href, &goal, rest)));
        }
        let base = self.address.base;
        if own.is_some() && !path.starts_with(base) && path != base.trim_end_matches('/') {
            // Beside the site, on its host.
            return Some(Target { foreign: true, ..Target::plain(href.to_owned()) });
        }
        self.note(href, |_| Problem::LinkDead { href: href.to_owned() });
        Some(Target::plain(match href.starts_with('/') && own.is_none() {
            true => urls::with_base(base, href),
            false => href.to_owned(),
        }))
    }

    /// What a path may mean, from the site's root, the most probable first.
    fn readings(&self, path: &str, absolute: bool, relative: bool) -> Vec<String> {
        let Address { base, section, slug } = self.address;
        if relative {
            let folder = self.file.parent().and_then(|it| it.strip_prefix("content").ok());
            let folder = folder.and_then(Path::to_str).unwrap_or(section);
            return vec![
                join(&format!("/{section}/{slug}/"), path),
                join(&format!("/{folder}/"), path),
            ];
        }
        let whole = if path.is_empty() { "/" } else { path }.to_owned();
        let inner = base.trim_end_matches('/');
        // A base path of one slash is no part of an address.
        let below = whole.strip_prefix(inner).filter(|it| it.is_empty() || it.starts_with('/'));
        match below
            .filter(|_| !inner.is_empty())
            .map(|it| format!("/{}", it.trim_start_matches('/')))
        {
            None => vec![whole],
            // An address with a host is a whole one.
            Some(below) if absolute => vec![below, whole],
            Some(below) => vec![whole, below],
        }
    }

    fn page(&self, paths: &[String]) -> Option<Goal> {
        paths.iter().find_map(|path| self.directory.page(path))
    }

    /// A link to another article's file is a link to its page: `../other/index.md`, Zola's `@/a/b.md`.
    fn article(&self, path: &str) -> Option<Goal> {
        if !content::is_markdown(Path::new(path)) {
            return None;
        }
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let from_content = path.trim_start_matches("@/").trim_start_matches('/');
        let beside = self.file.parent()?.join(&*path);
        let choices = [beside, Path::new("content").join(from_content), from_content.into()];
        choices.iter().find_map(|path| self.directory.file(path))
    }

    /// The file of the edition that a link leads to, or why it cannot be published.
    fn media(&self, path: &str) -> Option<Result<Arc<MediaFile>, Refusal>> {
        if !Media::may_hold(path) {
            return None;
        }
        match self.media.find(self.dir, path) {
            Lookup::File(file) => Some(self.media.file(&file)),
            _ => None,
        }
    }

    /// What the dialects made of a reference to an article by its name.
    fn reference(&self, href: &str, name: &str, plan: &Plan) -> Option<Target> {
        let (path, rest) = urls::split_path(name);
        if let Some(place) = rest.strip_prefix('#').filter(|_| path.trim_matches('/').is_empty()) {
            return Some(Target::plain(self.own_place(href, place, plan)));
        }
        let dir = self.file.parent().unwrap_or(self.file);
        let folder = self.file.components().nth(1).and_then(|it| it.as_os_str().to_str());
        match self.directory.reference(path, dir, folder.unwrap_or_default()) {
            Some(goal) => Some(Target::plain(self.found(href, &goal, rest))),
            None => {
                self.note(href, |_| Problem::LinkReference { name: name.to_owned() });
                None
            }
        }
    }

    /// A place of the article itself.
    fn own_place(&self, href: &str, name: &str, plan: &Plan) -> String {
        let decoded = percent_decode_str(name).decode_utf8_lossy();
        if let Some(id) = plan.target(&decoded) {
            return format!("#{id}");
        }
        if !is_of_browsers(&decoded) {
            self.note(href, |_| Problem::LinkFragment { href: href.to_owned() });
        }
        format!("#{name}")
    }

    /// The address of a page with what the author wrote behind it. Of an article's places the names are a guess, until
    /// [`crate::edition::addresses::fragments`] knows them.
    fn found(&self, written: &str, goal: &Goal, rest: &str) -> String {
        let (query, fragment) = match rest.split_once('#') {
            Some((query, fragment)) => (query, Some(fragment)),
            None => (rest, None),
        };
        let mut href = format!("{}{}{query}", self.address.base, self.directory.path(goal));
        if let Some(fragment) = fragment {
            href.push_str(&format!("#{}", names::id(fragment)));
        }
        if let Some(article) = self.directory.file_of(goal) {
            let decoded =
                fragment.map(|it| percent_decode_str(it).decode_utf8_lossy().into_owned());
            let link = self.link(written);
            let fragment = decoded.filter(|it| !is_of_browsers(it));
            let link =
                ArticleLink { article: article.to_owned(), link, href: href.clone(), fragment };
            self.record.borrow_mut().links.push(link);
        }
        href
    }

    fn note(&self, written: &str, problem: impl FnOnce(&Link) -> Problem) {
        let link = self.link(written);
        let problem = problem(&link);
        self.record.borrow_mut().problems.push((link, problem));
    }

    /// Counts a link among those that were written alike.
    fn link(&self, written: &str) -> Link {
        let mut record = self.record.borrow_mut();
        let count = record.counts.entry(written.to_owned()).or_default();
        *count += 1;
        Link { written: written.to_owned(), nth: *count - 1 }
    }
}

/// Whether browsers know a place that no page names: the top, and a text.
fn is_of_browsers(name: &str) -> bool {
    name.is_empty() || name.eq_ignore_ascii_case("top") || name.starts_with(":~:")
}

/// A path that was written on a page, from the site's root. Like browsers it stays inside.
fn join(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}
