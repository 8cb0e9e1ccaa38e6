//! Where the links of an article lead.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::headings::Plan;
use super::library::{Library, LibraryFile, Lookup};
use super::urls::{self, Address};
use super::{names, walk};
use std::sync::Arc;

/// The articles' files (relative to the edition) with their sections and slugs.
pub(super) type Pages = HashMap<PathBuf, (String, String)>;

/// What a link needs to know of its surroundings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Linker<'a> {
    pub(super) address: Address<'a>,
    /// The site's own address: what begins with it is not foreign.
    pub(super) base_url: &'a str,
    /// The article's file, relative to the edition.
    pub(super) file: &'a Path,
    /// The article's folder.
    pub(super) dir: &'a Path,
    pub(super) library: &'a Library,
    pub(super) pages: &'a Pages,
}

/// A link as it is printed.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) href: String,
    pub(super) foreign: bool,
    /// A file of the edition that must be published for it.
    pub(super) file: Option<Arc<LibraryFile>>,
    /// Why that file cannot be published, and what to do about it.
    pub(super) problem: Option<(String, String)>,
}

impl Linker<'_> {
    /// Turns what the author wrote into an address that works on the page.
    pub(super) fn target(&self, href: &str, plan: &Plan) -> Option<Target> {
        // The sanitizer let the address through as it was: without its blanks it is another one.
        let href = &*urls::as_read(href);
        let plain = |href: String| Target { href, foreign: false, file: None, problem: None };
        if href.is_empty() || !urls::may_lead(href) {
            return None;
        }
        if let Some(name) = href.strip_prefix('#') {
            let name = percent_decode_str(name).decode_utf8_lossy();
            let id = plan.target(&name);
            return Some(plain(id.map_or(href.to_owned(), |id| format!("#{id}"))));
        }
        if urls::is_foreign(href) || urls::has_scheme(href) {
            return Some(Target {
                href: href.to_owned(),
                foreign: urls::is_foreign(href) && !href.starts_with(self.base_url),
                file: None,
                problem: None,
            });
        }
        if let Some(page) = self.article(href) {
            return Some(plain(page));
        }
        let problem = match self.file(href) {
            Some(Ok(file)) => {
                let href = self.address.file(&file.name);
                return Some(Target { file: Some(file), ..plain(href) });
            }
            Some(Err(why)) => Some(Lookup::unfit(href, &why)),
            None => None,
        };
        let href = match href.starts_with('/') {
            true => urls::with_base(self.address.base, href),
            false => href.to_owned(),
        };
        Some(Target { problem, ..plain(href) })
    }

    /// A link to another article's file is a link to its page: `../other/index.md`, Zola's `@/a/b.md`.
    fn article(&self, href: &str) -> Option<String> {
        let (path, rest) = urls::split_path(href);
        if !walk::is_markdown(Path::new(path)) {
            return None;
        }
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let from_content = path.trim_start_matches("@/").trim_start_matches('/');
        let beside = self.file.parent()?.join(&*path);
        let choices = [beside, Path::new("content").join(from_content)];
        let mut found = choices.iter().filter_map(|p| self.pages.get(&normal(p)?));
        let (section, slug) = found.next()?;
        let page = Address { base: self.address.base, section, slug };
        let rest = match rest.split_once('#') {
            Some((query, id)) => format!("{query}#{}", names::id(id)),
            None => rest.to_owned(),
        };
        Some(format!("{}{rest}", page.page()))
    }

    /// The file of the edition that a link leads to, or why it cannot be published.
    fn file(&self, href: &str) -> Option<Result<Arc<LibraryFile>, String>> {
        if !Library::may_hold(href) {
            return None;
        }
        match self.library.find(self.dir, href) {
            Lookup::File(file) => Some(self.library.file(&file)),
            _ => None,
        }
    }
}

fn normal(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => out.push(part),
            Component::ParentDir => {
                if !out.pop() {
                    return None;
                }
            }
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(out)
}
