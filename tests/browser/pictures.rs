//! Pictures as readers see them: light on a telephone, upright, nothing moves while they come.

use anyhow::Context as _;
use serde_json::{Value, json};
use tests::{Browser, Result, Server, WrittenEdition, in_every_engine, sample};

in_every_engine! {
    the_pictures_of_an_article_come_when_they_are_in_sight_also_in_the_app;
    a_reader_who_wants_small_pictures_gets_them_from_then_on;
}

async fn the_pictures_of_an_article_come_when_they_are_in_sight_also_in_the_app(
    browser: Browser,
) -> Result {
    let server = Server::start(sample()).await?;
    browser.goto_app(&server.url("/")).await?;
    browser.mark_document().await?;
    // The first two with a picture, one after the other.
    for nth in [2, 4] {
        let link = format!(".cards > li:nth-child({nth}) h2 a");
        let path = browser.path_of(&link).await?;
        browser.click(&link).await?;
        browser
            .until(&format!(
                "location.pathname === '{path}' && document.querySelector('.article img')"
            ))
            .await?;
        let pictures = browser.number("document.querySelectorAll('.article img').length").await?;
        for number in 0..pictures as usize {
            let picture = format!("document.querySelectorAll('.article img')[{number}]");
            browser.eval(&format!("{picture}.scrollIntoView({{ block: 'center' }})")).await?;
            browser.until(&format!("{picture}.complete && {picture}.naturalWidth > 0")).await?;
        }
        browser.eval("history.back()").await?;
        browser.until("location.pathname === '/' && document.querySelector('.cards')").await?;
    }
    assert!(browser.same_document().await?);
    browser.close().await
}

/// Sums up how much the page moved while it was loaded.
const OBSERVE: &str = "window.shift = 0; new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: 'layout-shift', buffered: true });";

/// What all pictures of the sample edition's front page may weigh on a telephone of 360 x 800 pixels with two dots
/// to each, in bytes: a sixth of what their files weigh in the edition.
const FRONT: f64 = 180_000.0;

#[tokio::test]
async fn the_front_page_on_a_telephone_is_light_and_nothing_in_it_moves() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let telephone = json!({"width": 360, "height": 800, "deviceScaleFactor": 2, "mobile": true});
    browser.cdp("Emulation.setDeviceMetricsOverride", telephone).await?;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": OBSERVE})).await?;
    browser.goto_app(&server.url("/")).await?;
    let first = "document.querySelector('.card--lead img')";
    browser.until(&format!("{first}.complete && {first}.naturalWidth > 0")).await?;
    assert_eq!(browser.text(&format!("{first}.fetchPriority")).await?, "high");
    let pictures = browser.number("document.images.length").await?;
    browser.eval("[...document.images].forEach((it) => { it.loading = 'eager'; })").await?;
    browser.until("[...document.images].every((it) => it.complete && it.naturalWidth > 0)").await?;
    let bytes = browser
        .number(
            "performance.getEntriesByType('resource').filter((it) => it.initiatorType === 'img')
                .reduce((sum, it) => sum + it.encodedBodySize, 0)",
        )
        .await?;
    assert!(pictures > 15.0 && bytes > 0.0 && bytes <= FRONT, "{bytes} bytes of {pictures}");
    assert_eq!(browser.number("window.shift").await?, 0.0);
    browser.close().await
}

#[tokio::test]
async fn with_save_data_pictures_come_small() -> Result {
    let server = Server::start(sample()).await?;
    let browser = Browser::open().await?;
    let saver = json!({"dataSaverEnabled": true});
    browser.cdp("Emulation.setDataSaverOverride", saver).await?;
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    pictures_come_small(&browser, &server).await?;
    browser.close().await
}

async fn a_reader_who_wants_small_pictures_gets_them_from_then_on(mut browser: Browser) -> Result {
    let server = Server::start(sample()).await?;
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until("navigator.serviceWorker.controller").await?;
    browser.until("document.querySelector('.saved-page--live')").await?;
    browser.click("[name=small]").await?;
    browser.restart().await?;
    browser.goto_app(&server.url("/saved/")).await?;
    browser.until("document.querySelector('[name=small]').checked").await?;
    pictures_come_small(&browser, &server).await?;
    browser.close().await
}

/// The pictures of the front page are asked for at the width for little data, whatever the page names.
async fn pictures_come_small(browser: &Browser, server: &Server) -> Result {
    server.take_log();
    browser.goto_app(&server.url("/")).await?;
    let first = "document.querySelector('.card--lead img')";
    browser.until(&format!("{first}.complete && {first}.naturalWidth > 0")).await?;
    let named = browser.text(&format!("{first}.currentSrc")).await?;
    assert!(width_of(&named).is_some_and(|width| width > 540), "{named}");
    let log = server.take_log();
    let widths: Vec<u32> = log.iter().filter_map(|it| width_of(it)).collect();
    assert!(widths.contains(&480), "{log:?}");
    assert!(widths.iter().all(|it| *it <= 540), "{log:?}");
    Ok(())
}

/// The width of the file of a picture at one of its widths: 480 of `/a/b-480.1a2b3c4d.webp`.
fn width_of(address: &str) -> Option<u32> {
    let stem = address.strip_suffix(".webp")?.rsplit_once('.')?.0;
    stem.rsplit_once('-')?.1.parse().ok()
}

const SITE: &str = "title = \"A\"\nlanguage = \"en\"\ntimezone = \"UTC\"\nbase_url = \"https://a.example/\"\n\
                    [[sections]]\nslug = \"s\"\ntitle = \"S\"\n";

/// A photograph whose corners differ, as the browser writes it: a JPEG file in base64.
const CORNERS: &str = "(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 120, height: 80 });
    const context = canvas.getContext('2d');
    const corners = [['#c03020', 0, 0], ['#20a040', 60, 0], ['#3050c0', 0, 40], ['#e0c040', 60, 40]];
    for (const [colour, x, y] of corners) {
        context.fillStyle = colour;
        context.fillRect(x, y, 60, 40);
    }
    context.fillStyle = '#ffffff';
    context.fillRect(10, 5, 30, 10);
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1];
})()";

/// The segment of a JPEG file that says how its picture lies (Exif 2.32, section 4.6.4, tag 0x0112).
fn orientation(value: u8) -> Vec<u8> {
    let mut out = b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    out.extend([value, 0, 0, 0, 0, 0, 0, 0]);
    out
}

#[tokio::test]
async fn a_photograph_lies_as_the_browser_shows_its_original() -> Result {
    let browser = Browser::open().await?;
    let server = Server::start(sample()).await?;
    browser.goto(&server.url(tests::BLANK_PAGE)).await?;
    let corners =
        browser.resolve(&format!("[...atob({CORNERS})].map((it) => it.charCodeAt(0))")).await?;
    let corners: Vec<u8> = serde_json::from_value(corners)?;
    let edition = WrittenEdition::begin(SITE)?;
    let mut originals = Vec::new();
    for value in 1..=8 {
        let original = [&corners[..2], &orientation(value), &corners[2..]].concat();
        edition.article(
            &format!("s/a{value}"),
            "title: A\ndate: 2026-01-01\n",
            &format!("Text.\n\n![a](/p{value}.jpg)\n"),
        )?;
        edition.file(&format!("p{value}.jpg"), &original)?;
        originals.push(original);
    }
    let paper = edition.print(None)?;
    let server = Server::start(&paper).await?;
    for (value, original) in (1..).zip(originals) {
        browser.goto(&server.url(&format!("/s/a{value}/"))).await?;
        let compared = browser
            .resolve(&format!(
                "(async () => {{
                    const pixels = async (blob) => {{
                        const bitmap = await createImageBitmap(blob);
                        const {{ width, height }} = bitmap;
                        const canvas = Object.assign(document.createElement('canvas'), {{ width, height }});
                        const context = canvas.getContext('2d');
                        context.drawImage(bitmap, 0, 0);
                        return [width, height, context.getImageData(0, 0, width, height).data];
                    }};
                    const original = await pixels(new Blob([new Uint8Array({original:?})]));
                    const img = document.querySelector('.article img');
                    const out = [];
                    for (const address of [img.src, img.currentSrc]) {{
                        const shown = await pixels(await (await fetch(address)).blob());
                        const apart = shown[2].reduce((sum, it, at) => sum + Math.abs(it - original[2][at]), 0);
                        const sides = shown[0] === original[0] && shown[1] === original[1];
                        out.push([address, sides, apart / shown[2].length]);
                    }}
                    return out;
                }})()"
            ))
            .await?;
        let compared = compared.as_array().with_context(|| compared.to_string())?;
        assert_ne!(compared[0][0], compared[1][0]);
        for it in compared {
            assert_eq!(it[1], Value::Bool(true), "orientation {value}: {it}");
            assert!(it[2].as_f64().is_some_and(|apart| apart < 5.0), "orientation {value}: {it}");
        }
    }
    browser.close().await
}
