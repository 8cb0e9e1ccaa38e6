//! What plays: nobody else is asked before a click, after it the player alone; the newspaper's own sound goes on where
//! the reader stopped.

use std::collections::BTreeSet;
use std::fs;

use tests::{Browser, Paper, Proxy, Result, Server, WrittenEdition, in_every_engine, sample};

in_every_engine! {
    nobody_else_is_asked_before_a_click_and_after_it_the_player_alone;
    sound_and_the_card_of_a_film_are_there_without_a_network;
    sound_begins_at_a_chapter_and_goes_on_where_the_reader_stopped;
}

/// The article with sound and chapters of the sample edition, and that with the card of a film.
const SOUND: &str = "/van-hoa/dieu-sao-dong-vong/";
const FILM: &str = "/english/the-kite-that-sings/";
/// The sound of the article that is shown.
const AUDIO: &str = "document.querySelector('.c-player audio')";

const SITE: &str = "title = \"Báo\"\nlanguage = \"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"\n\
    base_url = \"https://paper.example/\"\n[players]\nframes = [\"https://frames.example\"]\n\
    [[sections]]\nslug = \"tin\"\ntitle = \"Tin\"\n";

/// Every way in which something of another site can be shown.
const EVERYTHING: &str = "
https://www.youtube.com/watch?v=aaaaaaaaaaa

https://vimeo.com/1

https://www.facebook.com/paper/videos/2

https://www.tiktok.com/@paper/video/3

https://x.com/paper/status/4

https://open.spotify.com/track/5

https://soundcloud.com/paper/six

{{< youtube bbbbbbbbbbb >}}

[embed]https://dai.ly/x7[/embed]

https://www.instagram.com/p/eight/

<iframe src='https://frames.example/nine'></iframe>

<iframe src='https://elsewhere.example/ten'></iframe>

<video src='https://elsewhere.example/eleven.mp4' poster='https://elsewhere.example/eleven.jpg'></video>

<audio src='https://elsewhere.example/twelve.mp3' autoplay></audio>

<object data='https://elsewhere.example/13'><embed src='https://elsewhere.example/14'></object>

![a](https://elsewhere.example/15.jpg)
";

/// The hosts of all addresses in the files of a site that are read by browsers.
fn named(paper: &Paper) -> Result<BTreeSet<String>> {
    let mut hosts = BTreeSet::new();
    let mut folders = vec![paper.site()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "html" || it == "json" || it == "js")
            {
                let text = fs::read_to_string(&path)?;
                let after = text.split("://").skip(1);
                let host = after.filter_map(|it| {
                    it.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-')).next()
                });
                hosts.extend(host.map(str::to_ascii_lowercase).filter(|it| it.contains('.')));
            }
        }
    }
    // What the documents of this repository name, and a browser may ask for by itself.
    hosts.retain(|it| !it.starts_with("127.") && !it.ends_with("w3.org"));
    Ok(hosts)
}

async fn nobody_else_is_asked_before_a_click_and_after_it_the_player_alone(
    mut browser: Browser,
) -> Result {
    let edition = WrittenEdition::begin(SITE)?;
    edition.article("tin/moi", "title: Mới\ndate: 2026-11-20\n", EVERYTHING)?;
    let paper = edition.print(None)?;
    let named = named(&paper)?;
    for host in ["www.youtube-nocookie.com", "frames.example", "elsewhere.example"] {
        assert!(named.contains(host), "{named:?}");
    }
    let server = Server::start(&paper).await?;
    let proxy = Proxy::start().await?;
    browser.restart_behind(&proxy).await?;
    let asked = || -> BTreeSet<String> { proxy.hosts().intersection(&named).cloned().collect() };

    // All pages as documents, those of the players too, and the article in the app.
    let players =
        "[...document.querySelectorAll('.c-player[data-player]')].map((it) => it.dataset.player)";
    browser.goto_app(&server.url("/tin/moi/")).await?;
    let frames: Vec<String> = serde_json::from_value(browser.eval(players).await?)?;
    assert_eq!(frames.len(), 11, "{frames:?}");
    let embeds = ["/embed/front.html", "/embed/article/tin/moi.html", "/embed/", "/404.html"];
    let pages = paper.pages.iter().map(String::as_str).chain(embeds);
    for path in pages.chain(frames.iter().map(String::as_str)) {
        browser.goto(&server.url(path)).await?;
        browser.until("document.readyState === 'complete'").await?;
    }
    browser.goto_app(&server.url("/")).await?;
    browser.click(".cards h2 a, .lead h2 a").await?;
    browser.until("document.querySelector('.c-player')").await?;
    let policy = "document.querySelector('meta[http-equiv]').content.match(/frame-src [^;]*/)[0]";
    assert_eq!(browser.text(policy).await?, "frame-src 'self'");
    assert_eq!(asked(), BTreeSet::new(), "before a click");

    browser.click(".c-player a").await?;
    browser.until("document.querySelector('.c-player.c-open iframe')?.contentDocument?.querySelector('iframe')").await?;
    let end = tokio::time::Instant::now() + std::time::Duration::from_secs(20);
    while asked().is_empty() && tokio::time::Instant::now() < end {
        browser.eval("1").await?;
    }
    let mut asked = asked();
    // Chromium connects to where a link leads as soon as it is pressed.
    asked.remove("www.youtube.com");
    assert_eq!(asked, BTreeSet::from(["www.youtube-nocookie.com".to_owned()]));
    let inner =
        "document.querySelector('.c-open iframe').contentDocument.querySelector('iframe').src";
    let wanted = "https://www.youtube-nocookie.com/embed/aaaaaaaaaaa?autoplay=1";
    assert_eq!(browser.text(inner).await?, wanted);
    assert!(
        browser.eval("document.activeElement.localName").await? == "iframe",
        "it has the focus"
    );
    browser.close().await
}

async fn sound_and_the_card_of_a_film_are_there_without_a_network(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    browser.goto_app(&server.url("/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    for path in [SOUND, FILM] {
        browser.goto_app(&server.url(path)).await?;
        browser.click(".save").await?;
        browser.until("document.querySelector('.save').ariaPressed === 'true'").await?;
        let kept = format!(
            "caches.open('broadsheet-v2-saved:/').then((it) => it.match('{path}')).then((it) => !!it)"
        );
        let end = tokio::time::Instant::now() + std::time::Duration::from_secs(40);
        while browser.resolve(&kept).await? != true && tokio::time::Instant::now() < end {
            browser.eval("1").await?;
        }
    }
    // What was only read is gone: what is saved needs none of it.
    for kind in ["read", "pictures"] {
        browser.resolve(&format!("caches.delete('broadsheet-v2-{kind}:/')")).await?;
    }
    server.stop().await;
    browser.restart().await?;

    browser.goto_app(&server.url(SOUND)).await?;
    // Any place of it can be asked for.
    browser.eval(&format!("({AUDIO}.preload = 'auto', {AUDIO}.load())")).await?;
    browser.until(&format!("{AUDIO}.duration > 25")).await?;
    browser.eval(&format!("({AUDIO}.currentTime = 20)")).await?;
    browser
        .until(&format!(
            "!{AUDIO}.seeking && {AUDIO}.currentTime >= 19.5 && {AUDIO}.readyState > 1"
        ))
        .await?;

    browser.goto_app(&server.url(FILM)).await?;
    let card = "document.querySelector('.c-player a')";
    let wanted = "https://www.youtube.com/watch?v=dieuSaoDV41";
    assert_eq!(browser.text(&format!("{card}.href")).await?, wanted);
    let poster = "document.querySelector('.c-player img')";
    browser.eval(&format!("({poster}.loading = 'eager')")).await?;
    browser.until(&format!("{poster}.naturalWidth")).await?;
    browser.close().await
}

async fn sound_begins_at_a_chapter_and_goes_on_where_the_reader_stopped(
    browser: Browser,
) -> Result {
    let server = Server::start(sample()).await?;
    browser.goto_app(&server.url(SOUND)).await?;
    browser.click(".c-chapters li:nth-child(3) a").await?;
    browser.until(&format!("{AUDIO}.currentTime >= 12")).await?;
    browser
        .until("document.querySelector('.c-chapters [aria-current]')?.innerText.includes('đẩu')")
        .await?;
    assert!(browser.text("location.pathname").await? == SOUND, "the link led nowhere else");
    browser.eval(&format!("({AUDIO}.currentTime = 15, {AUDIO}.pause())")).await?;
    let place =
        "Object.entries(localStorage).find(([it]) => it.startsWith('broadsheet:place:'))?.[1]";
    browser.until(&format!("{place} >= 15")).await?;

    browser.goto_app(&server.url(SOUND)).await?;
    browser.click(".c-audio > a").await?;
    browser.until(&format!("{AUDIO}.currentTime >= 15")).await?;
    let ranges = "performance.getEntriesByType('resource').every((it) => it.name.startsWith(location.origin))";
    assert!(browser.eval(ranges).await? == true);
    browser.close().await
}

#[tokio::test]
async fn without_script_a_card_is_a_link_and_sound_has_its_controls() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open_with(360, false, false).await?;
    browser.goto(&server.url(FILM)).await?;
    assert!(browser.number("document.querySelector('.c-player > a').offsetHeight").await? > 100.0);
    browser.goto(&server.url(SOUND)).await?;
    assert!(browser.eval(&format!("{AUDIO}.controls")).await? == true);
    assert!(browser.text("document.querySelector('.c-chapters a').hash").await? == "#t=0");
    browser.close().await
}

#[tokio::test]
async fn where_the_player_cannot_be_had_the_link_leads_to_its_site() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    browser.goto_app(&server.url(FILM)).await?;
    let player = browser.text("document.querySelector('[data-player]').dataset.player").await?;
    server.break_path(&player, tests::Fault::Status(500));
    // It leads to the newspaper here, because there is no other site.
    browser.eval("(document.querySelector('.c-player > a').href = '/saved/')").await?;
    browser.click(".c-player > a").await?;
    browser.until("location.pathname === '/saved/'").await?;
    browser.close().await
}
