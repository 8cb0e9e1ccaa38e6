//! The site: everything that the press prints into the folder that a CDN serves.

mod contents;
pub mod csp;
mod first;
mod folder;
mod hosts;
mod hubs;
mod list;
mod live;
mod manifest;
mod output;
mod place;
mod precompress;
mod recipe;
mod redirects;
mod schema;
mod state;
mod table;
mod there;
mod turn;
mod versions;
mod worker;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use broadsheet::contract::Feed;
use rayon::prelude::*;

use crate::edition::{Article, Book, Diagnostic, Edition, Owner, Player};
use crate::embed::Embeds;
use crate::feeds::{self, Moved, Sink};
use crate::hash::{Hash, hash};
use crate::pages::{CORRECTIONS, ListPage, Page, Pages};
use crate::progress::{Part, Progress};
use crate::render::Printer;
use crate::shell::Shell;
pub(crate) use contents::hash_of;
pub use contents::{Content, Contents, contents};
pub(crate) use first::pages as pages_first;
use list::Live;
pub use live::endangered;
pub use output::Changes;
use output::Output;
pub use precompress::Compressed;
pub use state::PendingState;
pub use table::table;

/// Readers who take an edition along do without larger pictures, in bytes: the `SMALL` of `sw.js`.
const LARGEST_PICTURE: u64 = 200_000;

/// What was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Pages of articles.
    pub articles: usize,
    /// Fronts, sections and their numbered pages.
    pub lists: usize,
    /// What hosts will not do as the site asks.
    pub warnings: Vec<Diagnostic>,
    /// What was compressed, where that was asked for.
    pub compressed: Option<Compressed>,
    /// What changed in the folder.
    pub changes: Changes,
    /// Why every file had to be compared although a print went before.
    pub broken_state: Option<&'static str>,
}

/// Prints an edition with a shell into the folder `out`. The folder keeps its old content until
/// the new one is complete; files that the press has not written stay.
///
/// # Errors
/// If `out` holds no site but other files, if one of these has the name of a file of the site, or if a file
/// cannot be read or written.
pub fn print(edition: &Edition, shell: &Shell, out: &Path) -> Result<Printed> {
    print_with(edition, shell, out, Options::default())
}

/// How an edition is printed.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Whether compressed files are put beside the plain ones.
    pub precompress: bool,
    /// Told who prints into the folder already, which is waited for then. Without it that is an error.
    pub wait: Option<&'a dyn Fn(&str)>,
    /// What is known of the site, where it was asked for before the edition was read.
    pub state: Option<&'a PendingState>,
    /// Tells how far the work is.
    pub progress: Option<&'a Progress>,
}

/// Prints an edition as [`print()`] does, with options.
///
/// # Errors
/// As [`print()`].
pub fn print_with(
    edition: &Edition,
    shell: &Shell,
    out: &Path,
    options: Options<'_>,
) -> Result<Printed> {
    let pages = Pages::of(edition);
    let printer = Printer::new(&pages.site, pages.urls(), shell)?;
    let base_path = pages.urls().base_path();
    let (book, moved) = book(edition, shell)?;
    let output = Output::begin(out, book, options.wait, options.state)?;
    let embeds = Embeds::new(&pages, &edition.site.embed, shell);
    let hubs = &edition.site.feeds.hubs;
    let shared = recipe::shared(edition, &printer, &embeds)?;
    let press =
        Press { pages: &pages, printer: &printer, embeds: &embeds, output: &output, hubs, shared };

    let lists = pages.lists();
    lists.par_iter().try_for_each(|list| press.list(list))?;
    let part = Part::new(options.progress, "Printing articles", edition.articles.len());
    let articles = edition.articles.par_iter().enumerate().map(|(number, it)| {
        part.step();
        press.article(number, it)
    });
    let bytes = articles.collect::<Result<Vec<u64>>>()?;

    let mut shell_files = Vec::new();
    for page in [pages.offline(), pages.saved()] {
        let (document, data) = press.page(&page)?;
        shell_files.push((page.path.clone(), document.into_bytes()));
        shell_files.push((pages.urls().data(&page.path), data.into_bytes()));
    }
    let missing = pages.missing();
    let json = serde_json::to_string(&missing.feed)?;
    output.write("404.html", press.printer.document(&missing.feed, &json).as_bytes())?;

    for asset in shell.assets() {
        output.write(&asset.name, &asset.bytes)?;
    }
    // An older shell has a robots.txt.
    for (name, bytes) in shell.files.iter().filter(|(name, _)| *name != feeds::ROBOTS) {
        output.write(name, bytes)?;
    }
    if let Some(banner) = edition.site.banner.as_ref().and_then(|banner| banner.file.as_ref()) {
        output.publish(banner, &banner.to)?;
        shell_files.push(([base_path, &banner.to].concat(), output.read(&banner.to)?));
    }
    feeds::write(edition, &pages, &press)?;
    moved.iter().try_for_each(|it| press.old_feed(it))?;
    let taken_along = pages.taken_along(edition.articles.iter().zip(bytes));
    press.changed_file("edition.json", pages.seal_of_edition_list(&taken_along), || {
        Ok(serde_json::to_vec(&pages.edition_list(&taken_along)?)?)
    })?;
    press.changed_file(CORRECTIONS, pages.seal_of_corrections(), || {
        Ok(serde_json::to_vec(&pages.corrections()?)?)
    })?;
    output.write("site.json", serde_json::to_string(&pages.site)?.as_bytes())?;
    output.write("manifest.webmanifest", manifest::json(&pages.site).to_string().as_bytes())?;
    let worker = match edition.site.offline {
        true => worker::write(&output, shell, &pages.site, &shell_files)?,
        false => shell.kill_switch.clone(),
    };
    output.write("sw.js", worker.as_bytes())?;
    output.write(worker::KILL_SWITCH, shell.kill_switch.as_bytes())?;
    for (name, text) in embeds.lists().into_iter().chain(embeds.docs(&csp::policy(shell))) {
        output.write(&name, text.as_bytes())?;
    }
    let players: BTreeSet<&Player> = edition.articles.iter().flat_map(|it| &it.players).collect();
    for player in players {
        let (name, text) = embeds.player(player);
        output.write(&name, text.as_bytes())?;
    }
    for (name, bytes) in embeds.assets() {
        output.write(name, bytes)?;
    }
    // Partners who check the script by its hash have the address of an older one.
    output.keep("assets", "embed.")?;
    let table = table::of(edition, shell, &pages, &embeds, &moved);
    let warnings = hosts::write(&table, &edition.site, &output, out)?;
    for (name, schema) in schema::files() {
        output.write(&name, schema.as_bytes())?;
    }
    let compressed = options.precompress.then(|| precompress::write(&output)).transpose()?;
    let live =
        |it: &Article| Live { file: it.file.to_string_lossy().into_owned(), path: it.folder() };
    let broken_state = output.broken_state();
    let changes = output
        .finish(edition.articles.par_iter().map(live).collect())
        .with_context(|| format!("cannot put the new site at {}", out.display()))?;
    let (articles, lists) = (edition.articles.len(), lists.len());
    Ok(Printed { articles, lists, warnings, compressed, changes, broken_state })
}

/// The address book of the edition with the files of the shell in it, and the old addresses of feeds, which have the
/// places that are left.
fn book(edition: &Edition, shell: &Shell) -> Result<(Book, Vec<Moved>)> {
    let mut book = edition.book.clone();
    for name in shell.files.keys() {
        let taken = |owner: Owner| format!("{name} of the shell has the place of {owner}");
        book.shell(name).map_err(|owner| anyhow!(taken(owner)))?;
    }
    let sections = edition.site.sections.iter().map(|it| it.slug.as_str());
    let moved = feeds::claim(sections, &mut book);
    Ok((book, moved))
}

/// The names of the document of a page in a folder, and of its data.
fn page_names(folder: &str) -> [String; 2] {
    ["index.html", "index.json"].map(|name| [folder, name].concat())
}

struct Press<'a> {
    pages: &'a Pages<'a>,
    printer: &'a Printer<'a>,
    embeds: &'a Embeds<'a>,
    output: &'a Output,
    hubs: &'a [String],
    /// The hash of what all pages are made of.
    shared: Hash,
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
    fn changed_file(
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
    fn page(&self, page: &Page) -> Result<(String, String)> {
        let folder = self.folder(&page.path);
        let (json, served) = self.data(page)?;
        let served = served.as_ref().unwrap_or(&json);
        self.output.write(&format!("{folder}index.json"), served.as_bytes())?;
        let document = self.printer.document(&page.feed, &json);
        self.output.write(&format!("{folder}index.html"), document.as_bytes())?;
        Ok((document, json))
    }

    /// Writes a list, which is not made if it would be that which is there.
    fn list(&self, list: &ListPage) -> Result<()> {
        let recipe = hash(&[&self.shared, &list.seal()]);
        let folder = self.folder(&list.path);
        let kept = self.keep_all(folder, &page_names(folder), recipe)?;
        self.rest_of_page(folder, &kept, recipe, || Ok(list.page())).map(drop)
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
        kept: &[Option<u64>],
        recipe: Hash,
        make: impl FnOnce() -> Result<Page, Diagnostic>,
    ) -> Result<u64> {
        let [document, data] = [0, 1].map(|part| kept.get(part).copied().flatten());
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

    /// Writes an article's page and what belongs to it, and says how many bytes the article takes on
    /// a reader's device.
    fn article(&self, number: usize, article: &Article) -> Result<u64> {
        let recipe = hash(&[&self.shared, &self.pages.seal(number, article)]);
        let folder = article.folder();
        // What other sites show of an article is made of the same as its page.
        let mut names = Vec::from(page_names(&folder));
        names.extend(self.embeds.names(article));
        let kept = self.keep_all(&folder, &names, recipe)?;
        let mut bytes =
            self.rest_of_page(&folder, &kept, recipe, || self.pages.article(article))?;
        let gone = names.iter().zip(&kept).skip(2).filter(|(_, kept)| kept.is_none());
        let gone: Vec<&String> = gone.map(|(name, _)| name).collect();
        if !gone.is_empty() {
            let files = self.embeds.article(article)?.into_iter();
            files.filter(|(name, _)| gone.contains(&name)).try_for_each(|(name, text)| {
                self.output.write_made_of(&name, text.as_bytes(), Some(recipe))
            })?;
        }
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
        Ok(bytes)
    }

    /// Writes what stands at the old address of a feed: a copy of the feed, or a page that leads to it.
    fn old_feed(&self, moved: &Moved) -> Result<()> {
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
