//! One page, many addresses: each opens what is kept of it.

use tests::{Browser, Fault, Paper, Result, Server, in_every_engine, sample};

use super::*;

in_every_engine! {
    every_address_of_a_page_opens_its_copy;
    a_paper_below_a_path_opens_without_its_slash;
    a_host_that_takes_slashes_away_keeps_pages_and_shell;
}

async fn every_address_of_a_page_opens_its_copy(browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    let path = read_a_story(&browser, &server).await?;
    let text = browser.text(BODY).await?;
    server.stop().await;
    for address in [
        format!("{path}?utm_source=x"),
        format!("{path}index.html"),
        path.trim_end_matches('/').to_owned(),
        format!("{}?utm_source=x#a", path.trim_end_matches('/')),
    ] {
        browser.goto(&server.url(&address)).await?;
        browser.until("document.querySelector('h1')").await?;
        let heading = browser.text("document.querySelector('h1').innerText").await?;
        assert_ne!(heading, "Không có kết nối mạng", "{address}");
        assert_eq!(browser.text(BODY).await?, text, "{address}");
    }
    browser.goto(&server.url("/?utm_source=x")).await?;
    browser.until("document.querySelector('.card--lead')").await?;
    browser.close().await
}

async fn a_paper_below_a_path_opens_without_its_slash(browser: Browser) -> Result {
    let paper = Paper::sample_below("/news/")?;
    let mut server = Server::start(&paper).await?;
    browser.goto_app(&server.url("/news/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    let front = "caches.open('broadsheet-v2-read:/news/').then((it) => it.match('/news/'))";
    until_resolved(&browser, front).await?;
    server.stop().await;
    browser.goto(&server.url("/news")).await?;
    browser.until("document.querySelector('.card--lead')").await?;
    browser.close().await
}

async fn a_host_that_takes_slashes_away_keeps_pages_and_shell(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    server.take_slashes_away();
    let path = save_a_story(&browser, &server).await?;
    let text = browser.text(BODY).await?;
    let read = follow(&browser, ".related a").await?;
    until_in(&browser, "read", &read).await?;
    let read_text = browser.text(BODY).await?;
    for page in ["/offline/", "/saved/"] {
        until_resolved(&browser, &format!("caches.match('{page}')")).await?;
    }
    server.stop().await;
    browser.restart().await?;
    for (page, text) in [(&path, &text), (&read, &read_text)] {
        for address in [page, page.trim_end_matches('/')] {
            browser.goto_app(&server.url(address)).await?;
            assert_eq!(browser.text(BODY).await?, *text, "{address}");
        }
    }
    browser.goto_app(&server.url("/saved")).await?;
    browser.until("document.querySelectorAll('.saved-article').length === 1").await?;
    browser.goto(&server.url(sample().articles().last().unwrap_or("/"))).await?;
    browser.until("document.querySelector('h1')?.innerText === 'Không có kết nối mạng'").await?;
    // The newest text comes from there too.
    server.start_again().await?;
    server.break_path(path.trim_end_matches('/'), Fault::Status(500));
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    browser.close().await
}
