//! Navigation: what happens after a click.

use tests::{Browser, Result, Server, sample};
use thirtyfour::{By, Key};

/// The first article that the front lists below its lead.
const STORY: &str = ".cards > li:nth-child(3) h2 a";

async fn on_the_front() -> Result<(Server, Browser)> {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url("/")).await?;
    browser.mark_document().await?;
    Ok((server, browser))
}

#[tokio::test]
async fn a_click_opens_an_article_without_loading_a_document() -> Result {
    let (server, browser) = on_the_front().await?;
    let title = browser.text(&format!("document.querySelector('{STORY}').innerText")).await?;
    let path = browser.path_of(STORY).await?;
    browser.eval("scrollTo(0, 400)").await?;
    browser.click(STORY).await?;
    browser.until("document.activeElement.id === 'app-heading'").await?;
    assert_eq!(browser.text("document.querySelector('h1').innerText").await?, title);
    assert_eq!(browser.text("location.pathname").await?, path);
    assert!(browser.text("document.title").await?.starts_with(&title));
    assert!(
        browser
            .text("document.querySelector('#app-announcer').innerText")
            .await?
            .starts_with(&title)
    );
    assert!(
        browser.text("document.querySelector('link[rel=canonical]').href").await?.ends_with(&path)
    );
    assert_eq!(browser.number("scrollY").await?, 0.0);
    assert!(browser.same_document().await?);
    assert_eq!((server.count(&path), server.count(&format!("{path}index.json"))), (0, 1));
    browser.close().await
}

#[tokio::test]
async fn related_news_are_those_of_the_article_that_is_shown() -> Result {
    let (_server, browser) = on_the_front().await?;
    let paths = |of: &str| {
        format!("[...{of}.querySelectorAll('.related a')].map((it) => it.pathname).join()")
    };
    let mut step = format!("document.querySelector('{STORY}').click()");
    for next in ["document.querySelector('.related a').click()", "history.back()", "history.back()"]
    {
        let before = browser.text("location.pathname").await?;
        browser.eval(&step).await?;
        browser.until(&format!("location.pathname !== '{before}'")).await?;
        let printed = "fetch(location.pathname).then((it) => it.text())
            .then((it) => new DOMParser().parseFromString(it, 'text/html'))";
        let printed = browser.resolve(&format!("{printed}.then((it) => {})", paths("it"))).await?;
        let printed = printed.as_str().unwrap_or_default();
        assert!(printed.contains(','), "{printed}");
        browser.until(&format!("{} === '{printed}'", paths("document"))).await?;
        step = next.to_owned();
    }
    browser.eval(&step).await?;
    browser.until("document.querySelector('.card--lead')").await?;
    browser.until("!document.querySelector('.related')").await?;
    browser.close().await
}

#[tokio::test]
async fn nothing_moves_when_the_related_news_come() -> Result {
    let (_server, browser) = on_the_front().await?;
    let observe = "new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: 'layout-shift' })";
    browser.eval(&format!("(window.shift = 0, {observe})")).await?;
    browser.eval(&format!("document.querySelector('{STORY}').click()")).await?;
    browser.until("document.querySelector('.article ~ .related')").await?;
    let painted = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))";
    browser.resolve(painted).await?;
    browser.resolve(painted).await?;
    assert_eq!(browser.number("window.shift").await?, 0.0);
    browser.close().await
}

#[tokio::test]
async fn back_and_forward_return_to_where_the_reader_was() -> Result {
    let (_server, browser) = on_the_front().await?;
    browser.click(".cards > li:nth-child(9) h2 a").await?;
    browser
        .until("document.querySelector('.article') && document.activeElement.id === 'app-heading'")
        .await?;
    let article = browser.text("location.pathname").await?;
    browser.eval("scrollTo(0, 300)").await?;
    browser.eval("history.back()").await?;
    browser.until("location.pathname === '/' && document.querySelector('.card--lead')").await?;
    browser.until("scrollY > 300").await?;
    let card = "document.querySelector('.cards > li:nth-child(9)').getBoundingClientRect()";
    assert!(browser.number(&format!("{card}.top")).await? < 900.0, "the card is in sight again");
    browser.eval("history.forward()").await?;
    browser
        .until(&format!("location.pathname === '{article}' && document.querySelector('.article')"))
        .await?;
    browser.until("scrollY === 300").await?;
    assert!(browser.same_document().await?);
    browser.close().await
}

#[tokio::test]
async fn a_reload_stays_at_the_place_in_the_text() -> Result {
    let (_server, browser) = on_the_front().await?;
    browser.click(STORY).await?;
    browser.until("document.querySelector('.article')").await?;
    browser.eval("scrollTo(0, 250)").await?;
    browser.driver().refresh().await?;
    browser.until_taken_over().await?;
    browser.until("scrollY === 250").await?;
    browser.eval("history.back()").await?;
    browser.until("document.querySelector('.card--lead')").await?;
    browser.close().await
}

#[tokio::test]
async fn a_newer_click_wins_over_an_older_answer() -> Result {
    let (server, browser) = on_the_front().await?;
    let path =
        |nth: u8| format!("document.querySelector('.cards > li:nth-child({nth}) h2 a').pathname");
    let (slow, fast) = (browser.text(&path(3)).await?, browser.text(&path(4)).await?);
    server.break_path(&format!("{slow}index.json"), tests::Fault::Hang);
    browser.click(".cards > li:nth-child(3) h2 a").await?;
    browser.until("document.documentElement.classList.contains('busy')").await?;
    browser.click(".cards > li:nth-child(4) h2 a").await?;
    browser
        .until(&format!("location.pathname === '{fast}' && document.querySelector('.article')"))
        .await?;
    server.mend();
    // The older answer arrives: the browser's timeline lists it when it is complete.
    browser.until(&format!("performance.getEntriesByType('resource').some((it) => it.name.endsWith('{slow}index.json') && it.responseEnd)")).await?;
    browser
        .resolve("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        .await?;
    assert_eq!(browser.text("location.pathname").await?, fast);
    browser.close().await
}

#[tokio::test]
async fn resting_on_a_link_fetches_its_page_once() -> Result {
    let (server, browser) = on_the_front().await?;
    let path = browser.path_of(STORY).await?;
    let data = format!("{path}index.json");
    let link = browser.driver().find(By::Css(STORY)).await?;
    browser.driver().action_chain().move_to_element_center(&link).perform().await?;
    browser
        .until(&format!(
            "performance.getEntriesByType('resource').some((it) => it.name.endsWith('{data}'))"
        ))
        .await?;
    link.click().await?;
    browser.until("document.querySelector('.article')").await?;
    browser.eval("history.back()").await?;
    browser.until("document.querySelector('.card--lead')").await?;
    browser.click(STORY).await?;
    browser.until("document.querySelector('.article')").await?;
    assert_eq!(server.count(&data), 1, "fresh data is not fetched again");
    browser.close().await
}

#[tokio::test]
async fn a_link_in_focus_opens_with_the_keyboard() -> Result {
    let (_server, browser) = on_the_front().await?;
    browser.eval(&format!("document.querySelector('{STORY}').focus()")).await?;
    browser.driver().action_chain().send_keys(Key::Enter + "").perform().await?;
    browser
        .until("document.querySelector('.article') && document.activeElement.id === 'app-heading'")
        .await?;
    assert!(browser.same_document().await?);
    browser.close().await
}

#[tokio::test]
async fn clicks_that_mean_something_else_are_left_to_the_browser() -> Result {
    let (_server, browser) = on_the_front().await?;
    let link = browser.driver().find(By::Css(STORY)).await?;
    browser
        .driver()
        .action_chain()
        .key_down(Key::Control)
        .click_element(&link)
        .key_up(Key::Control)
        .perform()
        .await?;
    let windows = browser.driver().windows().await?;
    assert_eq!(windows.len(), 2, "a modified click opens a tab");
    assert_eq!(browser.text("location.pathname").await?, "/");

    browser.click_new_link("href=/kinh-te/ target=_blank").await?;
    assert_eq!(browser.driver().windows().await?.len(), 3, "a target opens a tab");

    browser.click_new_link("href=/kinh-te/ download").await?;
    assert!(browser.same_document().await?, "a download leaves the page");
    assert_eq!(browser.text("location.pathname").await?, "/");

    browser.click_new_link("href=/site.json").await?;
    browser.until("location.pathname === '/site.json'").await?;
    browser.close().await
}

#[tokio::test]
async fn a_link_to_another_site_leads_there() -> Result {
    let (_server, browser) = on_the_front().await?;
    let other = Server::start(sample()).await?;
    let url = other.url("/kinh-te/");
    browser.click_new_link(&format!("href={url}")).await?;
    browser.until(&format!("location.href === '{url}'")).await?;
    assert_eq!(other.count("/kinh-te/"), 1, "it was loaded as a document");
    browser.close().await
}

#[tokio::test]
async fn a_deep_link_to_a_footnote_goes_there_and_anchors_work_in_the_app() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let with_note = sample().articles().find(|path| {
        sample()
            .read(&format!("{}index.html", &path[1..]))
            .is_ok_and(|html| html.contains("fnref-1"))
    });
    let path =
        with_note.unwrap_or_else(|| panic!("no article of the sample edition has a footnote"));
    browser.goto_app(&server.url(path)).await?;
    browser.mark_document().await?;
    browser.click("a[href='#fn-1']").await?;
    browser.until("location.hash === '#fn-1' && scrollY > 0").await?;
    assert!(browser.same_document().await?);
    browser.eval("history.back()").await?;
    browser.until("location.hash === ''").await?;
    assert_eq!(browser.text("location.pathname").await?, path);
    browser.close().await
}

#[tokio::test]
async fn a_query_and_a_missing_slash_lead_to_the_same_page() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let path = sample().articles().next().unwrap_or("/");
    for address in [
        format!("{path}?utm_source=a"),
        path.trim_end_matches('/').to_owned(),
        format!("{path}index.html"),
    ] {
        browser.goto_app(&server.url(&address)).await?;
        assert_eq!(browser.text("location.pathname").await?, path, "{address}");
        assert_eq!(browser.complaints().await?, Vec::<String>::new(), "{address}");
    }
    browser.close().await
}

#[tokio::test]
async fn no_picture_of_the_page_before_stands_under_a_new_title() -> Result {
    let (server, browser) = on_the_front().await?;
    browser.click(STORY).await?;
    browser.until("document.querySelector('.related img')?.complete").await?;
    let before = browser.text("document.querySelector('.related img').currentSrc").await?;
    for path in sample().picture_files()? {
        server.break_path(&path, tests::Fault::Hang);
    }
    browser.follow(".related a").await?;
    let image = "document.querySelector('.related img')";
    browser.until(&format!("{image}.src !== '{before}'")).await?;
    browser.until(&format!("{image}.currentSrc !== '{before}'")).await?;
    server.mend();
    browser.close().await
}
