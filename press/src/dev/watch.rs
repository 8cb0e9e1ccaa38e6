//! What was saved: the system's events of files.

use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::Sender;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// So long nothing more is saved when an editor is done: it writes another file, renames it, sets rights.
pub(super) const QUIET: Duration = Duration::from_millis(8);
/// What is saved all the time is shown all the same.
pub(super) const LONGEST: Duration = Duration::from_millis(60);

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Edition,
    Shell,
    Source,
}

/// Watches folders as long as it lives.
pub(super) struct Watch {
    send: Sender<Change>,
    watchers: Vec<RecommendedWatcher>,
}

impl Watch {
    pub(super) fn new(send: Sender<Change>) -> Result<Self> {
        Ok(Self { send, watchers: Vec::new() })
    }

    /// Watches an edition; not what is printed, if that should lie inside.
    pub(super) fn edition(&mut self, folder: &Path, out: &Path) -> Result<()> {
        let out = std::path::absolute(out)?;
        let beside = out.parent().map(Path::to_owned).unwrap_or_default();
        let name = out.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let of_press = move |path: &Path| {
            let first = path.strip_prefix(&beside).ok().and_then(|it| it.iter().next());
            first.is_some_and(|first| {
                let first = first.to_string_lossy();
                first == name || first == format!("{name}.pictures")
            })
        };
        self.watch(folder, Change::Edition, move |path| !is_hidden(path) && !of_press(path))
    }

    /// Watches a shell.
    pub(super) fn shell(&mut self, folder: &Path) -> Result<()> {
        self.watch(folder, Change::Shell, |_| true)
    }

    /// Watches what the shell is built from.
    pub(super) fn source(&mut self, path: &Path) -> Result<()> {
        self.watch(path, Change::Source, |path| !is_hidden(path))
    }

    fn watch(
        &mut self,
        path: &Path,
        change: Change,
        counts: impl Fn(&Path) -> bool + Send + 'static,
    ) -> Result<()> {
        let folder =
            path.canonicalize().with_context(|| format!("cannot watch {}", path.display()))?;
        let send = self.send.clone();
        let root = folder.clone();
        let below =
            move |path: &PathBuf| counts(path.strip_prefix(&root).map_or(&**path, |_| path));
        let heard = move |event: notify::Result<Event>| {
            if event.is_ok_and(|it| {
                it.need_rescan() || (writes(it.kind) && it.paths.iter().any(&below))
            }) {
                // Nobody listens any more when the command ends.
                let _ = send.send(change);
            }
        };
        let mut watcher = notify::recommended_watcher(heard).context("cannot watch files")?;
        watcher.watch(&folder, RecursiveMode::Recursive).with_context(|| {
            format!(
                "cannot watch {}: where there are more folders than the system watches, raise \
                 fs.inotify.max_user_watches (Linux)",
                path.display()
            )
        })?;
        self.watchers.push(watcher);
        Ok(())
    }
}

/// Whether a file may be another one after an event of this kind.
fn writes(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Files that editors and the system keep beside others.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || path.iter().any(|part| part == ".git")
}

/// Which program this is: when its file was written, and which one it is.
pub(super) fn program() -> Option<(u64, SystemTime)> {
    let found = std::fs::metadata(path()?).ok()?;
    Some((found.ino(), found.modified().ok()?))
}

/// The program's file. That of a program that was replaced has a word behind its name (proc(5)).
fn path() -> Option<PathBuf> {
    let path = std::env::current_exe().ok()?;
    let name = path.to_string_lossy();
    Some(name.strip_suffix(" (deleted)").map_or_else(|| path.clone(), PathBuf::from))
}

/// Starts the program that is in the file now, in the place of this one.
pub(super) fn start_again() {
    if let Some(program) = path() {
        // It returns only if it failed; then this one goes on.
        let _ = Command::new(program).args(std::env::args_os().skip(1)).exec();
    }
}
