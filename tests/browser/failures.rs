//! Failures: the reader keeps a page, and is told what happened.

use serde_json::Value;
use tests::{Browser, Fault, Paper, Result, Server, in_every_engine, sample};

in_every_engine! {
    back_and_forward_show_the_right_page_where_the_app_does_not_start;
    a_picture_that_cannot_be_had_leaves_no_sign_of_something_broken;
}

const STORY: &str = ".cards > li:nth-child(3) h2 a";
const NOTICE: &str = "document.querySelector('[role=alert]').innerText";

#[tokio::test]
async fn a_failed_fetch_keeps_the_page_says_why_and_can_be_tried_again() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/")).await?;
    browser.mark_document().await?;
    let path = browser.path_of(STORY).await?;
    for (fault, words) in [
        (Fault::Status(500), "Máy chủ đang gặp sự cố"),
        (Fault::Html, "bị hỏng hoặc thiếu"),
        (Fault::Truncated, "bị hỏng hoặc thiếu"),
    ] {
        server.break_path(&format!("{path}index.json"), fault);
        browser.click(STORY).await?;
        browser.until(&format!("{NOTICE}.includes('{words}')")).await?;
        assert_eq!(browser.text("location.pathname").await?, "/", "{fault:?}");
        assert!(browser.number("document.querySelectorAll('.cards > li').length").await? > 10.0);
        browser.click("[role=alert] button").await?;
        browser.until(&format!("{NOTICE} === ''")).await?;
    }
    browser.click(STORY).await?;
    browser.until(&format!("{NOTICE} !== ''")).await?;
    server.mend();
    browser.click("[role=alert] a").await?;
    browser
        .until(&format!("location.pathname === '{path}' && document.querySelector('.article')"))
        .await?;
    assert_eq!(browser.text(NOTICE).await?, "");
    assert!(browser.same_document().await?);
    browser.close().await
}

async fn a_picture_that_cannot_be_had_leaves_no_sign_of_something_broken(
    browser: Browser,
) -> Result {
    let server = Server::start(sample()).await?;
    let pictures = sample().picture_files()?;
    for picture in &pictures {
        server.break_path(picture, Fault::Gone);
    }
    browser.goto_app(&server.url("/")).await?;
    let first = "document.querySelector('.cards img')";
    let failed = format!("{first}.complete && {first}.naturalWidth === 0");
    browser.until(&failed).await?;
    browser.until(&format!("getComputedStyle({first}).visibility === 'hidden'")).await?;
    // The place is kept, and the element may show another picture.
    assert!(browser.number(&format!("{first}.offsetHeight")).await? > 40.0);
    server.mend();
    browser.eval(&format!("{first}.src = {first}.src + '?again', 1")).await?;
    browser.until(&format!("getComputedStyle({first}).visibility === 'visible'")).await?;
    browser.close().await
}

#[tokio::test]
async fn an_article_that_is_gone_leads_to_the_page_that_says_so() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/")).await?;
    let path = browser.path_of(STORY).await?;
    server.break_path(&format!("{path}index.json"), Fault::Gone);
    server.break_path(&path, Fault::Gone);
    browser.mark_document().await?;
    browser.click(STORY).await?;
    browser.until(&format!("location.pathname === '{path}'")).await?;
    assert!(!browser.same_document().await?, "the server's own answer is shown");
    browser.until("document.querySelector('h1').innerText === 'Không tìm thấy trang'").await?;
    browser.close().await
}

#[tokio::test]
async fn without_a_network_a_click_says_so() -> Result {
    let mut server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/")).await?;
    let path = browser.path_of(STORY).await?;
    server.stop().await;
    browser.click(STORY).await?;
    browser.until(&format!("{NOTICE}.includes('Không có kết nối mạng')")).await?;
    assert_eq!(browser.text("location.pathname").await?, "/");
    server.start_again().await?;
    browser.click("[role=alert] a").await?;
    browser
        .until(&format!("location.pathname === '{path}' && document.querySelector('.article')"))
        .await?;
    browser.close().await
}

#[tokio::test]
async fn a_page_whose_app_is_damaged_stays_readable_and_its_links_work() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let html = sample().read("index.html")?;
    let wasm = html
        .split("data-wasm=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default();
    for fault in [Fault::Truncated, Fault::Html, Fault::Status(404)] {
        server.break_path(wasm, fault);
        browser.goto(&server.url("/")).await?;
        let path = browser.path_of(STORY).await?;
        browser
            .until(&format!(
                "performance.getEntriesByType('resource').some((it) => it.name.endsWith('{wasm}'))"
            ))
            .await?;
        browser.click(STORY).await?;
        browser
            .until(&format!("location.pathname === '{path}' && document.querySelector('.article')"))
            .await?;
        assert_eq!(
            browser.eval("performance.getEntriesByName('broadsheet-ready').length").await?,
            Value::from(0)
        );
    }
    browser.close().await
}

#[tokio::test]
async fn a_page_whose_markup_was_changed_on_the_way_becomes_an_app() -> Result {
    // A proxy, an extension or a translator changed the page before the app came.
    let server = Server::start(sample()).await?;
    let path = sample().articles().next().unwrap_or("/").to_owned();
    for change in [
        "document.querySelector('.article__head').remove()",
        "document.querySelector('.banner').remove()",
        "document.querySelector('.sections ul').prepend(document.createElement('li'))",
        "document.querySelector('[role=alert]').remove()",
        "for (const it of document.querySelectorAll('p, a, h1')) it.innerHTML = `<font>${it.innerHTML}</font>`",
    ] {
        let browser = Browser::open().await?;
        let change =
            format!("document.addEventListener('DOMContentLoaded', () => {{ {change} }});");
        browser
            .cdp("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({"source": change}))
            .await?;
        browser.goto_app(&server.url(&path)).await?;
        assert_eq!(browser.complaints().await?, Vec::<String>::new(), "{change}");
        assert!(browser.number("document.querySelector('.prose').innerText.length").await? > 20.0);
        browser.mark_document().await?;
        browser.follow(".related a").await?;
        assert!(browser.same_document().await?, "{change}");
        browser.close().await?;
    }
    Ok(())
}

async fn back_and_forward_show_the_right_page_where_the_app_does_not_start(
    browser: Browser,
) -> Result {
    let server = Server::start(sample()).await?;
    browser.goto_app(&server.url("/")).await?;
    let path = browser.path_of(STORY).await?;
    browser.click(STORY).await?;
    browser.until("document.querySelector('.article')").await?;
    // The next build's app starts nowhere, and the reader reloads. Both entries of the history are
    // still of one document for the browser.
    server.deploy(&Paper::sample_with_damaged_app()?)?;
    browser.resolve(UNREGISTER).await?;
    browser.driver().refresh().await?;
    browser.until_app_failed().await?;
    browser.eval("history.back()").await?;
    browser.until("location.pathname === '/' && document.querySelector('.card--lead')").await?;
    browser.until_app_failed().await?;
    browser.eval("history.forward()").await?;
    browser
        .until(&format!("location.pathname === '{path}' && document.querySelector('.article')"))
        .await?;
    browser.close().await
}

/// Takes the worker away, so that the page and its app come from the server.
const UNREGISTER: &str = "navigator.serviceWorker.getRegistration().then((it) => it?.unregister())
    .then(() => caches.keys()).then((all) => Promise.all(all.map((it) => caches.delete(it))))";
