//! Without the app: no script, no WebAssembly. Every page reads and every link works.

use serde_json::json;
use tests::{Browser, Result, Server, sample};

const STORY: &str = ".cards > li:nth-child(3) h2 a";

async fn reads_and_links_work(browser: &Browser, server: &Server) -> Result {
    browser.goto(&server.url("/")).await?;
    let path = browser.path_of(STORY).await?;
    browser.click(STORY).await?;
    browser
        .until(&format!("location.pathname === '{path}' && document.querySelector('.article')"))
        .await?;
    assert!(browser.number("document.querySelector('.prose').innerText.length").await? > 20.0);
    browser.click(".sections a").await?;
    browser.until("location.pathname === document.querySelector('.sections a').pathname").await?;
    browser.click(".masthead").await?;
    browser.until("location.pathname === '/'").await?;
    browser.click("a[rel=next]").await?;
    browser.until("location.pathname.startsWith('/page/')").await
}

#[tokio::test]
async fn with_scripts_switched_off_every_page_reads() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open_with(360, false, false).await?;
    reads_and_links_work(&browser, &server).await?;
    browser.goto(&server.url(sample().articles().next().unwrap_or("/"))).await?;
    let place = browser.number("document.querySelector('.byline__save').offsetHeight").await?;
    assert!(place == 0.0, "no room is left for a button that is not there: {place}");
    let asked = server.take_log();
    assert!(
        !asked.iter().any(|path| path.ends_with(".wasm") || path.ends_with(".js")),
        "{asked:?}"
    );
    browser.close().await
}

#[tokio::test]
async fn where_webassembly_is_blocked_every_page_reads() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let source = "delete window.WebAssembly;";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await?;
    reads_and_links_work(&browser, &server).await?;
    browser.close().await
}
