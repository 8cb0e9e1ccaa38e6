//! A root folder that holds the press and the libraries that it is linked to, and nothing else.

use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::Result;

const PRESS: &str = env!("CARGO_BIN_EXE_press");

/// A root folder, and the command that enters it.
pub(crate) struct Root {
    folder: TempDir,
    enter: Vec<PathBuf>,
}

impl Root {
    /// Makes the folder, or says why there can be none.
    pub(crate) fn new() -> Result<Option<Self>> {
        if !cfg!(feature = "embedded-shell") {
            return not_run("the press is built without a shell");
        }
        let (Some(ldd), Some(chroot)) = (program("ldd"), program("chroot")) else {
            return not_run("no ldd or chroot");
        };
        let mut folder = tempfile::tempdir()?;
        fs::copy(PRESS, folder.path().join("press"))?;
        let libraries = Command::new(ldd).arg(PRESS).output()?;
        for word in String::from_utf8_lossy(&libraries.stdout).split_whitespace() {
            if let Some(inner) = word.strip_prefix('/') {
                let copy = folder.path().join(inner);
                fs::create_dir_all(copy.parent().unwrap_or(folder.path()))?;
                fs::copy(word, copy)?;
            }
        }
        // Who is not root may enter a root folder in a user namespace of their own, where the system allows that.
        let mut ways = vec![vec![chroot.clone()]];
        if let Some(unshare) = program("unshare") {
            ways.insert(0, vec![unshare, "--map-root-user".into(), chroot]);
        }
        for enter in ways {
            let root = Self { folder, enter };
            if root.command(&["--version"]).output()?.status.success() {
                return Ok(Some(root));
            }
            folder = root.folder;
        }
        not_run("no root folder can be entered")
    }

    /// A command of the press in the folder, without any environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut words = self.enter.iter();
        let mut command = Command::new(words.next().map_or(Path::new("chroot"), |it| it));
        command.args(words).arg(self.folder.path()).arg("/press").args(arguments).env_clear();
        command
    }

    /// Runs a command of the press, which must go well, and gives what it said.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = self.command(arguments).output()?;
        let told = String::from_utf8_lossy(&output.stderr);
        if output.status.success() && told.is_empty() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(format!("press {}: {}: {told}", arguments.join(" "), output.status).into())
    }
}

/// A program on the PATH, or where programs of the administrator are.
fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    folders.map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Says aloud that the test does nothing, and has it counted (tests/harness/events.rs).
fn not_run(cause: &str) -> Result<Option<Root>> {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("main");
    // Written to the stream itself: the test harness holds back what `eprintln!` prints.
    writeln!(io::stderr(), "not-run: {cause}: {test}")?;
    if let Some(file) = env::var_os("TEST_EVENTS") {
        let mut events = fs::OpenOptions::new().create(true).append(true).open(file)?;
        events.write_all(format!("not-run\t{cause}\t{test}\n").as_bytes())?;
    }
    Ok(None)
}
