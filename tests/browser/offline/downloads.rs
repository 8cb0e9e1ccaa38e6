//! The newest articles, downloaded ahead.

use std::fs;

use anyhow::Context as _;
use tests::{Browser, Fault, Paper, Result, Server, own_edition, sample};

use super::*;

in_every_engine! {
    downloaded_articles_open_offline_and_so_do_their_related_news;
    what_was_stopped_goes_on_where_it_was;
    the_next_time_only_what_changed_is_fetched;
    an_article_that_is_gone_does_not_stop_the_download;
}

const PLAN: &str = "document.querySelector('[data-part=plan]').textContent";
const ALL_HERE: &str =
    "document.querySelector('[data-part=plan]').textContent === 'Tất cả đã có trên thiết bị.'";

async fn open_saved(browser: &Browser, server: &Server) -> Result {
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until(&format!("{PLAN} !== ''")).await
}

async fn download_all(browser: &Browser) -> Result {
    browser.click("[name=download]").await?;
    browser.until(ALL_HERE).await
}

/// The articles among the paths that a server was asked for.
fn articles(log: Vec<String>) -> Vec<String> {
    let mut paths: Vec<_> =
        log.into_iter().filter(|it| sample().articles().any(|path| path == it)).collect();
    paths.sort();
    paths
}

async fn downloaded_articles_open_offline_and_so_do_their_related_news(
    mut browser: Browser,
) -> Result {
    let mut server = Server::start(sample()).await?;
    open_saved(&browser, &server).await?;
    let plan = browser.text(PLAN).await?;
    assert!(
        plan.contains("20 bài chưa có") && (plan.contains("MB") || plan.contains("kB")),
        "{plan}"
    );
    download_all(&browser).await?;
    server.stop().await;
    browser.restart().await?;
    let newest = "caches.open('broadsheet-v2-edition:/').then((it) => it.keys())
        .then((keys) => keys.map((it) => new URL(it.url).pathname).filter((it) => it.endsWith('/')))";
    browser.goto_app(&server.url("/saved/")).await?;
    let taken = browser.resolve(newest).await?;
    let taken: Vec<_> =
        taken.as_array().into_iter().flatten().filter_map(|it| it.as_str()).collect();
    assert_eq!(taken.len(), 20);
    let first = taken.first().copied().unwrap_or_default();
    browser.goto_app(&server.url(first)).await?;
    assert!(browser.number(&format!("{BODY}.length")).await? > 100.0);
    let path = with_picture(sample())?;
    assert!(taken.contains(&path.as_str()), "{path} is not among the newest");
    browser.goto_app(&server.url(&path)).await?;
    until_pictures_in(&browser, "edition").await?;
    browser.goto_app(&server.url(first)).await?;
    // A related article that is part of the edition opens from there.
    let related = browser
        .eval("[...document.querySelectorAll('.related a')].map((it) => it.pathname)")
        .await?;
    let related = related.as_array().into_iter().flatten().filter_map(|it| it.as_str());
    let Some(next) = related.into_iter().find(|it| taken.contains(it)).map(str::to_owned) else {
        anyhow::bail!("no related article of {first} is in the edition");
    };
    follow(&browser, &format!(".related a[href=\"{next}\"]")).await?;
    assert!(browser.number(&format!("{BODY}.length")).await? > 20.0);
    browser.close().await
}

async fn what_was_stopped_goes_on_where_it_was(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    open_saved(&browser, &server).await?;
    let list = sample().read("edition.json")?;
    let list: serde_json::Value = serde_json::from_str(&list)?;
    // The newspaper does not answer for one article of the second step.
    let slow = list["articles"][5]["path"].as_str().unwrap_or_default().to_owned();
    server.break_path(&slow, Fault::Hang);
    server.take_log();
    browser.click("[name=download]").await?;
    browser
        .until("document.querySelector('[data-part=plan]').textContent.startsWith('4 trên ')")
        .await?;
    browser.click("[name=download]").await?;
    server.mend();
    browser
        .until(
            "document.querySelector('[data-part=plan]').textContent.startsWith('12 bài chưa có')",
        )
        .await?;
    download_all(&browser).await?;
    let mut fetched = articles(server.take_log());
    let all = fetched.len();
    fetched.dedup();
    assert_eq!((fetched.len(), all), (20, 20), "each article was fetched once");
    browser.close().await
}

async fn the_next_time_only_what_changed_is_fetched(browser: Browser) -> Result {
    let edition = own_edition()?;
    let paper = Paper::print(edition.path(), None)?;
    let mut server = Server::start(&paper).await?;
    open_saved(&browser, &server).await?;
    download_all(&browser).await?;
    let list: serde_json::Value = serde_json::from_str(&paper.read("edition.json")?)?;
    let changed = list["articles"][3]["path"].as_str().unwrap_or_default().to_owned();
    change_article(edition.path(), &changed, "\n\nMột câu mới được thêm vào.\n")?;
    let next = Paper::print(edition.path(), None)?;
    server.deploy(&next)?;
    server.take_log();
    open_saved(&browser, &server).await?;
    assert!(
        browser.text(PLAN).await?.starts_with("1 bài chưa có"),
        "{}",
        browser.text(PLAN).await?
    );
    download_all(&browser).await?;
    assert_eq!(articles(server.take_log()), std::slice::from_ref(&changed));
    server.stop().await;
    browser.goto_app(&server.url(&changed)).await?;
    assert!(browser.text(BODY).await?.contains("Một câu mới"));
    browser.close().await
}

async fn an_article_that_is_gone_does_not_stop_the_download(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    open_saved(&browser, &server).await?;
    let list: serde_json::Value = serde_json::from_str(&sample().read("edition.json")?)?;
    let gone = list["articles"][5]["path"].as_str().unwrap_or_default().to_owned();
    server.break_path(&gone, Fault::Gone);
    server.break_path(&format!("{gone}index.json"), Fault::Gone);
    browser.click("[name=download]").await?;
    let kept = "caches.open('broadsheet-v2-edition:/').then((it) => it.keys())
        .then((keys) => keys.filter((it) => it.url.endsWith('/')).length";
    until_resolved(&browser, &format!("{kept} === 19)")).await?;
    // The reader sees that it ended, and what is left.
    browser.until(&format!("{PLAN}.startsWith('1 bài chưa có')")).await?;
    browser.until("document.querySelector('.saved-page progress').hidden").await?;
    let told = format!("{PLAN}.includes(document.querySelector('[data-part=plan]').dataset.gone)");
    browser.until(&told).await?;
    server.mend();
    download_all(&browser).await?;
    until_in(&browser, "edition", &gone).await?;
    browser.close().await
}

#[tokio::test]
async fn with_save_data_nothing_is_fetched_ahead() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser
        .cdp("Emulation.setDataSaverOverride", serde_json::json!({"dataSaverEnabled": true}))
        .await?;
    let article = sample().articles().next().unwrap_or("/").to_owned();
    browser.goto_app(&server.url(&article)).await?;
    assert_eq!(browser.eval("navigator.connection.saveData").await?, serde_json::Value::Bool(true));
    until_in(&browser, "read", &article).await?;
    // What was asked for by name is not ahead: the reader's own pages may be corrected. The app asks
    // for corrections last of all that it asks for by itself.
    server.until_asked("/corrections.json", 1).await?;
    let target = browser.driver().find(thirtyfour::By::Css(".related a")).await?;
    target.scroll_into_view().await?;
    let path = browser.path_of(".related a").await?;
    browser.driver().action_chain().move_to_element_center(&target).perform().await?;
    browser.eval("document.querySelector('.related a').focus()").await?;
    // What a pointer at rest would fetch is fetched before what is clicked later.
    follow(&browser, ".related li:nth-child(2) a").await?;
    let log = server.take_log();
    assert!(!log.contains(&format!("{path}index.json")), "{log:?}");
    assert!(!log.contains(&"/".to_owned()), "{log:?}");
    browser.close().await
}

/// Changes the source of an article in an edition.
pub(super) fn change_file(
    edition: &std::path::Path,
    path: &str,
    change: impl FnOnce(&str) -> String,
) -> Result {
    let file = article_file(edition, path);
    let old = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Ok(fs::write(file, change(&old))?)
}

/// Appends to the article of a path in an edition.
pub(super) fn change_article(edition: &std::path::Path, path: &str, text: &str) -> Result {
    change_file(edition, path, |old| [old, text].concat())
}

/// Adds a line to the front matter of an article.
pub(super) fn set_front_matter(edition: &std::path::Path, path: &str, line: &str) -> Result {
    change_file(edition, path, |old| old.replacen("---\n", &format!("---\n{line}\n"), 1))
}

fn article_file(edition: &std::path::Path, path: &str) -> std::path::PathBuf {
    let folder = edition.join("content").join(path.trim_matches('/'));
    if folder.is_dir() { folder.join("index.md") } else { folder.with_extension("md") }
}
