//! What reading costs: bytes, requests, first paint, and the time from a click to the painted
//! heading, on a processor slowed 4 times. Medians; the spread is printed beside them.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

mod clicks;

use std::collections::BTreeMap;

use serde_json::json;
use tests::{
    Browser, Paper, Result, Server, precompressed_digitalgov, precompressed_nghean,
    precompressed_sample as sample,
};

const RUNS: usize = 11;
const SLOWER: u32 = 4;

/// Resolves when the worker is ready and the browser idle.
const REST: &str = "navigator.serviceWorker.ready.then(() => new Promise((done) => {
    requestIdleCallback(() => setTimeout(() => requestIdleCallback(() => done(1)), 300));
}))";

fn print(what: &str, values: &mut [f64], unit: &str) {
    values.sort_by(f64::total_cmp);
    if let (Some(first), Some(median), Some(last)) =
        (values.first(), values.get(values.len() / 2), values.last())
    {
        println!(
            "{what:<44} {median:>8.1} {unit}   ({first:.1} to {last:.1}, {} runs)",
            values.len()
        );
    }
}

async fn costs(paper: &Paper, path: &str) -> Result {
    let server = Server::start(paper).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url(path)).await?;
    let entries = browser
        .eval(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                .map((it) => [it.name, it.encodedBodySize])",
        )
        .await?;
    let mut kinds: BTreeMap<String, (u32, f64)> = BTreeMap::new();
    for entry in entries.as_array().into_iter().flatten() {
        let name = entry[0].as_str().unwrap_or_default();
        let file = name.rsplit('/').next().unwrap_or_default();
        let kind = file.rsplit_once('.').map_or("html", |(_, extension)| extension);
        let sum = kinds.entry(kind.to_owned()).or_default();
        *sum = (sum.0 + 1, sum.1 + entry[1].as_f64().unwrap_or_default());
    }
    println!("\n{path}");
    for (kind, (requests, bytes)) in kinds {
        println!(
            "{kind:<12} {requests:>3} requests {bytes:>9.0} bytes (brotli where it compresses)"
        );
    }
    browser.close().await
}

async fn first_paint(paper: &Paper, path: &str, script: bool) -> Result {
    let server = Server::start(paper).await?;
    let browser = Browser::open_with(360, false, script).await?;
    browser.cdp("Emulation.setCPUThrottlingRate", json!({"rate": SLOWER})).await?;
    let mut times = Vec::new();
    for _ in 0..RUNS {
        browser.goto(&server.url(path)).await?;
        let paint = "performance.getEntriesByName('first-contentful-paint')[0]";
        browser.until(paint).await?;
        times.push(browser.number(&format!("{paint}.startTime")).await?);
        // What the app does now must not be in the way of the next page.
        if script {
            browser.until_taken_over().await?;
            browser.resolve(REST).await?;
        }
    }
    let what = if script { "first paint, with script" } else { "first paint, without script" };
    print(what, &mut times, "ms");
    browser.close().await
}

/// The time to the first paint of an article that was saved, from a newspaper that is there and
/// whose answers the browser has, and with the newspaper gone. The worker runs in both cases.
async fn saved(paper: &Paper) -> Result {
    let mut server = Server::start(paper).await?;
    let browser = Browser::open_with(360, false, true).await?;
    let article = paper.articles().next().unwrap_or("/").to_owned();
    browser.goto_app(&server.url(&article)).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    browser.click(".save").await?;
    let kept = format!(
        "caches.open('broadsheet-v2-saved:/').then((it) => it.match('{article}')).then((it) => !!it)"
    );
    while browser.resolve(&kept).await? != serde_json::Value::Bool(true) {}
    browser.cdp("Emulation.setCPUThrottlingRate", json!({"rate": SLOWER})).await?;
    for what in ["saved, from the newspaper, warm", "saved, without a network"] {
        let mut times = Vec::new();
        for run in 0..=RUNS {
            browser.goto_app(&server.url(&article)).await?;
            let paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime";
            // The first one warms.
            if run > 0 {
                times.push(browser.number(paint).await?);
            }
        }
        print(what, &mut times, "ms");
        server.stop().await;
    }
    browser.close().await
}

#[tokio::main]
async fn main() -> Result {
    println!("Chromium, processor slowed {SLOWER} times, local server, brotli.");
    for paper in
        std::iter::once(sample()).chain(precompressed_nghean()).chain(precompressed_digitalgov())
    {
        let article = paper.articles().next().unwrap_or("/");
        for path in ["/", article] {
            costs(paper, path).await?;
            first_paint(paper, path, true).await?;
            first_paint(paper, path, false).await?;
        }
        clicks::measure(paper).await?;
        saved(paper).await?;
    }
    Ok(())
}
