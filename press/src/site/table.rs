//! The table of rules of a site, for its hosts.

use super::csp;
use crate::edition::Edition;
use crate::embed::Embeds;
use crate::hosts::{KEPT, Redirect, Source, Table};
use crate::pages::Pages;
use crate::shell::Shell;

/// The table of the site that an edition is printed to with a shell.
pub fn table(edition: &Edition, shell: &Shell) -> Table {
    let pages = Pages::of(edition);
    let embeds = Embeds::new(&pages, &edition.site.embed, shell);
    of(edition, shell, &pages, &embeds, Vec::new())
}

/// The same from what a print has already. `more` are old addresses that are no article's.
pub(super) fn of(
    edition: &Edition,
    shell: &Shell,
    pages: &Pages<'_>,
    embeds: &Embeds<'_>,
    more: Vec<Redirect>,
) -> Table {
    let banner = edition.site.banner.as_ref().and_then(|banner| banner.file.as_ref());
    // Articles are there newest first.
    let old = edition.articles.iter().flat_map(|it| it.redirects().map(move |file| (file, it)));
    let redirects = old.take(KEPT).map(|(file, article)| {
        let from = file.strip_suffix("index.html").unwrap_or(&file);
        Redirect::new(from, &format!("{}/{}/", article.section, article.slug))
    });
    let aliases: usize = edition.articles.iter().map(|it| it.aliases.len()).sum();
    Table::new(Source {
        base: pages.urls().base_path(),
        page_policy: &csp::header(shell),
        embed_policy: &csp::embed_header(embeds.policy(), &edition.site.embed),
        sections: pages.site.sections.iter().map(|it| it.slug.clone()).collect(),
        hashed_in_root: banner.iter().map(|it| it.to.clone()).collect(),
        old_addresses: aliases + more.len(),
        redirects: more.into_iter().chain(redirects).collect(),
    })
}
