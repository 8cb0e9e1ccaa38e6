//! What authors bring never meets the app: headings named like its elements, pictures with scripts.

use std::fs;

use serde_json::json;
use tests::{Browser, Paper, Result, Server, in_every_engine, own_edition, sample};

in_every_engine! {
    headings_named_like_elements_of_the_app_are_only_headings;
    a_picture_with_a_script_runs_none;
}

const TITLES: [&str; 10] = [
    "Page data",
    "Site data",
    "Announcer",
    "Related",
    "Shelf",
    "App",
    "App root",
    "App announcer",
    "App page data",
    "App heading",
];

async fn headings_named_like_elements_of_the_app_are_only_headings(browser: Browser) -> Result {
    let edition = own_edition()?;
    let path = "/thoi-su/tieu-de/";
    let body = TITLES.map(|it| format!("## {it}\n\nMột đoạn.\n\n")).concat();
    let matter = "---\ntitle: Tiêu đề\ndate: 2026-11-20T23:00:00+07:00\n---\n\n";
    fs::write(edition.path().join("content/thoi-su/tieu-de.md"), [matter, &body].concat())?;
    let server = Server::start(&Paper::print(edition.path(), None)?).await?;
    let titles = "[...document.querySelectorAll('.prose h2')].map((it) => it.textContent.trim())";
    browser.goto_app(&server.url(path)).await?;
    assert_eq!(browser.eval(titles).await?, json!(TITLES));
    browser.mark_document().await?;
    browser.follow(".related a").await?;
    browser.eval("history.back()").await?;
    browser.until(&format!("location.pathname === '{path}' && {titles}.length")).await?;
    // What is announced is not written into a heading.
    browser
        .until("document.querySelector('#app-announcer').textContent.startsWith('Tiêu đề')")
        .await?;
    assert_eq!(browser.eval(titles).await?, json!(TITLES));
    assert!(browser.same_document().await?);
    // Each heading is a place that a link leads to.
    let anchors = "[...document.querySelectorAll('.prose h2')].every((it) => it.id
        && document.querySelectorAll('#' + CSS.escape(it.id)).length === 1)";
    assert_eq!(browser.eval(anchors).await?, json!(true));
    browser.close().await
}

async fn a_picture_with_a_script_runs_none(browser: Browser) -> Result {
    let edition = own_edition()?;
    let folder = edition.path().join("content/thoi-su/hinh-ve");
    fs::create_dir_all(&folder)?;
    fs::write(
        folder.join("hinh.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"300\" \
         onload=\"document.documentElement.setAttribute('data-ran', 'onload')\">\
         <script>document.documentElement.setAttribute('data-ran', 'script')</script>\
         <rect width=\"400\" height=\"300\" fill=\"teal\"/></svg>",
    )?;
    fs::write(
        folder.join("index.md"),
        "---\ntitle: Hình vẽ\ndate: 2026-11-20T23:00:00+07:00\n---\n\n![Hình](hinh.svg)\n\nMột đoạn.\n",
    )?;
    let server = Server::start(&Paper::print(edition.path(), None)?).await?;
    // The host sets no policy.
    server.be_open();
    browser.goto_app(&server.url("/thoi-su/hinh-ve/")).await?;
    browser.until("document.querySelector('.prose img, .article img')?.naturalWidth").await?;
    let picture =
        browser.text("document.querySelector('.article img').getAttribute('src')").await?;
    browser.goto(&server.url(&picture)).await?;
    browser
        .until("document.documentElement.localName === 'svg' && document.querySelector('rect')")
        .await?;
    assert_eq!(
        browser.eval("document.documentElement.getAttribute('data-ran')").await?,
        json!(null)
    );
    browser.close().await
}

#[test]
fn no_id_is_on_a_page_twice() -> Result {
    for path in sample().articles() {
        let html = sample().read(&format!("{}index.html", &path[1..]))?;
        for id in html.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()) {
            assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{path} has {id} twice");
        }
    }
    Ok(())
}
