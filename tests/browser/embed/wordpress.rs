//! The messages that WordPress expects of an embed (wp-includes/js/wp-embed.js): its page gives the frame a
//! secret, resizes it by `height`, and follows `link`.

use serde_json::{Value, json};
use tests::{Browser, Engine, Result, in_every_engine};

use super::Sites;

in_every_engine! {
    wordpress_hears_the_height_and_follows_the_link;
}

async fn wordpress_hears_the_height_and_follows_the_link(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    let embed = "/embed/article/van-hoa/dieu-sao-dong-vong.html";
    let frame = sites.paper.url(&format!("{embed}#?secret=aB3dE6gH9j"));
    // WordPress' frame may run scripts and nothing else: it opens no windows.
    let document = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Blog</title><script>
            window.got = [];
            addEventListener('message', ({{ data }}) => {{ if (data.secret) got.push(data); }});
        </script><iframe sandbox=\"allow-scripts\" src=\"{frame}\" width=\"600\" height=\"252\"></iframe>"
    );
    sites.partner.put(super::PLACE, &document, "");
    sites.visit(&browser).await?;
    browser.until("got.length").await?;
    let first = browser.eval("got[0]").await?;
    assert_eq!((&first["message"], &first["secret"]), (&json!("height"), &json!("aB3dE6gH9j")));
    assert!(first["value"].as_u64().is_some_and(|it| (200..=1000).contains(&it)), "{first}");
    // A receiver that was not there yet asks again.
    browser.eval("(window.got = [], document.querySelector('iframe').contentWindow.postMessage({ message: 'ready', secret: 'aB3dE6gH9j' }, '*'), 1)").await?;
    browser.until("got.some((it) => it.message === 'height')").await?;
    let element = browser.driver().find(thirtyfour::By::Css("iframe")).await?;
    element.enter_frame().await?;
    // A reader clicks what can be seen. Chromium draws this frame in a process of its own, and a click that comes
    // before its first picture goes to the page around it.
    if browser.engine() == Engine::Chromium {
        browser.until("performance.getEntriesByName('first-contentful-paint').length").await?;
    }
    browser.click("h1 a").await?;
    super::leave(&browser).await?;
    browser.until("got.some((it) => it.message === 'link')").await?;
    let link = browser.eval("got.find((it) => it.message === 'link')").await?;
    assert_eq!(link["value"], Value::from(sites.paper.url(super::ARTICLE)));
    browser.close().await
}
