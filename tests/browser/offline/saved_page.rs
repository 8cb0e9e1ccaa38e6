//! The page of saved articles.

use tests::{Browser, Paper, Result, Server, in_every_engine, own_edition, sample};

use super::downloads::change_file;
use super::*;

in_every_engine! {
    one_unreadable_copy_breaks_neither_list_nor_export;
    its_controls_work_where_the_app_does_not_start;
    a_date_without_a_time_is_its_own_day_west_of_the_newsroom;
    an_article_of_another_site_is_left_out_of_an_import;
}

const ROWS: &str = "document.querySelectorAll('.saved-article').length";

async fn save_two(browser: &Browser, server: &Server) -> Result<(String, String)> {
    let first = save_a_story(browser, server).await?;
    let second = follow(browser, ".related a").await?;
    browser.until("document.querySelector('.save').ariaPressed === 'false'").await?;
    browser.click(".save").await?;
    browser.until(IS_SAVED).await?;
    until_in(browser, "saved", &second).await?;
    Ok((first, second))
}

async fn one_unreadable_copy_breaks_neither_list_nor_export(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let (first, second) = save_two(&browser, &server).await?;
    let damage = format!(
        "caches.open('broadsheet-v2-saved:/').then(async (store) => {{
            const {{ headers }} = await store.match('{first}');
            await store.put('{first}', new Response('<html', {{ headers }}));
            await store.put('/thoi-su/khong-phai-cua-bao/', new Response('{{', {{ headers }}));
        }})"
    );
    browser.resolve(&damage).await?;
    browser.goto_app(&server.url("/saved/")).await?;
    browser
        .until(&format!("document.querySelector('.saved-article a[href=\"{second}\"]')"))
        .await?;
    browser
        .eval("(URL.createObjectURL = (blob) => { blob.text().then((it) => window.file = it); return '#'; }, 1)")
        .await?;
    browser.click("[name=export]").await?;
    browser.until("window.file").await?;
    let file: Value = serde_json::from_str(&browser.text("window.file").await?)?;
    let has = |path: &str| {
        let items = file["items"].as_array().into_iter().flatten();
        items.filter_map(|it| it["url"].as_str()).any(|url| url.ends_with(path))
    };
    assert!(has(&second), "{file}");
    browser.close().await
}

async fn its_controls_work_where_the_app_does_not_start(mut browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let (first, _) = save_two(&browser, &server).await?;
    let damaged = Paper::sample_with_damaged_app()?;
    server.deploy(&damaged)?;
    browser.resolve(super::updates::UPDATE).await?;
    super::updates::until_in_charge(&browser, &damaged).await?;
    browser.restart().await?;
    browser.goto(&server.url("/saved/")).await?;
    browser.until(&format!("{ROWS} === 2")).await?;
    browser.until_app_failed().await?;
    browser.click(&format!(".saved-article:has(a[href=\"{first}\"]) [name=remove]")).await?;
    browser.until(&format!("{ROWS} === 1")).await?;
    until_not_in(&browser, "saved", &first).await?;
    // A click on a link is the browser's.
    browser.click(".masthead").await?;
    browser.until("location.pathname === '/' && document.querySelector('.card--lead')").await?;
    browser.close().await
}

async fn a_date_without_a_time_is_its_own_day_west_of_the_newsroom(mut browser: Browser) -> Result {
    let edition = own_edition()?;
    let path = with_picture(sample())?;
    change_file(edition.path(), &path, |text| {
        let lines = text.lines().map(|line| match line.strip_prefix("date: ") {
            Some(_) => "date: 2026-10-08",
            None => line,
        });
        lines.collect::<Vec<_>>().join("\n") + "\n"
    })?;
    let server = Server::start(&Paper::print(edition.path(), None)?).await?;
    browser.restart_in_time_zone("America/New_York").await?;
    open_front(&browser, &server).await?;
    let zone = "Intl.DateTimeFormat().resolvedOptions().timeZone";
    assert_eq!(browser.text(zone).await?, "America/New_York");
    browser.goto_app(&server.url(&path)).await?;
    browser.click(".save").await?;
    until_in(&browser, "saved", &path).await?;
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until(&format!("{ROWS} === 1")).await?;
    let day = browser.text("document.querySelector('.saved-article time').textContent").await?;
    assert_eq!(day, "08/10/2026");
    browser.close().await
}

async fn an_article_of_another_site_is_left_out_of_an_import(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    let other = Server::start(sample()).await?;
    // Another paper of this kind, which lets everyone read it; and a host that sets no policy.
    other.be_open();
    server.be_open();
    browser.goto_app(&server.url("/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    open_saved_page(&browser, &server).await?;
    let ours = with_picture(sample())?;
    let foreign = other.url(sample().articles().last().unwrap_or("/"));
    import(&browser, &[&foreign, &published(&ours)]).await?;
    browser.until(&format!("document.querySelector('.saved-article a[href=\"{ours}\"]')")).await?;
    browser
        .until("document.querySelector('.saved-page__status').textContent.includes('title of')")
        .await?;
    let left = browser.text("document.querySelector('.saved-page__status').textContent").await?;
    assert!(left.contains(&foreign) && !left.contains(&ours), "{left}");
    assert_eq!(browser.number(ROWS).await?, 1.0);
    browser.close().await
}
