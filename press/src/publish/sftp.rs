//! A destination on a server, by the program `sftp` of OpenSSH, with the publisher's keys and `~/.ssh/config`.
//!
//! One program runs as long as the store does: it is given commands line by line, as in a batch file, each followed by
//! one that prints a mark, so that what is said before the mark belongs to it. What is written on the server goes to a
//! name of its own and is moved from there.

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, PipeReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result, bail, ensure};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::list::FOLDER;
use super::store::{About, Body, Store, Version};

/// A folder on a server.
pub struct SftpStore {
    name: String,
    /// The folder; `.` is that in which the server begins.
    root: String,
    /// For what goes to the server and comes from it.
    room: TempDir,
    session: Mutex<Session>,
}

struct Session {
    program: Child,
    to: Option<ChildStdin>,
    from: BufReader<PipeReader>,
    count: usize,
    /// Folders that are there.
    folders: HashSet<String>,
}

impl SftpStore {
    /// The folder at `sftp://user@host:port/path`; without a host `command` says by itself how to reach the server. The
    /// path is one from the server's root; `/~/path` is one from the user's folder.
    ///
    /// # Errors
    /// If the address is none of these, or the server cannot be reached.
    pub fn open(to: &str, command: &str) -> Result<Self> {
        let rest = to.strip_prefix("sftp://").context("the address begins with sftp://")?;
        let (host, path) =
            rest.split_once('/').context("a path follows the host, as in sftp://host/srv/www")?;
        let (host, port) = match host.rsplit_once(':') {
            Some((host, port)) => {
                (host, Some(port.parse::<u16>().context("the port is no number")?))
            }
            None => (host, None),
        };
        ensure!(
            !host.starts_with('-') && !host.contains(char::is_whitespace),
            "{host:?} is no host"
        );
        let root = match path.trim_end_matches('/').strip_prefix("~") {
            Some(home) if home.is_empty() || home.starts_with('/') => format!(".{home}"),
            _ => format!("/{}", path.trim_end_matches('/')),
        };
        let mut words = command.split_whitespace();
        let mut program = Command::new(words.next().context("--sftp names no program")?);
        program.args(words).args(["-q", "-b", "-"]);
        if let Some(port) = port {
            program.arg("-P").arg(port.to_string());
        }
        if !host.is_empty() {
            program.arg("--").arg(host);
        }
        let (from, both) = std::io::pipe()?;
        program.stdin(Stdio::piped()).stdout(both.try_clone()?).stderr(both);
        let spawned = program.spawn().with_context(|| format!("cannot run {command:?}"))?;
        // It holds the other end of the pipe, which would never end.
        drop(program);
        let mut program = spawned;
        let session = Session {
            to: program.stdin.take(),
            program,
            from: BufReader::new(from),
            count: 0,
            folders: HashSet::new(),
        };
        let room = tempfile::tempdir()?;
        let store = Self { name: to.to_owned(), root, room, session: Mutex::new(session) };
        store.session().make_folders(&format!("{}/x", store.root))?;
        let there = store.session().ask(&format!("cd {}", quoted(&store.root)?))?;
        ensure!(there.errors.is_empty(), "{}: {}", store.name, there.errors.join("; "));
        Ok(store)
    }

    fn session(&self) -> std::sync::MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remote(&self, name: &str) -> String {
        format!("{}/{name}", self.root)
    }

    /// A name on the server that no other run uses.
    fn draft(&self, session: &mut Session) -> Result<String> {
        session.count += 1;
        let own = self.room.path().file_name().and_then(|it| it.to_str()).unwrap_or_default();
        let draft =
            self.remote(&format!("{FOLDER}/new-{}-{}", own.replace('.', ""), session.count));
        session.make_folders(&draft)?;
        Ok(draft)
    }

    /// Puts bytes under a name of their own.
    fn upload(&self, session: &mut Session, body: Body<'_>) -> Result<String> {
        let here = self.room.path().join("body");
        let from = match body {
            Body::File(path) => path,
            Body::Bytes(bytes) => {
                std::fs::write(&here, bytes)?;
                &here
            }
        };
        let draft = self.draft(session)?;
        session.must(&format!("put {} {}", local(from)?, quoted(&draft)?))?;
        Ok(draft)
    }

    fn download(&self, session: &mut Session, path: &str) -> Result<Option<Vec<u8>>> {
        let here = self.room.path().join("found");
        let _ = std::fs::remove_file(&here);
        let said = session.ask(&format!("get {} {}", quoted(path)?, local(&here)?))?;
        if said.is_missing() {
            return Ok(None);
        }
        said.must_be_well(path)?;
        Ok(Some(std::fs::read(&here)?))
    }

    fn create_in(&self, session: &mut Session, name: &str, bytes: &[u8]) -> Result<bool> {
        let (draft, place) = (self.upload(session, Body::Bytes(bytes))?, self.remote(name));
        // A link is made only where nothing has the name; servers say nothing more of why it was not.
        let said = session.ask(&format!("ln {} {}", quoted(&draft)?, quoted(&place)?))?;
        session.ask(&format!("rm {}", quoted(&draft)?))?;
        let there = self.download(session, &place)?;
        match there {
            Some(there) => Ok(there == bytes),
            None => said.must_be_well(&place).map(|()| false),
        }
    }
}

/// What the program said to a command.
struct Said {
    lines: Vec<String>,
    errors: Vec<String>,
}

impl Said {
    fn is_missing(&self) -> bool {
        self.errors.iter().any(|it| it.contains("not found") || it.contains("No such file"))
    }

    fn must_be_well(&self, what: &str) -> Result<()> {
        match self.errors.as_slice() {
            [] => Ok(()),
            errors => bail!("{what}: {}", errors.join("; ")),
        }
    }
}

impl Session {
    /// Gives the program a command, and says what it answers.
    fn ask(&mut self, command: &str) -> Result<Said> {
        self.count += 1;
        let mark = format!("press-mark-{}", self.count);
        let to = self.to.as_mut().context("the connection is closed")?;
        // A minus sign: the program goes on if the command fails.
        // One that has ended says why, and then nothing more.
        let _ = write!(to, "-{command}\n!echo {mark}\n").and_then(|()| to.flush());
        let (mut lines, mut errors) = (Vec::new(), Vec::new());
        loop {
            let mut line = Vec::new();
            if self.from.read_until(b'\n', &mut line)? == 0 {
                let status = self.program.wait()?;
                bail!("sftp has ended ({status}): {}", errors.join("; "));
            }
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            match line.as_str() {
                line if line == mark => return Ok(Said { lines, errors }),
                // What is written here is repeated there.
                line if line.starts_with("sftp>") => {}
                line if ["Uploading ", "Fetching ", "Removing "]
                    .iter()
                    .any(|it| line.starts_with(it)) => {}
                "" => {}
                _ if command.starts_with("ls ") && line.starts_with(['/', '.']) => {
                    lines.push(line);
                }
                _ => errors.push(line),
            }
        }
    }

    fn must(&mut self, command: &str) -> Result<()> {
        self.ask(command)?.must_be_well(command)
    }

    /// Makes the folders above a path, as far as they are not there.
    fn make_folders(&mut self, path: &str) -> Result<()> {
        let Some((folder, _)) = path.rsplit_once('/').filter(|it| !["", "."].contains(&it.0))
        else {
            return Ok(());
        };
        if !self.folders.contains(folder) {
            self.make_folders(folder)?;
            // One that is there already is an error that does not count.
            self.ask(&format!("mkdir {}", quoted(folder)?))?;
            self.folders.insert(folder.to_owned());
        }
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It ends with what it reads from.
        self.to = None;
        let _ = self.program.wait();
    }
}

/// A path as the program reads it. Between quotes a backslash makes any character one of the name.
fn quoted(path: &str) -> Result<String> {
    if path.contains(|c: char| c.is_control()) {
        bail!("{path:?} has a character that sftp cannot be told");
    }
    let mut text = String::from("\"");
    for c in path.chars() {
        if matches!(c, '"' | '\\') {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('"');
    Ok(text)
}

fn local(path: &Path) -> Result<String> {
    let path = std::path::absolute(path)?;
    quoted(path.to_str().with_context(|| format!("{} is no UTF-8", path.display()))?)
}

fn version(bytes: &[u8]) -> Version {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}

impl Store for SftpStore {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn at_a_time(&self) -> usize {
        1
    }

    fn get(&self, name: &str) -> Result<Option<(Vec<u8>, Version)>> {
        let found = self.download(&mut self.session(), &self.remote(name))?;
        Ok(found.map(|bytes| {
            let version = version(&bytes);
            (bytes, version)
        }))
    }

    fn has(&self, name: &str) -> Result<bool> {
        let said = self.session().ask(&format!("ls -1 {}", quoted(&self.remote(name))?))?;
        if said.is_missing() {
            return Ok(false);
        }
        said.must_be_well(name).map(|()| true)
    }

    fn put(&self, name: &str, body: Body<'_>, _: &About) -> Result<()> {
        let session = &mut *self.session();
        let draft = self.upload(session, body)?;
        let place = self.remote(name);
        session.make_folders(&place)?;
        session.must(&format!("rename {} {}", quoted(&draft)?, quoted(&place)?))
    }

    fn create(&self, name: &str, bytes: &[u8]) -> Result<bool> {
        self.create_in(&mut self.session(), name, bytes)
    }

    fn replace(&self, name: &str, old: &Version, bytes: &[u8]) -> Result<bool> {
        let session = &mut *self.session();
        // Of two that do this at once one alone can move the file away.
        let (place, away) = (self.remote(name), self.draft(session)?);
        if !session
            .ask(&format!("rename {} {}", quoted(&place)?, quoted(&away)?))?
            .errors
            .is_empty()
        {
            return Ok(false);
        }
        let moved = self.download(session, &away)?.unwrap_or_default();
        session.ask(&format!("rm {}", quoted(&away)?))?;
        match &version(&moved) == old {
            true => self.create_in(session, name, bytes),
            // A new one came meanwhile, and stays.
            false => self.create_in(session, name, &moved).map(|_| false),
        }
    }

    fn copy(&self, from: &str, to: &str) -> Result<bool> {
        let session = &mut *self.session();
        let (from, to) = (self.remote(from), self.remote(to));
        let draft = self.draft(session)?;
        // No file is changed where it is, so two names may have the same. Not all servers can link.
        let pair = format!("{} {}", quoted(&from)?, quoted(&draft)?);
        let linked = session.ask(&format!("ln {pair}"))?;
        if linked.is_missing() {
            return Ok(false);
        }
        if !linked.errors.is_empty() {
            session.must(&format!("cp {pair}"))?;
        }
        session.make_folders(&to)?;
        session.must(&format!("rename {} {}", quoted(&draft)?, quoted(&to)?))?;
        // Moving one name of a file over another of the same does nothing (rename(2)).
        session.ask(&format!("rm {}", quoted(&draft)?)).map(|_| true)
    }

    fn delete(&self, name: &str) -> Result<()> {
        let session = &mut *self.session();
        let said = session.ask(&format!("rm {}", quoted(&self.remote(name))?))?;
        if !said.is_missing() {
            said.must_be_well(name)?;
        }
        // Folders that are empty then; for others this is an error that does not count.
        let mut folder = name;
        while let Some((above, _)) = folder.rsplit_once('/') {
            let path = self.remote(above);
            if !session.ask(&format!("rmdir {}", quoted(&path)?))?.errors.is_empty() {
                break;
            }
            session.folders.remove(&path);
            folder = above;
        }
        Ok(())
    }

    fn below(&self, folder: &str) -> Result<Vec<String>> {
        let said = self.session().ask(&format!("ls -1 {}", quoted(&self.remote(folder))?))?;
        if said.is_missing() {
            return Ok(Vec::new());
        }
        said.must_be_well(folder)?;
        let start = format!("{}/", self.root);
        let mut names = Vec::new();
        for line in said.lines {
            let Some(name) = line.strip_prefix(&start) else { continue };
            // The only folder that the press makes in its own.
            match name.ends_with("/kept") {
                true => names.extend(self.below(name)?),
                false => names.push(name.to_owned()),
            }
        }
        Ok(names)
    }
}
