//! Slow networks: a page that is on its way is waited for.

use tests::{BLANK_PAGE, Browser, Fault, Result, Server, in_every_engine, sample};

use super::*;

in_every_engine! {
    a_page_that_was_never_read_is_waited_for;
    a_wait_that_ends_without_a_network_ends_on_the_offline_page;
}

/// What the frame shows.
const FRAME: &str = "document.querySelector('iframe').contentDocument";
const HEADING: &str =
    "(document.querySelector('iframe').contentDocument?.querySelector('h1')?.textContent || '')";

/// Goes to a page whose answer the server holds, and waits longer than a copy would be waited for (3
/// s). The page is loaded in a frame: a browser that loads its only page cannot be asked what it
/// shows. For the worker both are navigations.
async fn go_and_wait(browser: &mut Browser, server: &Server, path: &str) -> Result {
    // Else no page of a newspaper is shown in a frame.
    server.be_open();
    open_front(browser, server).await?;
    browser.restart_without_waiting().await?;
    browser.goto(&server.url(BLANK_PAGE)).await?;
    browser.until("navigator.serviceWorker?.controller").await?;
    server.break_path(path, Fault::Hang);
    let begin = format!(
        "(() => {{
            const frame = document.createElement('iframe');
            frame.src = '{path}';
            window.begun = performance.now();
            document.body.append(frame);
        }})()"
    );
    browser.eval(&begin).await?;
    server.until_asked(path, 1).await?;
    browser.until("performance.now() - window.begun > 4500").await
}

async fn a_page_that_was_never_read_is_waited_for(mut browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let never = sample().articles().last().unwrap_or("/").to_owned();
    go_and_wait(&mut browser, &server, &never).await?;
    assert_eq!(browser.text(HEADING).await?, "", "it is on its way");
    server.mend();
    browser.until(&format!("{FRAME}?.querySelector('.prose')?.textContent.length > 20")).await?;
    assert_eq!(browser.text(&format!("{FRAME}.location.pathname")).await?, never);
    assert_eq!(browser.eval(&format!("{FRAME}.documentElement.dataset.kept")).await?, Value::Null);
    browser.close().await
}

async fn a_wait_that_ends_without_a_network_ends_on_the_offline_page(
    mut browser: Browser,
) -> Result {
    let mut server = Server::start(sample()).await?;
    let never = sample().articles().last().unwrap_or("/").to_owned();
    go_and_wait(&mut browser, &server, &never).await?;
    assert_eq!(browser.text(HEADING).await?, "", "it is on its way");
    server.stop().await;
    browser.until(&format!("{HEADING} === 'Không có kết nối mạng'")).await?;
    browser.close().await
}
