//! What pages, feeds and embeds consist of.

use std::collections::BTreeSet;

use anyhow::Result;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::fault::{Faults, Mend};
use super::headers::policy;
use super::{Answer, Visit};
use crate::html::Tree;

/// What a page names.
#[derive(Default)]
struct Named {
    loaded: BTreeSet<String>,
    links: BTreeSet<String>,
}

fn named(html: &str) -> Named {
    let mut named = Named::default();
    let tree = Tree::parse(html);
    for node in tree.nodes() {
        let Some(element) = node.value().element() else { continue };
        let get = |name: &str| element.get(name).map(str::to_owned);
        match &*element.name {
            "a" | "area" => named.links.extend(get("href")),
            "link" => {
                let rel = get("rel").unwrap_or_default();
                let loads = rel.split(' ').any(|it| {
                    ["stylesheet", "icon", "manifest", "modulepreload", "preload"].contains(&it)
                });
                named.loaded.extend(get("href").filter(|_| loads));
            }
            "object" => named.loaded.extend(get("data")),
            _ => {}
        }
        if &*element.name != "a" {
            named.loaded.extend(get("src").into_iter().chain(get("poster")));
        }
        let set = get("srcset").unwrap_or_default();
        let words = set.split(',').filter_map(|it| it.split_whitespace().next());
        named.loaded.extend(words.map(str::to_owned));
    }
    named
}

/// The addresses that a page loads by itself.
pub(super) fn loaded(html: &str) -> BTreeSet<String> {
    named(html).loaded
}

impl Visit<'_> {
    /// What pages load and lead to.
    pub(super) fn pages(&self, pages: &[(String, Answer)], faults: &mut Faults) -> Result<()> {
        let mut asked = BTreeSet::new();
        for (path, answer) in pages {
            if answer.status != 200 {
                faults.add(
                    "missing",
                    path,
                    Mend::Publish,
                    format!("lists lead to it, and it answers {}", answer.status),
                );
                continue;
            }
            if !path.is_empty() {
                policy(path, answer, faults);
            }
            let html = answer.text();
            if html.contains("id=\"app-root\"") && !html.contains("<!---->") {
                let what = "its comments are gone: something minifies pages, and the app cannot start in them";
                faults.add("changed", path, Mend::Untouched, what);
            }
            let named = named(&html);
            let secure = self.site.base_url.starts_with("https:");
            for address in named.loaded.iter().filter(|it| secure && it.starts_with("http:")) {
                let what = format!("it loads {address} without encryption, which browsers refuse");
                faults.add("mixed-content", path, Mend::Edition, what);
            }
            let links =
                named.links.iter().filter(|link| !link.starts_with('#')).filter_map(|link| {
                    let page = self.ask.url(path).ok()?.join(link).ok()?;
                    self.below(page.as_str())
                });
            for link in links.collect::<BTreeSet<_>>().into_iter().take(self.sample) {
                if !asked.insert(link.clone()) {
                    continue;
                }
                let answer = self.ask.get(&link)?;
                if answer.status >= 400 {
                    let what = format!("it leads to /{link}, which answers {}", answer.status);
                    faults.add("link", path, Mend::Publish, what);
                }
            }
        }
        Ok(())
    }

    /// Feeds and the sitemap.
    pub(super) fn feeds(&self, faults: &mut Faults) -> Result<()> {
        for (name, root) in
            [("rss.xml", "rss"), ("atom.xml", "feed"), ("sitemap.xml", "sitemapindex")]
        {
            let answer = self.ask.get(name)?;
            let what = match answer.status {
                200 => match root_of(&answer.plain) {
                    Ok(is) if is == root => continue,
                    Ok(is) => format!("it begins with <{is}> and not with <{root}>"),
                    Err(error) => format!("it is no XML: {error}"),
                },
                other => format!("it answers {other}"),
            };
            faults.add("feed", name, Mend::Publish, what);
        }
        for name in ["rss.xml", "atom.xml"] {
            let answer = self.ask.get(name)?;
            let is = answer.media_type();
            if answer.status == 200 && !is.ends_with("/xml") && !is.ends_with("+xml") {
                faults.add(
                    "type",
                    name,
                    Mend::Rules,
                    format!("it is sent with the type {is:?} and is a feed"),
                );
            }
        }
        Ok(())
    }

    /// The pages that other sites frame.
    pub(super) fn embeds(&self, faults: &mut Faults) -> Result<()> {
        let name = "embed/front.html";
        let mut answer = self.ask.get(name)?;
        // A host may take the ending away.
        if (301..=308).contains(&answer.status) {
            answer = self.ask.get("embed/front")?;
        }
        if answer.status != 200 {
            faults.add(
                "embed",
                name,
                Mend::Publish,
                format!("partners frame it, and it answers {}", answer.status),
            );
            return Ok(());
        }
        let (options, policy) =
            (answer.header("x-frame-options"), answer.header("content-security-policy"));
        if !options.is_empty() {
            let what = format!("partners frame it, and X-Frame-Options: {options} forbids that");
            faults.add("embed-frame", name, Mend::Rules, what);
        }
        if policy.contains("frame-ancestors 'none'") || policy.contains("frame-ancestors 'self'") {
            faults.add(
                "embed-frame",
                name,
                Mend::Rules,
                "partners frame it, and its policy forbids that",
            );
        }
        if !policy.contains("sandbox") {
            let what = "it is sent without the policy of embeds: what is in it is not kept from the newspaper's storage";
            faults.add("embed-policy", name, Mend::Rules, what);
        }
        Ok(())
    }
}

/// The name of the outermost element, if all is well-formed.
fn root_of(bytes: &[u8]) -> Result<String> {
    let (mut reader, mut root) = (Reader::from_reader(bytes), None);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event()? {
            Event::Start(it) | Event::Empty(it) => {
                root.get_or_insert_with(|| {
                    String::from_utf8_lossy(it.name().as_ref()).into_owned()
                });
            }
            Event::Eof => return Ok(root.unwrap_or_default()),
            _ => {}
        }
    }
}
