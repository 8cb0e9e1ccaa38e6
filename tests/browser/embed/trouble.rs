//! A publisher that is slow, fails, or is gone; room that is reserved; turned phones.

use serde_json::json;
use tests::{Browser, Engine, Fault, Result, in_every_engine};

use super::{ARTICLE, FRONT, SHOWN, Sites, embed};

in_every_engine! {
    a_publisher_that_is_gone_leaves_the_link;
    an_embed_page_that_fails_leaves_the_link;
    a_phone_that_is_turned_gets_the_height_of_its_new_width;
}

const LINK: &str = "document.querySelector('broadsheet-embed a').offsetHeight";

async fn a_publisher_that_is_gone_leaves_the_link(browser: Browser) -> Result {
    let mut sites = Sites::start().await?;
    sites.put(&embed("count=\"2\""));
    sites.paper.stop().await;
    sites.visit(&browser).await?;
    browser.until("document.readyState === 'complete'").await?;
    assert!(browser.number(LINK).await? > 0.0);
    assert_eq!(browser.eval("wrong").await?, json!([]));
    browser.close().await
}

async fn an_embed_page_that_fails_leaves_the_link(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    sites.put("");
    sites.visit(&browser).await?;
    browser.until("customElements.get('broadsheet-embed')").await?;
    for fault in [Fault::Status(500), Fault::Gone, Fault::Html] {
        sites.paper.break_path(FRONT, fault);
        let html = embed("count=\"2\"");
        browser
            .eval(&format!(
                "(document.body.innerHTML = '{html}', window.ended = false,
                document.querySelector('broadsheet-embed').shadowRoot.querySelector('iframe')
                    .addEventListener('load', () => {{ window.ended = true; }}), 1)"
            ))
            .await?;
        browser.until("window.ended").await?;
        assert!(browser.number(LINK).await? > 0.0, "{fault:?}");
    }
    sites.paper.mend();
    let again = "document.querySelector('broadsheet-embed')";
    browser.eval(&format!("(document.body.append({again}), 1)")).await?;
    browser.until(SHOWN).await?;
    browser.close().await
}

/// The browser's own measure of what moves (Layout Instability), which Chromium alone has.
#[tokio::test]
async fn nothing_moves_once_the_room_is_reserved() -> Result {
    let sites = Sites::start().await?;
    let mut browser = Browser::open_with(360, false, true).await?;
    // The frames are held, and a page is loaded when they are.
    browser.restart_without_waiting().await?;
    for attributes in [
        format!("article=\"{ARTICLE}\""),
        "count=\"3\"".to_owned(),
        "compact count=\"4\"".to_owned(),
    ] {
        for path in [FRONT, "/embed/article/van-hoa/dieu-sao-dong-vong.html"] {
            sites.paper.break_path(path, Fault::Hang);
        }
        sites.put(&embed(&attributes));
        browser.goto(&sites.partner.url(super::PLACE)).await?;
        let here = format!(
            "document.querySelector('broadsheet-embed:defined[{attributes}]')",
            attributes = attributes.split(' ').next().unwrap_or_default()
        );
        browser.until(&here).await?;
        browser
            .resolve("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
                window.moved = [];
                new PerformanceObserver((list) => moved.push(...list.getEntries().map((it) => it.value)))
                    .observe({ type: 'layout-shift' });
                done();
            })))")
            .await?;
        sites.paper.mend();
        browser.until(SHOWN).await?;
        let painted =
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
        browser.resolve(painted).await?;
        assert_eq!(browser.eval("moved").await?, json!([]), "{attributes}");
        // The measure sees what moves.
        browser
            .eval("(document.querySelector('broadsheet-embed').style.marginTop = '90px')")
            .await?;
        browser.until("moved.length").await?;
    }
    browser.close().await
}

async fn a_phone_that_is_turned_gets_the_height_of_its_new_width(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    let turn = async |width: u32, height: u32| -> Result {
        if browser.engine() == Engine::Chromium {
            // Its viewport is that of the harness, whatever the window is.
            let metrics =
                json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
            browser.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        } else {
            browser.driver().set_window_rect(0, 0, width, height).await?;
        }
        Ok(())
    };
    // No window of Firefox is as narrow as a phone; a part of the page is.
    turn(520, 900).await?;
    let article = embed(&format!("article=\"{ARTICLE}\""));
    sites.put(&format!("<div style=\"width: 65%\">{article}</div>"));
    sites.visit(&browser).await?;
    browser.until(SHOWN).await?;
    let height = "document.querySelector('broadsheet-embed').offsetHeight";
    let upright = browser.number(height).await?;
    turn(900, 520).await?;
    browser.until(&format!("{height} < {upright} - 100")).await?;
    turn(520, 900).await?;
    browser.until(&format!("{height} === {upright}")).await?;
    browser.close().await
}
