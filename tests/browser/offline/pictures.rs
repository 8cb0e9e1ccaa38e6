//! The pictures of saved articles: none is lost, and what could not be had is fetched later.

use anyhow::Context as _;
use tests::{Browser, Fault, Paper, Result, Server, in_every_engine, own_edition, sample};

use super::downloads::set_front_matter;
use super::*;

in_every_engine! {
    giving_up_one_article_takes_no_picture_of_another_that_is_being_saved;
    a_withdrawal_takes_no_picture_of_an_article_that_is_being_saved;
    pictures_that_could_not_be_had_come_on_a_later_visit;
}

/// Saves an article that was never read while the server holds one of its pictures: the path of the
/// article. All its other pictures have been asked for when this returns.
async fn begin_to_save(browser: &Browser, server: &Server) -> Result<String> {
    let (path, pictures) = with_pictures(sample(), 3)?;
    // Its lead picture may have been seen in a list already.
    let unseen: Vec<_> = pictures.iter().filter(|it| server.count(it) == 0).collect();
    let (held, others) = unseen.split_last().context("all its pictures were seen")?;
    assert!(!others.is_empty(), "no other picture that was not seen");
    server.break_path(held, Fault::Hang);
    open_saved_page(browser, server).await?;
    import(browser, &[&published(&path)]).await?;
    for picture in others {
        server.until_asked(picture, 1).await?;
    }
    server.until_asked(held, 1).await?;
    Ok(path)
}

/// The article opens without a network with every picture, and from the store of saved articles.
async fn is_whole(browser: &mut Browser, server: &mut Server, path: &str) -> Result {
    until_in(browser, "saved", path).await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(path)).await?;
    browser.until(IS_SAVED).await?;
    until_pictures_shown(browser).await?;
    // The browser's own cache shows some for a while; the store must have all.
    until_pictures_in(browser, "saved").await
}

async fn giving_up_one_article_takes_no_picture_of_another_that_is_being_saved(
    mut browser: Browser,
) -> Result {
    let mut server = Server::start(sample()).await?;
    let given_up = save_a_story(&browser, &server).await?;
    let path = begin_to_save(&browser, &server).await?;
    assert_ne!(given_up, path);
    browser.click(&format!(".saved-article:has(a[href=\"{given_up}\"]) [name=remove]")).await?;
    until_not_in(&browser, "saved", &given_up).await?;
    server.mend();
    is_whole(&mut browser, &mut server, &path).await?;
    browser.close().await
}

async fn a_withdrawal_takes_no_picture_of_an_article_that_is_being_saved(
    mut browser: Browser,
) -> Result {
    let edition = own_edition()?;
    let paper = Paper::print(edition.path(), None)?;
    let mut server = Server::start(&paper).await?;
    let withdrawn = save_a_story(&browser, &server).await?;
    let path = begin_to_save(&browser, &server).await?;
    assert_ne!(withdrawn, path);
    set_front_matter(edition.path(), &withdrawn, "withdrawn: \"Bài sai sự thật.\"")?;
    server.deploy(&Paper::print(edition.path(), None)?)?;
    browser.goto_app(&server.url("/kinh-te/")).await?;
    let told = format!(
        "caches.open('broadsheet-v2-saved:/').then((it) => it.match('{withdrawn}'))
        .then((it) => it.text()).then((it) => it.includes('Bài sai sự thật.'))"
    );
    until_resolved(&browser, &told).await?;
    server.mend();
    is_whole(&mut browser, &mut server, &path).await?;
    browser.close().await
}

async fn pictures_that_could_not_be_had_come_on_a_later_visit(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    open_front(&browser, &server).await?;
    let (path, pictures) = with_pictures(sample(), 3)?;
    let faults = [Fault::Status(503), Fault::Status(404), Fault::Html];
    for (picture, fault) in pictures.iter().zip(faults) {
        server.break_path(picture, fault);
    }
    // The front may have shown one of them before.
    for kind in ["pictures", "read"] {
        ask(&browser, json!(["clear", kind])).await?;
    }
    browser.goto_app(&server.url(&path)).await?;
    browser.click(".save").await?;
    until_in(&browser, "saved", &path).await?;
    browser.until(IS_SAVED).await?;
    // Another visit, which has no more luck, does not forget what is missing.
    browser.goto_app(&server.url(&path)).await?;
    browser.until(IS_SAVED).await?;
    server.mend();
    browser.goto_app(&server.url("/kinh-te/")).await?;
    for picture in pictures.iter().take(3) {
        until_in(&browser, "saved", picture).await?;
    }
    is_whole(&mut browser, &mut server, &path).await?;
    browser.close().await
}
