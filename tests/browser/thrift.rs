//! Battery and data: what a page takes of them when nobody looks at it, and that nothing is fetched twice.

use serde_json::{Value, json};
use tests::{Browser, Fault, Result, Server, in_every_engine, sample, shell};
use thirtyfour::By;

in_every_engine! {
    nothing_is_fetched_twice_while_it_is_fresh;
}

/// A story of the front that is not its lead.
const STORY: &str = ".cards > li:nth-child(3) h2 a";

/// Counts what a page lets run by itself: timers, frames, idle work, requests, messages to the worker.
const COUNTED: &str = "(() => {
    window.ran = [];
    const count = (owner, name) => {
        const plain = owner[name];
        owner[name] = function (...given) { window.ran.push(name); return plain.apply(this, given); };
    };
    ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback', 'fetch'].forEach((name) => count(window, name));
    count(ServiceWorker.prototype, 'postMessage');
})()";

async fn back_to(browser: &Browser, path: &str) -> Result {
    browser.eval("history.back()").await?;
    browser.until_arrived(path).await
}

async fn nothing_is_fetched_twice_while_it_is_fresh(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    browser.goto_app(&server.url("/")).await?;
    // The last thing that the app does by itself.
    server.until_asked("/corrections.json", 1).await?;
    let article = browser.follow(STORY).await?;
    browser.until("document.querySelector('.related a')").await?;
    browser.follow(".related a").await?;
    back_to(&browser, &article).await?;
    back_to(&browser, "/").await?;
    assert_eq!(browser.follow(STORY).await?, article);
    browser.follow(".masthead").await?;
    let log = server.take_log();
    let mut sorted = log.clone();
    sorted.sort();
    let twice: Vec<&String> =
        sorted.windows(2).filter(|two| two[0] == two[1]).map(|two| &two[0]).collect();
    assert!(twice.is_empty(), "{twice:?} of {log:?}");
    browser.close().await
}

#[tokio::test]
async fn a_hidden_page_asks_for_nothing_until_it_is_seen_again() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/")).await?;
    server.until_asked("/corrections.json", 1).await?;
    let path = browser.follow(STORY).await?;
    server.take_log();
    let hidden = |hidden: bool| {
        format!(
            "Object.defineProperty(document, 'hidden', {{ configurable: true, value: {hidden} }}) &&
            document.dispatchEvent(new Event('visibilitychange', {{ bubbles: true }}))"
        )
    };
    browser.eval(&format!("{} && dispatchEvent(new Event('online'))", hidden(true))).await?;
    browser.resolve("new Promise((done) => requestIdleCallback(() => done(true)))").await?;
    let mut log = server.take_log();
    // Pictures of the related news come when they are near the screen.
    log.retain(|path| !path.ends_with(".webp"));
    assert_eq!(log, Vec::<String>::new(), "a hidden page asks");
    browser.eval(&hidden(false)).await?;
    // What the network's return asks for: whether there is a newer text, corrections, a new build.
    server.until_asked(&format!("{path}index.json"), 2).await?;
    server.until_asked("/corrections.json", 2).await?;
    browser.close().await
}

#[tokio::test]
async fn a_page_that_is_left_open_does_nothing() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": COUNTED})).await?;
    browser.goto_app(&server.url("/")).await?;
    server.until_asked("/corrections.json", 1).await?;
    browser.follow(STORY).await?;
    browser.until("document.querySelector('.related a')").await?;
    let ran = browser.eval("window.ran").await?;
    assert!(ran.as_array().is_some_and(|it| !it.is_empty()), "the page is not watched");
    let forever = ran.as_array().is_some_and(|it| it.contains(&json!("setInterval")));
    assert!(!forever, "{ran}");
    // What was begun ends: an hour goes by at once, and then another one.
    let hour = async || -> Result {
        let start = browser.number("Date.now()").await?;
        let budget = json!({"policy": "advance", "budget": 3_600_000});
        browser.cdp("Emulation.setVirtualTimePolicy", budget).await?;
        browser.until(&format!("Date.now() - {start} >= 3600000")).await
    };
    hour().await?;
    server.take_log();
    browser.eval("window.ran.length = 0").await?;
    hour().await?;
    assert_eq!(browser.eval("window.ran").await?, json!([]));
    assert_eq!(server.take_log(), Vec::<String>::new());
    browser.close().await
}

/// Presses the button of the mouse on a link and holds it; the link's path.
async fn press(browser: &Browser) -> Result<String> {
    let link = browser.driver().find(By::Css(STORY)).await?;
    link.scroll_into_view().await?;
    let path = browser.path_of(STORY).await?;
    browser.driver().action_chain().click_and_hold_element(&link).perform().await?;
    Ok(path)
}

async fn let_go(browser: &Browser) -> Result {
    Ok(browser.driver().action_chain().release().perform().await?)
}

#[tokio::test]
async fn a_pressed_link_is_fetched_ahead_as_a_document_until_the_app_runs() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let program = format!("/{}", shell()?.wasm.name);
    server.break_path(&program, Fault::Hang);
    browser.goto(&server.url("/")).await?;
    let path = press(&browser).await?;
    server.until_asked(&path, 1).await?;
    assert_eq!(browser.text("location.pathname").await?, "/", "the button is still down");
    let_go(&browser).await?;
    browser
        .until(&format!("location.pathname === '{path}' && document.querySelector('.prose')"))
        .await?;
    assert_eq!(server.count(&path), 1, "what was fetched ahead is shown");
    server.mend();

    browser.goto_app(&server.url("/")).await?;
    server.take_log();
    let path = press(&browser).await?;
    server.until_asked(&format!("{path}index.json"), 1).await?;
    let_go(&browser).await?;
    browser.until(&format!("location.pathname === '{path}'")).await?;
    let log = server.take_log();
    assert!(!log.contains(&path), "the app and the browser both fetch: {log:?}");
    browser.close().await
}

#[tokio::test]
async fn a_reader_who_saves_data_fetches_no_document_ahead() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.cdp("Emulation.setDataSaverOverride", json!({"dataSaverEnabled": true})).await?;
    let program = format!("/{}", shell()?.wasm.name);
    server.break_path(&program, Fault::Hang);
    browser.goto(&server.url("/")).await?;
    assert_eq!(browser.eval("navigator.connection.saveData").await?, Value::Bool(true));
    press(&browser).await?;
    // A request of the page that is sent after it has come back.
    browser.resolve("fetch('/site.json').then((it) => it.text()).then(() => true)").await?;
    let path = browser.path_of(STORY).await?;
    assert_eq!(server.count(&path), 0);
    browser.close().await
}
