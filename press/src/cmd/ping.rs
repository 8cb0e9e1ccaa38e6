//! `press ping`: tells hubs and search engines what has changed online.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use press::edition::SiteConfig;
use press::online::Client;
use press::publish::{News, without_secrets};
use serde_json::json;

use super::report::Report;
use super::{Telling, publish};

/// How long one of them may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// So many addresses at a time (indexnow.org, "Submitting set of URLs").
const AT_ONCE: usize = 10_000;
/// One of the search engines that take part; it tells the others.
const INDEXNOW: &str = "https://api.indexnow.org/indexnow";

const EXAMPLES: &str = "\
Hubs are those of hub in [feeds] of site.toml (WebSub); search engines are told where [publish] has a key, indexnow, which
the site has as indexnow.txt. What press publish has changed is told once; what somebody does not take is told again next
time. Exit code 1: somebody does not take it.

Examples:
  press publish edition --to s3://my-paper && press ping edition";

/// Tell hubs and search engines what press publish has changed.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder with site.toml and content/.
    edition: PathBuf,
    /// The folder that was printed into, if it is not EDITION.site.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Which search engine is told, by the address of its IndexNow.
    #[arg(long, value_name = "URL", default_value = INDEXNOW)]
    indexnow: String,
    /// Print one JSON object on stdout and nothing else: command, exit_code, told (to, addresses), failed (to, why).
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let telling = Telling { json: arguments.json, all: false };
    super::run("ping", &telling, |_, report| ping(arguments, report))
}

fn ping(arguments: &Arguments, report: &mut Report) -> Result<u8> {
    let (publishing, feeds) = SiteConfig::publishing(&arguments.edition)?;
    let site = publish::site_of(&arguments.edition, arguments.out.as_deref())?;
    let mut news = News::read(&site)?;
    let client = Client::new(PATIENCE)?;
    let (mut told, mut failed) = (Vec::new(), Vec::new());
    let mut refused = BTreeSet::new();
    for hub in &feeds.hubs {
        let name = without_secrets(hub);
        let mut silent = None;
        for feed in &news.feeds {
            let fields = [("hub.mode", "publish"), ("hub.url", feed.as_str())];
            let form =
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            // One that does not answer is not waited for again.
            let answer = match &silent {
                None => client.post(hub, "application/x-www-form-urlencoded", form),
                Some(why) => Err(anyhow!("{why}")),
            };
            if let Err(error) = &answer {
                silent.get_or_insert_with(|| format!("{error:#}"));
            }
            match accepted(answer) {
                Ok(()) => told.push(json!({"to": name, "addresses": [feed]})),
                Err(error) => {
                    refused.insert(feed.clone());
                    report.complain(&format!("{name} is not told of {feed}: {error:#}"));
                    failed.push(
                        json!({"to": name, "addresses": [feed], "why": format!("{error:#}")}),
                    );
                }
            }
        }
    }
    news.feeds = refused;
    if let Some(key) = &publishing.indexnow {
        let pages: Vec<_> = news.pages.iter().cloned().collect();
        let mut left = BTreeSet::new();
        let name = without_secrets(&arguments.indexnow);
        for pages in pages.chunks(AT_ONCE) {
            match accepted(index_now(&client, &arguments.indexnow, key, &site, pages)) {
                Ok(()) => told.push(json!({"to": name, "addresses": pages})),
                Err(error) => {
                    left.extend(pages.iter().cloned());
                    report.complain(&format!("{name} is not told: {error:#}"));
                    failed
                        .push(json!({"to": name, "addresses": pages, "why": format!("{error:#}")}));
                }
            }
        }
        news.pages = left;
    } else {
        news.pages.clear();
    }
    news.keep(&site)?;
    report.say(&format!("Told {} times, failed {} times", told.len(), failed.len()));
    let code = u8::from(!failed.is_empty());
    report.set("told", told.into());
    report.set("failed", failed.into());
    Ok(code)
}

fn index_now(
    client: &Client,
    to: &str,
    key: &str,
    site: &std::path::Path,
    pages: &[String],
) -> Result<u16> {
    let about = std::fs::read(site.join("site.json")).context("the print has no site.json")?;
    let about: serde_json::Value = serde_json::from_slice(&about)?;
    let base = about["base_url"].as_str().context("site.json has no base_url")?;
    let host = url::Url::parse(base)?.host_str().map(str::to_owned);
    let body = json!({"host": host, "key": key, "keyLocation": format!("{base}indexnow.txt"), "urlList": pages});
    client.post(to, "application/json; charset=utf-8", body.to_string())
}

/// Whether a status says that the news is taken (WebSub, section 7: any that says success; indexnow.org, "Response").
fn accepted(status: Result<u16>) -> Result<()> {
    let status = status?;
    let why = match status {
        200..=299 => return Ok(()),
        301..=308 => ": its address has changed",
        403 => ": it does not take this key, or this site",
        422 => ": the addresses are not of this site, or the key is another",
        429 => ": it was told too often; run this again later",
        500.. => ": it has a fault of its own; run this again later",
        _ => "",
    };
    bail!("it answers {status}{why}")
}
