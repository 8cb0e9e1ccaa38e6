//! `press dev`: shows an edition while it is written. What is saved is read, printed and shown in the open browser.
//!
//! `watch` says that something was saved, `round` reads and prints, `live` is what the browser is shown at the moment,
//! `server` answers it. The pages that are open are printed first and shown out of the memory; the whole site follows.
//! The script that shows a new page is put into what is sent and never into what is printed.

mod live;
mod round;
mod server;
mod told;
mod watch;

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::Result;
use jiff::Timestamp;

use crate::edition::Diagnostics;
use crate::shell::Shell;
use live::Live;
use round::Rounds;
use watch::{Change, Watch};

/// What is shown, and how.
#[derive(Debug)]
pub struct Settings {
    /// The folder of the edition.
    pub edition: PathBuf,
    /// The folder that is printed into, of this command alone.
    pub out: PathBuf,
    /// The path below which the site lives, in place of that of `base_url`.
    pub base: Option<String>,
    /// The moment for which the edition is read, in place of now.
    pub at: Option<Timestamp>,
    /// Whether the service worker is installed. It would show what it has kept.
    pub offline: bool,
    /// The folder of the shell, if that is one.
    pub shell: Option<PathBuf>,
    /// Files and folders the shell is built from.
    pub sources: Vec<PathBuf>,
    /// What builds it.
    pub build: Option<String>,
}

/// What came of a round.
#[derive(Debug)]
pub struct Round<'a> {
    /// What is wrong with the edition.
    pub diagnostics: &'a Diagnostics,
    /// What was printed, or why nothing was.
    pub printed: Result<Shown>,
    /// How long it took until the open pages could be shown, and until all was printed.
    pub took: (Duration, Duration),
}

/// What was printed.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Articles.
    pub articles: usize,
    /// Files that were written.
    pub written: usize,
    /// Articles that are shown as they were before they had an error.
    pub kept: usize,
}

/// Shows an edition at the address of a listener until the process is interrupted. `shell` reads the shell, `tell` tells
/// what came of each round.
///
/// # Errors
/// If the edition cannot be watched.
pub fn run(
    settings: Settings,
    listener: TcpListener,
    shell: impl Fn() -> Result<Shell> + Send + 'static,
    tell: impl Fn(Round<'_>) + Send + 'static,
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let port = listener.local_addr()?.port();
    listener.set_nonblocking(true)?;
    let live = Arc::new(Live::new(&settings.out));
    let (send, changes) = mpsc::channel();
    let mut watch = Watch::new(send.clone())?;
    watch.edition(&settings.edition, &settings.out)?;
    // Who builds it says when it is whole.
    if let Some(folder) = settings.shell.as_ref().filter(|_| settings.build.is_none()) {
        watch.shell(folder)?;
    }
    settings.sources.iter().try_for_each(|path| watch.source(path))?;
    let mut rounds = Rounds::new(settings, live.clone());
    let printing = move || {
        let _watching = watch;
        let mut read = shell();
        rounds.go(&read, &tell);
        let url = format!("http://localhost:{port}{}", rounds.base_path());
        #[allow(clippy::print_stdout, reason = "the address is the command's output")]
        {
            println!("Showing {} at {url} (Ctrl+C stops)", rounds.edition().display());
        }
        while let Some(found) = next(&changes, rounds.wait()) {
            if found.contains(&Change::Source)
                && let Some(build) = rounds.build()
            {
                start(build, send.clone());
            }
            if found.contains(&Change::Shell) {
                read = shell();
            }
            if found.iter().any(|it| *it != Change::Source) {
                rounds.go(&read, &tell);
            }
        }
    };
    std::thread::spawn(printing);
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        tokio::select! {
            ended = axum::serve(listener, server::router(live)) => Ok(ended?),
            // Pages that are open would hold a server that waits for them.
            stop = tokio::signal::ctrl_c() => Ok(stop?),
        }
    })
}

/// Waits for changes until there is quiet, because editors save in several steps; or for `wait`, when something appears
/// by itself. Nothing when there will be no more.
fn next(changes: &Receiver<Change>, wait: Option<Duration>) -> Option<Vec<Change>> {
    let first = match wait {
        None => changes.recv().ok()?,
        Some(wait) => match changes.recv_timeout(wait) {
            Ok(change) => change,
            Err(RecvTimeoutError::Timeout) => return Some(vec![Change::Edition]),
            Err(RecvTimeoutError::Disconnected) => return None,
        },
    };
    let mut all = vec![first];
    let longest = std::time::Instant::now() + watch::LONGEST;
    while std::time::Instant::now() < longest
        && let Ok(change) = changes.recv_timeout(watch::QUIET)
    {
        all.push(change);
    }
    Some(all)
}

/// Builds the shell, and this program with it: where that has become another one, it takes the place of this one.
fn start(build: &str, send: mpsc::Sender<Change>) {
    let mut command = Command::new("bash");
    command.arg("-c").arg(build);
    let before = watch::program();
    std::thread::spawn(move || {
        if !command.status().is_ok_and(|it| it.success()) {
            return;
        }
        if watch::program() != before {
            watch::start_again();
        }
        let _ = send.send(Change::Shell);
    });
}
