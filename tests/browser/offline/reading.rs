//! What was read can be read again.

use tests::{BLANK_PAGE, Browser, Engine, Fault, Result, Server, sample};

use super::*;

in_every_engine! {
    what_was_read_opens_on_a_cold_start_with_its_pictures;
    what_was_read_in_the_app_opens_as_a_document;
    the_very_first_page_is_there_too;
    a_reader_who_is_faster_than_the_worker_fetches_no_page_twice;
    a_page_never_read_shows_what_can_be_read;
    the_start_page_opens_although_only_an_article_was_read;
    a_page_read_in_the_app_opens_later_as_itself;
}

/// Opens the article that is shown again, in a browser that has just started, with the newspaper gone.
async fn opens_without_the_newspaper(
    browser: &mut Browser,
    server: &mut Server,
    path: &str,
) -> Result {
    let text = browser.text(BODY).await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    Ok(())
}

async fn what_was_read_opens_on_a_cold_start_with_its_pictures(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    let path = with_picture(sample())?;
    browser.goto_app(&server.url(&path)).await?;
    until_in(&browser, "read", &path).await?;
    until_pictures_in(&browser, "pictures").await?;
    opens_without_the_newspaper(&mut browser, &mut server, &path).await?;
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
    opens_without_the_newspaper(&mut browser, &mut server, &path).await?;
    browser.close().await
}

async fn a_reader_who_is_faster_than_the_worker_fetches_no_page_twice(
    mut browser: Browser,
) -> Result {
    let mut server = Server::start(sample()).await?;
    server.break_path("/sw.js", Fault::Hang);
    browser.goto_app(&server.url("/")).await?;
    let path = follow(&browser, ".cards > li:nth-child(3) h2 a").await?;
    server.mend_path("/sw.js");
    until_in(&browser, "read", &path).await?;
    assert_eq!((server.count(&path), server.count(&format!("{path}index.json"))), (0, 1));
    opens_without_the_newspaper(&mut browser, &mut server, &path).await?;
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

/// What the worker answers, before any script has run: title, robots, heading, text, cards.
async fn without_scripts(browser: &Browser, path: &str) -> Result<Value> {
    // Of this origin, so that it has the worker; no scripts. WebKitGTK gives no frame with a sandbox
    // to the worker: there the app runs, but starts only after the frame is looked at.
    let sandbox = match browser.engine() {
        Engine::WebKit => "",
        _ => "frame.sandbox = 'allow-same-origin';",
    };
    let frame = format!(
        "(() => {{
            const frame = document.createElement('iframe');
            {sandbox}
            frame.onload = () => {{
                const page = frame.contentDocument;
                window.framed = page && {{
                    title: page.title,
                    robots: page.querySelector('meta[name=robots]')?.content ?? '',
                    heading: page.querySelector('h1')?.textContent,
                    text: page.querySelector('.prose')?.textContent ?? '',
                    cards: page.querySelectorAll('.cards h2 a').length,
                }};
                frame.remove();
            }};
            frame.src = '{path}';
            window.framed = null;
            document.body.append(frame);
        }})()"
    );
    browser.eval(&frame).await?;
    browser.until("window.framed").await?;
    browser.eval("window.framed").await
}

async fn a_page_read_in_the_app_opens_later_as_itself(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    read_a_story(&browser, &server).await?;
    let article = follow(&browser, ".related a").await?;
    until_in(&browser, "read", &article).await?;
    let heading = browser.text("document.querySelector('h1').innerText").await?;
    let article_title = browser.text("document.title").await?;
    let section = follow(&browser, ".sections a").await?;
    until_in(&browser, "read", &section).await?;
    let section_title = browser.text("document.title").await?;
    browser.restart().await?;
    browser.goto(&server.url(BLANK_PAGE)).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    server.stop().await;
    // First paint: what is there without the app.
    let page = without_scripts(&browser, &article).await?;
    assert_eq!(page["title"], article_title);
    assert_eq!((&page["robots"], &page["heading"]), (&json!(""), &json!(heading)));
    assert!(page["text"].as_str().is_some_and(|it| it.len() > 20), "{page}");
    let page = without_scripts(&browser, &section).await?;
    assert_eq!((&page["title"], &page["robots"]), (&json!(section_title), &json!("")));
    assert!(page["cards"].as_u64().is_some_and(|it| it > 2), "{page}");
    // With the app: the tab and the history have its title, and keep it.
    browser.goto_app(&server.url(&article)).await?;
    assert_eq!(browser.text("document.title").await?, article_title);
    assert_eq!(browser.eval("document.querySelector('meta[name=robots]')").await?, Value::Null);
    follow(&browser, ".masthead").await?;
    browser.eval("history.back()").await?;
    browser.until(&format!("location.pathname === '{article}'")).await?;
    browser.until(&format!("document.title === {}", json!(article_title))).await?;
    browser.close().await
}
