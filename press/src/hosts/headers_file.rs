//! `_headers`, which Netlify and Cloudflare read, and `press serve`.
//!
//! Patterns here are no regular expressions. Both hosts join the values that several rules give one header, and they
//! differ in what matches: for Netlify a slash at the end means nothing, so that `/*/` matches any path, and a `*`
//! matches slashes for both. So no two rules set one header for one path, as either host sees it, and pages are told
//! by their sections. Netlify sends data directly in a section's folder, such as its feeds, with what pages have, too;
//! there that means nothing. What both hosts do by themselves is not said: files are revalidated.

use super::classes::{Class, DOCUMENTS, PICTURES};
use super::limits::{CLOUDFLARE_HEADER_LINE, CLOUDFLARE_HEADER_RULES};
use super::paths;
use super::table::{Header, Table};

/// The content of `_headers`, and how many of its rules did not fit.
pub(super) fn write(table: &Table) -> (String, usize) {
    let mut file = File { table, out: String::new(), rules: 0, left_out: 0 };
    let is_cache = |header: &&Header| header.0 == "Cache-Control";
    file.rule("*", table.everywhere.iter());
    let of = |class| table.rule(class).map(|rule| rule.headers.as_slice()).unwrap_or_default();

    for path in ["embed/front*", "embed/section/*", "embed/article/*"] {
        file.rule(path, of(Class::Embed).iter().filter(|it| !is_cache(it)));
    }
    file.rule("embed/player/*", of(Class::Player).iter().filter(|it| !is_cache(it)));
    file.rule("embed.js", of(Class::EmbedScript).iter());
    file.rule("assets/embed.*", of(Class::PinnedScript).iter().filter(|it| !is_cache(it)));
    file.rule("assets/*", of(Class::Asset).iter());
    file.rule("sw.js", of(Class::Worker).iter());

    let pages: Vec<&Header> = of(Class::Page).iter().filter(|it| !is_cache(it)).collect();
    let page = |file: &mut File<'_>, path: &str| file.rule(path, pages.iter().copied());
    for path in ["", "index.html", "404.html", "page/:number/", ":section/page/:number/"] {
        page(&mut file, path);
    }
    for path in ["offline/", "saved/", "embed/", "embed/en/", "embed/vi/"] {
        page(&mut file, path);
    }
    page(&mut file, ":section/:article/index.html");
    file.rule("*.svg", of(Class::Drawing).iter().filter(|it| !is_cache(it)));
    file.rule("*.json", of(Class::Other).iter());
    file.rule("*.xml", of(Class::Other).iter());
    let media: Vec<&Header> = of(Class::Media).iter().collect();
    for ending in ["svg"].iter().chain(&PICTURES) {
        file.rule(&format!(":section/:article/*.{ending}"), media.iter().copied());
    }
    for name in &table.hashed_in_root {
        file.rule(&paths::encoded(name), media.iter().copied());
    }
    for section in table.sections.iter().map(|it| paths::encoded(it)) {
        page(&mut file, &format!("{section}/"));
        page(&mut file, &format!("{section}/:article/"));
    }
    // Last, because they are missed least.
    for ending in DOCUMENTS {
        file.rule(&format!(":section/:article/*.{ending}"), media.iter().copied());
    }
    (file.out, file.left_out)
}

struct File<'a> {
    table: &'a Table,
    out: String,
    rules: usize,
    left_out: usize,
}

impl File<'_> {
    /// A rule for a pattern that is relative to the base path, and percent-encoded.
    fn rule<'a>(&mut self, path: &str, headers: impl Iterator<Item = &'a Header>) {
        // A mark of a pattern in the base path has no other spelling; with it the rule matches nothing.
        let base = paths::encoded(&self.table.base).replace('*', "%2A").replace(':', "%3A");
        let mut text = format!("{base}{path}\n");
        for (name, value) in headers {
            text.push_str(&format!("  {name}: {value}\n"));
        }
        let fits = text.lines().all(|line| line.len() <= CLOUDFLARE_HEADER_LINE);
        if self.rules < CLOUDFLARE_HEADER_RULES && fits {
            self.rules += 1;
            self.out.push_str(&text);
        } else {
            self.left_out += 1;
        }
    }
}
