//! Pages that are printed before the site is: those that somebody looks at while the edition is written.

use std::path::Path;

use anyhow::Result;
use broadsheet::contract::Feed;

use super::hubs;
use crate::edition::{Article, Edition};
use crate::pages::{Page, Pages};
use crate::render::Printer;
use crate::shell::Shell;

/// The documents and the data of the pages in the folders `wanted`, named relative to the site as `tin/a/`, with the
/// names of their files. A page that loads a file which is not yet in the site at `out` is left out, as is one that the
/// edition does not have.
///
/// # Errors
/// If a page cannot be made.
pub(crate) fn pages(
    edition: &Edition,
    shell: &Shell,
    out: &Path,
    wanted: &[String],
) -> Result<Vec<(String, Vec<u8>)>> {
    // A page that loads what is not there yet would be shown without its style or picture.
    let banner = edition.site.banner.as_ref().and_then(|it| it.file.as_ref()).map(|it| &it.to);
    let mut loaded = shell.assets().into_iter().map(|it| &it.name).chain(banner);
    if wanted.is_empty() || loaded.any(|name| !out.join(name).is_file()) {
        return Ok(Vec::new());
    }
    let pages = Pages::of(edition);
    let printer = Printer::new(&pages.site, pages.urls(), shell)?;
    let base = pages.urls().base_path();
    let is_wanted = |folder: &str| wanted.iter().any(|it| it == folder);
    let articles =
        edition.articles.iter().filter(|it| is_wanted(&it.folder()) && is_there(it, out));
    let mut all: Vec<Page> = articles.map(|it| pages.article(it)).collect::<Result<_, _>>()?;
    if all.len() < wanted.len() {
        let lists = pages.lists().into_iter();
        let wanted = lists.filter(|it| is_wanted(it.path.strip_prefix(base).unwrap_or_default()));
        all.extend(wanted.map(|it| it.page()));
    }
    let mut files = Vec::new();
    for Page { path, feed } in all {
        let folder = path.strip_prefix(base).unwrap_or(&path);
        let json = serde_json::to_string::<Feed>(&feed)?;
        let document = printer.document(&feed, &json);
        files.push((format!("{folder}index.html"), document.into_bytes()));
        let served = hubs::json(&feed, &edition.site.feeds.hubs)?.unwrap_or(json);
        files.push((format!("{folder}index.json"), served.into_bytes()));
    }
    Ok(files)
}

/// Whether the files that an article shows are in the site.
fn is_there(article: &Article, out: &Path) -> bool {
    let folder = out.join(article.folder());
    let names = article.files.iter().flat_map(|file| {
        let others = file.others().map(|(name, _)| name);
        others.chain([file.to.clone()])
    });
    names.into_iter().all(|name| folder.join(name).is_file())
}
