//! What an author sees in the browser while an article is written: `press dev`.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;
use tests::{Browser, Result, dev, own_edition, picture_store};

use crate::accessibility::RUN;

const ARTICLE: &str = "content/kinh-te/buoi-loc-doanh-duoc-mua/index.md";
const PAGE: &str = "/kinh-te/buoi-loc-doanh-duoc-mua/";
/// The panel with what is wrong.
const PANEL: &str = "document.querySelector('press-dev')?.shadowRoot.querySelector('aside')";

/// Shows an edition as `press dev` does, and says where once it is printed.
fn show(edition: &Path, out: &Path) -> Result<String> {
    // The pictures of the sample edition were made before.
    fs::create_dir_all(picture_store())?;
    std::os::unix::fs::symlink(picture_store(), out.join("site.pictures"))?;
    let (address, rounds) = dev::show(edition, out)?;
    rounds.recv().context("nothing was printed")?;
    Ok(address)
}

async fn what_is_saved_is_shown(width: u32, dark: bool) -> Result {
    let (edition, out) = (own_edition()?, tempfile::tempdir()?);
    let file = edition.path().join(ARTICLE);
    let good = fs::read_to_string(&file)?;
    let address = show(edition.path(), out.path())?;
    let browser = Browser::open_with(width, dark, true).await?;
    browser.goto_app(&format!("{address}{PAGE}")).await?;
    fs::write(&file, good.replacen("title: ", "title: Đang viết ", 1))?;
    browser.until("document.querySelector('h1')?.textContent.startsWith('Đang viết ')").await?;

    let line = 1 + good.lines().position(|it| it.starts_with("date: ")).unwrap_or_default();
    fs::write(&file, good.replacen("date: ", "date: khoảng ", 1))?;
    browser.until(&format!("{PANEL}?.textContent.includes('{ARTICLE}:{line}')")).await?;
    browser.until(&format!("getComputedStyle({PANEL}).position === 'fixed'")).await?;
    assert!(
        browser.text("document.querySelector('h1').textContent").await?.starts_with("Đang viết")
    );
    // Nothing that the policy of the page forbids; what axe does to look at styles is.
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    let axe = env::var("AXE_JS").context("AXE_JS names no axe.min.js: run `make test`")?;
    browser.driver().execute(fs::read_to_string(axe)?, Vec::new()).await?;
    assert_eq!(browser.resolve(RUN).await?, Value::Array(Vec::new()));
    browser.complaints().await?;
    let wide = browser.number("document.documentElement.scrollWidth").await?;
    assert!(wide <= f64::from(width), "{wide} pixels wide in a window of {width}");
    if let Some(folder) = env::var_os("SCREENSHOTS") {
        let name = format!("dev-{width}{}.png", if dark { "-dark" } else { "" });
        browser.screenshot(&Path::new(&folder).join(name)).await?;
    }
    // The panel is out of the way when it is not wanted, and goes by itself when the mistake is mended.
    browser.eval(&format!("{PANEL}.querySelector('button').click()")).await?;
    browser.until("!document.querySelector('press-dev')").await?;

    // The app goes to another page by itself, and that is shown anew, too.
    fs::write(&file, &good)?;
    browser.until("!document.querySelector('h1')?.textContent.startsWith('Đang viết ')").await?;
    browser.until_taken_over().await?;
    browser.mark_document().await?;
    browser.click(".masthead").await?;
    browser.until("location.pathname === '/'").await?;
    assert!(browser.same_document().await?, "the app went there");
    let site = edition.path().join("site.toml");
    let toml = fs::read_to_string(&site)?;
    fs::write(&site, toml.replacen("title = \"", "title = \"Tờ ", 1))?;
    browser.until("document.title.startsWith('Tờ ')").await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

#[tokio::test]
async fn what_is_saved_and_what_is_wrong_is_shown_in_the_open_page() -> Result {
    what_is_saved_is_shown(1280, false).await
}

#[tokio::test]
async fn what_is_saved_and_what_is_wrong_is_shown_on_a_phone_in_the_dark() -> Result {
    what_is_saved_is_shown(360, true).await
}
