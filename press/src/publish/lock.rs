//! The lock of a destination: an object that one run alone can create, with who has it and until when it counts.
//!
//! The run that has it renews it; one that was not renewed for [`STALE`] is taken over, and one of a process of this
//! machine that is gone at once.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::list::FOLDER;
use super::store::{About, Body, Store};

/// A lock that was not renewed for so long is nobody's.
const STALE: SignedDuration = SignedDuration::from_mins(10);
/// How often it is renewed.
const RENEW: Duration = Duration::from_secs(60);

/// Who has the lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Owner {
    /// The run, by a name that no other has.
    run: String,
    /// Who runs it, for people: user and machine.
    who: String,
    /// The machine since it was started, with its process ids; empty where that is unknown.
    machine: String,
    /// The process, and when it began in the machine's own count.
    process: (u32, String),
    since: Timestamp,
    renewed: Timestamp,
}

impl Owner {
    fn new(run: &str) -> Self {
        let process = std::process::id();
        let variable = |name| std::env::var(name).ok();
        let user = variable("USER").or_else(|| variable("LOGNAME")).unwrap_or_else(|| "?".into());
        let host = fs::read_to_string("/proc/sys/kernel/hostname").ok();
        let host = host.or_else(|| variable("HOSTNAME")).unwrap_or_else(|| "?".into());
        let now = Timestamp::now();
        Self {
            run: run.to_owned(),
            who: format!("{user} on {} (process {process})", host.trim()),
            machine: machine(),
            process: (process, began(process).unwrap_or_default()),
            since: now,
            renewed: now,
        }
    }

    /// Whether its run cannot be going on.
    fn is_gone(&self) -> bool {
        let here = !self.machine.is_empty() && self.machine == machine();
        let ended = here && began(self.process.0).as_ref() != Some(&self.process.1);
        ended || Timestamp::now().duration_since(self.renewed) > STALE
    }
}

/// This machine since it was started, and which processes are seen here (proc(5)); empty where there is no `/proc`.
fn machine() -> String {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let space = fs::read_link("/proc/self/ns/pid").unwrap_or_default();
    match boot.trim() {
        "" => String::new(),
        boot => format!("{boot} {}", space.display()),
    }
}

/// When a process of this machine began, in clock ticks (proc_pid_stat(5), field 22).
fn began(process: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, in parentheses, may hold spaces.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    // A process that has ended and that nobody has waited for is gone, too.
    (*fields.first()? != "Z").then(|| fields.get(19).map(|it| (*it).to_owned()))?
}

/// A lock that this run has.
pub(super) struct Lock<'a> {
    store: &'a dyn Store,
    owner: Owner,
    lost: AtomicBool,
}

fn name() -> String {
    format!("{FOLDER}/lock.json")
}

impl<'a> Lock<'a> {
    /// Takes the lock; with `force` from whoever has it.
    pub(super) fn take(store: &'a dyn Store, run: &str, force: bool) -> Result<Self> {
        let owner = Owner::new(run);
        let bytes = serde_json::to_vec(&owner)?;
        let taken = Self { store, owner, lost: AtomicBool::new(false) };
        for _ in 0..3 {
            if store.create(&name(), &bytes)? {
                return Ok(taken);
            }
            // Gone since.
            let Some((old, version)) = store.get(&name())? else { continue };
            match serde_json::from_slice::<Owner>(&old) {
                Ok(other) if !force && !other.is_gone() => bail!(
                    "{} is being published to by {}, since {:.0}; wait until that has ended, or use --break-lock \
                     if you know that it has",
                    store.name(),
                    other.who,
                    other.since
                ),
                Err(_) if !force => bail!(
                    "{} at {} is no lock of this press; use --break-lock if nobody else is publishing",
                    name(),
                    store.name()
                ),
                _ if store.replace(&name(), &version, &bytes)? => return Ok(taken),
                // Somebody was faster.
                _ => {}
            }
        }
        bail!("others keep taking the lock of {}; try again", store.name())
    }

    fn is_ours(&self) -> Result<bool> {
        let there = self.store.get(&name())?;
        let owner = there.and_then(|(bytes, _)| serde_json::from_slice::<Owner>(&bytes).ok());
        Ok(owner.is_some_and(|it| it.run == self.owner.run))
    }

    /// Fails if somebody has broken the lock.
    pub(super) fn check(&self) -> Result<()> {
        if self.lost.load(Ordering::Relaxed) || !self.is_ours()? {
            bail!("somebody else has taken the lock of {}; run this again", self.store.name());
        }
        Ok(())
    }

    /// Does some work while the lock is renewed.
    pub(super) fn hold<T>(&self, work: impl FnOnce() -> T) -> T {
        let (stop, stopped) = channel::<()>();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                while stopped.recv_timeout(RENEW) == Err(RecvTimeoutError::Timeout) {
                    match self.is_ours() {
                        Ok(true) => {
                            // Trying again a minute later is soon enough.
                            let _ = self.renew();
                        }
                        Ok(false) => return self.lost.store(true, Ordering::Relaxed),
                        Err(_) => {}
                    }
                }
            });
            // Dropped when the work ends, even by a panic.
            let _stop: Sender<()> = stop;
            work()
        })
    }

    fn renew(&self) -> Result<()> {
        let owner = Owner { renewed: Timestamp::now(), ..self.owner.clone() };
        self.store.put(&name(), Body::Bytes(&serde_json::to_vec(&owner)?), &About::private())
    }

    /// Gives the lock back.
    pub(super) fn give_back(self) -> Result<()> {
        match self.is_ours()? {
            true => self.store.delete(&name()).context("the lock stays there"),
            false => Ok(()),
        }
    }
}
