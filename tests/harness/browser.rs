//! A browser: Chromium with a profile of its own, driven over WebDriver.

use std::env;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::Instant;

use crate::Result;

/// How long a test waits for something before it says what did not come.
const PATIENCE: Duration = Duration::from_secs(20);

/// One browser at a time: two would share the processor and wait for each other.
static TURN: Mutex<()> = Mutex::const_new(());

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium.
    Chromium,
    /// WebKitGTK.
    WebKit,
}

impl Engine {
    /// Those that this machine has.
    pub fn available() -> Vec<Engine> {
        vec![Engine::Chromium]
    }
}

/// A window of a browser.
pub struct Browser {
    driver: WebDriver,
    profile: TempDir,
    /// Killed when it is dropped.
    _process: Child,
    address: String,
    width: u32,
    dark: bool,
    script: bool,
    _turn: MutexGuard<'static, ()>,
}

fn program(variable: &str, default: &str) -> String {
    env::var(variable).unwrap_or_else(|_| default.to_owned())
}

/// Starts the driver, which prints the port it chose.
async fn start_driver() -> Result<(Child, String)> {
    let name = program("CHROMEDRIVER", "chromedriver");
    let mut process = Command::new(&name)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let output = process.stdout.take().context("the driver has no output")?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            let address = format!("http://localhost:{}", port.trim_end_matches('.'));
            // Keeps the pipe open, so that the driver never writes into a closed one.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok((process, address));
        }
    }
    bail!("the driver did not say its port")
}

impl Browser {
    /// A window of an engine.
    pub async fn open_in(_: Engine) -> Result<Self> {
        Self::open().await
    }

    /// A desktop window, 1280 pixels wide.
    pub async fn open() -> Result<Self> {
        Self::open_with(1280, false, true).await
    }

    /// A window of this width in pixels, in the light or dark scheme, with or without script.
    pub async fn open_with(width: u32, dark: bool, script: bool) -> Result<Self> {
        let turn = TURN.lock().await;
        let (process, address) = start_driver().await?;
        let profile = tempfile::tempdir()?;
        let driver = connect(&address, &profile, script).await?;
        let browser =
            Self { driver, profile, _process: process, address, width, dark, script, _turn: turn };
        browser.dress().await?;
        Ok(browser)
    }

    /// Closes the browser and opens it again with the same profile: a cold start.
    pub async fn restart(&mut self) -> Result {
        let handle = self.driver.handle().clone();
        handle.close_window().await?;
        // The last window is closed; ending the session waits for the process.
        let _ = self.driver.clone().quit().await;
        self.driver = connect(&self.address, &self.profile, self.script).await?;
        self.dress().await
    }

    async fn dress(&self) -> Result {
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": self.width, "height": 900, "deviceScaleFactor": 1, "mobile": false}),
        )
        .await?;
        let scheme = if self.dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.cdp("Emulation.setEmulatedMedia", json!({"features": features})).await?;
        Ok(())
    }

    /// The driver, for what has no method here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(command, parameters).await?)
    }

    /// Loads a URL as a document.
    pub async fn goto(&self, url: &str) -> Result {
        Ok(self.driver.goto(url).await?)
    }

    /// Loads a URL as a document, and waits until the app has taken the page over.
    pub async fn goto_app(&self, url: &str) -> Result {
        self.goto(url).await?;
        self.until_taken_over().await
    }

    /// Waits until the app has taken the page over.
    pub async fn until_taken_over(&self) -> Result {
        self.until("performance.getEntriesByName('broadsheet-ready').length").await
    }

    /// Waits until a JavaScript expression is true.
    pub async fn until(&self, expression: &str) -> Result {
        let end = Instant::now() + PATIENCE;
        loop {
            // While a document is replaced there is none to ask.
            let answer = self.eval(&format!("!!({expression})")).await;
            if matches!(answer, Ok(Value::Bool(true))) {
                return Ok(());
            }
            if Instant::now() > end {
                let page = self.eval("location.href + '\\n' + document.body.innerText").await;
                bail!("this never became true: {expression}\n{answer:?}\non the page {page:?}");
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// The value of a JavaScript expression.
    pub async fn eval(&self, expression: &str) -> Result<Value> {
        let script = format!("return ({expression});");
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }

    /// The value of a JavaScript expression that is a text.
    pub async fn text(&self, expression: &str) -> Result<String> {
        let value = self.eval(expression).await?;
        Ok(value.as_str().with_context(|| format!("{expression} is {value}"))?.to_owned())
    }

    /// The value of a JavaScript expression that is a number.
    pub async fn number(&self, expression: &str) -> Result<f64> {
        let value = self.eval(expression).await?;
        value.as_f64().with_context(|| format!("{expression} is {value}"))
    }

    /// The value of a promise.
    pub async fn resolve(&self, promise: &str) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             Promise.resolve({promise}).then(done, (error) => done('failed: ' + error));"
        );
        Ok(self.driver.execute_async(script, Vec::new()).await?.json().clone())
    }

    /// Clicks the first element that matches, as a reader does.
    pub async fn click(&self, selector: &str) -> Result {
        let element = self.driver.find(By::Css(selector)).await?;
        element.scroll_into_view().await?;
        Ok(element.click().await?)
    }

    /// Puts a link with these attributes on top of the page, and clicks it.
    pub async fn click_new_link(&self, attributes: &str) -> Result {
        let html = format!("<a id=new-link {attributes}>link</a>");
        self.eval(&format!(
            "document.querySelector('main').insertAdjacentHTML('afterbegin', '{html}')"
        ))
        .await?;
        self.click("#new-link").await?;
        // Gone already where the click led to another document.
        let _ = self.eval("document.querySelector('#new-link')?.remove()").await;
        Ok(())
    }

    /// What is written in the console at the level of warnings and errors since the last call.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let entries = self.driver.browser_log().await?;
        let loud = entries.into_iter().filter(|it| it.level == "SEVERE" || it.level == "WARNING");
        Ok(loud.map(|it| it.message).collect())
    }

    /// Marks the document, so that a test can tell whether it was replaced.
    pub async fn mark_document(&self) -> Result {
        self.eval("(window.sameDocument = true)").await.map(|_| ())
    }

    /// Whether the document is still the one that was marked.
    pub async fn same_document(&self) -> Result<bool> {
        Ok(self.eval("window.sameDocument === true").await? == Value::Bool(true))
    }

    /// Takes a picture of the window.
    pub async fn screenshot(&self, file: &std::path::Path) -> Result {
        Ok(self.driver.screenshot(file).await?)
    }

    /// Closes the browser.
    pub async fn close(self) -> Result {
        Ok(self.driver.clone().quit().await?)
    }
}

impl Drop for Browser {
    /// A test that failed leaves its browser open. It is known by the profile in its arguments.
    fn drop(&mut self) {
        if self.driver.clone().leak().is_ok() {
            let profile = self.profile.path().as_os_str();
            // A browser that stays costs memory, not a result.
            let _ = std::process::Command::new("pkill").args(["-KILL", "-f"]).arg(profile).status();
        }
    }
}

async fn connect(address: &str, profile: &TempDir, script: bool) -> Result<WebDriver> {
    let mut caps: ChromeCapabilities = DesiredCapabilities::chrome();
    caps.set_binary(&program("CHROMIUM", "/usr/bin/chromium"))?;
    caps.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    let folder = format!("--user-data-dir={}", profile.path().display());
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        &folder,
    ] {
        caps.add_arg(argument)?;
    }
    if !script {
        let preferences = json!({"profile.managed_default_content_settings.javascript": 2});
        caps.add_experimental_option("prefs", preferences)?;
    }
    Ok(WebDriver::new(address, caps).await?)
}
