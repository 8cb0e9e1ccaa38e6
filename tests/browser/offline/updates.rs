//! Deploys: the open tab, the new build, the kill switch.

use std::fs;

use anyhow::Context as _;
use serde_json::{Value, json};
use tests::{BLANK_PAGE, Browser, Fault, Paper, Result, Server, own_edition, sample};

use super::*;

in_every_engine! {
    an_open_tab_keeps_working_through_a_deploy;
    the_new_build_comes_when_the_reader_agrees;
    the_new_build_comes_when_all_tabs_are_closed;
    a_page_that_came_with_the_new_build_says_nothing_of_it;
    three_updates_in_a_row_while_a_tab_is_open;
    what_an_older_build_kept_opens_with_the_new_one;
    a_file_that_fails_to_download_is_repaired_on_the_next_visit;
    the_kill_switch_clears_the_shell_and_keeps_what_was_saved;
    what_the_first_format_kept_is_carried_over;
    what_the_second_format_kept_is_carried_over;
}

/// The build of a paper's shell.
pub(super) fn build_of(paper: &Paper) -> Result<String> {
    let html = paper.read("index.html")?;
    let name = html.split("data-build=\"").nth(1).and_then(|it| it.split('"').next());
    Ok(name.context("the page names no build")?.to_owned())
}

/// The files that the document is made of: style sheet, glue, app.
const FILES: &str = "[...document.querySelectorAll('link[rel=stylesheet]')].map((it) => it.href)
    .concat(document.querySelector('[data-app]').dataset.app, document.querySelector('[data-app]').dataset.wasm)";

const SHELLS: &str = "caches.keys().then((it) => it.filter((name) => name.includes('-shell:'))
    .map((name) => name.split(':').pop()))";

pub(super) const UPDATE: &str =
    "navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => 1)";

/// Waits until exactly these builds have a shell store.
pub(super) async fn until_shells(browser: &Browser, builds: &[&str]) -> Result {
    let mut builds = builds.to_vec();
    builds.sort_unstable();
    let wanted = serde_json::to_string(&builds)?;
    until_resolved(
        browser,
        &format!("{SHELLS}.then((it) => JSON.stringify(it.sort()) === '{wanted}')"),
    )
    .await
}

/// Waits until the worker of a paper's build is the one that answers. An old worker that is asked
/// things has no time to go, so nothing is asked before.
pub(super) async fn until_in_charge(browser: &Browser, paper: &Paper) -> Result {
    let asked = "(async () => {
        const { installing, waiting, active } = await navigator.serviceWorker.getRegistration();
        if (installing || waiting || active.state !== 'activated') return '';
        const { port1, port2 } = new MessageChannel();
        const answer = new Promise((done) => { port1.onmessage = ({ data }) => done(data.done); });
        active.postMessage(['build'], [port2]);
        const late = new Promise((done) => setTimeout(done, 1000));
        return Promise.race([answer, late]);
    })()";
    until_resolved(browser, &format!("{asked}.then((it) => it === '{}')", build_of(paper)?)).await
}

async fn an_open_tab_keeps_working_through_a_deploy(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    let old = build_of(sample())?;
    let names = browser.eval(FILES).await?;
    let texts = format!(
        "Promise.all({names}.map(async (it) => (await fetch(it, {{ cache: 'reload' }})).text()))"
    );
    let of_its_build = browser.resolve(&texts).await?;
    browser.mark_document().await?;
    let paper = Paper::sample_of_build("second")?;
    server.deploy(&paper)?;
    browser.resolve(UPDATE).await?;
    until_in_charge(&browser, &paper).await?;
    until_shells(&browser, &[&old, &build_of(&paper)?]).await?;
    follow(&browser, STORY).await?;
    follow(&browser, ".related a").await?;
    assert!(browser.same_document().await?);
    // The files of its build are gone from the server, and not for this tab.
    assert!(browser.resolve(&texts).await? == of_its_build, "files of another build");
    browser.close().await
}

async fn the_new_build_comes_when_the_reader_agrees(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let path = read_a_story(&browser, &server).await?;
    let paper = Paper::sample_of_build("second")?;
    server.deploy(&paper)?;
    browser.resolve(UPDATE).await?;
    browser.until(&format!("{STATUS}.includes('phiên bản mới')")).await?;
    browser.mark_document().await?;
    browser.click("[data-action=use-build]").await?;
    browser.until("!window.sameDocument && document.querySelector('[data-build]')").await?;
    browser.until_taken_over().await?;
    assert_eq!(browser.text("location.pathname").await?, path);
    let build = browser.text("document.querySelector('[data-build]').dataset.build").await?;
    assert_eq!(build, build_of(&paper)?);
    // The old shell goes when no tab uses it: here, with the next page.
    browser.goto_app(&server.url("/")).await?;
    until_shells(&browser, &[&build]).await?;
    browser.close().await
}

async fn the_new_build_comes_when_all_tabs_are_closed(mut browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    let paper = Paper::sample_of_build("second")?;
    server.deploy(&paper)?;
    browser.resolve(UPDATE).await?;
    until_in_charge(&browser, &paper).await?;
    browser.restart().await?;
    browser.goto_app(&server.url("/")).await?;
    until_shells(&browser, &[&build_of(&paper)?]).await?;
    browser.close().await
}

async fn a_page_that_came_with_the_new_build_says_nothing_of_it(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    let paper = Paper::sample_of_build("second")?;
    server.deploy(&paper)?;
    browser.goto_app(&server.url("/")).await?;
    until_in_charge(&browser, &paper).await?;
    // The app asked the worker for its build when the worker took over; so this is answered later.
    browser.until("navigator.serviceWorker.controller?.state === 'activated'").await?;
    ask(&browser, json!(["build"])).await?;
    until_painted(&browser).await?;
    let status = browser.text(STATUS).await?;
    assert!(!status.contains("phiên bản mới"), "{status}");
    browser.close().await
}

async fn three_updates_in_a_row_while_a_tab_is_open(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    let first = build_of(sample())?;
    browser.mark_document().await?;
    let mut last = String::new();
    for name in ["second", "third", "fourth"] {
        let paper = Paper::sample_of_build(name)?;
        server.deploy(&paper)?;
        browser.resolve(UPDATE).await?;
        last = build_of(&paper)?;
        until_resolved(&browser, &format!("{SHELLS}.then((it) => it.includes('{last}'))")).await?;
        until_in_charge(&browser, &paper).await?;
        follow(&browser, if name == "third" { ".masthead" } else { STORY_OR_RELATED }).await?;
        until_resolved(&browser, &format!("{SHELLS}.then((it) => it.includes('{first}'))")).await?;
    }
    assert!(browser.same_document().await?);
    browser.click("[data-action=use-build]").await?;
    browser.until("!window.sameDocument && document.querySelector('[data-build]')").await?;
    browser.until_taken_over().await?;
    browser.goto_app(&server.url("/")).await?;
    until_shells(&browser, &[&last]).await?;
    browser.close().await
}

/// A link that every page has in its main part.
const STORY_OR_RELATED: &str = "main :is(h2, h3) a";

async fn what_an_older_build_kept_opens_with_the_new_one(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    let path = read_a_story(&browser, &server).await?;
    let text = browser.text(BODY).await?;
    let paper = Paper::sample_of_build("second")?;
    server.deploy(&paper)?;
    browser.resolve(UPDATE).await?;
    until_in_charge(&browser, &paper).await?;
    browser.restart().await?;
    browser.goto_app(&server.url("/")).await?;
    until_shells(&browser, &[&build_of(&paper)?]).await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    assert_eq!(browser.text(BODY).await?, text);
    // It is styled, and it is an app: that of the new build, whole.
    let files = browser.eval(FILES).await?;
    let html = paper.read("index.html")?;
    for file in files.as_array().context("no files")? {
        let file = file.as_str().unwrap_or_default();
        let path = file.find("/assets/").map_or(file, |at| &file[at..]);
        assert!(html.contains(path), "{path} is not of the new build");
    }
    assert!(browser.number("document.styleSheets[0].cssRules.length").await? > 10.0);
    follow(&browser, ".masthead").await?;
    browser.close().await
}

async fn a_file_that_fails_to_download_is_repaired_on_the_next_visit(
    mut browser: Browser,
) -> Result {
    let mut server = Server::start(sample()).await?;
    server.break_path("/offline/", Fault::Status(500));
    open_front(&browser, &server).await?;
    let has = "caches.match('/offline/')";
    until_resolved(&browser, "caches.match('/saved/')").await?;
    server.until_asked("/offline/", 1).await?;
    assert_eq!(browser.resolve(has).await?, Value::Null);
    server.mend();
    browser.restart().await?;
    browser.goto_app(&server.url("/")).await?;
    until_resolved(&browser, has).await?;
    server.stop().await;
    let never = sample().articles().last().unwrap_or("/");
    browser.goto(&server.url(never)).await?;
    browser.until("document.querySelector('h1')?.innerText === 'Không có kết nối mạng'").await?;
    browser.close().await
}

async fn the_kill_switch_clears_the_shell_and_keeps_what_was_saved(browser: Browser) -> Result {
    let edition = own_edition()?;
    let paper = Paper::print(edition.path(), None)?;
    let mut server = Server::start(&paper).await?;
    let path = save_a_story(&browser, &server).await?;
    let config = edition.path().join("site.toml");
    let text = fs::read_to_string(&config)?;
    fs::write(&config, format!("offline = false\n{text}"))?;
    let off = Paper::print(edition.path(), None)?;
    server.deploy(&off)?;
    browser.resolve(UPDATE).await?;
    until_resolved(&browser, "navigator.serviceWorker.getRegistration().then((it) => !it)").await?;
    until_shells(&browser, &[]).await?;
    until_in(&browser, "saved", &path).await?;
    // The paper is read as before, and what is saved is there when the worker is.
    fs::write(&config, text)?;
    browser.goto_app(&server.url(&path)).await?;
    let offered = "document.querySelector('.save, .foot a[href=\"/saved/\"]') !== null";
    assert_eq!(browser.eval(offered).await?, false, "what cannot be kept is not offered");
    let on = Paper::print(edition.path(), None)?;
    server.deploy(&on)?;
    open_front(&browser, &server).await?;
    server.stop().await;
    browser.goto_app(&server.url(&path)).await?;
    browser.until(IS_SAVED).await?;
    browser.close().await
}

async fn what_the_first_format_kept_is_carried_over(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    let path = with_picture(sample())?;
    // A page that no worker is on writes what the first format of the store was.
    browser.goto(&server.url("/robots.txt")).await?;
    let write = format!(
        "caches.open('broadsheet-content-v1:/').then(async (store) => {{
            await store.add('{path}');
            const html = await (await store.match('{path}')).text();
            const picture = /<img[^>]* src=\"(\\/[^\"]+)\"/.exec(html)[1];
            await store.add(picture);
            return picture;
        }})"
    );
    let picture = browser.resolve(&write).await?;
    let picture = picture.as_str().unwrap_or_default().to_owned();
    browser.goto_app(&server.url("/")).await?;
    until_in(&browser, "read", &path).await?;
    until_in(&browser, "pictures", &picture).await?;
    until_resolved(&browser, "caches.has('broadsheet-content-v1:/').then((it) => !it)").await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(&path)).await?;
    browser.until("document.querySelector('.article')").await?;
    browser.close().await
}

async fn what_the_second_format_kept_is_carried_over(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    let (saved, pictures) = with_pictures(sample(), 3)?;
    let mut others = sample().articles().filter(|it| *it != saved).map(str::to_owned);
    let downloaded = others.next().context("no other article")?;
    let read = others.last().context("no third article")?;
    // A page that no worker is on writes what a worker of the second format wrote. Two pictures of
    // the saved article could not be had then.
    browser.goto(&server.url(BLANK_PAGE)).await?;
    let write = format!(
        "(async () => {{
            const kept = '2026-11-01T05:00:00.000Z';
            const put = async (store, path, body, type, more) => {{
                const blob = new Blob([body]);
                const headers = {{ 'content-type': type, 'x-kept': kept, 'x-bytes': blob.size, ...more }};
                await (await caches.open(`broadsheet-v2-${{store}}:/`)).put(path, new Response(blob, {{ headers }}));
            }};
            const page = async (store, path, missing) => {{
                const html = (await (await fetch(path)).text()).replaceAll('\"app-', '\"')
                    .replace(/data-build=\"\\w+\"/, 'data-build=\"former\"');
                const [, revision] = /\"revision\":\"(\\w+)\"/.exec(html);
                await put(store, path, html, 'text/html; charset=utf-8', {{ 'x-revision': revision, 'x-missing': missing }});
            }};
            const picture = '{}';
            await put('saved', picture, await (await fetch(picture)).blob(), 'image/jpeg', {{}});
            await page('saved', '{saved}', '2');
            await page('edition', '{downloaded}', '');
            const json = await (await fetch('{read}index.json')).text();
            const [, revision] = /\"revision\":\"(\\w+)\"/.exec(json);
            await put('read', '{read}', json, 'application/json', {{ 'x-revision': revision }});
            return 1;
        }})()",
        pictures[0]
    );
    assert_eq!(browser.resolve(&write).await?, json!(1));
    browser.goto_app(&server.url("/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    for picture in &pictures {
        until_in(&browser, "saved", picture).await?;
    }
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until(&format!("document.querySelector('.saved-article a[href=\"{saved}\"]')")).await?;
    let facts =
        browser.text("document.querySelector('.saved-article .card__facts').innerText").await?;
    assert!(facts.contains("01/11/2026"), "it is as old as it was: {facts}");
    server.stop().await;
    browser.restart().await?;
    for path in [&saved, &downloaded, &read] {
        browser.goto_app(&server.url(path)).await?;
        assert!(browser.number(&format!("{BODY}.length")).await? > 20.0, "{path}");
    }
    browser.goto_app(&server.url(&saved)).await?;
    browser.until(IS_SAVED).await?;
    until_pictures_shown(&browser).await?;
    until_pictures_in(&browser, "saved").await?;
    browser.close().await
}
