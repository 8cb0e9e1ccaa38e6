//! Deploys for readers who were here before: they are sent what has changed, and end with the right bytes whatever
//! becomes of that.

use std::fs;
use std::sync::OnceLock;

use anyhow::Context as _;
use press::hash::short_hash;
use serde_json::json;
use tests::{Browser, Fault, Paper, Result, Server, in_every_engine, precompressed_sample};

use super::shell::files_of;
use super::updates::{UPDATE, until_in_charge};
use super::*;

in_every_engine! {
    six_builds_in_a_row_cost_a_reader_10_kb_each;
    a_patch_that_two_workers_want_at_one_time_is_fetched_once;
    patches_that_are_damaged_or_gone_end_with_the_right_bytes;
    a_build_that_is_unknown_here_ends_with_the_right_bytes;
}

/// What a deploy may cost, in bytes of bodies as they travel.
const BUDGET: u64 = 10_000;
/// How much of the app changes with each build: the patch for a small change of the code (ARCHITECTURE.md) is so large.
const CHANGED: usize = 6_500;

/// Six builds, each printed over the one before.
fn builds() -> Result<&'static [Paper]> {
    static BUILDS: OnceLock<std::result::Result<Vec<Paper>, String>> = OnceLock::new();
    let print = || -> Result<Vec<Paper>> {
        let mut random = fastrand::Rng::with_seed(13);
        let mut builds: Vec<Paper> = Vec::new();
        for name in ["one", "two", "three", "four", "five", "six"] {
            let more: Vec<u8> = (0..CHANGED).map(|_| random.u8(..)).collect();
            let before = builds.last().unwrap_or(precompressed_sample());
            let next = before.with_next_build(name, &more)?;
            builds.push(next);
        }
        Ok(builds)
    };
    let builds = BUILDS.get_or_init(|| print().map_err(|error| format!("{error:#}")));
    builds.as_deref().map_err(|error| anyhow::anyhow!("{error}"))
}

/// The bytes of a path of a paper, as they are printed.
fn printed(paper: &Paper, path: &str) -> Result<Vec<u8>> {
    let mut name = path.trim_start_matches('/').to_owned();
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    fs::read(paper.site().join(&name)).with_context(|| name)
}

/// What all that the worker keeps costs that was asked for since the log was taken, compressed where that is printed.
fn cost(server: &Server, paper: &Paper) -> Result<(u64, Vec<String>)> {
    let is_kept = |path: &&String| {
        ["/assets/", "/sw.js", "/offline/", "/saved/"].iter().any(|it| path.starts_with(it))
    };
    let log = server.take_log();
    let asked: Vec<String> = log.iter().filter(is_kept).cloned().collect();
    let mut sum = 0;
    for path in &asked {
        let name = match path.strip_suffix('/') {
            Some(_) => format!("{path}index.html"),
            None => path.clone(),
        };
        let file = paper.site().join(name.trim_start_matches('/'));
        let packed = fs::metadata(format!("{}.br", file.display()));
        sum += packed.or_else(|_| fs::metadata(&file)).with_context(|| name)?.len();
    }
    Ok((sum, asked))
}

/// The paths of all that the worker keeps of a build.
fn kept_of(paper: &Paper) -> Result<Vec<String>> {
    let mut paths = files_of(paper)?;
    paths.extend(["/offline/", "/saved/", "/saved/index.json"].map(str::to_owned));
    Ok(paths)
}

/// Waits until the shell of this build has its files with the very bytes that were printed.
async fn until_whole(browser: &Browser, paper: &Paper) -> Result {
    until_in_charge(browser, paper).await?;
    for path in kept_of(paper)? {
        let hash = short_hash(&printed(paper, &path)?);
        let kept = format!(
            "(async () => {{
                const names = (await caches.keys()).filter((it) => it.includes('-shell:'));
                const found = await Promise.all(names.map(async (it) => (await caches.open(it)).match('{path}')));
                for (const file of found.filter(Boolean)) {{
                    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
                    const hex = [...new Uint8Array(digest)].map((it) => it.toString(16).padStart(2, '0'));
                    if (hex.join('').startsWith('{hash}')) return true;
                }}
                return false;
            }})()"
        );
        until_resolved(browser, &kept).await.with_context(|| path.clone())?;
    }
    Ok(())
}

/// The patch of each of the hashed files: from one build to another.
fn patches(from: &Paper, to: &Paper) -> Result<Vec<String>> {
    let hash = |path: &String| path.rsplit('.').nth(1).unwrap_or_default().to_owned();
    let pairs = files_of(from)?.into_iter().zip(files_of(to)?);
    Ok(pairs.map(|(old, new)| format!("/assets/{}-{}.bin", hash(&old), hash(&new))).collect())
}

async fn six_builds_in_a_row_cost_a_reader_10_kb_each(browser: Browser) -> Result {
    let server = Server::start(precompressed_sample()).await?;
    open_front(&browser, &server).await?;
    until_whole(&browser, precompressed_sample()).await?;
    for (number, paper) in builds()?.iter().enumerate() {
        server.take_log();
        server.deploy(paper)?;
        // By turns the worker of the new build comes into an open tab, and after a page that asks for its files.
        match number % 2 {
            0 => browser.resolve(UPDATE).await.map(drop)?,
            _ => {
                browser.goto_app(&server.url("/")).await?;
                browser.resolve(UPDATE).await.map(drop)?;
            }
        }
        until_whole(&browser, paper).await?;
        let (bytes, asked) = cost(&server, paper)?;
        assert!(asked.iter().any(|it| it.ends_with(".bin")), "{asked:?}");
        assert!(!asked.iter().any(|it| it.ends_with(".wasm")), "{asked:?}");
        assert!(bytes <= BUDGET, "build {number}: {bytes} bytes, {asked:?}");
    }
    // What was made of patches is an app.
    browser.goto_app(&server.url("/")).await?;
    follow(&browser, STORY).await?;
    browser.close().await
}

async fn a_patch_that_two_workers_want_at_one_time_is_fetched_once(browser: Browser) -> Result {
    let [first, second, ..] = builds()? else { anyhow::bail!("too few builds") };
    let server = Server::start(first).await?;
    open_front(&browser, &server).await?;
    until_whole(&browser, first).await?;
    let app = patches(first, second)?.pop().context("no app")?;
    server.break_path(&app, Fault::Hang);
    server.deploy(second)?;
    // The page of the new build asks the worker of the old one for its app. The new worker comes meanwhile.
    browser.goto(&server.url("/")).await?;
    server.until_asked(&app, 1).await?;
    browser
        .eval("(navigator.serviceWorker.getRegistration().then((it) => it.update()), 1)")
        .await?;
    let [old, new] = [first, second].map(|it| printed(it, "/offline/").map(|it| short_hash(&it)));
    server.until_asked(&format!("/assets/{}-{}.bin", old?, new?), 1).await?;
    server.mend();
    until_whole(&browser, second).await?;
    assert_eq!(server.count(&app), 1);
    browser.until_taken_over().await?;
    browser.close().await
}

async fn patches_that_are_damaged_or_gone_end_with_the_right_bytes(browser: Browser) -> Result {
    let [first, second, third, ..] = builds()? else { anyhow::bail!("too few builds") };
    let server = Server::start(first).await?;
    open_front(&browser, &server).await?;
    until_whole(&browser, first).await?;
    // The worker of the new build asks for all of them, in an open tab.
    let broken = patches(first, second)?;
    for (path, fault) in broken.iter().zip([Fault::Html, Fault::Status(404), Fault::Truncated]) {
        server.break_path(path, fault);
    }
    server.deploy(second)?;
    browser.resolve(UPDATE).await?;
    until_whole(&browser, second).await?;
    for path in &broken {
        server.until_asked(path, 1).await?;
    }
    // A page of the next build asks the worker of this one. Its patches are those of other files, and what the
    // reader keeps has been damaged.
    server.mend();
    let broken = patches(second, third)?;
    server.prepend(&broken[0], "x");
    server.break_path(&broken[1], Fault::Gone);
    let app = files_of(second)?.pop().context("no app")?;
    let damage = format!(
        "caches.keys().then((names) => Promise.all(names.filter((it) => it.includes('-shell:')).map(
            async (it) => (await caches.open(it)).put('{app}', new Response('damaged'))))).then(() => 1)"
    );
    server.deploy(third)?;
    browser.goto(&server.url(tests::BLANK_PAGE)).await?;
    browser.resolve(&damage).await?;
    browser.goto_app(&server.url("/")).await?;
    browser.resolve(UPDATE).await?;
    until_whole(&browser, third).await?;
    follow(&browser, STORY).await?;
    browser.close().await
}

async fn a_build_that_is_unknown_here_ends_with_the_right_bytes(browser: Browser) -> Result {
    let [first, second, ..] = builds()? else { anyhow::bail!("too few builds") };
    let stranger = Paper::sample_of_build("elsewhere")?;
    let server = Server::start(&stranger).await?;
    open_front(&browser, &server).await?;
    until_whole(&browser, &stranger).await?;
    // Chromium kept the old worker for 40 s on a busy machine, though it had nothing left to do, where what the app asks
    // it by itself came with the deploy.
    server.until_asked("/corrections.json", 1).await?;
    ask(&browser, json!(["syncCorrections"])).await?;
    server.take_log();
    server.deploy(first)?;
    browser.resolve(UPDATE).await?;
    until_whole(&browser, first).await?;
    let asked = server.take_log();
    assert!(
        !asked.iter().any(|it| it.ends_with(".bin")),
        "no patch is asked for in vain: {asked:?}"
    );
    // The page of a build that came from elsewhere asks this build's worker.
    server.deploy(&stranger)?;
    browser.goto_app(&server.url("/")).await?;
    browser.resolve(UPDATE).await?;
    until_whole(&browser, &stranger).await?;
    server.deploy(second)?;
    browser.goto_app(&server.url("/")).await?;
    browser.resolve(UPDATE).await?;
    until_whole(&browser, second).await?;
    follow(&browser, STORY).await?;
    browser.close().await
}
