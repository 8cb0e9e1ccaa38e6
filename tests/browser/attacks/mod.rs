//! What authors bring runs nothing: strings after the known families of attacks, on the printed page and in the
//! app, with the policy and without. With the policy it is not the policy that stops them: it has nothing to do.

mod edition;
mod strings;

use std::collections::HashSet;
use std::sync::OnceLock;

use tests::{Browser, Engine, Paper, Result, Server, in_every_engine};

use edition::Story;
use strings::TRAP;

in_every_engine! {
    nothing_runs_without_the_policy;
    lists_and_embeds_of_these_articles_run_nothing;
    a_picture_opened_by_its_address_runs_nothing;
}

/// What the page does to itself to set the strings off.
const WATCH: &str = include_str!("watch.js");
/// The same for a picture that is a document; a promise of what it found.
const LOOK: &str = include_str!("look.js");

/// The marks on the window, handlers in attributes, and scripts that the policy may have stopped.
const MARKS: &str = "[
    ...[...document.scripts].filter((it) => !it.type && it.text.includes('ran_')).map((it) => it.text),
    ...Object.keys(window.wrappedJSObject ?? window).filter((it) => it.startsWith('ran_')),
    ...[...document.querySelectorAll('*')].flatMap((it) => it.getAttributeNames())
        .filter((it) => it.startsWith('on')),
]";

/// The articles and their paper, printed once.
fn attacks() -> &'static (Vec<Story>, Paper) {
    static ALL: OnceLock<(Vec<Story>, Paper)> = OnceLock::new();
    ALL.get_or_init(|| {
        let stories = edition::stories();
        match edition::print(&stories) {
            Ok(paper) => (stories, paper),
            Err(error) => panic!("the strings cannot be printed: {error:#}"),
        }
    })
}

#[tokio::test]
async fn nothing_runs_with_the_policy_which_has_nothing_to_do() -> Result {
    let browser = Browser::open().await?;
    let server = Server::start(&attacks().1).await?;
    nothing_runs(browser, &server).await
}

async fn nothing_runs_without_the_policy(browser: Browser) -> Result {
    let server = Server::start(&attacks().1).await?;
    server.take_policies_away();
    nothing_runs(browser, &server).await
}

async fn nothing_runs(browser: Browser, server: &Server) -> Result {
    let stories = &attacks().0;
    server.load_first(WATCH);
    let mut found = Vec::new();
    for story in stories {
        browser.goto(&server.url(&story.path())).await?;
        found.extend(provoke(&browser, story, "printed").await?);
        // No name of an element leads the app astray.
        browser.until_taken_over().await?;
    }
    browser.goto_app(&server.url(&stories[0].path())).await?;
    browser.mark_document().await?;
    for story in stories {
        let path = story.path();
        follow(&browser, &path).await?;
        found.extend(provoke(&browser, story, "in the app").await?);
        browser.eval("delete document.documentElement.dataset.attacks").await?;
    }
    assert!(browser.same_document().await?, "the app showed all of them");
    found.extend(trapped(server));
    assert!(found.is_empty(), "{} things:\n{}", found.len(), found.join("\n"));
    browser.close().await
}

async fn lists_and_embeds_of_these_articles_run_nothing(browser: Browser) -> Result {
    let (stories, paper) = attacks();
    let server = Server::start(paper).await?;
    server.take_policies_away();
    server.load_first(WATCH);
    let lists = ["/", "/tin/", "/tin/page/1/", "/embed/front.html", "/embed/section/tin.html"];
    let embeds =
        with_front_matter(stories).map(|it| format!("/embed/article/tin/{}.html", it.slug));
    let mut found = Vec::new();
    for path in lists.map(str::to_owned).into_iter().chain(embeds) {
        browser.goto(&server.url(&path)).await?;
        found.extend(provoke_page(&browser, &path, &[], "without the policy").await?);
    }
    found.extend(trapped(&server));
    assert!(found.is_empty(), "{} things:\n{}", found.len(), found.join("\n"));
    browser.close().await
}

#[tokio::test]
async fn what_was_kept_as_data_opens_as_a_document_that_runs_nothing() -> Result {
    let browser = Browser::open().await?;
    let (stories, paper) = attacks();
    let mut server = Server::start(paper).await?;
    browser.goto_app(&server.url(edition::SECTION)).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    let paths: Vec<_> = with_front_matter(stories).map(Story::path).collect();
    for path in &paths {
        follow(&browser, path).await?;
        until_kept(&browser, path).await?;
    }
    server.stop().await;
    let mut found = Vec::new();
    for path in &paths {
        browser.goto(&server.url(path)).await?;
        browser.until_taken_over().await?;
        let text = browser.text("document.querySelector('.prose').textContent").await?;
        assert!(text.contains("One."), "{path}: {text}");
        let told: Vec<String> = serde_json::from_value(browser.eval(MARKS).await?)?;
        found.extend(told.into_iter().map(|it| format!("{path}: {it}")));
    }
    found.extend(stopped_by_the_policy(&browser).await?);
    assert!(found.is_empty(), "{} things:\n{}", found.len(), found.join("\n"));
    browser.close().await
}

/// The stories whose front matter is tried, without the withdrawn one, which has no text.
fn with_front_matter(stories: &[Story]) -> impl Iterator<Item = &Story> {
    stories.iter().filter(|it| it.is_front())
}

/// Opens a page inside the app. The click is a script's, because no page may cover its link.
async fn follow(browser: &Browser, path: &str) -> Result {
    let click = format!(
        "(() => {{
            const link = document.createElement('a');
            link.href = '{path}';
            document.querySelector('main').prepend(link);
            link.click();
            link.remove();
        }})()"
    );
    browser.eval(&click).await?;
    let shown = format!("location.pathname === '{path}' && document.querySelector('.prose')");
    browser.until(&shown).await
}

/// Waits until the worker has the page of a path.
async fn until_kept(browser: &Browser, path: &str) -> Result {
    let kept = format!(
        "(async () => {{
            const end = performance.now() + 20_000;
            while (performance.now() < end) {{
                if (await caches.match('{path}')) return true;
                await new Promise(requestAnimationFrame);
            }}
        }})()"
    );
    anyhow::ensure!(browser.resolve(&kept).await? == true, "{path} was never kept");
    Ok(())
}

/// Sets off whatever the page of a story has; what came of it.
async fn provoke(browser: &Browser, story: &Story, how: &str) -> Result<Vec<String>> {
    provoke_page(browser, &story.path(), &story.ends, how).await
}

async fn provoke_page(
    browser: &Browser,
    path: &str,
    ends: &[&str],
    how: &str,
) -> Result<Vec<String>> {
    let ends = ends.join(" ");
    let event = format!("new CustomEvent('attacks:provoke', {{ detail: '{ends}' }})");
    browser.eval(&format!("dispatchEvent({event})")).await?;
    browser.until("document.documentElement.dataset.attacks").await?;
    let told = browser.text("document.documentElement.dataset.attacks").await?;
    let told: Vec<String> = serde_json::from_str(&told)?;
    let at = browser.text("location.pathname").await?;
    let left = (at != path).then(|| format!("the page was left for {at}"));
    Ok(told.into_iter().chain(left).map(|it| format!("{path} {how}: {it}")).collect())
}

/// What Chromium says of policies in its console.
async fn stopped_by_the_policy(browser: &Browser) -> Result<Vec<String>> {
    if browser.engine() != Engine::Chromium {
        return Ok(Vec::new());
    }
    let mut told = browser.complaints().await?;
    told.retain(|it| ["Content Security Policy", "sandboxed"].iter().any(|word| it.contains(word)));
    Ok(told)
}

/// What was asked for that only a string could ask for.
fn trapped(server: &Server) -> impl Iterator<Item = String> {
    let log = server.take_log().into_iter();
    log.filter(|path| path.contains(TRAP)).map(|path| format!("{path} was asked for"))
}

async fn a_picture_opened_by_its_address_runs_nothing(browser: Browser) -> Result {
    let (stories, paper) = attacks();
    let pictures = stories.last().map(Story::path).unwrap_or_default();
    let mut found = Vec::new();
    for policy in [true, false] {
        let server = Server::start(paper).await?;
        if !policy {
            server.take_policies_away();
        }
        browser.goto(&server.url(&pictures)).await?;
        let addresses = "[...document.querySelectorAll('.prose img')].map((it) => it.src)";
        let addresses: Vec<String> = serde_json::from_value(browser.eval(addresses).await?)?;
        assert_eq!(addresses.len(), strings::drawings().len());
        for address in addresses {
            browser.goto(&address).await?;
            // Under its policy nobody runs a script in it, not even a driver.
            if !policy {
                let told: Vec<String> = serde_json::from_value(browser.resolve(LOOK).await?)?;
                found.extend(told.into_iter().map(|it| format!("{address}: {it}")));
            }
        }
        found.extend(trapped(&server));
    }
    found.extend(stopped_by_the_policy(&browser).await?);
    assert!(found.is_empty(), "{} things:\n{}", found.len(), found.join("\n"));
    browser.close().await
}

#[test]
fn what_cannot_be_made_safe_is_not_published() -> Result {
    for attack in strings::refused_drawings() {
        let (told, articles, files) = edition::alone(edition::SHOWS_A_DRAWING, &attack.text)?;
        assert_eq!((told.len(), articles, files), (1, 1, 0), "{}: {told:?}", attack.name);
    }
    for attack in strings::refused() {
        let (told, articles, _) = edition::alone(&attack.text, "")?;
        assert_eq!((told.len(), articles), (1, 0), "{}: {told:?}", attack.name);
    }
    Ok(())
}

#[test]
fn every_string_has_a_name_of_its_own() {
    let names = strings::names();
    let once: HashSet<_> = names.iter().collect();
    assert_eq!(once.len(), names.len());
    assert!(names.len() > 500, "{}", names.len());
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    assert!(names.iter().all(|it| it.chars().all(plain)));
}
