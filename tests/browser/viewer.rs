//! Pictures that open large: by mouse, keyboard and touch, with the app and without it, and the way back.

use std::env;
use std::fs;

use anyhow::Context as _;
use serde_json::{Value, json};
use tests::{Browser, Engine, Fault, Paper, Result, Server, in_every_engine, sample};
use thirtyfour::prelude::*;

use crate::accessibility::RUN;

in_every_engine! {
    a_click_opens_a_picture_and_escape_gives_the_focus_back;
    the_keys_turn_the_pictures_over;
    back_closes_the_picture_and_leads_on_to_the_page_before;
    fingers_turn_over_enlarge_and_close;
    a_saved_article_opens_its_pictures_without_a_network;
    without_the_script_the_link_leads_to_the_picture;
    a_picture_opens_where_the_app_does_not_start;
}

/// An article of the sample edition with a lead picture and a gallery of four.
const ARTICLE: &str = "/van-hoa/dieu-sao-dong-vong/";
/// The link of the second picture of its gallery, the third of five.
const SECOND: &str = ".c-gallery figure:nth-child(2) a";
const OPEN: &str = "document.querySelector('dialog.viewer')?.open";
const CLOSED: &str = "!document.querySelector('.viewer')";
const PLACE: &str = "document.querySelector('.viewer__place').textContent";
const CAPTION: &str = "document.querySelector('.viewer__caption').innerText";
/// The picture that is open has come, from the widest files that there are.
const SHOWN: &str = "document.querySelector('.viewer img')?.naturalWidth > 0 && document.querySelector('.viewer img').complete";

async fn read(browser: &Browser, server: &Server) -> Result {
    browser.goto_app(&server.url(ARTICLE)).await?;
    browser.mark_document().await
}

async fn open(browser: &Browser) -> Result {
    browser.click(SECOND).await?;
    browser.until(OPEN).await?;
    browser.until(SHOWN).await
}

async fn press(browser: &Browser, key: Key) -> Result {
    Ok(browser.driver().action_chain().send_keys(key + "").perform().await?)
}

/// The link that was opened has the focus, the page is where it was, and still the same document.
async fn is_back(browser: &Browser, scrolled: f64) -> Result {
    browser.until(CLOSED).await?;
    browser
        .until(&format!("document.activeElement === document.querySelector('{SECOND}')"))
        .await?;
    assert_eq!(browser.number("scrollY").await?, scrolled, "the page has moved");
    assert_eq!(browser.text("location.pathname").await?, ARTICLE);
    assert!(browser.same_document().await?);
    Ok(())
}

async fn a_click_opens_a_picture_and_escape_gives_the_focus_back(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    read(&browser, &server).await?;
    assert!(
        !server
            .take_log()
            .iter()
            .any(|path| path.contains("/van-hoa/dieu-sao-dong-vong/dieu-va-1280")),
        "nothing is loaded for the viewer before it opens"
    );
    open(&browser).await?;
    let scrolled = browser.number("scrollY").await?;
    assert!(scrolled > 100.0, "{scrolled}");
    assert_eq!(browser.text(PLACE).await?, "Ảnh 3 trên 5");
    assert_eq!(browser.text(CAPTION).await?.trim(), "Số 41: bảy miếng vá, một giải nhất.");
    let wide = browser.number("document.querySelector('.viewer img').width").await?;
    let before = browser.number(&format!("document.querySelector('{SECOND} img').width")).await?;
    assert!(wide > 2.0 * before, "{wide} is not much wider than {before}");
    let close = "document.activeElement.getAttribute('aria-label')";
    assert_eq!(browser.text(close).await?, "Đóng");
    press(&browser, Key::Escape).await?;
    is_back(&browser, scrolled).await?;
    // Once more, closed by the button.
    open(&browser).await?;
    let scrolled = browser.number("scrollY").await?;
    browser.click(".viewer__close").await?;
    is_back(&browser, scrolled).await?;
    // The entries that the viewer made are the page's own: a link works as ever.
    browser.click(".sections a").await?;
    browser.until("location.pathname === '/thoi-su/' && document.querySelector('.cards')").await?;
    assert!(browser.same_document().await?);
    browser.close().await
}

async fn the_keys_turn_the_pictures_over(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    read(&browser, &server).await?;
    browser.eval(&format!("document.querySelector('{SECOND}').focus()")).await?;
    press(&browser, Key::Enter).await?;
    browser.until(OPEN).await?;
    let shows =
        async |number: u32| browser.until(&format!("{PLACE} === 'Ảnh {number} trên 5'")).await;
    shows(3).await?;
    press(&browser, Key::Right).await?;
    shows(4).await?;
    assert_eq!(browser.text(CAPTION).await?, "Chiêng, còi, đẩu. Tranh: Vi Thị Lụa");
    let credit = "document.querySelector('.viewer__caption small').textContent";
    assert_eq!(browser.text(credit).await?, "Tranh: Vi Thị Lụa");
    let alt = "document.querySelector('.viewer img').alt";
    assert!(browser.text(alt).await?.starts_with("Ba ống sáo tre"));
    press(&browser, Key::End).await?;
    shows(5).await?;
    press(&browser, Key::Right).await?;
    shows(5).await?;
    press(&browser, Key::Home).await?;
    shows(1).await?;
    assert_eq!(browser.text(CAPTION).await?, "Bãi diều Đồng Vọng chiều 20-9.");
    press(&browser, Key::Left).await?;
    shows(1).await?;
    browser.eval("document.querySelector('.viewer__zoom').focus()").await?;
    for pressed in [true, false] {
        press(&browser, Key::Enter).await?;
        browser
            .until(&format!("document.querySelector('.viewer__zoom').ariaPressed === '{pressed}'"))
            .await?;
    }
    // The focus never leaves the viewer for the page; it may go on to the browser's own buttons, where no key is the
    // page's any more.
    for _ in 0..8 {
        press(&browser, Key::Tab).await?;
        let inside = "document.activeElement === document.body || document.querySelector('.viewer').contains(document.activeElement)";
        assert_eq!(browser.eval(inside).await?, Value::Bool(true));
    }
    browser.click(".viewer__close").await?;
    browser.until(CLOSED).await?;
    // Written from right to left, the next picture is on the left; in English it speaks English.
    browser.eval("(document.documentElement.dir = 'rtl', document.querySelector('#app-root').lang = 'en')").await?;
    browser.eval(&format!("document.querySelector('{SECOND}').click()")).await?;
    browser.until(&format!("{OPEN} && {PLACE} === 'Picture 3 of 5'")).await?;
    press(&browser, Key::Left).await?;
    browser.until(&format!("{PLACE} === 'Picture 4 of 5'")).await?;
    let (next, previous) = (
        "document.querySelector('.viewer__next').getBoundingClientRect().left",
        "document.querySelector('.viewer__previous').getBoundingClientRect().left",
    );
    assert!(browser.number(next).await? < browser.number(previous).await?);
    browser.close().await
}

async fn back_closes_the_picture_and_leads_on_to_the_page_before(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    browser.goto_app(&server.url("/van-hoa/")).await?;
    browser.mark_document().await?;
    browser.click(&format!("main a[href='{ARTICLE}']")).await?;
    browser.until_arrived(ARTICLE).await?;
    open(&browser).await?;
    let scrolled = browser.number("scrollY").await?;
    browser.eval("history.back()").await?;
    is_back(&browser, scrolled).await?;
    // Forward is the same page, and no picture.
    for way in ["forward", "back"] {
        browser
            .resolve(&format!(
                "new Promise((done) => {{
                    addEventListener('popstate', () => done(true), {{ once: true }});
                    history.{way}();
                }})"
            ))
            .await?;
        assert_eq!(browser.eval(CLOSED).await?, Value::Bool(true), "{way}");
        assert_eq!(browser.text("location.pathname").await?, ARTICLE, "{way}");
    }
    open(&browser).await?;
    press(&browser, Key::Escape).await?;
    browser.until(CLOSED).await?;
    browser.eval("history.back()").await?;
    browser.until("location.pathname === '/van-hoa/' && document.querySelector('.cards')").await?;
    assert!(browser.same_document().await?);
    browser.close().await
}

/// What a finger does on the stage: a pointer goes from the middle by so many pixels. The drivers of two engines have
/// no fingers, so the events are made in the page.
async fn finger(browser: &Browser, id: u32, steps: &[(&str, i32, i32)]) -> Result {
    let steps = json!(steps);
    let script = format!(
        "(() => {{
            const stage = document.querySelector('.viewer__stage');
            const {{ left, top, width, height }} = stage.getBoundingClientRect();
            for (const [name, x, y] of {steps}) {{
                (name === 'pointerdown' ? stage.querySelector('img') : stage).dispatchEvent(new PointerEvent(name, {{
                    bubbles: true, pointerId: {id}, pointerType: 'touch', isPrimary: {id} === 1,
                    clientX: left + width / 2 + x, clientY: top + height / 2 + y,
                }}));
            }}
            return true;
        }})()"
    );
    browser.eval(&script).await.map(|_| ())
}

async fn fingers_turn_over_enlarge_and_close(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    read(&browser, &server).await?;
    open(&browser).await?;
    let (down, go, up) = ("pointerdown", "pointermove", "pointerup");
    finger(&browser, 1, &[(down, 0, 0), (go, -60, 5), (up, -120, 5)]).await?;
    browser.until(&format!("{PLACE} === 'Ảnh 4 trên 5'")).await?;
    finger(&browser, 1, &[(down, 0, 0), (go, 60, 5), (up, 120, 5)]).await?;
    browser.until(&format!("{PLACE} === 'Ảnh 3 trên 5'")).await?;
    let size = "document.querySelector('.viewer img').getBoundingClientRect().width";
    let before = browser.number(size).await?;
    // Two taps enlarge at that point, two more put it back.
    finger(&browser, 1, &[(down, 30, 20), (up, 30, 20), (down, 30, 20), (up, 30, 20)]).await?;
    assert!(browser.number(size).await? > 2.0 * before);
    // A large picture is moved, not turned over.
    let left = "document.querySelector('.viewer img').getBoundingClientRect().left";
    let at = browser.number(left).await?;
    finger(&browser, 1, &[(down, 0, 0), (go, -60, 0), (up, -60, 0)]).await?;
    assert!((browser.number(left).await? - at + 60.0).abs() < 2.0);
    assert_eq!(browser.text(PLACE).await?, "Ảnh 3 trên 5");
    finger(&browser, 1, &[(down, 0, 0), (up, 0, 0), (down, 0, 0), (up, 0, 0)]).await?;
    assert!((browser.number(size).await? - before).abs() < 1.0);
    // Two fingers that part enlarge, and close when they meet.
    finger(&browser, 1, &[(down, -20, 0)]).await?;
    finger(&browser, 2, &[(down, 20, 0), (go, 60, 0), (up, 60, 0)]).await?;
    finger(&browser, 1, &[(up, -20, 0)]).await?;
    let pinched = browser.number(size).await?;
    assert!((pinched / before - 2.0).abs() < 0.05, "{before} to {pinched}");
    finger(&browser, 1, &[(down, 0, 0), (up, 0, 0), (down, 0, 0), (up, 0, 0)]).await?;
    finger(&browser, 1, &[(down, 0, 0), (go, 5, 90), (up, 5, 180)]).await?;
    browser.until(CLOSED).await?;
    browser.close().await
}

async fn a_saved_article_opens_its_pictures_without_a_network(mut browser: Browser) -> Result {
    let mut server = Server::start(sample()).await?;
    read(&browser, &server).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    browser.click(".save").await?;
    browser.until("document.querySelector('.save')?.ariaPressed === 'true'").await?;
    let kept =
        "caches.open('broadsheet-v2-saved:/').then((it) => it.keys()).then((it) => it.length)";
    browser.until("performance.now() > 0").await?;
    while browser.resolve(kept).await?.as_f64().unwrap_or_default() < 6.0 {
        tokio::task::yield_now().await;
    }
    server.stop().await;
    browser.restart().await?;
    browser.goto_app(&server.url(ARTICLE)).await?;
    // The lead picture may be in the browser's cache; those of the gallery were never scrolled to.
    for number in [2, 3] {
        browser
            .eval(&format!(
                "document.querySelector('.c-gallery figure:nth-child({number}) a').click()"
            ))
            .await?;
        browser.until(OPEN).await?;
        browser.until(SHOWN).await?;
        press(&browser, Key::Escape).await?;
        browser.until(CLOSED).await?;
    }
    assert_eq!(browser.text("location.pathname").await?, ARTICLE);
    browser.close().await
}

/// The address of the script that opens pictures.
fn script() -> Result<String> {
    let page = sample().read("index.html")?;
    let name = page.split("data-viewer=\"").nth(1).and_then(|it| it.split('"').next());
    name.map(str::to_owned).context("the page names no viewer")
}

async fn without_the_script_the_link_leads_to_the_picture(browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    server.break_path(&script()?, Fault::Status(503));
    browser.goto_app(&server.url(ARTICLE)).await?;
    browser.click(SECOND).await?;
    browser.until("/dieu-va-1280\\.\\w+\\.webp$/.test(location.pathname)").await?;
    browser.eval("history.back()").await?;
    browser
        .until(&format!(
            "location.pathname === '{ARTICLE}' && document.querySelector('.c-gallery')"
        ))
        .await?;
    browser.close().await
}

async fn a_picture_opens_where_the_app_does_not_start(browser: Browser) -> Result {
    let server = Server::start(&Paper::sample_with_damaged_app()?).await?;
    browser.goto(&server.url(ARTICLE)).await?;
    browser.until_app_failed().await?;
    open(&browser).await?;
    browser.eval("history.back()").await?;
    browser.until(CLOSED).await?;
    browser
        .until(&format!("document.activeElement === document.querySelector('{SECOND}')"))
        .await?;
    browser.close().await
}

#[tokio::test]
async fn with_scripts_switched_off_the_link_leads_to_the_picture() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open_with(360, false, false).await?;
    browser.goto(&server.url(ARTICLE)).await?;
    let two = "new Set([...document.querySelectorAll('.c-gallery figure')].map((it) => it.getBoundingClientRect().left)).size";
    assert_eq!(browser.number(two).await?, 2.0, "a phone shows two side by side");
    browser.click(".article__picture a").await?;
    browser.until("/dieu-sao-\\d+\\.\\w+\\.webp$/.test(location.pathname)").await?;
    browser.close().await
}

#[tokio::test]
async fn a_finger_opens_a_picture_on_a_phone() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open_with(360, false, true).await?;
    browser.cdp("Emulation.setTouchEmulationEnabled", json!({"enabled": true})).await?;
    read(&browser, &server).await?;
    browser.eval(&format!("document.querySelector('{SECOND}').scrollIntoView({{ block: 'center', behavior: 'instant' }})")).await?;
    let place = format!(
        "(({{ x, y }}) => [x + 30, y + 30])(document.querySelector('{SECOND}').getBoundingClientRect())"
    );
    let touch = async |points: Value, name: &str| {
        browser.cdp("Input.dispatchTouchEvent", json!({"type": name, "touchPoints": points})).await
    };
    let at = browser.eval(&place).await?;
    touch(json!([{"x": at[0], "y": at[1]}]), "touchStart").await?;
    touch(json!([]), "touchEnd").await?;
    browser.until(OPEN).await?;
    // A finger that goes to the left.
    touch(json!([{"x": 200, "y": 400}]), "touchStart").await?;
    for x in [170, 130, 90] {
        touch(json!([{"x": x, "y": 402}]), "touchMove").await?;
    }
    touch(json!([]), "touchEnd").await?;
    browser.until(&format!("{PLACE} === 'Ảnh 4 trên 5'")).await?;
    // Two that part.
    touch(json!([{"x": 150, "y": 400, "id": 1}, {"x": 190, "y": 400, "id": 2}]), "touchStart")
        .await?;
    for by in [10, 20, 30] {
        touch(
            json!([{"x": 150 - by, "y": 400, "id": 1}, {"x": 190 + by, "y": 400, "id": 2}]),
            "touchMove",
        )
        .await?;
    }
    touch(json!([]), "touchEnd").await?;
    browser.until("document.querySelector('.viewer__zoom').ariaPressed === 'true'").await?;
    assert_eq!(
        browser.number("visualViewport.scale").await?,
        1.0,
        "the page under it is not enlarged"
    );
    browser.close().await
}

/// The open viewer in a window of this width; at 200 % a window has half of its width and height in CSS pixels.
async fn the_open_viewer_is_accessible(width: u32, dark: bool, percent: u32) -> Result {
    let file = env::var("AXE_JS").context("AXE_JS names no axe.min.js: run `make test`")?;
    let axe = fs::read_to_string(&file).context(file)?;
    let server = Server::start(sample()).await?;
    let browser = Browser::open_with(width, dark, true).await?;
    let scale = json!({"width": width * 100 / percent, "height": 900 * 100 / percent, "deviceScaleFactor": percent / 100, "mobile": false});
    browser.cdp("Emulation.setDeviceMetricsOverride", scale).await?;
    read(&browser, &server).await?;
    open(&browser).await?;
    browser.driver().execute(axe.clone(), Vec::new()).await?;
    assert_eq!(browser.resolve(RUN).await?, json!([]), "{width} pixels at {percent} %");
    let outside = "[...document.querySelectorAll('.viewer button, .viewer__caption, .viewer img')].filter((it) => {
        const { left, top, right, bottom } = it.getBoundingClientRect();
        return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
    }).map((it) => it.className)";
    assert_eq!(browser.eval(outside).await?, json!([]), "{width} pixels at {percent} %");
    if let Some(folder) = env::var_os("SCREENSHOTS") {
        let name = format!("viewer-{width}-{percent}-{dark}.png");
        browser.screenshot(&std::path::Path::new(&folder).join(name)).await?;
        press(&browser, Key::Escape).await?;
        browser.until(CLOSED).await?;
        browser.eval("document.querySelector('.c-gallery').scrollIntoView()").await?;
        let name = format!("gallery-{width}-{percent}-{dark}.png");
        browser.screenshot(&std::path::Path::new(&folder).join(name)).await?;
    }
    browser.close().await
}

#[tokio::test]
async fn axe_finds_nothing_in_the_open_viewer() -> Result {
    the_open_viewer_is_accessible(1280, false, 100).await?;
    the_open_viewer_is_accessible(360, true, 100).await
}

#[tokio::test]
async fn at_200_percent_nothing_of_the_viewer_is_out_of_reach() -> Result {
    the_open_viewer_is_accessible(640, false, 200).await
}

#[tokio::test]
async fn who_wants_no_motion_sees_none() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open_with(1280, false, true).await?;
    let features = json!([{"name": "prefers-reduced-motion", "value": "reduce"}]);
    browser.cdp("Emulation.setEmulatedMedia", json!({"features": features})).await?;
    read(&browser, &server).await?;
    assert_eq!(browser.engine(), Engine::Chromium);
    open(&browser).await?;
    assert_eq!(browser.number("document.getAnimations().length").await?, 0.0);
    browser.close().await
}
