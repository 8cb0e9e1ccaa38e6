//! The address book: who has which place in the site. Nothing is printed to a place that is not in it, and no place
//! is given out twice, whatever an author asks for.
//!
//! Places are compared by their [`key`]: what is one file on a Mac or on Windows is one place everywhere. A page
//! owns what stands directly in its folder and has an ending, such as `index.json` and pictures; folders and HTML
//! files of others may be there too.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::edition::addresses::key;
use crate::edition::addresses::reserved::RESERVED_SECTIONS;
use crate::hosts;

/// Files of the site itself that stand beside the front, and what publishers put there for hosts. The files that the
/// press writes for hosts come to these.
const FILES: [&str; 6] =
    [".press-versions.json", "404.html", "_routes.json", "_worker.js", "index.html", "index.json"];
/// What every page's folder holds. Pictures and files beside it carry a hash and an ending.
const PAGE: [&str; 2] = ["index.html", "index.json"];

/// Who has a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The site itself.
    Site,
    /// A list of articles, by the slug of its section.
    Section(String),
    /// An article, by its file.
    Article(Arc<Path>),
    /// A file of the shell, which `public/` may have brought.
    Shell,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Site => f.write_str("the site itself"),
            Self::Section(slug) => write!(f, "the section {slug}"),
            Self::Article(file) => write!(f, "{}", file.display()),
            Self::Shell => f.write_str("a file of the shell"),
        }
    }
}

/// What is at a place.
#[derive(Clone, Debug)]
enum Place {
    /// A file.
    File(Owner),
    /// A folder that is there because something in it has an owner; the first one that did.
    Folder(Owner),
    /// A page's folder.
    Page(Owner),
    /// A folder with all that is in it, however deep.
    Tree(Owner),
}

impl Place {
    fn owner(&self) -> &Owner {
        match self {
            Self::File(owner) | Self::Folder(owner) | Self::Page(owner) | Self::Tree(owner) => {
                owner
            }
        }
    }
}

/// The places of one site. A copy shares those that the book has, and gives out others.
#[derive(Clone, Debug)]
pub struct Book {
    places: Arc<FxHashMap<String, Place>>,
    /// The pages of articles that were given out all at once, in the order of their keys.
    pages: Arc<Vec<(String, Place)>>,
    /// Those that were given out since the book was copied.
    later: FxHashMap<String, Place>,
}

impl Default for Book {
    /// A book with the places of the site itself.
    fn default() -> Self {
        let mut book =
            Self { places: Arc::default(), pages: Arc::default(), later: FxHashMap::default() };
        book.put(String::new(), Place::Page(Owner::Site));
        for tree in RESERVED_SECTIONS.iter().chain(&[".git", ".well-known", hosts::FOLDER]) {
            book.put(key::of(tree), Place::Tree(Owner::Site));
        }
        for file in FILES.into_iter().chain(hosts::IN_ROOT) {
            book.put(key::of(file), Place::File(Owner::Site));
        }
        book
    }
}

impl Book {
    fn at(&self, key: &str) -> Option<&Place> {
        let later = if self.later.is_empty() { None } else { self.later.get(key) };
        let page = || {
            let place = self.pages.binary_search_by(|(page, _)| page.as_str().cmp(key)).ok()?;
            self.pages.get(place).map(|(_, place)| place)
        };
        later.or_else(|| self.places.get(key)).or_else(page)
    }

    /// Gives out the pages of articles in their sections, by their keys, if nothing is in the way of any. To be called
    /// before the places of other articles are given out.
    pub(crate) fn pages(&mut self, mut wanted: Vec<(String, Owner)>) -> bool {
        let is_free = |(key, _): &(String, Owner)| {
            let in_section = key::split(key).0;
            !in_section.contains('/') && self.free(key).is_ok() && self.at(key).is_none()
        };
        wanted.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let is_twice = |pair: &[(String, Owner)]| matches!(pair, [a, b] if a.0 == b.0);
        if !wanted.par_iter().all(is_free) || wanted.par_windows(2).any(is_twice) {
            return false;
        }
        let pages = wanted.into_par_iter().map(|(key, owner)| (key, Place::Page(owner)));
        self.pages = Arc::new(pages.collect());
        true
    }

    fn put(&mut self, key: String, place: Place) {
        match Arc::get_mut(&mut self.places) {
            Some(places) => places.insert(key, place),
            None => self.later.insert(key, place),
        };
    }

    /// Makes room for so many pages.
    pub(crate) fn expect(&mut self, pages: usize) {
        if let Some(places) = Arc::get_mut(&mut self.places) {
            places.reserve(pages);
        }
    }

    /// Gives out a page's folder, or says who has it.
    pub(crate) fn page(&mut self, folder: &str, owner: &Owner) -> Result<(), Owner> {
        let key = key::of(folder);
        self.free(&key)?;
        match self.at(&key) {
            None => {}
            // Redirects may have come first.
            Some(Place::Folder(_)) => {
                let mut inside = PAGE.iter().map(|name| format!("{key}/{name}"));
                if let Some(taken) = inside.find_map(|file| self.at(&file)) {
                    return Err(taken.owner().clone());
                }
            }
            Some(place) => return Err(place.owner().clone()),
        }
        self.insert(key, Place::Page(owner.clone()));
        Ok(())
    }

    /// Gives out a folder with all that is in it, or says who has something there.
    pub(crate) fn tree(&mut self, folder: &str, owner: &Owner) -> Result<(), Owner> {
        let key = key::of(folder);
        self.free(&key)?;
        if let Some(place) = self.at(&key) {
            return Err(place.owner().clone());
        }
        self.insert(key, Place::Tree(owner.clone()));
        Ok(())
    }

    /// Gives out a file, or says who has its place.
    pub(crate) fn file(&mut self, name: &str, owner: &Owner) -> Result<(), Owner> {
        let key = key::of(name);
        self.free(&key)?;
        if let Some(place) = self.at(&key) {
            return Err(place.owner().clone());
        }
        self.insert(key, Place::File(owner.clone()));
        Ok(())
    }

    /// Gives a file to the shell: a place of its own, or one that the site has for it. Says who has it otherwise.
    pub(crate) fn shell(&mut self, name: &str) -> Result<(), Owner> {
        match self.owner_of(name) {
            Some(Owner::Site | Owner::Shell) => Ok(()),
            _ => self.file(name, &Owner::Shell),
        }
    }

    /// Whether two names are one file.
    pub(crate) fn is_one(&self, a: &str, b: &str) -> bool {
        key::of(a) == key::of(b)
    }

    /// Takes a file back.
    pub(crate) fn give_back(&mut self, name: &str) {
        let key = key::of(name);
        if self.later.remove(&key).is_none() && self.places.contains_key(&key) {
            Arc::make_mut(&mut self.places).remove(&key);
        }
    }

    /// Whether nobody was given exactly this place, as a file or as a folder with something in it. Its folder may be
    /// anybody's.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        self.at(&key::of(name)).is_none()
    }

    /// Who may write this file, if anybody may.
    pub fn owner_of(&self, name: &str) -> Option<&Owner> {
        let key = &*key::short(name);
        // Nothing in a folder that is somebody's with all that is in it is another's. Most folders are in the site's own.
        if let Some((first, _)) = key.split_once('/')
            && let Some(Place::Tree(owner)) = self.at(first)
        {
            return Some(owner);
        }
        match self.at(key) {
            Some(Place::File(owner)) => return Some(owner),
            Some(_) => return None,
            None => {}
        }
        let mut above = ancestors(key);
        if let Some(Place::Page(owner)) = above.next().and_then(|folder| self.at(folder))
            && is_of_page(key::split(key).1)
        {
            return Some(owner);
        }
        let tree = |folder: &str| match self.at(folder) {
            Some(Place::Tree(owner)) => Some(owner),
            _ => None,
        };
        ancestors(key).find_map(tree)
    }

    /// Whether nothing stands in the way of a place: no folder with all that is in it, no file that would have to be
    /// a folder, no page that has the name.
    fn free(&self, key: &str) -> Result<(), Owner> {
        if key.is_empty() {
            return Err(Owner::Site);
        }
        let mut inner = key;
        for folder in ancestors(key) {
            match self.at(folder) {
                Some(Place::File(owner) | Place::Tree(owner)) => return Err(owner.clone()),
                Some(Place::Page(owner)) if is_of_page(key::split(inner).1) => {
                    return Err(owner.clone());
                }
                _ => {}
            }
            inner = folder;
        }
        Ok(())
    }

    fn insert(&mut self, key: String, place: Place) {
        for folder in ancestors(&key) {
            if self.at(folder).is_some() {
                break;
            }
            self.put(folder.to_owned(), Place::Folder(place.owner().clone()));
        }
        self.put(key, place);
    }
}

/// Whether a name in a page's folder can only be the page's own.
fn is_of_page(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    // `v1.2` is a folder, `a.mp4` is a file.
    let file = ending.contains(|c: char| c.is_ascii_alphabetic());
    PAGE.contains(&name) || (file && !matches!(ending, "html" | "htm"))
}

/// The folders above a key, the nearest first, the site's own last.
fn ancestors(key: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(key), |key| (!key.is_empty()).then(|| key::split(key).0)).skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(name: &str) -> Owner {
        Owner::Article(Path::new(name).into())
    }

    fn book() -> Book {
        let mut book = Book::default();
        let section = Owner::Section("tin".into());
        book.page("/tin/", &section).unwrap();
        book.tree("/tin/page/", &section).unwrap();
        book.page("/tin/lua/", &article("lua.md")).unwrap();
        book
    }

    #[test]
    fn no_place_is_given_out_twice() {
        let mut book = book();
        let redirect = article("x.md");
        for name in [
            "404.html",
            "404.HTML",
            "_headers/x/index.html",
            "sw.js",
            "site.json/index.html",
            "tin/index.html",
            "Tin/INDEX.html",
            "tin/page/2/index.html",
            "tin/page/a/b/index.html",
            "tin/lua/index.html",
            "tin/lua/index.json/index.html",
            "tin/lua/anh.1a2b3c4d.jpg/x.html",
            "assets/x/index.html",
            "Embed/article/tin/lua.html",
            "page/2/index.html",
            "tin/lua",
            "",
            "/",
        ] {
            assert!(book.file(name, &redirect).is_err(), "{name}");
        }
        for name in [
            "tin/lua/amp/index.html",
            "tin/lua.html",
            "tin/lua/print.html",
            "a/b.html",
            "v1.2/index.html",
        ] {
            book.file(name, &redirect).unwrap();
            assert_eq!(book.file(name, &redirect), Err(redirect.clone()), "{name}");
        }
        assert_eq!(book.file("a/b.html/c/index.html", &redirect), Err(redirect.clone()));
        assert_eq!(book.file("a", &redirect), Err(redirect.clone()));
        assert_eq!(book.page("/tin/LÚA/", &redirect), Ok(()));
        assert_eq!(book.page("/tin/lu\u{301}a/", &redirect), Err(redirect));
    }

    #[test]
    fn a_redirect_that_came_first_keeps_its_place() {
        let mut book = Book::default();
        let first = article("a.md");
        book.file("tin/lua/index.html", &first).unwrap();
        assert_eq!(book.page("/tin/lua/", &article("b.md")), Err(first));
    }

    #[test]
    fn every_file_has_an_owner_or_is_not_printed() {
        let mut book = book();
        book.file("cu/index.html", &article("lua.md")).unwrap();
        for (name, owner) in [
            ("index.html", Owner::Site),
            ("feed.xml", Owner::Site),
            ("assets/app.js", Owner::Site),
            ("tin/page/3/index.json", Owner::Section("tin".into())),
            ("tin/lua/index.json", article("lua.md")),
            ("tin/lua/anh.1a2b3c4d.jpg", article("lua.md")),
            ("cu/index.html", article("lua.md")),
        ] {
            assert_eq!(book.owner_of(name), Some(&owner), "{name}");
        }
        for name in ["cu/index.json", "moi/index.html", "tin/lua", "tin/lua/a/b.jpg", "x.html"] {
            assert_eq!(book.owner_of(name), None, "{name}");
        }
    }
}
