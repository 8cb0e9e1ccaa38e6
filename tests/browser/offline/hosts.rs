//! The same paper behind real hosts: what is read, saved and deployed there is there without a network, too.

use tests::{Browser, Event, Host, HostKind, Paper, Result, in_every_engine, report, sample};

use super::updates::{UPDATE, build_of, until_in_charge, until_shells};
use super::*;

macro_rules! behind_every_host {
    ($($story:ident;)*) => {
        $(mod $story {
            use super::*;

            in_every_engine! {
                behind_nginx;
                behind_caddy;
                behind_a_host_without_slashes;
            }

            async fn behind_nginx(browser: Browser) -> Result {
                behind(HostKind::Nginx, browser, super::$story).await
            }
            async fn behind_caddy(browser: Browser) -> Result {
                behind(HostKind::Caddy, browser, super::$story).await
            }
            async fn behind_a_host_without_slashes(browser: Browser) -> Result {
                behind(HostKind::NginxWithoutSlashes, browser, super::$story).await
            }
        })*
    };
}

behind_every_host! {
    what_was_read_and_saved_opens_on_a_cold_start;
    a_deploy_reaches_the_reader_and_keeps_what_was_saved;
}

/// Tells a story of the sample edition on a host, or reports that the host is not there.
async fn behind(
    kind: HostKind,
    browser: Browser,
    story: impl AsyncFn(Browser, Host) -> Result,
) -> Result {
    match kind.missing() {
        Some(why) => report(Event::NotRun, &why),
        None => story(browser, Host::start(kind, sample()).await?).await,
    }
}

/// The path of an article and its text.
type Kept = (String, String);

/// Visits the front and an article with a picture, saves that, and follows a link; both articles, the saved one first.
async fn visit_and_save(browser: &Browser, host: &Host) -> Result<[Kept; 2]> {
    browser.goto_app(&host.url("/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    until_in(browser, "read", "/").await?;
    let saved = with_picture(sample())?;
    browser.goto_app(&host.url(&saved)).await?;
    browser.click(".save").await?;
    browser.until(IS_SAVED).await?;
    until_in(browser, "saved", &saved).await?;
    until_pictures_in(browser, "saved").await?;
    let saved = (saved, browser.text(BODY).await?);
    let read = follow(browser, ".related a").await?;
    until_in(browser, "read", &read).await?;
    let read = (read, browser.text(BODY).await?);
    for page in ["/offline/", "/saved/"] {
        until_resolved(browser, &format!("caches.match('{page}')")).await?;
    }
    Ok([saved, read])
}

/// Opens what was kept, although the host is gone.
async fn open_kept(browser: &Browser, host: &Host, [saved, read]: &[Kept; 2]) -> Result {
    for (path, text) in [read, saved] {
        for address in [path, path.trim_end_matches('/')] {
            browser.goto_app(&host.url(address)).await?;
            assert_eq!(browser.text(BODY).await?, *text, "{address}");
        }
    }
    browser.until(IS_SAVED).await?;
    until_pictures_shown(browser).await?;
    browser.goto_app(&host.url("/saved/")).await?;
    browser.until("document.querySelectorAll('.saved-article').length === 1").await?;
    browser.goto_app(&host.url("/")).await?;
    browser.until("document.querySelector('.card--lead')").await?;
    let never = sample().articles().last().unwrap_or("/");
    browser.goto(&host.url(never)).await?;
    browser.until("document.querySelector('h1')?.innerText === 'Không có kết nối mạng'").await
}

async fn what_was_read_and_saved_opens_on_a_cold_start(
    mut browser: Browser,
    mut host: Host,
) -> Result {
    let kept = visit_and_save(&browser, &host).await?;
    host.stop().await?;
    browser.restart().await?;
    open_kept(&browser, &host, &kept).await?;
    // The network is back, and so is the newspaper.
    host.start_again().await?;
    let never = sample().articles().last().unwrap_or("/");
    browser.goto_app(&host.url(never)).await?;
    browser.until("document.querySelector('.article')").await?;
    browser.close().await
}

async fn a_deploy_reaches_the_reader_and_keeps_what_was_saved(
    mut browser: Browser,
    mut host: Host,
) -> Result {
    let kept = visit_and_save(&browser, &host).await?;
    let paper = Paper::sample_of_build("second")?;
    host.deploy(&paper).await?;
    browser.resolve(UPDATE).await?;
    until_in_charge(&browser, &paper).await?;
    // The tab of the old build still works, and the next one has the new build.
    follow(&browser, ".masthead").await?;
    browser.restart().await?;
    browser.goto_app(&host.url("/")).await?;
    let build = build_of(&paper)?;
    until_shells(&browser, &[&build]).await?;
    // The first page after the start may have been the copy of the old build: a busy machine is a slow network.
    browser.goto_app(&host.url("/")).await?;
    assert_eq!(browser.text("document.querySelector('[data-build]').dataset.build").await?, build);
    host.stop().await?;
    browser.restart().await?;
    open_kept(&browser, &host, &kept).await?;
    browser.close().await
}
