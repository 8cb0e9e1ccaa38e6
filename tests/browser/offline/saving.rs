//! Saved articles.

use std::fs;

use serde_json::Value;
use tests::{Browser, Fault, Paper, Result, Server, sample};
use thirtyfour::By;

use super::*;

in_every_engine! {
    a_saved_article_opens_without_a_network_with_its_pictures;
    saved_articles_are_listed_with_date_and_size_and_can_be_removed;
    a_saved_article_outlives_its_address;
    ten_deploys_lose_no_saved_article;
    the_reader_is_told_when_the_browser_deleted_what_was_saved;
    giving_up_while_it_is_still_loading_ends_not_saved;
    saving_before_the_worker_is_there_waits_for_it;
}

/// The rows of the list.
const ROWS: &str = "document.querySelectorAll('.saved-article').length";

async fn a_saved_article_opens_without_a_network_with_its_pictures(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    let path = with_picture(sample())?;
    open_front(&browser, &server).await?;
    browser.goto_app(&server.url(&path)).await?;
    browser.click(".save").await?;
    until_in(&browser, "saved", &path).await?;
    until_pictures_in(&browser, "saved").await?;
    let text = browser.text(BODY).await?;
    // What was only read is gone: what is saved needs none of it.
    for kind in ["read", "pictures"] {
        browser.resolve(&format!("caches.delete('broadsheet-v2-{kind}:/')")).await?;
    }
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    browser.until(PICTURES).await?;
    browser.until(IS_SAVED).await?;
    browser.close().await
}

async fn saved_articles_are_listed_with_date_and_size_and_can_be_removed(
    browser: Browser,
) -> Result {
    let mut server = Server::start(sample()).await?;
    let first = save_a_story(&browser, &server).await?;
    follow(&browser, ".related a").await?;
    browser.until("document.querySelector('.save').ariaPressed === 'false'").await?;
    browser.click(".save").await?;
    until_in(&browser, "saved", &browser.text("location.pathname").await?).await?;
    follow(&browser, ".foot a[href$=\"/saved/\"]").await?;
    browser.until(&format!("{ROWS} === 2")).await?;
    let facts =
        browser.text("document.querySelector('.saved-article .card__facts').innerText").await?;
    assert!(facts.contains("Bản lưu lúc ") && facts.contains(" kB"), "{facts}");
    // The list needs no network either.
    server.stop().await;
    browser.goto(&server.url("/saved/")).await?;
    browser.until(&format!("{ROWS} === 2")).await?;
    let remove = format!(".saved-article:has(a[href=\"{first}\"]) [name=remove]");
    browser.click(&remove).await?;
    browser.until(&format!("{ROWS} === 1")).await?;
    let left = format!("document.querySelector('.saved-article a').pathname !== '{first}'");
    assert_eq!(browser.eval(&left).await?, Value::Bool(true));
    let stored = "caches.open('broadsheet-v2-saved:/').then((it) => it.keys())
        .then((keys) => keys.map((it) => new URL(it.url).pathname))";
    assert!(!browser.resolve(stored).await?.to_string().contains(&first));
    browser.close().await
}

#[tokio::test]
async fn saved_articles_move_to_another_device_through_a_file() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let path = save_a_story(&browser, &server).await?;
    follow(&browser, ".foot a[href$=\"/saved/\"]").await?;
    browser.until(&format!("{ROWS} === 1")).await?;
    browser
        .eval("(URL.createObjectURL = (blob) => { blob.text().then((it) => window.file = it); return '#'; }, 1)")
        .await?;
    browser.click("[name=export]").await?;
    browser.until("window.file").await?;
    let file = browser.text("window.file").await?;
    browser.close().await?;

    let folder = tempfile::tempdir()?;
    let name = folder.path().join("saved-articles.json");
    fs::write(&name, &file)?;
    let other = Browser::open().await?;
    other.goto_app(&server.url("/saved/")).await?;
    other.until("document.querySelector('[data-part=none]')?.hidden === false").await?;
    let input = other.driver().find(By::Css("[name=import]")).await?;
    input.send_keys(name.to_string_lossy()).await?;
    other.until(&format!("{ROWS} === 1")).await?;
    until_in(&other, "saved", &path).await?;

    // A file of another kind is refused, and loses nothing.
    fs::write(&name, "<html>")?;
    other.driver().find(By::Css("[name=import]")).await?.send_keys(name.to_string_lossy()).await?;
    other
        .until(
            "document.querySelector('.saved-page__status').textContent.includes('không phải danh sách')",
        )
        .await?;
    assert_eq!(other.number(ROWS).await?, 1.0);
    other.close().await
}

async fn a_saved_article_outlives_its_address(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let path = save_a_story(&browser, &server).await?;
    let text = browser.text(BODY).await?;
    server.break_path(&path, tests::Fault::Gone);
    server.break_path(&format!("{path}index.json"), tests::Fault::Gone);
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    browser.close().await
}

async fn ten_deploys_lose_no_saved_article(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    let path = save_a_story(&browser, &server).await?;
    let text = browser.text(BODY).await?;
    for build in 0..10 {
        let paper = Paper::sample_of_build(&format!("deploy{build}"))?;
        server.deploy(&paper)?;
        browser.restart().await?;
        browser.goto_app(&server.url("/")).await?;
        let current = paper.read("index.html")?;
        let name = current.split("data-build=\"").nth(1).and_then(|it| it.split('"').next());
        let store = format!("broadsheet-shell:/:{}", name.unwrap_or_default());
        until_resolved(&browser, &format!("caches.keys().then((it) => it.includes('{store}'))"))
            .await?;
        until_resolved(
            &browser,
            "navigator.serviceWorker.getRegistration().then((it) => it.active && !it.installing)",
        )
        .await?;
    }
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    browser.close().await
}

async fn the_reader_is_told_when_the_browser_deleted_what_was_saved(
    mut browser: Browser,
) -> Result {
    let server = Server::start(sample()).await?;
    save_a_story(&browser, &server).await?;
    follow(&browser, ".foot a[href$=\"/saved/\"]").await?;
    browser.until(&format!("{ROWS} === 1")).await?;
    browser
        .resolve("caches.keys().then((names) => Promise.all(names.map((it) => caches.delete(it))))")
        .await?;
    browser.restart().await?;
    browser.goto_app(&server.url("/saved/")).await?;
    browser
        .until("document.querySelector('.saved-page__status').textContent.startsWith('1 bài đã lưu không còn')")
        .await?;
    // And reading goes on.
    browser.goto_app(&server.url("/")).await?;
    follow(&browser, STORY).await?;
    browser.close().await
}

async fn giving_up_while_it_is_still_loading_ends_not_saved(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let path = read_a_story(&browser, &server).await?;
    server.break_path(&path, Fault::Hang);
    let before = server.count(&path);
    browser.click(".save").await?;
    server.until_asked(&path, before + 1).await?;
    browser.click(".save").await?;
    browser.until("document.querySelector('.save').ariaPressed === 'false'").await?;
    server.mend();
    // Saving another one takes longer than what is left of the first.
    let other = follow(&browser, ".related a").await?;
    browser.click(".save").await?;
    until_in(&browser, "saved", &other).await?;
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until(&format!("document.querySelector('.saved-article a[href=\"{other}\"]')")).await?;
    assert_eq!(browser.number(ROWS).await?, 1.0);
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(ask(&browser, json!(["isSaved", path])).await?["done"], json!(false));
    until_painted(&browser).await?;
    assert_eq!(browser.text("document.querySelector('.save').ariaPressed").await?, "false");
    browser.close().await
}

async fn saving_before_the_worker_is_there_waits_for_it(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    server.break_path("/sw.js", Fault::Hang);
    let path = with_picture(sample())?;
    browser.goto_app(&server.url(&path)).await?;
    server.until_asked("/sw.js", 1).await?;
    browser.click(".save").await?;
    until_painted(&browser).await?;
    assert_eq!(browser.text(ALERT).await?, "", "it is only late");
    server.mend();
    until_in(&browser, "saved", &path).await?;
    browser.until(IS_SAVED).await?;
    assert_eq!(browser.text(ALERT).await?, "");
    browser.close().await
}

#[tokio::test]
async fn the_failure_of_one_article_does_not_turn_the_button_of_another() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let first = read_a_story(&browser, &server).await?;
    server.break_path(&first, Fault::Hang);
    let before = server.count(&first);
    browser.click(".save").await?;
    server.until_asked(&first, before + 1).await?;
    let second = follow(&browser, ".related a").await?;
    browser.click(".save").await?;
    until_in(&browser, "saved", &second).await?;
    browser.until(IS_SAVED).await?;
    let quota = json!({"origin": server.url(""), "quotaSize": 1000});
    browser.cdp("Storage.overrideQuotaForOrigin", quota).await?;
    server.mend();
    browser.until(&format!("{ALERT}.includes('Bộ nhớ đã đầy')")).await?;
    until_painted(&browser).await?;
    assert_eq!(browser.eval(IS_SAVED).await?, Value::Bool(true), "this one is saved");
    browser.close().await
}

/// Makes timers run 20 times as fast.
const FAST_CLOCK: &str = "{
    const { setTimeout: wait, setInterval: repeat } = self;
    self.setTimeout = (task, time, ...more) => wait(task, time / 20, ...more);
    self.setInterval = (task, time, ...more) => repeat(task, time / 20, ...more);
}
";

#[tokio::test]
async fn what_takes_longer_than_half_a_minute_is_not_called_a_lost_network() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    // The same clock for both, because they tell each other that they are there.
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": FAST_CLOCK})).await?;
    server.prepend("/sw.js", FAST_CLOCK);
    let path = read_a_story(&browser, &server).await?;
    server.break_path(&path, Fault::Hang);
    let before = server.count(&path);
    browser.click(".save").await?;
    server.until_asked(&path, before + 1).await?;
    browser.eval("setTimeout(() => { window.late = true; }, 45000)").await?;
    browser.until("window.late").await?;
    assert_eq!(browser.text(ALERT).await?, "");
    server.mend();
    until_in(&browser, "saved", &path).await?;
    browser.until(IS_SAVED).await?;
    assert_eq!(browser.text(ALERT).await?, "");
    browser.close().await
}

/// WebKitGTK's driver paints one window only, and the app starts after the first paint.
mod two_tabs_agree_on_what_is_saved {
    use tests::{Engine, Result, run_in};

    #[tokio::test]
    async fn in_chromium() -> Result {
        run_in(Engine::Chromium, super::two_tabs).await
    }

    #[tokio::test]
    async fn in_firefox() -> Result {
        run_in(Engine::Firefox, super::two_tabs).await
    }
}

async fn two_tabs(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let path = read_a_story(&browser, &server).await?;
    let driver = browser.driver();
    let first = driver.window().await?;
    let second = driver.new_tab().await?;
    driver.switch_to_window(second.clone()).await?;
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until("document.querySelector('[data-kind=saved]')?.textContent").await?;
    driver.switch_to_window(first.clone()).await?;
    browser.click(".save").await?;
    browser.until(IS_SAVED).await?;
    // The list of the other tab has it, and gives it up.
    driver.switch_to_window(second.clone()).await?;
    browser.until(&format!("{ROWS} === 1")).await?;
    browser.click(".saved-article [name=remove]").await?;
    browser.until(&format!("{ROWS} === 0")).await?;
    driver.switch_to_window(first.clone()).await?;
    browser.until("document.querySelector('.save').ariaPressed === 'false'").await?;
    // What one tab gives up while the other saves it was not a failure.
    server.break_path(&path, Fault::Hang);
    browser.click(".save").await?;
    server.until_asked(&path, 2).await?;
    driver.switch_to_window(second).await?;
    ask(&browser, json!(["remove", path])).await?;
    driver.switch_to_window(first).await?;
    browser.until("document.querySelector('.save').ariaPressed === 'false'").await?;
    server.mend();
    ask(&browser, json!(["isSaved", path])).await?;
    assert_eq!(browser.text(ALERT).await?, "");
    browser.close().await
}
