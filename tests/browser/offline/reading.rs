//! What was read can be read again.

use tests::{Browser, Result, Server, sample};

use super::*;

in_every_engine! {
    what_was_read_opens_on_a_cold_start_with_its_pictures;
    what_was_read_in_the_app_opens_as_a_document;
    the_very_first_page_is_there_too;
    a_page_never_read_shows_what_can_be_read;
    the_start_page_opens_although_only_an_article_was_read;
}

async fn what_was_read_opens_on_a_cold_start_with_its_pictures(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    let path = with_picture(sample())?;
    browser.goto_app(&server.url(&path)).await?;
    until_in(&browser, "read", &path).await?;
    until_pictures_in(&browser, "pictures").await?;
    let text = browser.text(BODY).await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    assert_eq!(browser.text("location.pathname").await?, path);
    browser.until(PICTURES).await?;
    // And from there to the front, in the app.
    browser.click(".masthead").await?;
    browser.until("location.pathname === '/' && document.querySelector('.card--lead')").await?;
    browser.close().await
}

async fn what_was_read_in_the_app_opens_as_a_document(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    read_a_story(&browser, &server).await?;
    let next = follow(&browser, ".related a").await?;
    until_in(&browser, "read", &next).await?;
    let title = browser.text("document.querySelector('h1').innerText").await?;
    let text = browser.text(BODY).await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&next)).await?;
    browser.until("document.querySelector('.article')").await?;
    assert_eq!(browser.text("document.querySelector('h1').innerText").await?, title);
    assert_eq!(browser.text(BODY).await?, text);
    assert_eq!(browser.text("location.pathname").await?, next);
    browser.close().await
}

async fn the_very_first_page_is_there_too(mut browser: Browser) -> Result {
    // It was loaded before there was a worker.
    let mut server = Server::start(sample()).await?;
    let path = with_picture(sample())?;
    browser.goto_app(&server.url(&path)).await?;
    until_in(&browser, "read", &path).await?;
    let text = browser.text(BODY).await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    browser.close().await
}

async fn a_page_never_read_shows_what_can_be_read(browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    let path = read_a_story(&browser, &server).await?;
    let never = sample().articles().last().unwrap_or("/");
    assert_ne!(never, path);
    server.stop().await;
    browser.goto_app(&server.url(never)).await?;
    assert_eq!(
        browser.text("document.querySelector('h1').innerText").await?,
        "Không có kết nối mạng"
    );
    let link = format!(
        "[...document.querySelectorAll('.cards a')].some((it) => it.pathname === '{path}')"
    );
    browser.until(&link).await?;
    follow(&browser, ".cards a").await?;
    browser.until("document.querySelector('.article')").await?;
    browser.close().await
}

async fn the_start_page_opens_although_only_an_article_was_read(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    browser.goto_app(&server.url(&with_picture(sample())?)).await?;
    until_in(&browser, "read", "/").await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url("/")).await?;
    assert!(browser.number("document.querySelectorAll('.cards h2 a').length").await? > 10.0);
    browser.close().await
}
