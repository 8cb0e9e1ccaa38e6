//! An article in several languages: a reader goes from one to the other and back.

use std::fs;

use tests::{Browser, Paper, Result, Server, own_edition};

const VIETNAMESE: &str = "/moi-truong/cua-bien/";
const ENGLISH: &str = "/moi-truong/cua-bien-en/";

/// The sample edition with an article in Vietnamese, English and Arabic.
fn paper() -> Result<Paper> {
    let edition = own_edition()?;
    for (language, title) in
        [("vi", "Cửa biển mở lại"), ("en", "The inlet opens again"), ("ar", "المصب يفتح من جديد")]
    {
        let file = format!("content/moi-truong/cua-bien.{language}.md");
        let text = format!(
            "---\ntitle: {title}\ndate: 2026-11-01T08:00:00+07:00\nauthor: Hạ\n---\n\n{title}.\n\n> {title}!\n"
        );
        fs::write(edition.path().join(file), text)?;
    }
    Paper::print(edition.path(), None)
}

/// The languages of the document, of the article and of what is announced; and the direction of the text.
async fn languages(browser: &Browser) -> Result<[String; 4]> {
    let language =
        "(document.querySelector('.article').lang || document.querySelector('#app-root').lang)";
    Ok([
        browser.text("document.documentElement.lang").await?,
        browser.text(language).await?,
        browser.text("document.querySelector('#app-announcer').lang").await?,
        browser.text("getComputedStyle(document.querySelector('.prose')).direction").await?,
    ])
}

#[tokio::test]
async fn a_reader_goes_to_the_other_language_and_back() -> Result {
    let server = Server::start(&paper()?).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url(VIETNAMESE)).await?;
    browser.mark_document().await?;
    let arrived = async |path: &str, link: &str| -> Result {
        browser.click(&format!(".byline a[hreflang={link}]")).await?;
        browser.until_arrived(path).await
    };
    arrived(ENGLISH, "en").await?;
    assert_eq!(languages(&browser).await?, ["en", "en", "en", "ltr"]);
    let said = browser.text("document.querySelector('#app-announcer').innerText").await?;
    assert!(said.starts_with("The inlet opens again"), "{said}");
    let link = "document.querySelector('.byline a[hreflang=vi]')";
    assert_eq!(browser.text(&format!("{link}.innerText")).await?, "Đọc bằng tiếng Việt");
    assert_eq!(browser.text(&format!("{link}.lang")).await?, "vi");
    arrived("/moi-truong/cua-bien-ar/", "ar").await?;
    assert_eq!(languages(&browser).await?, ["ar", "ar", "ar", "rtl"]);
    arrived(VIETNAMESE, "vi").await?;
    assert_eq!(languages(&browser).await?, ["vi", "vi", "vi", "ltr"]);
    browser.eval("history.back()").await?;
    browser.until("document.querySelector('h1').innerText.startsWith('المصب')").await?;
    browser.until("document.documentElement.lang === 'ar'").await?;
    assert!(browser.same_document().await?);
    // What was shown by a click is what is printed.
    let shown = browser.text("document.querySelector('.byline').innerText").await?;
    browser.goto_app(&server.url("/moi-truong/cua-bien-ar/")).await?;
    assert_eq!(browser.text("document.querySelector('.byline').innerText").await?, shown);
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.close().await
}

#[tokio::test]
async fn an_arabic_article_is_aligned_to_the_right_and_nothing_is_wider_than_a_phone() -> Result {
    let server = Server::start(&paper()?).await?;
    let browser = Browser::open_with(360, false, true).await?;
    browser.goto_app(&server.url("/moi-truong/cua-bien-ar/")).await?;
    assert!(browser.number("document.documentElement.scrollWidth").await? <= 360.0);
    let style = |what: &str| {
        format!("getComputedStyle(document.querySelector('.prose blockquote')).{what}")
    };
    assert_eq!(browser.text(&style("borderRightStyle")).await?, "solid");
    assert_eq!(browser.text(&style("borderLeftStyle")).await?, "none");
    assert_eq!(browser.text(&style("fontStyle")).await?, "normal");
    // The words of the interface keep their own direction: "1 phút đọc", not "phút đọc 1".
    let item =
        "[...document.querySelectorAll('.byline li')].find((it) => it.innerText.includes('phút'))";
    assert_eq!(browser.text(&format!("getComputedStyle({item}).unicodeBidi")).await?, "plaintext");
    browser.close().await
}
