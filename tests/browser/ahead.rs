//! Ahead: what the app fetches and makes before a page is asked for, and what it leaves until the page is painted.

use serde_json::{Value, json};
use tests::{Browser, Result, Server, in_every_engine, sample};
use thirtyfour::By;

in_every_engine! {
    resting_on_links_leaves_no_trace_and_fetches_no_picture;
    back_lands_where_the_reader_left_a_page_that_was_laid_out_late;
}

/// All that a reader, a screen reader or another script can see of the page.
const TRACES: &str =
    "JSON.stringify([document.documentElement.outerHTML, document.title, location.href, scrollY,
    history.length, history.state, document.activeElement.tagName])";

/// The browser has done what waited: a frame, and twenty turns of its loop, of which the app takes a few from the data of a
/// page to its elements.
const DONE: &str = "new Promise((done) => requestAnimationFrame(() => {
    let left = 20;
    const turn = () => (left-- ? setTimeout(turn) : done(true));
    turn();
}))";

fn story(nth: usize) -> String {
    format!(".cards > li:nth-child({nth}) h2 a")
}

/// Moves the pointer to a link and waits until the data of its page is there.
async fn rest_on(browser: &Browser, selector: &str) -> Result {
    let link = browser.driver().find(By::Css(selector)).await?;
    let data = format!("{}index.json", browser.path_of(selector).await?);
    // Firefox's driver refuses to scroll to some links.
    let near =
        format!("document.querySelector('{selector}').scrollIntoView({{ block: 'center' }})");
    browser.eval(&near).await?;
    browser.driver().action_chain().move_to_element_center(&link).perform().await?;
    browser
        .until(&format!(
            "performance.getEntriesByType('resource').some((it) => it.name.endsWith('{data}') && it.responseEnd)"
        ))
        .await?;
    browser.resolve(DONE).await.map(|_| ())
}

async fn resting_on_links_leaves_no_trace_and_fetches_no_picture(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    browser.goto_app(&server.url("/")).await?;
    // The last thing that the app does by itself.
    server.until_asked("/corrections.json", 1).await?;
    // The pictures of the list itself come when they are near the screen.
    browser
        .until("[...document.querySelectorAll('.cards > li:nth-child(-n + 4) img')].every((it) => it.complete)")
        .await?;
    browser.resolve(DONE).await?;
    server.take_log();
    let before = browser.text(TRACES).await?;
    let mut paths = Vec::new();
    for nth in 2..=4 {
        rest_on(&browser, &story(nth)).await?;
        paths.push(browser.path_of(&story(nth)).await?);
    }
    let scrolled = browser.eval("scrollTo(0, 0)").await;
    assert!(scrolled.is_ok());
    assert_eq!(browser.text(TRACES).await?, before);
    let mut log = server.take_log();
    log.retain(|asked| paths.iter().any(|path| asked.starts_with(path)));
    assert!(log.len() >= 3 && log.iter().all(|path| path.ends_with("index.json")), "{log:?}");
    // The one before the last is not the one that is ready.
    let (title, path) = (
        browser.text(&format!("document.querySelector('{}').innerText", story(3))).await?,
        browser.path_of(&story(3)).await?,
    );
    browser.click(&story(3)).await?;
    browser.until_arrived(&path).await?;
    assert_eq!(browser.text("document.querySelector('h1').innerText").await?, title);
    browser.close().await
}

async fn back_lands_where_the_reader_left_a_page_that_was_laid_out_late(
    browser: Browser,
) -> Result {
    let server = Server::start(sample()).await?;
    browser.goto_app(&server.url("/")).await?;
    browser.mark_document().await?;
    let longest = sample().articles().max_by_key(|path| sample().length(path)).unwrap_or("/");
    browser.click_new_link(&format!("href={longest}")).await?;
    browser.until("document.querySelector('.related li:last-child a')").await?;
    let last = ".related li:last-child a";
    browser.click(last).await?;
    browser
        .until(&format!(
            "location.pathname !== '{longest}' && document.activeElement.id === 'app-heading'"
        ))
        .await?;
    assert_eq!(browser.number("scrollY").await?, 0.0);
    browser.eval("history.back()").await?;
    browser.until(&format!("location.pathname === '{longest}' && scrollY > 0")).await?;
    let top = format!("document.querySelector('{last}').getBoundingClientRect().top");
    let top = browser.number(&top).await?;
    let height = browser.number("innerHeight").await?;
    assert!((0.0..height).contains(&top), "the link is at {top} of {height}");
    assert!(browser.same_document().await?);
    browser.close().await
}

#[tokio::test]
async fn a_finger_gets_a_page_ready_and_opens_it() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open_with(390, false, true).await?;
    let count = "window.made = 0;
        const create = Document.prototype.createElement;
        Document.prototype.createElement = function (name, ...rest) {
            window.made += name === 'main';
            return create.call(this, name, ...rest);
        };
        window.held = null;
        const later = window.setTimeout;
        window.setTimeout = (task, ...rest) => window.held ? window.held.push(task) : later(task, ...rest);";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": count})).await?;
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({"enabled": true})).await?;
    browser.goto_app(&server.url("/")).await?;
    // What the app makes for practice.
    browser.until("window.made === 2").await?;
    let path = browser.path_of(&story(2)).await?;
    let middle = format!(
        "(() => {{ const link = document.querySelector('{}'); link.scrollIntoView({{ block: 'center' }});
            const {{ x, y, height }} = link.getBoundingClientRect(); return [x + 10, y + height / 2]; }})()",
        story(2)
    );
    let middle = browser.eval(&middle).await?;
    let finger = async |kind: &str, points: Value| {
        browser.cdp("Input.dispatchTouchEvent", json!({"type": kind, "touchPoints": points})).await
    };
    // Browsers hear input before what waits: the page is to be made when the finger leaves.
    browser.eval("window.held = []").await?;
    finger("touchStart", json!([{"x": middle[0], "y": middle[1]}])).await?;
    server.until_asked(&format!("{path}index.json"), 1).await?;
    assert_eq!(browser.text("location.pathname").await?, "/", "it only touches");
    browser.until("window.held.length >= 2").await?;
    finger("touchEnd", json!([])).await?;
    browser.until(&format!("location.pathname === '{path}'")).await?;
    browser.eval("window.held.splice(0).forEach((task) => task()), window.held = null").await?;
    browser.until_arrived(&path).await?;
    assert_eq!(server.count(&format!("{path}index.json")), 1);
    browser.until("document.querySelector('.related')").await?;
    browser.resolve(DONE).await?;
    assert_eq!(browser.number("window.made").await?, 3.0, "the page is made once");
    browser.close().await
}

/// What 50 articles more may take, in bytes: 200 articles stay within 10 MB.
const GROWTH: f64 = 2_600_000.0;

#[tokio::test]
async fn an_hour_of_reading_takes_hardly_more_memory_than_ten_articles() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/")).await?;
    browser.mark_document().await?;
    let read = async |articles: u32| {
        // Each click waits until the page before it is there with all that it has.
        let clicks = format!(
            "(async () => {{
                const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                for (let nth = 0; nth < {articles}; nth += 1) {{
                    const links = document.querySelectorAll('.related a, .card--lead ~ li h2 a');
                    const {{ pathname }} = location;
                    links[nth % links.length].click();
                    while (location.pathname === pathname || !document.querySelector('.related')) await frame();
                    await frame();
                }}
                return 'read';
            }})()"
        );
        assert_eq!(browser.resolve(&clicks).await?, "read");
        browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        // Runtime.getHeapUsage: objects of scripts, of the document, and buffers, among them the memory of WASM.
        let heap = browser.cdp("Runtime.getHeapUsage", json!({})).await?;
        let parts = ["usedSize", "embedderHeapUsedSize", "backingStorageSize"];
        anyhow::Ok(parts.iter().filter_map(|part| heap[*part].as_f64()).sum::<f64>())
    };
    let after_ten = read(10).await?;
    let mut after_all = 0.0;
    // A driver waits half a minute for a script.
    for _ in 0..5 {
        after_all = read(10).await?;
    }
    assert!(after_ten > 1_000_000.0, "{after_ten}");
    assert!(after_all - after_ten < GROWTH, "{after_ten} bytes, then {after_all}");
    assert!(browser.same_document().await?);
    browser.close().await
}

/// A document that the browser made ahead ("Prerendering Revamped", `document.prerendering`), until it is opened.
const MADE_AHEAD: &str = "(() => {
    let ahead = true;
    Object.defineProperty(document, 'prerendering', { get: () => ahead });
    window.openPage = () => { ahead = false; document.dispatchEvent(new Event('prerenderingchange')); };
})()";

#[tokio::test]
async fn a_page_that_the_browser_made_ahead_starts_when_it_is_opened() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": MADE_AHEAD})).await?;
    let article = sample().articles().next().unwrap_or("/");
    browser.goto(&server.url(article)).await?;
    browser.until("performance.getEntriesByName('first-contentful-paint').length").await?;
    // What starts the app of a page that is open.
    browser.eval("dispatchEvent(new Event('keydown'))").await?;
    browser.resolve("new Promise((done) => requestIdleCallback(() => done(true)))").await?;
    browser.resolve(DONE).await?;
    let log = server.take_log();
    assert!(!log.iter().any(|path| path.ends_with(".wasm") || path.ends_with("sw.js")), "{log:?}");
    browser.eval("openPage()").await?;
    browser.until_taken_over().await?;
    browser.close().await
}
