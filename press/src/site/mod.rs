//! The site: everything that the press prints into the folder that a CDN serves.

mod common;
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
mod press;
mod recipe;
mod redirects;
mod schema;
mod state;
mod table;
mod there;
mod turn;
mod versions;
mod worker;

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use rayon::prelude::*;

use crate::edition::{self, Article, Book, Diagnostic, Edition, Owner};
use crate::embed::Embeds;
use crate::feeds::{self, Moved};
use crate::pages::Pages;
use crate::progress::{Part, Progress};
use crate::render::Printer;
use crate::shell::Shell;
pub use contents::{Content, Contents, contents};
pub(crate) use contents::{hash_of, old_hash_of};
pub(crate) use first::pages as pages_first;
use list::Online;
pub use live::endangered;
pub use output::Changes;
use output::Output;
pub use precompress::Compressed;
use press::{Done, Press};
pub use state::PendingState;
pub use table::table;

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
    // In the order of their files, in which what is known of the site has them, too.
    let order = edition::by_file(&edition.articles);
    let done = order.par_iter().map(|(number, it)| {
        part.step(*number);
        press.article(*number, it)
    });
    let done = done.collect::<Result<Vec<Done>>>()?;
    let windows: Vec<_> = done.iter().filter_map(|it| it.window).collect();
    let mut bytes = vec![0; edition.articles.len()];
    for ((number, _), done) in order.iter().zip(&done) {
        if let Some(bytes) = bytes.get_mut(*number) {
            *bytes = done.bytes;
        }
    }

    let of_readers = || {
        feeds::write(edition, &pages, &press)?;
        moved.iter().try_for_each(|it| press.old_feed(it))
    };
    let others = || common::write(&press, edition, shell, &bytes);
    let (of_readers, others) = rayon::join(of_readers, others);
    of_readers.and(others)?;
    let table = table::of(edition, shell, &pages, &embeds, &moved);
    let warnings = hosts::write(&table, &edition.site, &output, out)?;
    for (name, schema) in schema::files() {
        output.write(&name, schema.as_bytes())?;
    }
    let compressed = options.precompress.then(|| precompress::write(&output)).transpose()?;
    let online = order.par_iter().map(|(_, Article { file, section, slug, .. })| {
        let file = file.to_str().map_or_else(|| file.to_string_lossy(), Cow::from);
        Online { file, section, slug }
    });
    if edition::found_unreadable() {
        bail!(
            "something that the press remembers of the edition cannot be read; delete the file {} beside the site, and print again",
            edition::MEMORY
        );
    }
    let broken_state = output.broken_state();
    let changes = output
        .finish(online.collect(), &windows)
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
