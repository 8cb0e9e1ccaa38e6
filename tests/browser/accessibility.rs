//! Accessibility: axe-core finds nothing, in any scheme, at any width.

use std::env;
use std::fs;

use anyhow::Context as _;
use serde_json::Value;
use tests::{Browser, Result, Server, sample};

/// An article with a word of the newsroom.
const CORRECTED: &str = "/kinh-te/buoi-loc-doanh-duoc-mua/";

/// Runs axe, which was put into the page before, and names what it finds.
pub(crate) const RUN: &str = "axe.run(document, { resultTypes: ['violations'] }).then((result) =>
    result.violations.map((it) => it.id + ': ' + it.nodes.map((node) => node.target).join(' ')))";

async fn axe_finds_nothing(width: u32, dark: bool) -> Result {
    let file = env::var("AXE_JS").context("AXE_JS names no axe.min.js: run `make test`")?;
    let axe = fs::read_to_string(&file).context(file)?;
    let mut server = Server::start(sample()).await?;
    let browser = Browser::open_with(width, dark, true).await?;
    let look = async |place: &str| -> Result {
        browser.driver().execute(axe.clone(), Vec::new()).await?;
        assert_eq!(browser.resolve(RUN).await?, Value::Array(Vec::new()), "{place}");
        let wide = browser.number("document.documentElement.scrollWidth").await?;
        assert!(wide <= f64::from(width), "{place} is {wide} pixels wide in a window of {width}");
        Ok(())
    };
    let longest = sample().articles().max_by_key(|path| sample().length(path));
    let plays = ["/van-hoa/dieu-sao-dong-vong/", "/english/the-kite-that-sings/"];
    let pages = ["/", "/kinh-te/", "/page/1/", longest.unwrap_or("/"), "/khong/co/", "/offline/"];
    for path in pages.into_iter().chain(plays) {
        browser.goto_app(&server.url(path)).await?;
        look(path).await?;
    }
    // What the device keeps: an article that was corrected, saved, listed, and read as a copy.
    browser.goto_app(&server.url(CORRECTED)).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    browser.click(".save").await?;
    browser.until("document.querySelector('.save').ariaPressed === 'true'").await?;
    look("a saved article").await?;
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until("document.querySelector('.saved-article')").await?;
    browser.until("document.querySelector('[data-part=plan]').textContent").await?;
    look("/saved/").await?;
    server.stop().await;
    browser.goto_app(&server.url(CORRECTED)).await?;
    browser.until("document.querySelector('[role=status] .message')").await?;
    look("a copy").await?;
    browser.close().await
}

#[tokio::test]
async fn axe_finds_nothing_on_a_phone() -> Result {
    axe_finds_nothing(360, false).await
}

#[tokio::test]
async fn axe_finds_nothing_on_a_phone_in_the_dark() -> Result {
    axe_finds_nothing(360, true).await
}

#[tokio::test]
async fn axe_finds_nothing_on_a_desktop() -> Result {
    axe_finds_nothing(1280, false).await
}

#[tokio::test]
async fn axe_finds_nothing_on_a_desktop_in_the_dark() -> Result {
    axe_finds_nothing(1280, true).await
}
