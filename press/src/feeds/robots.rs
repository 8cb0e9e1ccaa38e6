//! `robots.txt` (RFC 9309) and `llms.txt` (llmstxt.org): what programs are told that come to read the site.

use std::fs;
use std::path::Path;

use broadsheet::urls::Route;

use super::sitemap;
use crate::pages::Pages;

/// By which search engines see that a key of IndexNow is the site's (indexnow.org, "Verifying ownership").
pub(super) const INDEXNOW: &str = "indexnow.txt";
/// The name of `robots.txt`, relative to the site. Crawlers ask for it at the root of a host alone.
pub(crate) const ROBOTS: &str = "robots.txt";
/// The name of `llms.txt`, relative to the site.
pub(super) const LLMS: &str = "llms.txt";

/// The publisher's own `robots.txt` beside `site.toml`, else one that allows everything and names the sitemaps.
pub(super) fn robots(edition: &Path, pages: &Pages<'_>) -> Vec<u8> {
    let own = edition.join(ROBOTS).canonicalize();
    // No path from an edition leaves its folder.
    let own = own.ok().filter(|file| file.starts_with(edition));
    if let Some(bytes) = own.and_then(|file| fs::read(file).ok()) {
        return bytes;
    }
    let mut text = "User-agent: *\nAllow: /\n\n".to_owned();
    for name in [sitemap::INDEX, sitemap::NEWS] {
        text.push_str(&format!("Sitemap: {}\n", absolute(pages, name)));
    }
    text.into_bytes()
}

/// The newspaper, its sections and its feeds in Markdown: nothing that other files do not say.
pub(super) fn llms(pages: &Pages<'_>) -> String {
    let (site, urls) = (&pages.site, pages.urls());
    let mut text = format!("# {}\n", line(&site.title));
    if !site.tagline.is_empty() {
        text.push_str(&format!("\n> {}\n", line(&site.tagline)));
    }
    text.push_str("\n## Sections\n\n");
    for section in &site.sections {
        let url = urls.absolute(&urls.path(Route::Section(&section.slug)));
        text.push_str(&format!("- [{}]({url})\n", line(&section.title)));
    }
    text.push_str(
        "\n## Feeds\n\nEvery page is a JSON Feed at index.json beside it; sections have rss.xml and atom.xml too.\n\n",
    );
    let front = urls.base_path();
    for (name, path) in [
        ("JSON Feed", urls.data(front)),
        ("RSS", urls.rss(front)),
        ("Atom", urls.atom(front)),
        ("Sitemap", [front, sitemap::INDEX].concat()),
    ] {
        text.push_str(&format!("- [{name}]({})\n", urls.absolute(&path)));
    }
    text
}

/// A text on one line of Markdown, as itself.
fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if "\\`*_[]<>#&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn absolute(pages: &Pages<'_>, name: &str) -> String {
    pages.urls().absolute(&[pages.urls().base_path(), name].concat())
}
