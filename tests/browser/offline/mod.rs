//! The paper without a network: the server is really gone, or hangs, or lies, or is a newer one.
//!
//! What does not need a tool of one browser runs in every engine that this machine has. The table
//! of what is tried is in `tests/README.md`.

mod downloads;
mod freshness;
mod reading;
mod saving;
mod trouble;
mod updates;

use std::time::{Duration, Instant};

use serde_json::Value;
use tests::{Browser, Paper, Result, Server, in_every_engine};

/// A story of the front that is not its lead.
const STORY: &str = ".cards > li:nth-child(3) h2 a";
/// The body of the article that is shown.
const BODY: &str = "document.querySelector('.prose').innerText";
/// The words of the quiet bar at the foot of the window.
const STATUS: &str = "(document.querySelector('[role=status] .message')?.innerText || '')";
/// The article that is shown is saved, and the store says so.
const IS_SAVED: &str = "document.querySelector('.save')?.ariaPressed === 'true'";

/// How long a store may take. Chromium lets an old worker go after 30 seconds of idleness.
const PATIENCE: Duration = Duration::from_secs(40);

/// Waits until a promise resolves to something true.
async fn until_resolved(browser: &Browser, promise: &str) -> Result {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if browser.resolve(&format!("({promise}).then((it) => !!it)")).await? == Value::Bool(true) {
            return Ok(());
        }
        // Asked without a pause, a store is under a load that no reader puts on it.
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    let stores = "caches.keys().then((names) => Promise.all(names.map(async (name) => [name,
        (await (await caches.open(name)).keys()).map((it) => new URL(it.url).pathname)])))";
    anyhow::bail!("never so: {promise}\n{}", browser.resolve(stores).await?)
}

/// Waits until a store has a path.
async fn until_in(browser: &Browser, kind: &str, path: &str) -> Result {
    let store = format!("caches.open('broadsheet-v2-{kind}:/')");
    until_resolved(browser, &format!("{store}.then((store) => store.match('{path}'))")).await
}

/// Opens a paper's front and waits until the service worker has the page in its hands.
async fn open_front(browser: &Browser, server: &Server) -> Result {
    browser.goto_app(&server.url("/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    until_in(browser, "read", "/").await
}

/// Reads the front and one story of it, both as documents; the story's path.
async fn read_a_story(browser: &Browser, server: &Server) -> Result<String> {
    open_front(browser, server).await?;
    let path = browser.text(&format!("document.querySelector('{STORY}').pathname")).await?;
    browser.goto_app(&server.url(&path)).await?;
    until_in(browser, "read", &path).await?;
    Ok(path)
}

/// Reads a story and saves it; its path.
async fn save_a_story(browser: &Browser, server: &Server) -> Result<String> {
    let path = read_a_story(browser, server).await?;
    browser.click(".save").await?;
    browser.until(IS_SAVED).await?;
    until_in(browser, "saved", &path).await?;
    Ok(path)
}

/// Follows a link inside the app, and waits until its page is there.
async fn follow(browser: &Browser, selector: &str) -> Result<String> {
    let path = browser.text(&format!("document.querySelector('{selector}').pathname")).await?;
    browser.click(selector).await?;
    until_shown(browser, &path).await?;
    Ok(path)
}

/// Waits until the app shows a page that was navigated to.
async fn until_shown(browser: &Browser, path: &str) -> Result {
    browser
        .until(&format!(
            "location.pathname === '{path}' && document.activeElement?.id === 'app-heading'"
        ))
        .await?;
    // Its related news come after its paint.
    let painted = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))";
    browser.resolve(painted).await.map(|_| ())
}

/// All pictures of the article have come.
const PICTURES: &str = "[...document.querySelectorAll('.article img')].length > 0 &&
    [...document.querySelectorAll('.article img')].every((it) => it.complete && it.naturalWidth)";

/// Waits until a store has all pictures of the article that is shown. That they are seen is not
/// enough: the browser's own cache may have them for a while.
async fn until_pictures_in(browser: &Browser, kind: &str) -> Result {
    browser.until(PICTURES).await?;
    let held = "Promise.all([...document.querySelectorAll('.article img')].map(({ src }) =>
        caches.open('KIND').then((store) => store.match(src)))).then((all) => all.every(Boolean))";
    until_resolved(browser, &held.replace("KIND", &format!("broadsheet-v2-{kind}:/"))).await
}

/// An article of a paper that has a picture of its own.
fn with_picture(paper: &Paper) -> Result<String> {
    let found = paper.pictures()?.into_iter().next();
    let picture = found.unwrap_or_default();
    Ok(picture.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/")))
}
