//! Messages that are not those of an embed page, or not those that are of use.

use serde_json::json;
use tests::{Browser, Result, in_every_engine};

use super::{FRONT, SHOWN, Sites, embed};

in_every_engine! {
    messages_of_others_change_nothing;
    of_its_own_frame_only_whole_heights_within_bounds_count;
    a_frame_without_layout_is_shown_in_the_room_that_is_reserved;
}

const HEIGHT: &str = "document.querySelector('broadsheet-embed').offsetHeight";

async fn messages_of_others_change_nothing(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    sites.put(&embed("count=\"2\""));
    sites.visit(&browser).await?;
    browser.until(SHOWN).await?;
    let before = browser.number(HEIGHT).await?;
    // The partner itself, and a frame with an opaque origin, as the embed page's is.
    let posted = browser
        .resolve("new Promise((done) => {
            let got = 0;
            addEventListener('message', ({ data }) => {
                if (data.height === 3000 && ++got === 2) setTimeout(() => done(got));
            });
            postMessage({ type: 'broadsheet:height', height: 3000 }, '*');
            const frame = document.createElement('iframe');
            frame.sandbox = 'allow-scripts';
            frame.srcdoc = '<script>parent.postMessage({ type: \"broadsheet:height\", height: 3000 }, \"*\")</script>';
            document.body.append(frame);
        })")
        .await?;
    assert_eq!(posted, 2);
    assert_eq!(browser.number(HEIGHT).await?, before);
    browser.close().await
}

async fn of_its_own_frame_only_whole_heights_within_bounds_count(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    let hostile = "<!doctype html><title>x</title><script>
        const say = (height) => parent.postMessage({ type: 'broadsheet:height', height }, '*');
        for (const it of ['9999px', '<img src=x onerror=alert(1)>', -5, 0, 3000.5, 1e9, NaN, null, [900], {}]) say(it);
        for (const it of [null, 7, 'height', [], { height: 3000 }, { type: 'x', height: 3000 }]) parent.postMessage(it, '*');
        say(777);
    </script>";
    sites.paper.put(FRONT, hostile, "sandbox allow-scripts");
    sites.put(&embed("count=\"2\""));
    sites.visit(&browser).await?;
    browser.until(&format!("{HEIGHT} === 777")).await?;
    browser.until(SHOWN).await?;
    assert_eq!(browser.eval("[document.images.length, wrong]").await?, json!([0, []]));
    browser.close().await
}

async fn a_frame_without_layout_is_shown_in_the_room_that_is_reserved(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    let empty = "<!doctype html><title>x</title><script>
        parent.postMessage({ type: 'broadsheet:height', height: 2 }, '*');
    </script>";
    sites.paper.put(FRONT, empty, "sandbox allow-scripts");
    sites.put(&embed("count=\"2\""));
    sites.visit(&browser).await?;
    browser.until(SHOWN).await?;
    assert!(browser.number(HEIGHT).await? > 200.0);
    browser.close().await
}
