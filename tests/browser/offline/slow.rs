//! Slow networks: a page that is on its way is waited for.

use tests::{Browser, Fault, Result, Server, in_every_engine, sample};

use super::*;

in_every_engine! {
    a_page_that_was_never_read_is_waited_for;
    a_wait_that_ends_without_a_network_ends_on_the_offline_page;
}

/// More than the time after which a copy steps in, by the clock of the document that was left or of
/// the one that came.
const LONG_WAITED: &str = "performance.now() - (window.begun ?? 0) > 4500";

/// Opens the front, and then goes to a page whose answer the server holds.
async fn go_and_wait(browser: &mut Browser, server: &Server, path: &str) -> Result {
    open_front(browser, server).await?;
    browser.restart_without_waiting().await?;
    browser.goto(&server.url("/")).await?;
    browser.until_taken_over().await?;
    browser.until("navigator.serviceWorker.controller").await?;
    server.break_path(path, Fault::Hang);
    browser.eval("(window.begun = performance.now())").await?;
    browser.goto(&server.url(path)).await?;
    server.until_asked(path, 1).await?;
    browser.until(LONG_WAITED).await
}

const HEADING: &str = "(document.querySelector('h1')?.innerText || '')";

async fn a_page_that_was_never_read_is_waited_for(mut browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let never = sample().articles().last().unwrap_or("/").to_owned();
    go_and_wait(&mut browser, &server, &never).await?;
    assert_ne!(browser.text(HEADING).await?, "Không có kết nối mạng", "it is on its way");
    server.mend();
    browser.until("document.querySelector('.article')").await?;
    assert_eq!(browser.text("location.pathname").await?, never);
    assert!(browser.number(&format!("{BODY}.length")).await? > 20.0);
    assert_eq!(browser.eval("document.documentElement.dataset.kept").await?, Value::Null);
    browser.close().await
}

async fn a_wait_that_ends_without_a_network_ends_on_the_offline_page(
    mut browser: Browser,
) -> Result {
    let mut server = Server::start(sample()).await?;
    let never = sample().articles().last().unwrap_or("/").to_owned();
    go_and_wait(&mut browser, &server, &never).await?;
    assert_ne!(browser.text(HEADING).await?, "Không có kết nối mạng", "it is on its way");
    server.stop().await;
    browser.until(&format!("{HEADING} === 'Không có kết nối mạng'")).await?;
    browser.close().await
}
