//! The shell: it is whole, or becomes whole again.

use anyhow::Context as _;
use tests::{Browser, Fault, Paper, Result, Server, in_every_engine, sample};

use super::updates::{UPDATE, until_in_charge};
use super::*;

in_every_engine! {
    a_shell_that_the_system_deleted_comes_back_while_the_worker_runs;
    a_page_of_the_shell_that_came_with_other_bytes_is_fetched_again;
    files_of_the_app_that_came_with_other_bytes_are_fetched_again;
}

/// The paths of a paper's style sheet, glue and app.
pub(super) fn files_of(paper: &Paper) -> Result<Vec<String>> {
    let html = paper.read("index.html")?;
    let mut files = Vec::new();
    for (before, extension) in
        [("href=\"", ".css"), ("data-app=\"", ".js"), ("data-wasm=\"", ".wasm")]
    {
        let values = html.split(before).skip(1).filter_map(|rest| rest.split('"').next());
        let file = values.into_iter().find(|it| it.contains("/assets/") && it.ends_with(extension));
        files.push(file.with_context(|| format!("no {extension}"))?.to_owned());
    }
    Ok(files)
}

/// The caches have these paths, with the bytes that the paper has.
async fn until_kept_as_printed(browser: &Browser, paper: &Paper, paths: &[String]) -> Result {
    for path in paths {
        let file = match path.strip_suffix('/') {
            Some(_) => format!("{path}index.html"),
            None => path.clone(),
        };
        let length = std::fs::metadata(paper.site().join(file.trim_start_matches('/')))?.len();
        let kept = format!(
            "caches.match('{path}').then((it) => it?.arrayBuffer()).then((it) => it?.byteLength === {length})"
        );
        until_resolved(browser, &kept).await.with_context(|| path.clone())?;
    }
    Ok(())
}

/// Never read pages say so, styled, in the app.
async fn the_offline_page_works(browser: &Browser, server: &mut Server) -> Result {
    server.stop().await;
    let never = sample().articles().last().unwrap_or("/");
    browser.goto_app(&server.url(never)).await?;
    browser.until("document.querySelector('h1')?.innerText === 'Không có kết nối mạng'").await?;
    assert!(browser.number("document.styleSheets[0].cssRules.length").await? > 10.0);
    follow(browser, ".masthead").await.map(|_| ())
}

async fn a_shell_that_the_system_deleted_comes_back_while_the_worker_runs(
    browser: Browser,
) -> Result {
    let mut server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    let mut paths = files_of(sample())?;
    paths.extend(["/offline/".to_owned(), "/saved/".to_owned()]);
    until_kept_as_printed(&browser, sample(), &paths).await?;
    browser
        .resolve("caches.keys().then((all) => Promise.all(all.map((it) => caches.delete(it))))")
        .await?;
    browser.goto_app(&server.url("/")).await?;
    until_kept_as_printed(&browser, sample(), &paths).await?;
    the_offline_page_works(&browser, &mut server).await?;
    browser.close().await
}

async fn a_page_of_the_shell_that_came_with_other_bytes_is_fetched_again(
    mut browser: Browser,
) -> Result {
    let mut server = Server::start(sample()).await?;
    server.break_path("/offline/", Fault::Html);
    server.break_path("/saved/", Fault::Truncated);
    open_front(&browser, &server).await?;
    server.until_asked("/offline/", 1).await?;
    server.until_asked("/saved/", 1).await?;
    server.mend();
    browser.restart().await?;
    browser.goto_app(&server.url("/")).await?;
    until_kept_as_printed(&browser, sample(), &["/offline/".to_owned(), "/saved/".to_owned()])
        .await?;
    the_offline_page_works(&browser, &mut server).await?;
    browser.close().await
}

async fn files_of_the_app_that_came_with_other_bytes_are_fetched_again(
    mut browser: Browser,
) -> Result {
    let mut server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    // Only the worker fetches the files of the next build while the tab is open.
    let next = Paper::sample_of_build("second")?;
    let files = files_of(&next)?;
    for (file, fault) in files.iter().zip([Fault::Truncated, Fault::Html, Fault::Html]) {
        server.break_path(file, fault);
    }
    server.deploy(&next)?;
    browser.resolve(UPDATE).await?;
    until_in_charge(&browser, &next).await?;
    for file in &files {
        server.until_asked(file, 1).await?;
    }
    server.mend();
    browser.restart().await?;
    browser.goto_app(&server.url("/")).await?;
    until_kept_as_printed(&browser, &next, &files).await?;
    the_offline_page_works(&browser, &mut server).await?;
    browser.close().await
}
