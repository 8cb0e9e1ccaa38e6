//! Two papers on one origin have nothing in common.

use tests::{Browser, Paper, Result, Server, in_every_engine};

use super::*;

in_every_engine! {
    two_papers_on_one_origin_share_nothing;
}

async fn two_papers_on_one_origin_share_nothing(browser: Browser) -> Result {
    let papers = (Paper::sample_below("/a/")?, Paper::sample_below("/b/")?);
    let server = Server::start_all(&[&papers.0, &papers.1]).await?;
    browser.goto_app(&server.url("/a/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    browser.eval("scrollTo(0, 400)").await?;
    let path = follow(&browser, STORY).await?;
    browser.click(".save").await?;
    browser.until(IS_SAVED).await?;
    let kept = format!("caches.open('broadsheet-v2-saved:/a/').then((it) => it.match('{path}'))");
    until_resolved(&browser, &kept).await?;
    let rows = "document.querySelectorAll('.saved-article').length";
    let status = "document.querySelector('.saved-page__status').textContent";
    browser.goto_app(&server.url("/a/saved/")).await?;
    browser.until(&format!("{rows} === 1")).await?;
    browser.goto_app(&server.url("/b/saved/")).await?;
    browser.until("document.querySelector('[data-part=none]')?.hidden === false").await?;
    assert_eq!(browser.text(status).await?, "", "nothing was deleted here");
    browser.goto_app(&server.url("/a/saved/")).await?;
    browser.until(&format!("{rows} === 1")).await?;
    assert_eq!(browser.text(status).await?, "");
    let keys =
        browser.eval("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]").await?;
    for key in keys.as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(key.ends_with(":/a/") || key.ends_with(":/b/"), "{key} is of no paper");
    }
    browser.close().await
}
