//! A printed site on real hosts: what each answers, beside what the press's table of rules says.
//!
//! Where a host is not on this machine, its test counts as not run. The table of what is tried, and by which tool, is
//! in `tests/README.md`.

mod compare;
mod edition;
mod http;
mod known;
mod paths;
mod requests;

use std::fs;
use std::net::SocketAddr;

use anyhow::ensure;
use compare::{Difference, compare};
use known::{Known, known, of_press_serve};
use paths::Which;
use tests::{Event, Host, HostKind, Paper, Result, Server, report};

/// A name that a publisher may give a file of their own in the folder of a site.
const OWN_FILE: &str = "bảng giá điện.txt";

/// The base paths of the papers.
const BASES: [Option<&str>; 2] = [None, Some("/tin-tuc/")];

/// What a host's answers differ in from what the table says.
async fn differences(host: SocketAddr, paper: &Paper, which: Which) -> Result<Vec<Difference>> {
    let (site, table) = (paper.site(), &paper.table);
    let mut all = Vec::new();
    for path in paths::of(&site, table, which)? {
        let expected = table.answer(&path, |name| site.join(name).is_file());
        let file = match expected.status {
            404 => site.join("404.html"),
            _ => paths::file(&site, table, &path),
        };
        let body = if expected.location.is_some() { Vec::new() } else { fs::read(file)? };
        all.extend(compare(&path, &expected, &body, &http::get(host, &path).await?));
    }
    Ok(all)
}

/// Fails where a difference is not known, and where a known one is not there any more.
fn judge(host: &str, differences: &[Difference], known: &[Known]) -> Result {
    let unknown: Vec<String> = differences
        .iter()
        .filter(|it| !known.iter().any(|known| (known.is)(it)))
        .map(ToString::to_string)
        .collect();
    ensure!(unknown.is_empty(), "{host}: {} differences:\n{}", unknown.len(), unknown.join("\n"));
    for known in known {
        let is_there = differences.iter().any(|it| (known.is)(it));
        ensure!(is_there, "{host}: not so any more, take it out of `known`: {}", known.why);
    }
    Ok(())
}

/// A paper with a file of the publisher's own.
fn paper(base: Option<&str>) -> Result<Paper> {
    let paper = edition::paper(base)?;
    fs::write(paper.site().join(OWN_FILE), "Giá điện\n")?;
    Ok(paper)
}

async fn agrees(kind: HostKind) -> Result {
    if let Some(why) = kind.missing() {
        return report(Event::NotRun, &why);
    }
    // Some tools take a tenth of a second for an answer.
    let which = if kind.is_tool() { Which::OfEachKind } else { Which::All };
    let mut found = Vec::new();
    for base in BASES {
        let paper = paper(base)?;
        let host = Host::start(kind, &paper).await?;
        found.extend(differences(host.address(), &paper, which).await?);
    }
    judge(&format!("{kind:?}"), &found, &known(kind))
}

#[tokio::test]
async fn press_serve_answers_as_the_table_says() -> Result {
    let mut found = Vec::new();
    for base in BASES {
        let paper = paper(base)?;
        let server = Server::start(&paper).await?;
        found.extend(differences(server.address(), &paper, Which::All).await?);
    }
    judge("press serve", &found, &of_press_serve())
}

macro_rules! answers_as_the_table_says {
    ($($name:ident: $kind:ident;)*) => {
        $(#[tokio::test]
        async fn $name() -> Result {
            agrees(HostKind::$kind).await
        })*
    };
}

answers_as_the_table_says! {
    nginx_answers_as_the_table_says: Nginx;
    caddy_answers_as_the_table_says: Caddy;
    apache_answers_as_the_table_says: Apache;
    cloudflare_pages_answers_as_the_table_says: CloudflarePages;
    cloudflare_workers_answer_as_the_table_says: CloudflareWorkers;
    netlify_answers_as_the_table_says: Netlify;
    firebase_answers_as_the_table_says: Firebase;
    azure_answers_as_the_table_says: Azure;
    vercel_answers_as_the_table_says: Vercel;
}
