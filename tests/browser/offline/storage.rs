//! Room on the device: what is evicted, and what the browser is asked for.

use tests::{Browser, Fault, Result, Server, in_every_engine, sample};

use super::*;

in_every_engine! {
    a_page_that_is_read_again_and_again_evicts_nothing;
    pictures_not_seen_for_longest_make_room;
    what_the_reader_deleted_stays_deleted_on_the_page_of_saved_articles;
    what_was_on_its_way_when_the_reader_deleted_all_is_not_kept;
}

async fn a_page_that_is_read_again_and_again_evicts_nothing(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    let small = read_a_story(&browser, &server).await?;
    let large = sample().articles().last().unwrap_or("/").to_owned();
    assert_ne!(small, large);
    // 4.5 MB, ten times: more than the limit of 40 MB if each counted.
    let filling = "x".repeat(4_500_000);
    for visit in 0..10 {
        server.append(&large, &format!("<!-- visit {visit} {filling} -->"));
        browser.goto_app(&server.url(&large)).await?;
        let kept = format!(
            "caches.open('broadsheet-v2-read:/').then((it) => it.match('{large}'))
            .then((it) => it?.text()).then((it) => it?.includes('visit {visit} '))"
        );
        until_resolved(&browser, &kept).await?;
    }
    server.stop().await;
    browser.restart().await?;
    for path in [&small, "/", &large] {
        browser.goto_app(&server.url(path)).await?;
        let heading = browser.text("document.querySelector('h1').innerText").await?;
        assert_ne!(heading, "Không có kết nối mạng", "{path} was evicted");
    }
    browser.close().await
}

/// WebKitGTK has no `navigator.storage`.
mod the_browser_is_asked_once_to_keep_what_is_saved {
    use tests::{Engine, Result, run_in};

    #[tokio::test]
    async fn in_chromium() -> Result {
        run_in(Engine::Chromium, super::storage_is_asked_for_once).await
    }

    #[tokio::test]
    async fn in_firefox() -> Result {
        run_in(Engine::Firefox, super::storage_is_asked_for_once).await
    }
}

async fn storage_is_asked_for_once(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    read_a_story(&browser, &server).await?;
    let spy = "(StorageManager.prototype.persist = async () => {
        window.asked = (window.asked || 0) + 1;
        return true;
    }, StorageManager.prototype.persisted = async () => false, 1)";
    browser.eval(spy).await?;
    assert_eq!(browser.eval("window.asked ?? 0").await?, json!(0));
    browser.click(".save").await?;
    browser.until(IS_SAVED).await?;
    browser.until("window.asked === 1").await?;
    let second = follow(&browser, ".related a").await?;
    browser.click(".save").await?;
    until_in(&browser, "saved", &second).await?;
    browser.until(IS_SAVED).await?;
    until_painted(&browser).await?;
    assert_eq!(browser.eval("window.asked").await?, json!(1));
    browser.close().await
}

/// Puts pictures of this many bytes, which were last seen years ago, into the store and its index.
fn old_pictures(count: usize, bytes: usize) -> String {
    format!(
        "(async () => {{
            const store = await caches.open('broadsheet-v2-pictures:/');
            const index = await new Promise((done, failed) => {{
                const opening = indexedDB.open('broadsheet:/');
                opening.onsuccess = () => done(opening.result);
                opening.onerror = () => failed(opening.error);
            }});
            for (let number = 0; number < {count}; number += 1) {{
                const path = `/old/${{number}}.png`;
                const headers = {{ 'content-type': 'image/png' }};
                await store.put(path, new Response(new Uint8Array({bytes}), {{ headers }}));
                const used = Date.UTC(2020, 0, number + 1);
                const entries = index.transaction('entries', 'readwrite').objectStore('entries');
                const entry = {{
                    store: 'pictures', path, kind: 'picture', at: new Date(used).toISOString(), used,
                    bytes: {bytes}, type: 'image/png', revision: '', item: null, article: false,
                    wanted: [], had: [],
                }};
                await new Promise((done, failed) => {{
                    const putting = entries.put(entry, ...(entries.keyPath ? [] : [['pictures', path]]));
                    putting.onsuccess = done;
                    putting.onerror = () => failed(putting.error);
                }});
            }}
            index.close();
            return (await navigator.storage?.estimate())?.usage ?? 0;
        }})()"
    )
}

async fn pictures_not_seen_for_longest_make_room(mut browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    let path = with_picture(sample())?;
    ask(&browser, json!(["clear", "pictures"])).await?;
    // 70 MB, more than the limit of 60 MB.
    let written = browser.resolve(&old_pictures(7, 10_000_000)).await?;
    assert!(!written.is_string(), "{written}");
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    let picture =
        browser.text("new URL(document.querySelector('.article img').currentSrc).pathname").await?;
    until_in(&browser, "pictures", &picture).await?;
    until_not_in(&browser, "pictures", "/old/0.png").await?;
    until_in(&browser, "pictures", "/old/6.png").await?;
    browser.close().await
}

async fn what_the_reader_deleted_stays_deleted_on_the_page_of_saved_articles(
    browser: Browser,
) -> Result {
    let server = Server::start(sample()).await?;
    read_a_story(&browser, &server).await?;
    browser.goto_app(&server.url("/saved/")).await?;
    let filled = "!!document.querySelector('[data-kind=read]').textContent";
    browser.until(filled).await?;
    browser.click("[name=clear][value=read]").await?;
    browser.until("document.querySelector('[name=clear][value=read]').disabled").await?;
    // The app starts here once more.
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until(filled).await?;
    until_painted(&browser).await?;
    let used = ask(&browser, json!(["usage"])).await?;
    assert_eq!(used["done"]["read"], json!(0), "{used}");
    browser.close().await
}

async fn what_was_on_its_way_when_the_reader_deleted_all_is_not_kept(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    let late = sample().articles().last().unwrap_or("/").to_owned();
    let next = sample().articles().next().unwrap_or("/").to_owned();
    let (_, pictures) = with_pictures(sample(), 1)?;
    let picture = pictures.first().map_or("", String::as_str);
    ask(&browser, json!(["clear", "pictures"])).await?;
    let data = format!("{late}index.json");
    for path in [data.as_str(), picture] {
        server.break_path(path, Fault::Hang);
        browser
            .eval(&format!(
                "(window.come ||= [], fetch('{path}').then((it) => it.blob())
                    .then(() => window.come.push('{path}')), 1)"
            ))
            .await?;
        server.until_asked(path, 1).await?;
    }
    for store in ["read", "pictures"] {
        ask(&browser, json!(["clear", store])).await?;
    }
    server.mend();
    browser.until("window.come.length === 2").await?;
    // What is read afterwards is kept, after what came before it.
    browser.eval(&format!("(fetch('{next}index.json'), 1)")).await?;
    until_in(&browser, "read", &next).await?;
    until_not_in(&browser, "read", &late).await?;
    until_not_in(&browser, "pictures", picture).await?;
    browser.close().await
}

#[tokio::test]
async fn what_was_only_read_makes_room_for_what_is_saved() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let path = read_a_story(&browser, &server).await?;
    // 8 MB of pictures that were seen, and no room for more.
    let used = browser.resolve(&old_pictures(4, 2_000_000)).await?;
    let used = used.as_u64().unwrap_or_default();
    assert!(used > 8_000_000, "{used}");
    let quota = json!({"origin": server.url(""), "quotaSize": used + 1000});
    browser.cdp("Storage.overrideQuotaForOrigin", quota).await?;
    browser.click(".save").await?;
    until_in(&browser, "saved", &path).await?;
    until_pictures_in(&browser, "saved").await?;
    assert_eq!(browser.text(ALERT).await?, "");
    browser.close().await
}
