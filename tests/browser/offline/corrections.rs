//! Corrections and withdrawals reach what is kept, whatever else fails.

use tests::{Browser, Fault, Paper, Result, Server, in_every_engine, own_edition};

use super::downloads::set_front_matter;
use super::*;

in_every_engine! {
    a_withdrawal_takes_the_text_away_although_its_page_and_others_fail;
}

async fn a_withdrawal_takes_the_text_away_although_its_page_and_others_fail(
    mut browser: Browser,
) -> Result {
    let edition = own_edition()?;
    let paper = Paper::print(edition.path(), None)?;
    let mut server = Server::start(&paper).await?;
    let corrected = save_a_story(&browser, &server).await?;
    let withdrawn = follow(&browser, ".related a").await?;
    browser.click(".save").await?;
    browser.until(IS_SAVED).await?;
    until_in(&browser, "saved", &withdrawn).await?;
    let text = browser.text(&format!("{BODY}.trim().slice(0, 40)")).await?;
    let note = "Con số đúng là bốn mươi hai.";
    set_front_matter(edition.path(), &corrected, &format!("corrected: \"{note}\""))?;
    set_front_matter(edition.path(), &withdrawn, "withdrawn: \"Bài sai sự thật.\"")?;
    server.deploy(&Paper::print(edition.path(), None)?)?;
    for path in [&corrected, &withdrawn] {
        server.break_path(path, Fault::Status(503));
        server.break_path(&format!("{path}index.json"), Fault::Status(503));
    }
    browser.goto_app(&server.url("/kinh-te/")).await?;
    let gone = format!(
        "Promise.all(['saved', 'read'].map((kind) => caches.open(`broadsheet-v2-${{kind}}:/`)
            .then((it) => it.match('{withdrawn}')).then((it) => it?.text() ?? '')))
        .then((texts) => texts.every((it) => !it.includes({})))",
        Value::from(text.clone())
    );
    until_resolved(&browser, &gone).await?;
    // The one that failed is corrected on a later visit.
    server.mend();
    browser.goto_app(&server.url("/thoi-su/")).await?;
    let told = format!(
        "caches.open('broadsheet-v2-saved:/').then((it) => it.match('{corrected}'))
        .then((it) => it.text()).then((it) => it.includes('{note}'))"
    );
    until_resolved(&browser, &told).await?;
    server.stop().await;
    browser.restart().await?;
    browser.goto(&server.url(&withdrawn)).await?;
    browser.until("document.body.innerText.includes('Tòa soạn đã gỡ bài này.')").await?;
    let shown = browser.text("document.body.innerText").await?;
    assert!(!shown.contains(&text), "{shown}");
    browser.close().await
}
