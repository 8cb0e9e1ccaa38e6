//! The paper without a network: the server is really gone, or hangs, or lies, or is a newer one.
//!
//! What does not need a tool of one browser runs in every engine that this machine has. The table
//! of what is tried is in `tests/README.md`.

mod addresses;
mod corrections;
mod downloads;
mod freshness;
mod hosts;
mod patches;
mod pictures;
mod publishing;
mod reading;
mod saved_page;
mod saving;
mod shell;
mod slow;
mod storage;
mod trouble;
mod two_papers;
mod updates;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{Browser, Paper, Result, Server, in_every_engine};

/// A story of the front that is not its lead.
const STORY: &str = ".cards > li:nth-child(3) h2 a";
/// The body of the article that is shown.
const BODY: &str = "document.querySelector('.prose').innerText";
/// The words of the quiet bar at the foot of the window.
const STATUS: &str = "(document.querySelector('[role=status] .message')?.innerText || '')";
/// What the loud message says.
const ALERT: &str = "document.querySelector('[role=alert]').innerText";
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
    let path = browser.path_of(STORY).await?;
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
    let path = browser.path_of(selector).await?;
    browser.click(selector).await?;
    until_shown(browser, &path).await?;
    Ok(path)
}

/// Waits until the app shows a page that was navigated to.
async fn until_shown(browser: &Browser, path: &str) -> Result {
    browser.until_arrived(path).await?;
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
    // Whatever their width: the hash in their names tells which they are.
    let held = "caches.open('KIND').then((store) => store.keys()).then((kept) =>
        [...document.querySelectorAll('.article img')].every(({ src }) =>
            kept.some(({ url }) => url.includes(src.split('.').at(-2)))))";
    until_resolved(browser, &held.replace("KIND", &format!("broadsheet-v2-{kind}:/"))).await
}

/// An article of a paper that has a picture of its own.
fn with_picture(paper: &Paper) -> Result<String> {
    let found = paper.pictures()?.into_iter().next();
    let picture = found.unwrap_or_default();
    Ok(picture.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/")))
}

/// Waits until the pictures of the article that is shown are seen. Those that are far below load too.
async fn until_pictures_shown(browser: &Browser) -> Result {
    browser
        .eval(
            "document.querySelectorAll('.article img').forEach((it) => { it.loading = 'eager'; })",
        )
        .await?;
    browser.until(PICTURES).await
}

/// An article of a paper that has this many pictures of its own or more, and their paths.
fn with_pictures(paper: &Paper, count: usize) -> Result<(String, Vec<String>)> {
    let all = paper.pictures()?;
    let found = paper.articles().find_map(|path| {
        let own: Vec<_> = all.iter().filter(|it| it.starts_with(path)).cloned().collect();
        (own.len() >= count).then(|| (path.to_owned(), own))
    });
    found.ok_or_else(|| anyhow::anyhow!("no article has {count} pictures"))
}

/// Opens the page of saved articles and waits until it is filled in.
async fn open_saved_page(browser: &Browser, server: &Server) -> Result {
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until("document.querySelector('.saved-page--live')").await?;
    browser.until("document.querySelector('[data-part=plan]').textContent").await
}

/// Gives the page of saved articles a file that names these articles.
async fn import(browser: &Browser, urls: &[&str]) -> Result {
    let items: Vec<_> =
        urls.iter().map(|url| json!({"url": url, "title": format!("title of {url}")})).collect();
    let text = json!({"version": "https://jsonfeed.org/version/1.1", "items": items}).to_string();
    let script = format!(
        "(() => {{
            const files = new DataTransfer();
            files.items.add(new File([{}], 'saved.json', {{ type: 'application/json' }}));
            const input = document.querySelector('[name=import]');
            input.files = files.files;
            input.dispatchEvent(new Event('change', {{ bubbles: true }}));
        }})()",
        Value::from(text)
    );
    browser.eval(&script).await.map(|_| ())
}

/// The absolute URL of a path, as the newspaper publishes it.
fn published(path: &str) -> String {
    format!("https://vinhlam.example{path}")
}

/// Waits until a store has no such path.
async fn until_not_in(browser: &Browser, kind: &str, path: &str) -> Result {
    let store = format!("caches.open('broadsheet-v2-{kind}:/')");
    until_resolved(browser, &format!("{store}.then((it) => it.match('{path}')).then((it) => !it)"))
        .await
}

/// What the worker answers to a task (`js/protocol.d.ts`), a JSON array: its name, its arguments.
async fn ask(browser: &Browser, task: Value) -> Result<Value> {
    let asked = format!(
        "navigator.serviceWorker.ready.then(({{ active }}) => new Promise((done) => {{
            const {{ port1, port2 }} = new MessageChannel();
            port1.onmessage = ({{ data }}) => {{ if (!data.working) done(data); }};
            active.postMessage({task}, [port2]);
        }}))"
    );
    browser.resolve(&asked).await
}

/// Waits for two frames: what the app does at once has been done then.
async fn until_painted(browser: &Browser) -> Result {
    let frames =
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))";
    browser.resolve(frames).await.map(|_| ())
}
