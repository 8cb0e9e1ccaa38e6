//! Sub-path: a site that lives below `/news/`, beside other things.

use tests::{Browser, Paper, Result, Server};

#[tokio::test]
async fn the_same_shell_serves_a_site_below_a_path() -> Result {
    let paper = Paper::sample_below("/news/")?;
    let server = Server::start(&paper).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/news/")).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.mark_document().await?;
    browser.click(".cards > li:nth-child(3) h2 a").await?;
    browser
        .until("document.querySelector('.article') && location.pathname.startsWith('/news/')")
        .await?;
    browser.click(".masthead").await?;
    browser
        .until("location.pathname === '/news/' && document.querySelector('.card--lead')")
        .await?;
    assert!(browser.same_document().await?);
    let broken = browser
        .eval("[...document.images].filter((it) => it.complete && !it.naturalWidth).map((it) => it.src)")
        .await?;
    assert_eq!(broken, serde_json::json!([]));
    let scope = browser.resolve("navigator.serviceWorker.ready.then((it) => it.scope)").await?;
    // Without the slash: the paper is there without a network at `/news` too.
    assert!(scope.as_str().is_some_and(|it| it.ends_with("/news")), "{scope}");
    browser.close().await
}

#[tokio::test]
async fn what_lies_beside_the_site_is_left_alone() -> Result {
    let paper = Paper::sample_below("/news/")?;
    let server = Server::start(&paper).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/news/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    browser.mark_document().await?;
    browser.click_new_link("href=/newsletter/").await?;
    browser.until("location.pathname === '/newsletter/'").await?;
    assert!(!browser.same_document().await?);
    assert_eq!(server.count("/newsletter/"), 1);
    assert_eq!(server.count("/newsletter/index.json"), 0);
    browser.close().await
}
