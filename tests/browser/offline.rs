//! Offline: the server is really gone.

use tests::{Browser, Result, Server, sample};

const STORY: &str = ".cards > li:nth-child(3) h2 a";
const KEPT: &str = "caches.open('broadsheet-content-v1:/').then((store) => store.keys())
    .then((keys) => keys.map((key) => new URL(key.url).pathname))";

/// Waits until the worker has kept a path.
async fn until_kept(browser: &Browser, path: &str) -> Result {
    let kept = format!("{KEPT}.then((paths) => {{ window.kept = paths; }})");
    for _ in 0..1000 {
        browser.resolve(&kept).await?;
        if browser.eval(&format!("window.kept.includes('{path}')")).await?
            == serde_json::Value::Bool(true)
        {
            return Ok(());
        }
    }
    anyhow::bail!("{path} is not kept: {:?}", browser.eval("window.kept").await?)
}

/// A browser with a worker that has read the front and an article; the path of the article.
async fn has_read() -> Result<(Server, Browser, String)> {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    until_kept(&browser, "/").await?;
    let path = browser.text(&format!("document.querySelector('{STORY}').pathname")).await?;
    browser.goto_app(&server.url(&path)).await?;
    until_kept(&browser, &path).await?;
    until_kept(&browser, &format!("{path}index.json")).await?;
    Ok((server, browser, path))
}

#[tokio::test]
async fn a_page_that_was_read_opens_without_a_network_on_a_cold_start() -> Result {
    let (mut server, mut browser, path) = has_read().await?;
    let text = browser.text("document.querySelector('.prose').innerText").await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text("document.querySelector('.prose').innerText").await?, text);
    assert_eq!(browser.text("location.pathname").await?, path);
    // And from there to the front, in the app.
    browser.click(".masthead").await?;
    browser.until("location.pathname === '/' && document.querySelector('.card--lead')").await?;
    browser.close().await
}

#[tokio::test]
async fn a_page_that_was_read_in_the_app_opens_as_a_document() -> Result {
    let (mut server, mut browser, _) = has_read().await?;
    let next = browser.text("document.querySelector('.related a').pathname").await?;
    browser.click(".related a").await?;
    browser
        .until(&format!(
            "location.pathname === '{next}' && document.activeElement.id === 'heading'"
        ))
        .await?;
    until_kept(&browser, &format!("{next}index.json")).await?;
    let title = browser.text("document.querySelector('h1').innerText").await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&next)).await?;
    browser.until("document.querySelector('.article')").await?;
    assert_eq!(browser.text("document.querySelector('h1').innerText").await?, title);
    assert_eq!(browser.text("location.pathname").await?, next);
    browser.close().await
}

#[tokio::test]
async fn a_page_never_read_shows_what_can_be_read() -> Result {
    let (mut server, browser, path) = has_read().await?;
    let never = sample().articles().last().unwrap_or("/");
    assert_ne!(never, path);
    server.stop().await;
    browser.goto_app(&server.url(never)).await?;
    assert_eq!(
        browser.text("document.querySelector('h1').innerText").await?,
        "Không có kết nối mạng"
    );
    browser
        .until(&format!(
            "[...document.querySelectorAll('.cards a')].some((it) => it.pathname === '{path}')"
        ))
        .await?;
    browser.click(".cards a").await?;
    browser.until("document.querySelector('.article')").await?;
    browser.close().await
}
