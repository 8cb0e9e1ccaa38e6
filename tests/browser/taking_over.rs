//! Taking over: a page becomes an app, and the reader does not notice.

use serde_json::Value;
use tests::{Browser, Event, NO_NGHEAN, Paper, Result, Server, nghean, report, sample};

/// What the press printed inside the root, as a parser sees it.
const PRINTED: &str = "fetch(location.href).then((it) => it.text()).then((html) =>
    new DOMParser().parseFromString(html, 'text/html').getElementById('app-root').innerHTML)";
/// What is there now, without the marks of messages that may come.
const SHOWN: &str = "document.getElementById('app-root').innerHTML.replaceAll('<!---->', '')";

async fn every_page_becomes_an_app(paper: &Paper) -> Result {
    let server = Server::start(paper).await?;
    let browser = Browser::open().await?;
    for path in &paper.pages {
        server.take_log();
        browser.goto_app(&server.url(path)).await?;
        assert_eq!(browser.complaints().await?, Vec::<String>::new(), "{path}");
        assert!(!server.take_log().contains(&format!("{path}index.json")), "{path} fetched itself");
        let shown = browser.text(SHOWN).await?;
        let printed = browser.resolve(PRINTED).await?;
        assert_eq!(Value::from(shown), printed, "{path} was changed by taking over");

        let Value::String(next) = browser
            .eval("[...document.querySelectorAll('main h2 a, main h3 a')].map((it) => it.pathname)[0] || ''")
            .await?
        else {
            anyhow::bail!("{path} has no link");
        };
        if next.is_empty() {
            continue;
        }
        browser.mark_document().await?;
        browser.click("main :is(h2, h3) a").await?;
        browser.until_arrived(&next).await?;
        assert!(browser.same_document().await?, "{path}");
    }
    browser.close().await
}

#[tokio::test]
async fn every_page_of_the_sample_edition_becomes_an_app() -> Result {
    every_page_becomes_an_app(sample()).await
}

#[tokio::test]
async fn every_page_of_the_newsrooms_edition_becomes_an_app() -> Result {
    match nghean() {
        Some(paper) => every_page_becomes_an_app(paper).await,
        None => report(Event::NotRun, NO_NGHEAN),
    }
}

#[tokio::test]
async fn nothing_of_the_app_is_requested_before_the_first_paint_and_nothing_moves() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let article = sample().articles().next().unwrap_or("/");
    let observe = "window.shift = 0; new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });";
    browser
        .cdp("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({"source": observe}))
        .await?;
    for path in ["/", "/kinh-te/", article] {
        browser.goto_app(&server.url(path)).await?;
        let paint = browser
            .number("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            .await?;
        let first = browser
            .number(
                "Math.min(...performance.getEntriesByType('resource')
                .filter((it) => /\\.(js|wasm)$/.test(it.name)).map((it) => it.startTime))",
            )
            .await?;
        assert!(first > paint, "{path}: the app is requested at {first} ms, painted at {paint} ms");
        assert_eq!(browser.number("window.shift").await?, 0.0, "{path}");
        // The worker comes after the app, so after the paint too. Only the first visit fetches it.
        let log = server.take_log();
        let place = |end: &str| log.iter().position(|it| it.ends_with(end));
        assert!(place("/sw.js").is_none() || place("/sw.js") > place(".wasm"), "{log:?}");
        let needed = browser
            .eval(&format!("performance.getEntriesByType('resource')
                .filter((it) => it.startTime < {paint} && it.initiatorType !== 'img' && !/icon|manifest/.test(it.name))
                .map((it) => new URL(it.name).pathname)"))
            .await?;
        let needed = needed.as_array().cloned().unwrap_or_default();
        assert!(needed.len() <= 1, "before the paint: {needed:?}");
        assert!(
            needed.iter().all(|it| it.as_str().is_some_and(|it| it.ends_with(".css"))),
            "{needed:?}"
        );
    }
    browser.close().await
}

#[tokio::test]
async fn what_the_reader_selected_and_opened_survives_taking_over() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let article = sample().articles().next().unwrap_or("/");
    // The reader is faster than the app: the text is selected before it is requested.
    let select = "document.addEventListener('DOMContentLoaded', () => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector('.prose p'));
        getSelection().addRange(range);
        window.paragraph = document.querySelector('.prose p');
        scrollTo(0, 120);
    });";
    browser
        .cdp("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({"source": select}))
        .await?;
    browser.goto_app(&server.url(article)).await?;
    assert!(browser.number("getSelection().toString().length").await? > 10.0);
    assert_eq!(
        browser.eval("document.querySelector('.prose p') === window.paragraph").await?,
        Value::Bool(true)
    );
    assert_eq!(browser.number("scrollY").await?, 120.0);
    browser.close().await
}
