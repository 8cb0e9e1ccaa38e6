//! Real hosts on this machine: web servers and the hosts' own tools, over the folder of a printed site.

mod kind;
mod servers;
mod tools;

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, bail};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::{Duration, Instant, sleep};
use walkdir::WalkDir;

use crate::paper::copy_folder;
use crate::{Paper, Result};
pub use kind::HostKind;

/// How long a host may take to start. The tools for Node.js take 2 seconds on a free machine.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(15);

/// A host that runs on a port of its own, with a folder of its own. It ends when the value is dropped.
pub struct Host {
    kind: HostKind,
    folder: TempDir,
    base_path: String,
    address: SocketAddr,
    process: Option<Running>,
}

/// A program in a process group of its own, which is killed when the value is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // A tool for Node.js has started others.
        if let Some(id) = self.0.id() {
            let group = format!("-{id}");
            let _ = std::process::Command::new("kill")
                .args(["-KILL", "--", &group])
                .stderr(Stdio::null())
                .status();
        }
    }
}

/// What the configuration of a host is made of.
struct Place<'a> {
    /// The folder of the host: configuration, logs, temporary files.
    folder: &'a Path,
    /// The folder that is served; the site is in it, below its base path.
    root: PathBuf,
    /// The folder of the site.
    site: PathBuf,
    address: SocketAddr,
}

impl Host {
    /// Uploads a paper to a host and starts it. The host must be there (`HostKind::missing`).
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start(kind: HostKind, paper: &Paper) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        // Apache, started by root, serves as nobody.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        let address = TcpListener::bind("127.0.0.1:0").await?.local_addr()?;
        let base_path = paper.base_path.clone();
        let mut host = Self { kind, folder, base_path, address, process: None };
        host.upload(paper)?;
        host.start_again().await?;
        Ok(host)
    }

    fn place(&self) -> Place<'_> {
        let root = self.folder.path().join("root");
        let site = root.join(self.base_path.trim_matches('/'));
        Place { folder: self.folder.path(), root, site, address: self.address }
    }

    /// Starts after a stop, at the same address, and waits until it answers.
    ///
    /// # Errors
    /// If it does not start; the error has what it said.
    pub async fn start_again(&mut self) -> Result {
        let place = self.place();
        let log = fs::File::create(place.folder.join("output"))?;
        let mut command: Command = self.kind.command(&place)?;
        command
            .env("HOME", place.folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .kill_on_drop(true);
        let child = command.spawn().with_context(|| format!("cannot start {:?}", self.kind))?;
        let mut running = Running(child);
        let end = Instant::now() + PATIENCE;
        loop {
            let ended = running.0.try_wait()?;
            if ended.is_none() && TcpStream::connect(self.address).await.is_ok() {
                break;
            }
            if ended.is_some() || Instant::now() > end {
                bail!("{:?} does not answer ({ended:?}):\n{}", self.kind, self.said());
            }
            sleep(PAUSE).await;
        }
        self.process = Some(running);
        Ok(())
    }

    /// What the program printed since it was started, and its log of errors.
    pub fn said(&self) -> String {
        let read = |name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        [read("output"), read("error.log")].concat()
    }

    /// Stops it as a loss of power would: its port refuses.
    ///
    /// # Errors
    /// If its port still answers.
    pub async fn stop(&mut self) -> Result {
        if let Some(mut running) = self.process.take() {
            let id = running.0.id().context("the host has ended by itself")?;
            let killed = Command::new("kill").args(["-KILL", "--", &format!("-{id}")]).status();
            killed.await?;
            running.0.wait().await?;
        }
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(self.address).await.is_ok() {
            if Instant::now() > end {
                bail!("{:?} still answers", self.kind);
            }
            sleep(PAUSE).await;
        }
        Ok(())
    }

    /// Uploads another print over the one that is served, and makes the host read its rules: a deploy.
    ///
    /// # Errors
    /// If the host does not start with the new rules.
    pub async fn deploy(&mut self, paper: &Paper) -> Result {
        self.upload(paper)?;
        self.stop().await?;
        self.start_again().await
    }

    fn upload(&self, paper: &Paper) -> Result {
        let place = self.place();
        copy(&paper.site(), &place.site)?;
        if place.site != place.root {
            for name in tools::FILES_OF_THE_ROOT {
                let (from, to) = (place.site.join(name), place.root.join(name));
                if from.exists() {
                    fs::rename(from, to)?;
                }
            }
            // The tools look for it there, too.
            fs::copy(place.site.join("404.html"), place.root.join("404.html"))?;
        }
        Ok(())
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its own folder, in which that of the site lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Makes a folder a copy of a site, as an upload does: new files first, then those that are gone go.
fn copy(site: &Path, to: &Path) -> Result {
    copy_folder(site, to)?;
    for entry in WalkDir::new(to).contents_first(true) {
        let path = entry?.into_path();
        if site.join(path.strip_prefix(to)?).exists() {
            continue;
        }
        if path.is_dir() { fs::remove_dir(path)? } else { fs::remove_file(path)? }
    }
    Ok(())
}
