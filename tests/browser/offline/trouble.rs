//! Trouble: servers that fail, full storage, workers that are killed, browsers without one.

use serde_json::json;
use tests::{Browser, Fault, Result, Server, sample};

use super::*;

in_every_engine! {
    a_server_in_trouble_is_as_good_as_none_where_there_is_a_copy;
    a_server_that_hangs_does_not_keep_the_reader_waiting;
    what_a_captive_portal_says_is_not_taken_for_the_paper;
}

async fn a_server_in_trouble_is_as_good_as_none_where_there_is_a_copy(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let path = read_a_story(&browser, &server).await?;
    let text = browser.text(BODY).await?;
    server.break_path(&path, Fault::Status(500));
    server.break_path(&format!("{path}index.json"), Fault::Status(503));
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    browser.goto_app(&server.url("/")).await?;
    follow(&browser, &format!("main a[href=\"{path}\"]")).await?;
    assert_eq!(browser.text(BODY).await?, text);
    browser.close().await
}

async fn a_server_that_hangs_does_not_keep_the_reader_waiting(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let path = read_a_story(&browser, &server).await?;
    let text = browser.text(BODY).await?;
    server.break_path(&path, Fault::Hang);
    server.break_path(&format!("{path}index.json"), Fault::Hang);
    server.break_path("/index.json", Fault::Hang);
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    browser.until(&format!("{STATUS}.startsWith('Bản lưu lúc')")).await?;
    follow(&browser, ".masthead").await?;
    server.mend();
    browser.close().await
}

async fn what_a_captive_portal_says_is_not_taken_for_the_paper(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    let path = read_a_story(&browser, &server).await?;
    let text = browser.text(BODY).await?;
    server.break_path(&path, Fault::Html);
    server.break_path(&format!("{path}index.json"), Fault::Html);
    server.break_path("/", Fault::Html);
    server.break_path("/index.json", Fault::Html);
    // In the app the copy is shown.
    browser.goto_app(&server.url("/kinh-te/")).await?;
    follow(&browser, ".masthead").await?;
    follow(&browser, &format!("main a[href=\"{path}\"]")).await?;
    assert_eq!(browser.text(BODY).await?, text);
    // As a document the portal is shown, because it wants an answer; it is not kept.
    browser.goto(&server.url(&path)).await?;
    browser.until("document.title.includes('Wi-Fi')").await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    browser.close().await
}

#[tokio::test]
async fn full_storage_says_so_and_keeps_what_was_saved() -> Result {
    let mut server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let saved = save_a_story(&browser, &server).await?;
    let origin = server.url("");
    let quota = json!({"origin": origin, "quotaSize": 1000});
    browser.cdp("Storage.overrideQuotaForOrigin", quota).await?;
    follow(&browser, ".related a").await?;
    browser.until("document.querySelector('.save').ariaPressed === 'false'").await?;
    browser.click(".save").await?;
    browser
        .until("document.querySelector('[role=alert]').innerText.includes('Bộ nhớ đã đầy')")
        .await?;
    browser.until("document.querySelector('.save').ariaPressed === 'false'").await?;
    // Reading goes on, and what was saved is there.
    follow(&browser, ".related a").await?;
    server.stop().await;
    browser.goto_app(&server.url(&saved)).await?;
    browser.until(IS_SAVED).await?;
    browser.close().await
}

#[tokio::test]
async fn a_worker_that_was_killed_loses_nothing() -> Result {
    let mut server = Server::start(sample()).await?;
    let mut browser = Browser::open().await?;
    let path = read_a_story(&browser, &server).await?;
    // Killed while it saves an article that does not come.
    server.break_path(&path, Fault::Hang);
    let before = server.count(&path);
    browser.cdp("ServiceWorker.enable", json!({})).await?;
    browser.click(".save").await?;
    server.until_asked(&path, before + 1).await?;
    browser.cdp("ServiceWorker.stopAllWorkers", json!({})).await?;
    server.mend();
    // The next task starts it again.
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(ask(&browser, json!(["isSaved", path])).await?["done"], json!(false));
    until_painted(&browser).await?;
    browser.click(".save").await?;
    until_in(&browser, "saved", &path).await?;
    browser.cdp("ServiceWorker.stopAllWorkers", json!({})).await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    browser.until(IS_SAVED).await?;
    browser.close().await
}

#[tokio::test]
async fn without_a_service_worker_the_paper_reads_and_saving_says_why_not() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let source = "delete Navigator.prototype.serviceWorker;";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await?;
    browser.goto_app(&server.url("/")).await?;
    follow(&browser, STORY).await?;
    assert_eq!(browser.text("document.querySelector('[role=alert]').innerText").await?, "");
    browser.click(".save").await?;
    browser
        .until("document.querySelector('[role=alert]').innerText.includes('không cho giữ bài')")
        .await?;
    browser.goto(&server.url("/saved/")).await?;
    browser
        .until("document.querySelector('.saved-page__status')?.textContent.includes('không cho giữ bài')")
        .await?;
    browser.close().await
}
