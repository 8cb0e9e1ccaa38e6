//! A look at a site that is online: what its host does wrong, and how to mend it there.
//!
//! What is asked for is found in the site itself, from `site.json` on. What is right is what the table of rules says
//! ([`crate::hosts`]), as far as readers notice: a host may say it in its own words.

mod addresses;
mod ask;
mod client;
mod compare;
mod content;
mod fault;
mod headers;
mod host;
mod mend;
mod packing;
mod policy;
mod reach;
mod robots;
mod scripts;
mod worker;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use broadsheet::contract::{Feed, Site};
use url::Url;

use ask::{Answer, Asker};
pub(crate) use client::builder as client_builder;
pub use client::{Client, prepare_tls};
pub use compare::Compared;
pub use fault::Fault;
use fault::Faults;

/// What was measured of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Its path.
    pub path: String,
    /// How long its first byte took.
    pub first_byte: Duration,
    /// How many bytes came over the network, headers not counted.
    pub bytes: usize,
    /// How many they are unpacked.
    pub plain: usize,
}

/// What a look has found.
#[derive(Debug, Clone)]
pub struct Look {
    /// The address that was looked at, without name and password.
    pub url: String,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// Who seems to answer, for people.
    pub host: Option<crate::hosts::Host>,
    /// The front, and an article if there is one.
    pub measures: Vec<Measure>,
    /// How many requests were made.
    pub requests: usize,
    /// How the site differs from the print, if that was given.
    pub compared: Option<Compared>,
}

/// What all parts of the look know.
struct Visit<'a> {
    ask: &'a Asker,
    site: Site,
    /// The front's answer.
    front: Answer,
    /// The newest article: its path, relative to the site.
    article: Option<String>,
    /// How many links, files and pages of each kind are asked for.
    sample: usize,
    /// What the front loads and is asked for: paths relative to the site.
    loaded: BTreeSet<String>,
}

/// Looks at the site at `url`, and compares it with the print in a folder.
///
/// # Errors
/// If there is no site of the press at the address, or no print in the folder.
pub fn look(url: &str, print: Option<&Path>, sample: usize) -> Result<Look> {
    // Nothing of it is repeated: there may be a password in it.
    let mut url = Url::parse(url).context("this is no address; it begins with https://")?;
    ensure!(
        ["http", "https"].contains(&url.scheme()),
        "the address begins with https:// or http://"
    );
    ensure!(
        url.query().is_none() && url.fragment().is_none(),
        "the address is that of the front page"
    );
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    let ask = Asker::new(url)?;
    let about = ask.get("site.json")?;
    let site: Option<Site> =
        (about.status == 200).then(|| serde_json::from_slice(&about.plain).ok()).flatten();
    let Some(site) = site else { bail!(reach::no_site(&ask, &about)?) };
    let front = ask.get("")?;
    let feed = ask.get("index.json")?;
    let newest = serde_json::from_slice::<Feed>(&feed.plain).ok();
    let article = newest
        .and_then(|feed| feed.items.into_iter().next())
        .and_then(|item| item.url.strip_prefix(&site.base_url).map(str::to_owned));
    let loaded = content::loaded(&front.text());
    let mut visit = Visit { ask: &ask, site, front, article, sample, loaded: BTreeSet::new() };
    visit.loaded = loaded.iter().filter_map(|it| visit.below(it)).take(sample).collect();
    let mut faults = Faults::new(host::guess(&visit.front));
    let mut measures = vec![visit.front.measure("")];
    visit.transport(&mut faults)?;
    visit.robots(print, &mut faults)?;
    visit.files(&mut faults)?;
    visit.missing(&mut faults)?;
    visit.slashes(&mut faults)?;
    visit.private(&mut faults)?;
    visit.worker(&mut faults)?;
    visit.feeds(&mut faults)?;
    visit.embeds(&mut faults)?;
    let mut pages = vec![(String::new(), visit.front.clone())];
    if let Some(path) = &visit.article {
        let answer = ask.get(path)?;
        measures.push(answer.measure(path));
        pages.push((path.clone(), answer));
    }
    visit.pages(&pages, &mut faults)?;
    let compared = print.map(|print| visit.compare(print, &mut faults)).transpose()?;
    let (faults, host) = faults.done(&ask);
    Ok(Look {
        url: ask.base().to_string(),
        faults,
        host,
        measures,
        requests: ask.count(),
        compared,
    })
}
