//! A site that is online beside its print: what is old there, what is missing, and what was changed on the way.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Visit;
use super::fault::Faults;
use super::mend::Mend;
use crate::hosts::is_hidden;
use crate::site;

/// How a site differs from its print, as far as it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Files that were asked for.
    pub files: usize,
    /// Those that are as they were printed.
    pub same: usize,
    /// Those that are another version.
    pub stale: usize,
    /// Those that are not there.
    pub missing: usize,
    /// Those whose data is that of the print, and whose bytes are not.
    pub changed: usize,
}

impl Visit<'_> {
    pub(super) fn compare(&self, print: &Path, faults: &mut Faults) -> Result<Compared> {
        let contents = site::contents(print)?;
        let redirects = fs::read_to_string(print.join("_redirects")).unwrap_or_default();
        self.redirects(&redirects, faults)?;
        let old: BTreeSet<&str> =
            redirects.lines().filter_map(|line| line.split_whitespace().next()).collect();
        let base = &self.site.base_path;
        let is_old = |name: &str| {
            let page = name.strip_suffix("index.html").unwrap_or(name);
            [page, page.trim_end_matches('/'), name]
                .iter()
                .any(|it| old.contains(format!("{base}{it}").as_str()))
        };
        let is_packed = |name: &str| {
            let plain = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz"));
            plain.is_some_and(|plain| contents.files.contains_key(plain))
        };
        let asked_for = |name: &&String| {
            !is_hidden(name) && !is_old(name) && *name != "404.html" && !is_packed(name)
        };
        let names: Vec<&String> = contents.files.keys().filter(asked_for).collect();
        let mut compared = Compared::default();
        for name in self.chosen(&names) {
            let bytes = fs::read(print.join(name))?;
            let path = name.strip_suffix("index.html").unwrap_or(name);
            let mut answer = self.ask.get(&encoded(path))?;
            // A host may take `.html` or the slash away.
            if answer.leads_on()
                && let Ok(place) = self.ask.url(&encoded(path))?.join(&answer.header("location"))
                && place.origin() == self.ask.base().origin()
            {
                answer = self.ask.get_url(place);
            }
            compared.files += 1;
            if answer.status != 200 {
                compared.missing += 1;
                faults.add(
                    "missing",
                    path,
                    Mend::Publish,
                    format!("it is printed, and online it answers {}", answer.told()),
                );
            } else if answer.plain == bytes {
                compared.same += 1;
            } else if changed_on_the_way(&bytes, &answer.plain) {
                compared.changed += 1;
                let what = "online it has the data of the print and other HTML: something changes pages on the way";
                faults.add("changed", path, Mend::Untouched, what);
            } else {
                compared.stale += 1;
                faults.add(
                    "stale",
                    path,
                    Mend::Publish,
                    "online it is another version than the print",
                );
            }
        }
        Ok(compared)
    }

    /// What is asked for: what all readers get, and as many of the others, spread over all.
    fn chosen<'n>(&self, names: &[&'n String]) -> BTreeSet<&'n str> {
        let first = |name: &&&String| {
            let known = [
                "index.html",
                "index.json",
                "sw.js",
                "site.json",
                "edition.json",
                "corrections.json",
                "rss.xml",
            ];
            known.contains(&name.as_str()) || name.starts_with("assets/") && !name.ends_with(".bin")
        };
        let mut chosen: BTreeSet<&str> = names.iter().filter(first).map(|it| it.as_str()).collect();
        let step = names.len().div_ceil(self.sample.max(1)).max(1);
        chosen.extend(names.iter().step_by(step).map(|it| it.as_str()));
        chosen
    }
}

/// Whether a page has the data of the other one, or is the same but for white space and comments.
fn changed_on_the_way(printed: &[u8], online: &[u8]) -> bool {
    let (printed, online) = (String::from_utf8_lossy(printed), String::from_utf8_lossy(online));
    let data = |html: &str| {
        let start = html
            .find("type=\"application/json\"")
            .or_else(|| html.find("type=application/json"))?;
        let inside = html.get(start..)?.split_once('>')?.1;
        Some(inside.split("</script>").next()?.to_owned())
    };
    match (data(&printed), data(&online)) {
        (Some(printed), Some(online)) => printed == online,
        _ => letters(&without_scripts(&printed)) == letters(&without_scripts(&online)),
    }
}

/// HTML without its scripts, which something on the way may have added.
fn without_scripts(html: &str) -> String {
    let mut parts = html.split("<script");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.filter_map(|part| part.split_once("</script>")).fold(first, |text, (_, rest)| text + rest)
}

/// A text without what minifiers take away.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'' | ';')).collect()
}

fn encoded(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const NAME: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(path, NAME).to_string()
}
