//! The pages of a site, file by file: each is kept where the site has it already, and made otherwise.

use std::cell::OnceCell;

use anyhow::Result;
use broadsheet::contract::Feed;

use super::output::Output;
use super::state::Window;
use super::{hubs, redirects};
use crate::edition::{Article, Diagnostic};
use crate::embed::Embeds;
use crate::feeds::{self, Moved, Sink};
use crate::hash::{Hash, hash};
use crate::pages::{ListPage, Page, Pages};
use crate::render::Printer;

/// Readers who take an edition along do without larger pictures, in bytes: the `SMALL` of `sw.js`.
const LARGEST_PICTURE: u64 = 200_000;

/// The name of the document of a page in its folder.
const DOCUMENT: &str = "index.html";

/// The names of the document of a page in a folder, and of its data.
fn page_names(folder: &str) -> [String; 2] {
    [DOCUMENT, "index.json"].map(|name| [folder, name].concat())
}

/// What was kept of the files of a page that [`page_names`] names first, and of the others.
fn of_page(kept: &[Option<u64>]) -> ([Option<u64>; 2], &[Option<u64>]) {
    kept.split_first_chunk().map_or(([None; 2], &[]), |(page, others)| (*page, others))
}

/// Prints the pages of a site into its output.
pub(super) struct Press<'a> {
    pub(super) pages: &'a Pages<'a>,
    pub(super) printer: &'a Printer<'a>,
    pub(super) embeds: &'a Embeds<'a>,
    pub(super) output: &'a Output,
    pub(super) hubs: &'a [String],
    /// The hash of what all pages are made of.
    pub(super) shared: Hash,
}

/// What was done for an article.
pub(super) struct Done {
    /// How many bytes it takes on a reader's device.
    pub(super) bytes: u64,
    /// What its related news are chosen from, if it has any.
    pub(super) window: Option<Window>,
}

impl Sink for Press<'_> {
    fn keep(&self, name: &str, seal: Hash) -> Result<bool> {
        let recipe = hash(&[&self.shared, &seal]);
        Ok(self.output.keep_made_of(name, recipe)?.is_some())
    }

    fn write(&self, name: &str, bytes: &[u8], seal: Option<Hash>) -> Result<()> {
        let recipe = seal.map(|seal| hash(&[&self.shared, &seal]));
        self.output.write_made_of(name, bytes, recipe)
    }
}

impl Press<'_> {
    /// Writes a file, which is not made if it would be that which is there: `seal` is the hash of all that it says.
    pub(super) fn changed_file(
        &self,
        name: &str,
        seal: Hash,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<()> {
        match self.keep(name, seal)? {
            true => Ok(()),
            false => self.write(name, &make()?, Some(seal)),
        }
    }

    /// Writes a page; its document and its data.
    pub(super) fn page(&self, page: &Page) -> Result<(String, String)> {
        let folder = self.folder(&page.path);
        let (json, served) = self.data(page)?;
        let served = served.as_ref().unwrap_or(&json);
        let [document_name, data_name] = page_names(folder);
        self.output.write(&data_name, served.as_bytes())?;
        let document = self.printer.document(&page.feed, &json);
        self.output.write(&document_name, document.as_bytes())?;
        Ok((document, json))
    }

    /// Writes a list, which is not made if it would be that which is there.
    pub(super) fn list(&self, list: &ListPage) -> Result<()> {
        let recipe = hash(&[&self.shared, &list.seal()]);
        let folder = self.folder(&list.path);
        let names = page_names(folder);
        let [document, _] = &names;
        if self.output.keep_page(document, recipe, names.len())?.is_some() {
            return Ok(());
        }
        let kept = self.keep_all(folder, &names, recipe)?;
        let (kept, _) = of_page(&kept);
        self.rest_of_page(folder, kept, recipe, || Ok(list.page())).map(drop)
    }

    /// Keeps files that belong to the page in a folder and were made of the same. Of each name, how many bytes it has;
    /// nothing if it has to be written.
    fn keep_all(&self, folder: &str, names: &[String], recipe: Hash) -> Result<Vec<Option<u64>>> {
        self.output.keep_all_made_of(folder.trim_end_matches('/'), names, recipe)
    }

    /// Writes what was not kept of the document of a page and its data. Says how many bytes the document has.
    fn rest_of_page(
        &self,
        folder: &str,
        [document, data]: [Option<u64>; 2],
        recipe: Hash,
        make: impl FnOnce() -> Result<Page, Diagnostic>,
    ) -> Result<u64> {
        if let (Some(size), Some(_)) = (document, data) {
            return Ok(size);
        }
        let [document_name, data_name] = page_names(folder);
        let page = make()?;
        let (json, served) = self.data(&page)?;
        if data.is_none() {
            let served = served.as_ref().unwrap_or(&json);
            self.output.write_made_of(&data_name, served.as_bytes(), Some(recipe))?;
        }
        if let Some(size) = document {
            return Ok(size);
        }
        let document = self.printer.document(&page.feed, &json);
        self.output.write_made_of(&document_name, document.as_bytes(), Some(recipe))?;
        Ok(document.len() as u64)
    }

    /// A path relative to the site.
    fn folder<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(self.pages.urls().base_path()).unwrap_or(path)
    }

    /// The data of a page as its document has it, and as it is served where that differs.
    fn data(&self, page: &Page) -> Result<(String, Option<String>)> {
        Ok((serde_json::to_string::<Feed>(&page.feed)?, hubs::json(&page.feed, self.hubs)?))
    }

    /// Writes an article's page and what belongs to it.
    pub(super) fn article(&self, number: usize, article: &Article) -> Result<Done> {
        let window = self.pages.window(&self.shared, number, article);
        let known = window.and_then(|window| self.output.recipe_of(window));
        let recipe =
            known.unwrap_or_else(|| hash(&[&self.shared, &self.pages.seal(number, article)]));
        let folder = article.folder();
        // What other sites show of an article is made of the same as its page.
        let count = 2 + self.embeds.count(article);
        let document = [&*folder, DOCUMENT].concat();
        let mut bytes = match self.output.keep_page(&document, recipe, count)? {
            Some(size) => size,
            None => self.pages_of(article, &folder, recipe)?,
        };
        for file in &article.files {
            let size = self.output.publish(file, &format!("{folder}{}", file.to))?;
            for (name, from) in file.others() {
                self.output.copy(&from, &format!("{folder}{name}"))?;
            }
            let kept = file.kept(size);
            if file.shown && kept <= LARGEST_PICTURE {
                bytes += kept;
            }
        }
        for name in article.redirects() {
            let path = self.pages.article_path(article);
            let url = self.pages.urls().absolute(&path);
            let document = redirects::document(&url, &path, &article.language);
            self.output.write(&name, document.as_bytes())?;
        }
        let is_new = known.is_none();
        Ok(Done { bytes, window: window.map(|name| Window { name, recipe, is_new }) })
    }

    /// Writes an article's page and what other sites show of it, as far as that is not kept. Says how many bytes the page's
    /// document has.
    fn pages_of(&self, article: &Article, folder: &str, recipe: Hash) -> Result<u64> {
        let mut names = Vec::from(page_names(folder));
        names.extend(self.embeds.names(article));
        let kept = self.keep_all(folder, &names, recipe)?;
        let (page, embeds) = of_page(&kept);
        let made = OnceCell::new();
        let bytes = self.rest_of_page(folder, page, recipe, || {
            let page = self.pages.article(article)?;
            // Set once.
            let _ = made.set(page.feed.clone());
            Ok(page)
        })?;
        let gone = names.iter().skip(2).zip(embeds).filter(|(_, kept)| kept.is_none());
        let gone: Vec<&String> = gone.map(|(name, _)| name).collect();
        if !gone.is_empty() {
            let item = made.get().and_then(|feed| feed.items.first());
            let files = self.embeds.article(article, item)?.into_iter();
            files.filter(|(name, _)| gone.contains(&name)).try_for_each(|(name, text)| {
                self.output.write_made_of(&name, text.as_bytes(), Some(recipe))
            })?;
        }
        Ok(bytes)
    }

    /// Writes what stands at the old address of a feed: a copy of the feed, or a page that leads to it.
    pub(super) fn old_feed(&self, moved: &Moved) -> Result<()> {
        let urls = self.pages.urls();
        let new = moved.new.trim_start_matches('/');
        if !moved.is_folder() {
            return self.output.write(&moved.file(), &self.output.read(new)?);
        }
        let path = [urls.base_path(), new].concat();
        let kind = if new.ends_with("atom.xml") { feeds::ATOM } else { feeds::RSS };
        let language = &self.pages.site.language;
        let document = redirects::of_feed(&urls.absolute(&path), &path, language, kind);
        self.output.write(&moved.file(), document.as_bytes())
    }
}
