//! A browser with a profile of its own, driven over WebDriver.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::Instant;

use crate::engine::{Driver, Engine};
use crate::processes::Process;
use crate::{Event, Proxy, Result, report};

/// How long a test waits for something before it says what did not come.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a question may take that is asked again.
const ANSWER: Duration = Duration::from_secs(5);

/// How long a driver may be silent. After 30 seconds a script that does not end is answered as such
/// (WebDriver, "Timeouts"), so a driver that says nothing for longer has lost its browser.
const SILENCE: Duration = Duration::from_secs(60);

/// One browser at a time: two would share the processor and wait for each other.
static TURN: Mutex<()> = Mutex::const_new(());

/// A window of a browser.
pub struct Browser {
    settings: Settings,
    driver: WebDriver,
    profile: TempDir,
    process: Driver,
    /// The two processes of WebKitGTK: the one that has the window, the one that has the network.
    processes: std::sync::Mutex<Option<(Process, Process)>>,
    network_died: Arc<AtomicBool>,
    _turn: MutexGuard<'static, ()>,
}

/// What a window is opened with.
struct Settings {
    engine: Engine,
    /// Pixels.
    width: u32,
    dark: bool,
    /// Whether pages may run scripts.
    script: bool,
    /// Whether `goto` and `click` wait until a page is loaded.
    waits: bool,
    /// The time zone of the browser, if not that of the machine (`TZ`, an IANA name).
    time_zone: Option<&'static str>,
    /// The proxy for all that is not on this machine.
    proxy: Option<SocketAddr>,
}

impl Browser {
    /// A desktop window of Chromium, 1280 pixels wide.
    pub async fn open() -> Result<Self> {
        Self::open_in(Engine::Chromium).await
    }

    /// A desktop window of an engine.
    pub async fn open_in(engine: Engine) -> Result<Self> {
        Self::start(engine, 1280, false, true).await
    }

    /// A window of Chromium of this width in pixels, in the light or dark scheme, with or without
    /// script.
    pub async fn open_with(width: u32, dark: bool, script: bool) -> Result<Self> {
        Self::start(Engine::Chromium, width, dark, script).await
    }

    async fn start(engine: Engine, width: u32, dark: bool, script: bool) -> Result<Self> {
        let turn = TURN.lock().await;
        let profile = tempfile::tempdir()?;
        let settings =
            Settings { engine, width, dark, script, waits: true, time_zone: None, proxy: None };
        let (process, driver) = settings.begin(&profile).await?;
        let browser = Self {
            settings,
            driver,
            profile,
            process,
            processes: std::sync::Mutex::default(),
            network_died: Arc::default(),
            _turn: turn,
        };
        browser.dress().await?;
        Ok(browser)
    }

    /// Closes the browser and opens it again with the same profile: a cold start.
    pub async fn restart(&mut self) -> Result {
        self.end_session().await?;
        self.driver = match self.settings.session(&self.process, &self.profile).await {
            Ok(driver) => driver,
            Err(error) => {
                report(Event::Flake, &format!("{:?} could not begin", self.settings.engine))?;
                let again = self.settings.begin(&self.profile).await.context(error)?;
                self.process = again.0;
                again.1
            }
        };
        self.dress().await
    }

    /// Restarts the browser in another time zone, an IANA name.
    pub async fn restart_in_time_zone(&mut self, name: &'static str) -> Result {
        self.end_session().await?;
        self.settings.time_zone = Some(name);
        (self.process, self.driver) = self.settings.begin(&self.profile).await?;
        self.dress().await
    }

    /// Restarts the browser so that it reaches other machines through a proxy alone.
    pub async fn restart_behind(&mut self, proxy: &Proxy) -> Result {
        self.end_session().await?;
        self.settings.proxy = Some(proxy.address());
        (self.process, self.driver) = self.settings.begin(&self.profile).await?;
        self.dress().await
    }

    /// Restarts the browser so that `goto` and `click` do not wait for the page: for pages whose
    /// answer the server holds. Whoever uses it waits with `until`.
    pub async fn restart_without_waiting(&mut self) -> Result {
        self.settings.waits = false;
        self.restart().await
    }

    async fn end_session(&self) -> Result {
        // Firefox waits for its windows by itself when the session ends.
        if self.settings.engine != Engine::Firefox {
            self.driver.handle().clone().close_window().await?;
        }
        // The last window is closed; ending the session waits for the process.
        let _ = self.driver.clone().quit().await;
        *self.processes.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        Ok(())
    }

    /// Becomes true when this browser was dropped and is a WebKitGTK whose network process had
    /// died while its window was there.
    pub fn network_died(&self) -> Arc<AtomicBool> {
        self.network_died.clone()
    }

    /// The engine.
    pub fn engine(&self) -> Engine {
        self.settings.engine
    }

    async fn dress(&self) -> Result {
        if self.settings.engine != Engine::Chromium {
            return Ok(());
        }
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": self.settings.width, "height": 900, "deviceScaleFactor": 1, "mobile": false}),
        )
        .await?;
        let scheme = if self.settings.dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.cdp("Emulation.setEmulatedMedia", json!({"features": features})).await?;
        Ok(())
    }

    /// The driver, for what has no method here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Sends a command of the Chrome DevTools Protocol. Only Chromium has it.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(command, parameters).await?)
    }

    /// Loads a URL as a document.
    pub async fn goto(&self, url: &str) -> Result {
        self.driver.goto(url).await?;
        self.note_processes();
        Ok(())
    }

    /// Notes the processes of WebKitGTK, once they are there.
    fn note_processes(&self) {
        let mut known = self.processes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if self.settings.engine == Engine::WebKit && known.is_none() {
            let find = |name| Process::find(name, self.profile.path());
            *known = find("webkit.py").zip(find("WebKitNetworkProcess"));
        }
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

    /// Waits until the app of this document has failed to start: its WebAssembly came, and cannot be
    /// compiled.
    pub async fn until_app_failed(&self) -> Result {
        self.until(
            "performance.getEntriesByType('resource').some((it) => it.name.endsWith('.wasm'))",
        )
        .await?;
        let compiled = "fetch(document.querySelector('[data-wasm]').dataset.wasm)
            .then((it) => it.arrayBuffer()).then((it) => WebAssembly.compile(it))
            .then(() => 'it compiles', () => 'failed')";
        let compiled = self.resolve(compiled).await?;
        anyhow::ensure!(compiled == "failed", "{compiled}");
        Ok(())
    }

    /// Waits until a JavaScript expression is true.
    pub async fn until(&self, expression: &str) -> Result {
        let end = Instant::now() + PATIENCE;
        loop {
            // While a document is replaced there is none to ask, and WebKit's driver may never answer.
            let question = format!("!!({expression})");
            let answer = tokio::time::timeout(ANSWER, self.eval(&question)).await;
            if matches!(answer, Ok(Ok(Value::Bool(true)))) {
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

    /// The path that a link leads to.
    pub async fn path_of(&self, link: &str) -> Result<String> {
        self.text(&format!("document.querySelector('{link}').pathname")).await
    }

    /// Waits until the app shows the page at a path, with the focus on its heading.
    pub async fn until_arrived(&self, path: &str) -> Result {
        let arrived = "document.activeElement?.id === 'app-heading'";
        self.until(&format!("location.pathname === '{path}' && {arrived}")).await
    }

    /// Clicks a link inside the app, waits until the app shows its page, and answers the path of that.
    pub async fn follow(&self, link: &str) -> Result<String> {
        let path = self.path_of(link).await?;
        self.click(link).await?;
        self.until_arrived(&path).await?;
        Ok(path)
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

    /// What Chromium wrote in the console at the level of warnings and errors since the last call.
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

impl Settings {
    /// Starts a driver and a browser. A start that fails is reported as a flake and tried once more:
    /// nothing was tested yet.
    async fn begin(&self, profile: &TempDir) -> Result<(Driver, WebDriver)> {
        let attempt = async || -> Result<_> {
            let process = self.engine.start(profile.path(), self.time_zone, self.proxy).await?;
            let driver = self.session(&process, profile).await?;
            Ok((process, driver))
        };
        match attempt().await {
            Ok(begun) => Ok(begun),
            Err(error) => {
                report(Event::Flake, &format!("{:?} could not begin", self.engine))?;
                attempt().await.context(error)
            }
        }
    }

    async fn session(&self, process: &Driver, profile: &TempDir) -> Result<WebDriver> {
        let mut capabilities = self.engine.capabilities(profile.path(), self.script, self.proxy)?;
        if !self.waits {
            // WebDriver, "Table of page load strategies".
            capabilities.set("pageLoadStrategy", "none")?;
        }
        // The press chooses no TLS of its own for the client that drivers are asked with, and this one makes one.
        press::online::prepare_tls();
        let starting = WebDriver::builder(&process.address, capabilities).request_timeout(SILENCE);
        Ok(starting.await?)
    }
}

impl Drop for Browser {
    /// A test that failed leaves its browser open. It is known by the profile in its arguments.
    fn drop(&mut self) {
        if let Ok(Some((window, network))) = self.processes.get_mut() {
            let died = window.is_alive() && !network.is_alive();
            self.network_died.store(died, Ordering::Relaxed);
        }
        if self.driver.clone().leak().is_ok() {
            let profile = self.profile.path().as_os_str();
            // A browser that stays costs memory, not a result.
            let _ = std::process::Command::new("pkill").args(["-KILL", "-f"]).arg(profile).status();
        }
    }
}
