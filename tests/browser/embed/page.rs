//! Embed pages by themselves, and the page about them.

use std::fs;

use anyhow::Context as _;
use serde_json::{Value, json};
use tests::{Browser, Result, Server, in_every_engine, sample};

use super::{ARTICLE, CORRECTED, FRONT, SHOWN};
use crate::accessibility::RUN;

in_every_engine! {
    a_reader_finds_the_line_to_copy_with_a_preview;
}

async fn a_reader_finds_the_line_to_copy_with_a_preview(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    browser.goto_app(&server.url(ARTICLE)).await?;
    browser.click(".embed-link a").await?;
    browser.until("location.pathname === '/embed/'").await?;
    browser.until(SHOWN).await?;
    assert_eq!(server.count("/embed/article/van-hoa/dieu-sao-dong-vong.html"), 1);
    let code = "document.querySelector('[data-part=code]').textContent";
    let line = format!("article=\"{ARTICLE}\"><a href=\"https://vinhlam.example{ARTICLE}\">");
    assert!(browser.text(code).await?.contains(&line), "{}", browser.text(code).await?);
    browser.click("[name=compact]").await?;
    browser.until(&format!("{code}.includes(' compact>')")).await?;
    browser.until(SHOWN).await?;

    browser.goto_app(&server.url("/van-hoa/")).await?;
    browser.click(".embed-link a").await?;
    browser
        .until(&format!(
            "location.pathname === '/embed/' && {code}.includes('section=\"van-hoa\"')"
        ))
        .await?;
    browser.until(SHOWN).await?;
    browser.close().await
}

#[tokio::test]
async fn without_script_a_list_shows_its_five_newest() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open_with(360, false, false).await?;
    browser.goto(&server.url(&format!("{FRONT}#count=2"))).await?;
    let rows = "[...document.querySelectorAll('.row')].filter((it) => it.offsetHeight).length";
    assert_eq!(browser.number(rows).await?, 5.0);
    assert_eq!(browser.number("document.querySelectorAll('.row').length").await?, 10.0);
    browser.close().await
}

#[tokio::test]
async fn an_embed_keeps_nothing_and_the_worker_leaves_it_alone() -> Result {
    let mut server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    for path in [FRONT, "/embed/", "/embed.js"] {
        browser.goto(&server.url(path)).await?;
    }
    browser.goto(&server.url("/")).await?;
    let kept = browser
        .resolve(
            "caches.keys().then((names) => Promise.all(names.map((it) => caches.open(it))))
            .then((all) => Promise.all(all.map((it) => it.keys())))
            .then((all) => all.flat().map((it) => it.url).filter((it) => it.includes('/embed')))",
        )
        .await?;
    assert_eq!(kept, json!([]));
    server.stop().await;
    // The browser's own error, not the newspaper's offline page.
    let answer = browser.goto(&server.url(FRONT)).await;
    assert!(answer.is_err(), "{:?}", browser.text("document.title").await);
    browser.close().await
}

async fn axe_finds_nothing_in_embeds(dark: bool) -> Result {
    let file = std::env::var("AXE_JS").context("AXE_JS names no axe.min.js: run `make test`")?;
    let axe = fs::read_to_string(&file).context(file)?;
    let server = Server::start(sample()).await?;
    for width in [200, 360, 800] {
        let browser = Browser::open_with(width, dark, true).await?;
        for path in [
            FRONT.to_owned(),
            format!("{FRONT}#compact=1&lang=en&accent=ffee00"),
            "/embed/section/english.html".to_owned(),
            format!("/embed/article{}.html", ARTICLE.trim_end_matches('/')),
            format!("/embed/article{}.html#theme=dark", CORRECTED.trim_end_matches('/')),
            "/embed/".to_owned(),
            "/embed/en/".to_owned(),
        ] {
            browser.goto("about:blank").await?;
            browser.goto(&server.url(&path)).await?;
            browser.driver().execute(axe.clone(), Vec::new()).await?;
            let found = browser.resolve(RUN).await?;
            assert_eq!(found, Value::Array(Vec::new()), "{path} at {width}");
            let wide = browser.number("document.documentElement.scrollWidth").await?;
            assert!(wide <= f64::from(width), "{path} is {wide} pixels wide in {width}");
        }
        browser.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn axe_finds_nothing_in_light_embeds() -> Result {
    axe_finds_nothing_in_embeds(false).await
}

#[tokio::test]
async fn axe_finds_nothing_in_dark_embeds() -> Result {
    axe_finds_nothing_in_embeds(true).await
}
