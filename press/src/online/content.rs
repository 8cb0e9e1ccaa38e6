//! What pages, feeds and embeds consist of.

use std::collections::BTreeSet;

use anyhow::Result;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::fault::Faults;
use super::headers::for_partners;
use super::mend::Mend;
use super::{Answer, Visit, policy, reach, robots, scripts};
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
            // What starts the app names what it loads.
            "script" => {
                let names =
                    ["data-app", "data-wasm", "data-saved-page", "data-player", "data-viewer"];
                named.loaded.extend(names.into_iter().filter_map(get));
            }
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

/// Whether a page is one of the app's, also where something has taken its quotes away.
pub(super) fn has_root(html: &str) -> bool {
    let tree = Tree::parse(html);
    tree.nodes()
        .any(|node| node.value().element().is_some_and(|it| it.get("id") == Some("app-root")))
}

/// The addresses that a page loads by itself.
pub(super) fn loaded(html: &str) -> BTreeSet<String> {
    named(html).loaded
}

impl Visit<'_> {
    /// What pages load and lead to.
    pub(super) fn pages(&self, pages: &[(String, Answer)], faults: &mut Faults) -> Result<()> {
        // What is wrong with these themselves is said below.
        let mut asked: BTreeSet<String> = pages.iter().map(|it| it.0.clone()).collect();
        for (path, answer) in pages {
            if answer.status != 200 {
                let (mend, who) = match path.is_empty() {
                    true => (Mend::Address, "it is the front page"),
                    false => (Mend::Publish, "lists lead to it"),
                };
                let what = format!("{who}, and it answers {}", answer.told());
                faults.add("missing", path, mend, what);
                continue;
            }
            if !path.is_empty() {
                policy::judge(path, answer, faults);
                robots::tag(path, answer, faults);
            }
            let html = answer.text();
            if let Some(what) = scripts::changed(&html, self.ask.base()) {
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
                let end = reach::end(self.ask, self.ask.url(&link)?, &answer);
                if end.status != 200 {
                    let what = format!("it leads to /{link}, which answers {}", end.told);
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
                _ => format!("it answers {}", answer.told()),
            };
            faults.add("feed", name, Mend::Publish, what);
        }
        for name in ["rss.xml", "atom.xml", "sitemap.xml"] {
            let answer = self.ask.get(name)?;
            let is = answer.media_type();
            if answer.status == 200 && !is.ends_with("/xml") && !is.ends_with("+xml") {
                faults.add(
                    "type",
                    name,
                    Mend::Rules,
                    format!("it is sent with the type {is:?} and is XML"),
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
        if answer.leads_on() {
            answer = self.ask.get("embed/front")?;
        }
        if answer.status != 200 {
            faults.add(
                "embed",
                name,
                Mend::Publish,
                format!("partners frame it, and it answers {}", answer.told()),
            );
            return Ok(());
        }
        let (options, policy) =
            (answer.header("x-frame-options"), answer.header("content-security-policy"));
        if !options.is_empty() {
            let what = format!("partners frame it, and X-Frame-Options: {options} forbids that");
            faults.add("embed-frame", name, Mend::Rules, what);
        }
        for_partners(name, &answer, faults);
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
