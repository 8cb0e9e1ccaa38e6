//! The engines: how each browser's driver is started, and what it is told of the browser.

use std::env;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, bail};
use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, ChromeCapabilities, LoggingPrefsLogLevel};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Duration, Instant};

use crate::Result;

/// How long a driver may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, over ChromeDriver.
    Chromium,
    /// WebKitGTK, over WebKitWebDriver, in a window of its own (`webkit.py`) on a screen of its own.
    WebKit,
    /// Firefox, over geckodriver.
    Firefox,
}

/// A driver that runs, and what it needs. All of it is killed when the value is dropped.
pub(crate) struct Driver {
    pub(crate) address: String,
    _processes: Vec<Child>,
}

fn program(variable: &str, default: &str) -> String {
    env::var(variable).ok().filter(|it| !it.is_empty()).unwrap_or_else(|| default.to_owned())
}

/// The program that shows a window of WebKitGTK.
fn window() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("harness/webkit.py")
}

impl Engine {
    /// Whether this machine has the engine.
    pub fn is_available(self) -> bool {
        let answers = |program: &str, argument: &str| {
            let mut command = std::process::Command::new(program);
            command.arg(argument).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().is_ok_and(|it| it.success())
        };
        match self {
            Engine::Chromium => true,
            Engine::Firefox => {
                answers(&program("GECKODRIVER", "geckodriver"), "--version")
                    && answers(&program("FIREFOX", "firefox-esr"), "--version")
            }
            Engine::WebKit => {
                // The driver has no option that ends well; it is there if it starts at all.
                let driver = std::process::Command::new(webkit_driver()).arg("--help").output();
                let python = "import gi; gi.require_version('WebKit2', '4.1')";
                let imports = std::process::Command::new("/usr/bin/python3")
                    .args(["-c", python])
                    .stderr(Stdio::null())
                    .status();
                driver.is_ok() && imports.is_ok_and(|it| it.success()) && answers("Xvfb", "-help")
            }
        }
    }

    /// Starts the driver. `profile` is where the browser keeps its data, `time_zone` the IANA name
    /// of its time zone, if not that of the machine. WebKit takes a proxy here, the others as a capability.
    pub(crate) async fn start(
        self,
        profile: &Path,
        time_zone: Option<&str>,
        proxy: Option<SocketAddr>,
    ) -> Result<Driver> {
        match self {
            Engine::Chromium => chromium(time_zone).await,
            Engine::WebKit => webkit(profile, time_zone, proxy).await,
            Engine::Firefox => firefox(time_zone).await,
        }
    }

    /// What the driver is told of the browser. Scripts can be switched off in Chromium.
    pub(crate) fn capabilities(
        self,
        profile: &Path,
        script: bool,
        proxy: Option<SocketAddr>,
    ) -> Result<Capabilities> {
        match self {
            Engine::Chromium => chromium_capabilities(profile, script, proxy),
            Engine::WebKit => {
                let mut capabilities = Capabilities::new();
                let options = json!({"binary": window(), "args": []});
                capabilities.set("webkitgtk:browserOptions", options)?;
                Ok(capabilities)
            }
            Engine::Firefox => {
                let mut caps = Capabilities::new();
                let arguments = ["-headless", "-profile", &profile.to_string_lossy()];
                let options =
                    json!({"binary": program("FIREFOX", "firefox-esr"), "args": arguments});
                caps.set("moz:firefoxOptions", options)?;
                if let Some(proxy) = proxy {
                    // What is on this machine goes past it.
                    let proxy = proxy.to_string();
                    let manual =
                        json!({"proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy});
                    caps.set("proxy", manual)?;
                }
                Ok(caps)
            }
        }
    }
}

/// geckodriver says the port it chose.
async fn firefox(time_zone: Option<&str>) -> Result<Driver> {
    let name = program("GECKODRIVER", "geckodriver");
    let mut process = Command::new(&name)
        .args(["--port", "0"])
        .envs(time_zone.map(|it| ("TZ", it)))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let address =
        said(&mut process, |line| Some(line.split_once("Listening on ")?.1.trim().to_owned()))
            .await?;
    Ok(Driver { address: format!("http://{address}"), _processes: vec![process] })
}

/// ChromeDriver prints the port it chose.
async fn chromium(time_zone: Option<&str>) -> Result<Driver> {
    let name = program("CHROMEDRIVER", "chromedriver");
    let mut process = Command::new(&name)
        .arg("--port=0")
        .envs(time_zone.map(|it| ("TZ", it)))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let port = said(&mut process, |line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        Some(port.trim_end_matches('.').to_owned())
    })
    .await?;
    Ok(Driver { address: format!("http://localhost:{port}"), _processes: vec![process] })
}

fn chromium_capabilities(
    profile: &Path,
    script: bool,
    proxy: Option<SocketAddr>,
) -> Result<Capabilities> {
    let mut caps: ChromeCapabilities = DesiredCapabilities::chrome();
    caps.set_binary(&program("CHROMIUM", "/usr/bin/chromium"))?;
    caps.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    let folder = format!("--user-data-dir={}", profile.display());
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
    if let Some(proxy) = proxy {
        // What is on this machine goes past it.
        caps.add_arg(&format!("--proxy-server={proxy}"))?;
    }
    if !script {
        let preferences = json!({"profile.managed_default_content_settings.javascript": 2});
        caps.add_experimental_option("prefs", preferences)?;
    }
    Ok(caps.into())
}

fn webkit_driver() -> String {
    program("WEBKITDRIVER", "WebKitWebDriver")
}

async fn webkit(
    profile: &Path,
    time_zone: Option<&str>,
    proxy: Option<SocketAddr>,
) -> Result<Driver> {
    let mut screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("cannot start Xvfb")?;
    let display = said(&mut screen, |line| line.parse::<u32>().ok()).await?;
    // The driver cannot choose a port by itself.
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let process = Command::new(webkit_driver())
        .arg(format!("--port={port}"))
        .envs(time_zone.map(|it| ("TZ", it)))
        .env("DISPLAY", format!(":{display}"))
        .env("WEBKIT_PROFILE", profile)
        .envs(proxy.map(|it| ("WEBKIT_PROXY", format!("http://{it}"))))
        // No other process sees this profile, and there is no graphics card.
        .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("GDK_BACKEND", "x11")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("cannot start WebKitWebDriver")?;
    let end = Instant::now() + PATIENCE;
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if Instant::now() > end {
            bail!("WebKitWebDriver does not listen");
        }
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    let address = format!("http://127.0.0.1:{port}");
    Ok(Driver { address, _processes: vec![process, screen] })
}

/// Waits for a line of a program's output, and lets the rest go.
async fn said<T>(process: &mut Child, find: impl Fn(&str) -> Option<T>) -> Result<T> {
    let output = process.stdout.take().context("the program has no output")?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some(found) = find(&line) {
            // Keeps the pipe open, so that the program never writes into a closed one.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(found);
        }
    }
    bail!("the program did not say what was waited for")
}
