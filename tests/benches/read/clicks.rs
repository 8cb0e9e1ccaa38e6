//! Clicks as readers make them: a pointer that moves to a link, rests, presses and lets go, or a finger, sent by the
//! browser's own input. The time is from the input (`timeStamp` of the click, UI Events) to the end of the frame with the
//! new heading.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{Browser, Paper, Result, Server};

use super::{RUNS, SLOWER, print};

/// The width of a telephone in pixels.
const WIDTH: u32 = 390;
/// How long a pointer rests on a link that is going to be clicked, and how long the button or the finger is down.
const RESTS: Duration = Duration::from_millis(500);
const DOWN: Duration = Duration::from_millis(70);
/// How many clicks are made in one page.
const IN_ONE_PAGE: usize = 21;

/// Puts a promise on the window: the milliseconds from the next click to the end of the frame that shows another heading.
const WATCH: &str = "(window.clicked = new Promise((done) => {
    const heading = () => document.querySelector('h1')?.textContent;
    const before = heading();
    let input = 0;
    addEventListener('click', (click) => { input = click.timeStamp; }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
        if (!input || !heading() || heading() === before) return;
        observer.disconnect();
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => done(performance.now() - input);
            channel.port2.postMessage(0);
        });
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
}), 1)";

/// What a reader clicks with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum With {
    Pointer,
    Finger,
}

async fn slow_down(browser: &Browser, rate: u32) -> Result {
    browser.cdp("Emulation.setCPUThrottlingRate", json!({"rate": rate})).await.map(|_| ())
}

/// Where the first line of the link is, once it stands in the middle of the window.
async fn place(browser: &Browser, selector: &str) -> Result<(f64, f64)> {
    let middle = format!(
        "new Promise((done) => {{
            const link = document.querySelector('{selector}');
            link.scrollIntoView({{ block: 'center', behavior: 'instant' }});
            requestAnimationFrame(() => requestAnimationFrame(() => {{
                const line = link.getClientRects()[0];
                done([line.x + Math.min(30, line.width / 2), line.y + line.height / 2]);
            }}));
        }})"
    );
    let at = browser.resolve(&middle).await?;
    let coordinate = |index: usize| at[index].as_f64().unwrap_or(f64::NAN);
    Ok((coordinate(0), coordinate(1)))
}

/// Clicks a link, and answers the milliseconds until the heading of its page is painted.
async fn click(browser: &Browser, selector: &str, with: With) -> Result<f64> {
    let (x, y) = place(browser, selector).await?;
    let mouse = async |kind: &str, x: f64, y: f64, buttons: u8| -> Result<Value> {
        let button = if kind == "mouseMoved" { "none" } else { "left" };
        let event = json!({"type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1});
        browser.cdp("Input.dispatchMouseEvent", event).await
    };
    let finger = async |kind: &str, points: Value| -> Result<Value> {
        browser.cdp("Input.dispatchTouchEvent", json!({"type": kind, "touchPoints": points})).await
    };
    match with {
        With::Pointer => {
            mouse("mouseMoved", x + 20.0, y + 20.0, 0).await?;
            mouse("mouseMoved", x, y, 0).await?;
            tokio::time::sleep(RESTS).await;
            browser.eval(WATCH).await?;
            mouse("mousePressed", x, y, 1).await?;
            tokio::time::sleep(DOWN).await;
            mouse("mouseReleased", x, y, 0).await?;
        }
        With::Finger => {
            browser.eval(WATCH).await?;
            finger("touchStart", json!([{"x": x, "y": y}])).await?;
            tokio::time::sleep(DOWN).await;
            finger("touchEnd", json!([])).await?;
        }
    }
    Ok(browser.resolve("window.clicked").await?.as_f64().unwrap_or(f64::NAN))
}

/// The app has been started and has nothing to do.
async fn quiet_front(browser: &Browser, server: &Server) -> Result {
    slow_down(browser, 1).await?;
    browser.goto_app(&server.url("/")).await?;
    browser.resolve(super::REST).await.map(|_| ())
}

/// Prints the first clicks of a page and those after many, on a processor slowed so many times.
async fn series(browser: &Browser, server: &Server, with: With, rate: u32) -> Result {
    let how = format!("{with:?}, {rate}x").to_lowercase();
    let (mut from_front, mut from_article) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        quiet_front(browser, server).await?;
        slow_down(browser, rate).await?;
        let card = format!(".cards > li:nth-child({}) h2 a", run % 12 + 2);
        from_front.push(click(browser, &card, with).await?);
        browser.until("document.querySelector('.related a')").await?;
        browser.resolve(super::REST).await?;
        from_article.push(click(browser, ".related li:nth-child(2) a", with).await?);
    }
    print(&format!("click, {how}: front to article"), &mut from_front, "ms");
    print(&format!("click, {how}: article to article"), &mut from_article, "ms");
    quiet_front(browser, server).await?;
    slow_down(browser, rate).await?;
    let mut in_one_page = vec![click(browser, ".cards > li:nth-child(3) h2 a", with).await?];
    for nth in 1..IN_ONE_PAGE {
        browser.until("document.querySelector('.related a')").await?;
        browser.resolve(super::REST).await?;
        let card = format!(".related li:nth-child({}) a", nth % 7 + 1);
        in_one_page.push(click(browser, &card, with).await?);
    }
    print(&format!("click, {how}: {IN_ONE_PAGE} in one page"), &mut in_one_page, "ms");
    Ok(())
}

/// Prints what clicks take, with a pointer and with a finger.
pub(super) async fn measure(paper: &Paper) -> Result {
    let server = Server::start(paper).await?;
    let browser = Browser::open_with(WIDTH, false, true).await?;
    for with in [With::Pointer, With::Finger] {
        let enabled = with == With::Finger;
        browser.cdp("Emulation.setTouchEmulationEnabled", json!({"enabled": enabled})).await?;
        for rate in [1, SLOWER] {
            series(&browser, &server, with, rate).await?;
        }
    }
    browser.close().await
}
