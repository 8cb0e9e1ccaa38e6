//! The table of rules of a site, for its hosts.

use anyhow::Result;

use super::csp;
use crate::edition::Edition;
use crate::embed::Embeds;
use crate::feeds::Moved;
use crate::hosts::{KEPT, Redirect, Source, Table};
use crate::pages::Pages;
use crate::shell::Shell;

/// The table of the site that an edition is printed to with a shell.
///
/// # Errors
/// If a file of the shell has the place of a page.
pub fn table(edition: &Edition, shell: &Shell) -> Result<Table> {
    let pages = Pages::of(edition);
    let embeds = Embeds::new(&pages, &edition.site.embed, shell);
    let (_, feeds) = super::book(edition, shell)?;
    Ok(of(edition, shell, &pages, &embeds, &feeds))
}

/// The same from what a print has already. `feeds` are the old addresses of feeds. Those of the front come first:
/// many readers follow it. Those of sections come last: there is a copy at most of them.
pub(super) fn of(
    edition: &Edition,
    shell: &Shell,
    pages: &Pages<'_>,
    embeds: &Embeds<'_>,
    feeds: &[Moved],
) -> Table {
    let banner = edition.site.banner.as_ref().and_then(|banner| banner.file.as_ref());
    // Articles are there newest first.
    let old = edition.articles.iter().flat_map(|it| it.redirects().map(move |file| (file, it)));
    let articles = old.take(KEPT).map(|(file, article)| {
        let from = file.strip_suffix("index.html").unwrap_or(&file);
        Redirect::new(from, &article.folder())
    });
    let of_the_front = |it: &&Moved| it.new.rfind('/') == Some(0);
    let redirect =
        |it: &Moved| Redirect::new(it.old.trim_start_matches('/'), it.new.trim_start_matches('/'));
    let front = feeds.iter().filter(of_the_front).map(redirect);
    let sections = feeds.iter().filter(|it| !of_the_front(it)).map(redirect);
    let aliases: usize = edition.articles.iter().map(|it| it.aliases.len()).sum();
    Table::new(Source {
        base: pages.urls().base_path(),
        page_policy: &csp::header(shell),
        embed_policy: &csp::embed_header(embeds.policy(), &edition.site.embed),
        player_policy: &csp::player_header(shell, &edition.site.players),
        sections: pages.site.sections.iter().map(|it| it.slug.clone()).collect(),
        hashed_in_root: banner.iter().map(|it| it.to.clone()).collect(),
        old_addresses: aliases + feeds.len(),
        redirects: front.chain(articles).chain(sections).collect(),
    })
}
