//! A browser that translates the page wraps every text in `<font>`: what the app changes later is
//! changed where the reader sees it.

use tests::{Browser, Result, Server, in_every_engine, sample};

in_every_engine! {
    a_translated_page_shows_only_the_new_text_after_a_click;
}

/// Replaces every text of the page, as a translator does: `§` stands before what was translated.
const TRANSLATE: &str = "(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
        if (!text.data.trim() || text.parentElement.closest('script, style, template, font')) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.append('§' + text.data);
        outer.append(inner);
        text.replaceWith(outer);
    }
})()";

/// The parts of the page that say something about the page before.
const OLD: &str = "[...document.querySelectorAll('main, [role=status], [role=alert], #app-announcer')]
    .filter((it) => it.textContent.includes('§')).map((it) => it.tagName + ': ' + it.textContent.slice(0, 200))";

/// Follows a link of a translated page: nothing translated is left, and the heading is that of the
/// new page, once.
async fn follow_translated(browser: &Browser, selector: &str) -> Result {
    let path = browser.path_of(selector).await?;
    browser.eval(TRANSLATE).await?;
    browser.click(selector).await?;
    browser.until_arrived(&path).await?;
    browser
        .until("!document.querySelector('.article') || document.querySelector('.related')")
        .await?;
    let printed = format!(
        "fetch('{path}').then((it) => it.text()).then((it) => {{
            const page = new DOMParser().parseFromString(it, 'text/html');
            const texts = (of) => [...of.querySelectorAll('h1, h2, h3, .save')].map((it) => it.textContent.trim());
            const [wanted, shown] = [texts(page.querySelector('main')), texts(document.querySelector('main'))];
            return JSON.stringify(wanted) === JSON.stringify(shown) ? '' : JSON.stringify({{ wanted, shown }});
        }})"
    );
    assert_eq!(browser.resolve(&printed).await?, "", "{path}");
    assert_eq!(browser.eval(OLD).await?, serde_json::json!([]), "{path}");
    Ok(())
}

async fn a_translated_page_shows_only_the_new_text_after_a_click(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    browser.goto_app(&server.url("/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    browser.mark_document().await?;
    // Front to article, article to article, article to list, list to list.
    for selector in [
        ".cards > li:nth-child(3) h2 a",
        ".related a",
        ".sections li:nth-child(2) a",
        ".sections li:nth-child(3) a",
        ".cards > li:nth-child(2) h2 a",
    ] {
        follow_translated(&browser, selector).await?;
    }
    assert!(browser.same_document().await?);
    // A control that changes its words: both were translated, and one is shown.
    browser.eval(TRANSLATE).await?;
    browser.click(".save").await?;
    browser.until("document.querySelector('.save').ariaPressed === 'true'").await?;
    browser.until("document.querySelector('.save').innerText.trim() === '§Đã lưu'").await?;
    browser.close().await
}
