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
use crate::feeds::{self, Moved};
use crate::pages::{CORRECTIONS, Page, Pages};
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
    let output = Output::begin(out, book, options.wait)?;
    let embeds = Embeds::new(&pages, &edition.site.embed, shell);
    let hubs = &edition.site.feeds.hubs;
    let shared = recipe::shared(edition, &printer, &embeds)?;
    let press =
        Press { pages: &pages, printer: &printer, embeds: &embeds, output: &output, hubs, shared };

    let lists = pages.lists();
    lists.par_iter().try_for_each(|page| press.changed_page(page).map(drop))?;
    let part = Part::new(options.progress, "Printing articles", edition.articles.len());
    let articles = edition.articles.par_iter().map(|it| {
        part.step();
        press.article(it)
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
    feeds::write(edition, &pages, |name, bytes| output.write(name, bytes))?;
    moved.iter().try_for_each(|it| press.old_feed(it))?;
    let list = pages.edition_list(edition.articles.iter().zip(bytes));
    output.write("edition.json", serde_json::to_string(&list)?.as_bytes())?;
    let corrections = serde_json::to_string(&pages.corrections())?;
    output.write(CORRECTIONS, corrections.as_bytes())?;
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
        .finish(edition.articles.iter().map(live).collect())
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

struct Press<'a> {
    pages: &'a Pages<'a>,
    printer: &'a Printer<'a>,
    embeds: &'a Embeds<'a>,
    output: &'a Output,
    hubs: &'a [String],
    /// The hash of what all pages are made of.
    shared: state::Hash,
}

impl Press<'_> {
    /// Writes a page; its document and its data.
    fn page(&self, page: &Page) -> Result<(String, String)> {
        let (json, folder) = self.data(page)?;
        let document = self.printer.document(&page.feed, &json);
        self.output.write(&format!("{folder}index.html"), document.as_bytes())?;
        Ok((document, json))
    }

    /// Writes a page, whose document is not made if it would be that which is there. Says how many bytes it has, and
    /// the hash of what it is made of.
    fn changed_page(&self, page: &Page) -> Result<(u64, state::Hash)> {
        let (json, folder) = self.data(page)?;
        let name = format!("{folder}index.html");
        // The document is made of the data, and its address is in that.
        let recipe = state::hash(&[&self.shared, json.as_bytes()]);
        if let Some(size) = self.output.keep_made_of(&name, recipe)? {
            return Ok((size, recipe));
        }
        let document = self.printer.document(&page.feed, &json);
        self.output.write_made_of(&name, document.as_bytes(), Some(recipe))?;
        Ok((document.len() as u64, recipe))
    }

    /// Writes what other sites show of an article, which is made of the same as its page; only what is not there.
    fn embeds_of(&self, article: &Article, recipe: state::Hash) -> Result<()> {
        let mut left = Vec::new();
        for name in self.embeds.names(article) {
            if self.output.keep_made_of(&name, recipe)?.is_none() {
                left.push(name);
            }
        }
        if left.is_empty() {
            return Ok(());
        }
        let files = self.embeds.article(article).into_iter();
        files.filter(|(name, _)| left.contains(name)).try_for_each(|(name, text)| {
            self.output.write_made_of(&name, text.as_bytes(), Some(recipe))
        })
    }

    /// Writes the data of a page; the data as its document has it, and the folder.
    fn data<'p>(&self, Page { path, feed }: &'p Page) -> Result<(String, &'p str)> {
        let json = serde_json::to_string::<Feed>(feed)?;
        let folder = path.strip_prefix(self.pages.urls().base_path()).unwrap_or(path);
        let served = hubs::json(feed, self.hubs)?;
        let served = served.as_ref().unwrap_or(&json);
        self.output.write(&format!("{folder}index.json"), served.as_bytes())?;
        Ok((json, folder))
    }

    /// Writes an article's page and what belongs to it, and says how many bytes the article takes on
    /// a reader's device.
    fn article(&self, article: &Article) -> Result<u64> {
        let (mut bytes, recipe) = self.changed_page(&self.pages.article(article))?;
        let folder = article.folder();
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
        self.embeds_of(article, recipe)?;
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
