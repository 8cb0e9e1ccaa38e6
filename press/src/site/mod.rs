//! The site: everything that the press prints into the folder that a CDN serves.

pub mod csp;
mod folder;
mod headers;
mod list;
mod live;
mod manifest;
mod output;
mod place;
mod redirects;
mod schema;
mod worker;

use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use broadsheet::contract::Feed;
use rayon::prelude::*;

use crate::edition::{Article, Book, Edition, Owner};
use crate::embed::Embeds;
use crate::pages::{CORRECTIONS, Page, Pages};
use crate::render::Printer;
use crate::shell::Shell;
use list::Live;
pub use live::endangered;
use output::Output;

/// Readers who take an edition along do without larger pictures, in bytes: the `SMALL` of `sw.js`.
const LARGEST_PICTURE: u64 = 200_000;

/// What was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// Pages of articles.
    pub articles: usize,
    /// Fronts, sections and their numbered pages.
    pub lists: usize,
}

/// Prints an edition with a shell into the folder `out`. The folder keeps its old content until
/// the new one is complete; files that the press has not written stay.
///
/// # Errors
/// If `out` holds no site but other files, if one of these has the name of a file of the site, or if a file
/// cannot be read or written.
pub fn print(edition: &Edition, shell: &Shell, out: &Path) -> Result<Printed> {
    let pages = Pages::of(edition);
    let printer = Printer::new(&pages.site, pages.urls(), shell)?;
    let base_path = pages.urls().base_path();
    let output = Output::begin(out, book(edition, shell)?)?;
    let embeds = Embeds::new(&pages, &edition.site.embed, shell);
    let press = Press { pages: &pages, printer: &printer, embeds: &embeds, output: &output };

    let lists = pages.lists();
    lists.par_iter().try_for_each(|page| press.page(page).map(drop))?;
    let articles = edition.articles.par_iter();
    let bytes = articles.map(|it| press.article(it)).collect::<Result<Vec<u64>>>()?;

    let mut shell_files = Vec::new();
    for page in [pages.offline(), pages.saved()] {
        let (document, data) = press.page(&page)?;
        shell_files.push((page.path.clone(), document.into_bytes()));
        shell_files.push((pages.urls().data(&page.path), data.into_bytes()));
    }
    let missing = pages.missing();
    let json = serde_json::to_string(&missing.feed)?;
    // Rendered for a path that is no page's: it is served for any.
    let path = format!("{base_path}404.html");
    output.write("404.html", press.printer.document(&path, &missing.feed, &json).as_bytes())?;

    for asset in shell.assets() {
        output.write(&asset.name, &asset.bytes)?;
    }
    for (name, bytes) in &shell.files {
        output.write(name, bytes)?;
    }
    if let Some(banner) = edition.site.banner.as_ref().and_then(|banner| banner.file.as_ref()) {
        output.publish(banner, &banner.to)?;
        shell_files.push(([base_path, &banner.to].concat(), output.read(&banner.to)?));
    }
    let list = pages.edition_list(edition.articles.iter().zip(bytes));
    output.write("edition.json", serde_json::to_string(&list)?.as_bytes())?;
    let corrections = serde_json::to_string(&pages.corrections())?;
    output.write(CORRECTIONS, corrections.as_bytes())?;
    output.write("site.json", serde_json::to_string(&pages.site)?.as_bytes())?;
    output.write("manifest.webmanifest", manifest::json(&pages.site).to_string().as_bytes())?;
    let worker = worker::script(shell, &pages.site, &shell_files, edition.site.offline)?;
    output.write("sw.js", worker.as_bytes())?;
    output.write(worker::KILL_SWITCH, shell.kill_switch.as_bytes())?;
    for (name, text) in embeds.lists().into_iter().chain(embeds.docs(&csp::policy(shell))) {
        output.write(&name, text.as_bytes())?;
    }
    for (name, bytes) in embeds.assets() {
        output.write(name, bytes)?;
    }
    // Partners who check the script by its hash have the address of an older one.
    output.keep("assets", "embed.")?;
    let headers = headers::file(shell, base_path, &embeds, &edition.site.embed);
    output.write("_headers", headers.as_bytes())?;
    for (name, schema) in schema::files() {
        output.write(&name, schema.as_bytes())?;
    }
    let live = |it: &Article| Live {
        file: it.file.to_string_lossy().into_owned(),
        path: format!("{}/{}/", it.section, it.slug),
    };
    output
        .finish(edition.articles.iter().map(live).collect())
        .with_context(|| format!("cannot put the new site at {}", out.display()))?;
    Ok(Printed { articles: edition.articles.len(), lists: lists.len() })
}

/// The address book of the edition with the files of the shell in it.
fn book(edition: &Edition, shell: &Shell) -> Result<Book> {
    let mut book = edition.book.clone();
    for name in shell.files.keys() {
        let taken = |owner: Owner| format!("{name} of the shell has the place of {owner}");
        book.shell(name).map_err(|owner| anyhow!(taken(owner)))?;
    }
    Ok(book)
}

struct Press<'a> {
    pages: &'a Pages<'a>,
    printer: &'a Printer<'a>,
    embeds: &'a Embeds<'a>,
    output: &'a Output,
}

impl Press<'_> {
    /// Writes a page; its document and its data.
    fn page(&self, Page { path, feed }: &Page) -> Result<(String, String)> {
        let json = serde_json::to_string::<Feed>(feed)?;
        let folder = path.strip_prefix(self.pages.urls().base_path()).unwrap_or(path);
        self.output.write(&format!("{folder}index.json"), json.as_bytes())?;
        let document = self.printer.document(path, feed, &json);
        self.output.write(&format!("{folder}index.html"), document.as_bytes())?;
        Ok((document, json))
    }

    /// Writes an article's page and what belongs to it, and says how many bytes the article takes on
    /// a reader's device.
    fn article(&self, article: &Article) -> Result<u64> {
        let (document, _) = self.page(&self.pages.article(article))?;
        let mut bytes = document.len() as u64;
        let folder = format!("{}/{}", article.section, article.slug);
        for file in &article.files {
            let size = self.output.publish(file, &format!("{folder}/{}", file.to))?;
            for (name, from) in file.others() {
                self.output.copy(&from, &format!("{folder}/{name}"))?;
            }
            let kept = file.kept(size);
            if file.shown && kept <= LARGEST_PICTURE {
                bytes += kept;
            }
        }
        for (name, text) in self.embeds.article(article) {
            self.output.write(&name, text.as_bytes())?;
        }
        for name in article.redirects() {
            let path = self.pages.article_path(article);
            let url = self.pages.urls().absolute(&path);
            let document = redirects::document(&url, &path, &article.language);
            self.output.write(&name, document.as_bytes())?;
        }
        Ok(bytes)
    }
}
