//! How long it takes from saving an article until a browser that has it open has painted the new text: `press dev`.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

#[allow(dead_code, reason = "it writes for other benches, too")]
mod archive;

use std::error::Error;
use std::fs;
use std::time::{Duration, SystemTime};

use tests::{Browser, dev};

const RUNS: usize = 20;
const SIZES: [usize; 2] = [40, 1_000];
/// When the browser first painted the page, in milliseconds since 1970.
const PAINTED: &str = "performance.getEntriesByName('first-contentful-paint').map((it) =>
    performance.timeOrigin + it.startTime)[0] ?? 0";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    for size in SIZES {
        let mut all = of_size(size).await?;
        all.sort_by(f64::total_cmp);
        println!(
            "{size:>5} articles, from saving to the painted text: median {:.0} ms, {:.0} to {:.0} ms of {RUNS}",
            all[RUNS / 2],
            all[0],
            all[RUNS - 1]
        );
    }
    Ok(())
}

async fn of_size(size: usize) -> Result<Vec<f64>, Box<dyn Error>> {
    let (edition, out) = (tempfile::tempdir()?, tempfile::tempdir()?);
    archive::write(edition.path(), size)?;
    let (address, rounds) = dev::show(edition.path(), out.path())?;
    rounds.recv()?;
    let browser = Browser::open().await?;
    let number = size / 2;
    browser.goto(&format!("{address}/muc-{}/bai-{number}/", number % 5)).await?;
    let file = edition.path().join(archive::file(number));
    let (mut all, mut first, mut whole) = (Vec::new(), Duration::ZERO, Duration::ZERO);
    for run in 0..RUNS {
        let title = format!("Lần {run}");
        let other = file.with_extension("new");
        fs::write(&other, archive::text(number, &title)?)?;
        let saved = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
        fs::rename(other, &file)?;
        browser
            .until(&format!(
                "document.querySelector('h1')?.textContent === '{title}' && ({PAINTED}) > 0"
            ))
            .await?;
        all.push(browser.number(PAINTED).await? - saved.as_secs_f64() * 1_000.0);
        let (shown, printed) = rounds.recv()?;
        (first, whole) = (first + shown, whole + printed);
    }
    let mean = |it: Duration| it.as_secs_f64() * 1_000.0 / RUNS as f64;
    println!(
        "{size:>5} articles: open pages are made in {:.0} ms, the site in {:.0} ms (means)",
        mean(first),
        mean(whole)
    );
    browser.close().await?;
    Ok(all)
}
