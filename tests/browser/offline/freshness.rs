//! The reader knows how old a page is, and the newspaper can correct what readers have kept.

use serde_json::{Value, json};
use tests::{Browser, Paper, Result, Server, own_edition, sample};

use super::downloads::{change_article, set_front_matter};
use super::*;

in_every_engine! {
    a_copy_says_when_it_was_kept;
    a_changed_article_says_so_and_shows_its_new_text_when_asked;
    a_withdrawn_article_is_withdrawn_from_what_was_saved;
    a_corrected_article_is_corrected_in_what_was_saved;
}

async fn a_copy_says_when_it_was_kept(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    let path = read_a_story(&browser, &server).await?;
    assert_eq!(browser.text(STATUS).await?, "", "what comes from the newspaper says nothing");
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    browser.until(&format!("/^Bản lưu lúc \\d\\d:\\d\\d/.test({STATUS})")).await?;
    // In the app too. The page of saved articles is no copy, and says nothing.
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until(&format!("{STATUS} === ''")).await?;
    follow(&browser, ".masthead").await?;
    browser.until(&format!("/^Bản lưu lúc \\d\\d:\\d\\d/.test({STATUS})")).await?;
    browser.close().await
}

async fn a_changed_article_says_so_and_shows_its_new_text_when_asked(browser: Browser) -> Result {
    let edition = own_edition()?;
    let paper = Paper::print(edition.path(), None)?;
    let server = Server::start(&paper).await?;
    let path = read_a_story(&browser, &server).await?;
    let text = browser.text(BODY).await?;
    browser.goto_app(&server.url("/")).await?;
    change_article(edition.path(), &path, "\n\nMột câu mới được thêm vào.\n")?;
    let changed = Paper::print(edition.path(), None)?;
    server.deploy(&changed)?;
    follow(&browser, STORY).await?;
    assert_eq!(browser.text(BODY).await?, text, "the copy is shown at once");
    browser.until(&format!("{STATUS}.includes('vừa được cập nhật')")).await?;
    assert_eq!(browser.text(BODY).await?, text, "nothing is swapped under the reader's eyes");
    browser.click("[data-action=show-changed]").await?;
    browser.until(&format!("{BODY}.includes('Một câu mới được thêm vào.')")).await?;
    browser.until(&format!("{STATUS} === ''")).await?;
    browser.close().await
}

/// Saves a story, and visits another page after the newspaper's next edition.
async fn saved_then_published(
    browser: &Browser,
    server: &mut Server,
    edition: &std::path::Path,
    line: &str,
) -> Result<String> {
    let path = save_a_story(browser, server).await?;
    set_front_matter(edition, &path, line)?;
    let paper = Paper::print(edition, None)?;
    server.deploy(&paper)?;
    browser.goto_app(&server.url("/kinh-te/")).await?;
    let word = line.split('"').nth(1).unwrap_or_default();
    until_resolved(
        browser,
        &format!(
            "caches.open('broadsheet-v2-saved:/').then((it) => it.match('{path}'))
            .then((it) => it.text()).then((it) => it.includes('{word}'))"
        ),
    )
    .await?;
    server.stop().await;
    browser.goto_app(&server.url(&path)).await?;
    Ok(path)
}

async fn a_withdrawn_article_is_withdrawn_from_what_was_saved(browser: Browser) -> Result {
    let edition = own_edition()?;
    let paper = Paper::print(edition.path(), None)?;
    let mut server = Server::start(&paper).await?;
    let word = "Bài sai sự thật và đã được rút.";
    saved_then_published(&browser, &mut server, edition.path(), &format!("withdrawn: \"{word}\""))
        .await?;
    let notice = browser.text("document.querySelector('.article__note').innerText").await?;
    assert!(notice.contains("Tòa soạn đã gỡ bài này.") && notice.contains(word), "{notice}");
    assert_eq!(browser.text(BODY).await?.trim(), "");
    // Its pictures are gone from the device too.
    until_resolved(
        &browser,
        "caches.open('broadsheet-v2-saved:/').then((it) => it.keys()).then((keys) => keys.length === 1)",
    )
    .await?;
    browser.close().await
}

async fn a_corrected_article_is_corrected_in_what_was_saved(browser: Browser) -> Result {
    let edition = own_edition()?;
    let paper = Paper::print(edition.path(), None)?;
    let mut server = Server::start(&paper).await?;
    let word = "Con số đúng là bốn mươi hai.";
    saved_then_published(&browser, &mut server, edition.path(), &format!("corrected: \"{word}\""))
        .await?;
    let notice = browser.text("document.querySelector('.article__note').innerText").await?;
    assert!(notice.contains("Đính chính:") && notice.contains(word), "{notice}");
    assert!(browser.number(&format!("{BODY}.length")).await? > 20.0);
    browser.until(IS_SAVED).await?;
    browser.close().await
}

#[tokio::test]
async fn going_offline_and_online_is_said_once() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    open_front(&browser, &server).await?;
    browser.cdp("Network.enable", json!({})).await?;
    let network = async |offline: bool| -> Result {
        let conditions = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        browser.cdp("Network.emulateNetworkConditions", conditions).await.map(|_| ())
    };
    network(true).await?;
    browser.until(&format!("{STATUS}.includes('Mất kết nối mạng')")).await?;
    // A quiet word: the region is polite, and the focus stays where it was.
    assert_eq!(browser.eval("document.activeElement === document.body").await?, Value::Bool(true));
    network(false).await?;
    browser.until(&format!("{STATUS}.includes('Đã có mạng trở lại')")).await?;
    browser.until(&format!("{STATUS} === ''")).await?;
    browser.close().await
}
