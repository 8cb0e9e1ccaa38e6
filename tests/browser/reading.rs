//! Reading: what is on the pages.

use serde_json::Value;
use tests::{Browser, Event, NO_NGHEAN, Result, Server, nghean, report, sample};

const CONFERENCE: &str = "/xay-dung-dang/hoi-nghi-truc-tuyen-cong-tac-to-chuc-xay-dung-dang-tinh-nghe-an-6-thang-dau-nam/";

/// The real article of the first newsroom, where its edition lies beside the repository.
#[tokio::test]
async fn the_newsrooms_article_is_all_there() -> Result {
    let Some(paper) = nghean() else {
        return report(Event::NotRun, NO_NGHEAN);
    };
    let server = Server::start(paper).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url(CONFERENCE)).await?;
    let text = |selector: &str| format!("document.querySelector('{selector}').innerText");

    assert_eq!(
        browser.text("document.querySelector('.masthead img').alt").await?,
        "Banner Tỉnh ủy Nghệ An"
    );
    assert_eq!(
        browser.text(&text("h1")).await?,
        "Hội nghị trực tuyến công tác Tổ chức xây dựng Đảng tỉnh Nghệ An 6 tháng đầu năm 2020"
    );
    assert!(
        browser
            .text(&text(".article__lede"))
            .await?
            .starts_with("Sáng ngày 02/7/2020, Ban Tổ chức")
    );
    assert_eq!(
        browser.text(&text("figure figcaption")).await?,
        "Toàn cảnh hội nghị tại điểm cầu tỉnh"
    );
    let byline = browser.text(&text(".byline")).await?;
    for part in ["Hồng Huế", "Ban Tổ chức Tỉnh ủy", "Thứ Năm, 02/07/2020, 17:00", "phút đọc"]
    {
        assert!(byline.contains(part), "{part:?} in {byline:?}");
    }
    assert_eq!(browser.text(&text(".related__heading")).await?, "Tin cùng chuyên mục");
    let related = browser
        .eval(
            "[...document.querySelectorAll('.related li')].map((it) => [
                it.querySelector('a').innerText, it.querySelector('a').pathname,
                it.querySelector('img').width > 0, it.querySelector('time').innerText])",
        )
        .await?;
    let related = related.as_array().cloned().unwrap_or_default();
    assert_eq!(related.len(), 14);
    let mut paths = Vec::new();
    for item in &related {
        assert!(item[0].as_str().is_some_and(|title| title.len() > 10), "{item}");
        assert_eq!(item[2], Value::Bool(true), "a picture in {item}");
        assert!(item[3].as_str().is_some_and(|date| date.ends_with("/2020")), "{item}");
        paths.push(item[1].as_str().unwrap_or_default().to_owned());
    }
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), 14, "no duplicates");
    assert!(!paths.iter().any(|path| path == CONFERENCE), "never itself");
    browser.close().await
}

#[tokio::test]
async fn the_front_has_a_lead_story_and_a_list() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/")).await?;
    let lead = browser.text("document.querySelector('.card--lead h2').innerText").await?;
    assert!(!lead.is_empty());
    assert!(browser.number("document.querySelectorAll('.cards > li').length").await? >= 20.0);
    let complete = "[...document.querySelectorAll('.cards > li')].every((it) =>
        it.querySelector('h2 a[href]') && it.querySelector('time[datetime]'))";
    assert_eq!(browser.eval(complete).await?, Value::Bool(true));
    let newest_first = "(() => { const dates = [...document.querySelectorAll('.cards time')]
        .map((it) => it.dateTime); return dates.join() === dates.sort().reverse().join(); })()";
    assert_eq!(browser.eval(newest_first).await?, Value::Bool(true));
    browser.close().await
}

#[tokio::test]
async fn the_section_that_is_read_is_marked_in_the_banner() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let marked = "[...document.querySelectorAll('.sections [aria-current]')]
        .map((it) => it.innerText + '=' + it.ariaCurrent).join()";
    browser.goto_app(&server.url("/kinh-te/")).await?;
    assert_eq!(browser.text(marked).await?, "Kinh tế=page");
    browser.click(".cards h2 a").await?;
    browser.until("document.querySelector('.article')").await?;
    assert_eq!(browser.text(marked).await?, "Kinh tế=true");
    browser.goto_app(&server.url("/")).await?;
    assert_eq!(browser.text(marked).await?, "");
    browser.close().await
}

#[tokio::test]
async fn older_news_lead_back_to_the_oldest_and_nothing_is_listed_twice() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/")).await?;
    let mut seen = Vec::new();
    let links = "[...document.querySelectorAll('.cards h2 a')].map((it) => it.pathname)";
    loop {
        let page = browser.eval(links).await?;
        seen.extend(page.as_array().cloned().unwrap_or_default());
        if browser.eval("!document.querySelector('a[rel=next]')").await? == Value::Bool(true) {
            break;
        }
        browser.follow("a[rel=next]").await?;
    }
    let all = sample().articles().count();
    let listed = seen.len();
    seen.sort_by_key(Value::to_string);
    seen.dedup();
    assert_eq!((listed, seen.len()), (all, all));
    browser.close().await
}

#[tokio::test]
async fn an_english_article_is_marked_as_english_in_a_vietnamese_paper() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/english/")).await?;
    browser.click(".cards h2 a").await?;
    browser.until("document.querySelector('.article')").await?;
    // The document is in the language of its title; what is the paper's own stays in the paper's.
    assert_eq!(browser.text("document.documentElement.lang").await?, "en");
    assert_eq!(browser.text("document.querySelector('#app-root').lang").await?, "vi");
    assert_eq!(browser.text("document.querySelector('.article').lang").await?, "en");
    assert_eq!(browser.text("document.querySelector('.byline').lang").await?, "vi");
    browser.close().await
}

#[tokio::test]
async fn a_dead_address_says_so_and_offers_the_newest_stories() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/kinh-te/khong-co-bai-nay/")).await?;
    assert_eq!(
        browser.text("document.querySelector('h1').innerText").await?,
        "Không tìm thấy trang"
    );
    assert!(browser.number("document.querySelectorAll('.cards > li').length").await? >= 5.0);
    let path = browser.path_of(".cards h3 a").await?;
    browser.mark_document().await?;
    browser.click(".cards h3 a").await?;
    browser
        .until(&format!("location.pathname === '{path}' && document.querySelector('.article')"))
        .await?;
    assert!(browser.same_document().await?, "the app opened the story");
    browser.close().await
}
