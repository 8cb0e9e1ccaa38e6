//! The embed page in its frame: what it keeps, what a late picture and a printer do to it, and what its
//! links say of the partner.

use std::fs;

use serde_json::json;
use tests::{Browser, Fault, Paper, Result, Server, in_every_engine, own_edition, sample};

use super::{ARTICLE, PLACE, SHOWN, Sites, embed, enter, leave};

in_every_engine! {
    a_plain_frame_reads_and_can_keep_nothing;
    a_picture_that_comes_late_moves_nothing;
    a_frame_that_begins_before_it_has_a_size_asks_for_no_room;
    links_name_the_partner_where_the_newspaper_asks_for_it;
}

async fn a_plain_frame_reads_and_can_keep_nothing(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    let frame = sites.paper.url("/embed/article/van-hoa/dieu-sao-dong-vong.html");
    let document = format!(
        "<!doctype html><title>Partner</title><iframe src=\"{frame}\" width=\"600\" height=\"252\"></iframe>"
    );
    sites.partner.put(PLACE, &document, "");
    sites.visit(&browser).await?;
    let element = browser.driver().find(thirtyfour::By::Css("iframe")).await?;
    element.enter_frame().await?;
    browser.until("document.querySelector('h1')?.offsetHeight").await?;
    // The flags of the header hold without those of the element.
    for store in [
        "localStorage.length",
        "sessionStorage.length",
        "document.cookie",
        "indexedDB.open('a').readyState && caches.keys()",
    ] {
        let tried = format!(
            "(() => {{ try {{ return String({store}); }} catch (error) {{ return error.name; }} }})()"
        );
        let blocked = browser.text(&tried).await?;
        assert!(
            blocked == "SecurityError" || blocked == "TypeError" || blocked == "ReferenceError",
            "{store}: {blocked}"
        );
    }
    leave(&browser).await?;
    browser.close().await
}

async fn a_picture_that_comes_late_moves_nothing(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    let pictures: Vec<_> =
        sample().picture_files()?.into_iter().filter(|it| it.starts_with(ARTICLE)).collect();
    assert!(!pictures.is_empty(), "the article has no picture");
    for picture in &pictures {
        sites.paper.break_path(picture, Fault::Hang);
    }
    sites.put(&embed(&format!("article=\"{ARTICLE}\"")));
    sites.visit(&browser).await?;
    browser.until(SHOWN).await?;
    let height = "document.querySelector('broadsheet-embed').offsetHeight";
    let before = browser.number(height).await?;
    sites.paper.mend();
    enter(&browser, 0).await?;
    browser.until("document.images[0].complete && document.images[0].naturalWidth > 0").await?;
    leave(&browser).await?;
    let painted = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
    browser.resolve(&format!("{painted}.then(() => 1)")).await?;
    assert_eq!(browser.number(height).await?, before);
    browser.close().await
}

async fn a_frame_that_begins_before_it_has_a_size_asks_for_no_room(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    let frame = sites.paper.url("/embed/section/van-hoa.html#count=2");
    let document = format!(
        "<!doctype html><title>Partner</title><script>
            window.told = [];
            addEventListener('message', ({{ data }}) => told.push(data.height));
         </script><iframe src=\"{frame}\" style=\"width: 0; height: 248px; border: 0\"></iframe>"
    );
    sites.partner.put(PLACE, &document, "");
    sites.visit(&browser).await?;
    browser.until("told.length").await?;
    assert_eq!(browser.eval("told.filter((it) => it > 2)").await?, json!([]));
    browser.eval("(document.querySelector('iframe').style.width = '600px')").await?;
    browser.until("told.includes(248)").await?;
    assert_eq!(browser.eval("told.filter((it) => it > 248)").await?, json!([]));
    browser.close().await
}

async fn links_name_the_partner_where_the_newspaper_asks_for_it(browser: Browser) -> Result {
    let edition = own_edition()?;
    let file = edition.path().join("site.toml");
    fs::write(&file, [&*fs::read_to_string(&file)?, "\n[embed]\nreferrer = true\n"].concat())?;
    let sites = Sites::of(&Paper::print(edition.path(), None)?).await?;
    sites.put(&embed("count=\"2\""));
    sites.visit(&browser).await?;
    browser.until(SHOWN).await?;
    let partner = browser.text("location.host").await?;
    enter(&browser, 0).await?;
    let named = browser
        .eval("[...new URLSearchParams(document.querySelector('.row a').search).values()]")
        .await?;
    assert_eq!(named, json!([partner]));
    leave(&browser).await?;
    browser.close().await
}

/// Only Chromium's driver can look at a page as a printer does, and only at the page itself.
#[tokio::test]
async fn a_dark_embed_is_printed_dark_on_white() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open_with(800, true, true).await?;
    let path = format!("/embed/article{}.html#theme=dark", ARTICLE.trim_end_matches('/'));
    browser.goto(&server.url(&path)).await?;
    browser.until("document.documentElement.dataset.theme === 'dark'").await?;
    browser.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await?;
    browser.until("matchMedia('print').matches").await?;
    let colours = "[getComputedStyle(document.documentElement).backgroundColor,
        getComputedStyle(document.querySelector('h1 a')).color]";
    assert_eq!(browser.eval(colours).await?, json!(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]));
    browser.close().await
}
