//! How far a command is, on stderr, when it takes more than a second.

#![allow(clippy::print_stderr, reason = "this is the command line")]

use std::io::{IsTerminal as _, stderr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use press::publish::Watcher;

/// Before that nothing is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a line is written that stays, where stderr is no terminal.
const SELDOM: Duration = Duration::from_secs(10);

/// Shows how far a run is.
pub(super) struct Progress {
    shows: bool,
    terminal: bool,
    next: Mutex<Instant>,
    shown: Mutex<bool>,
}

impl Progress {
    pub(super) fn new(shows: bool) -> Self {
        let next = Mutex::new(Instant::now() + PATIENCE);
        Self { shows, terminal: stderr().is_terminal(), next, shown: Mutex::new(false) }
    }

    /// Leaves the line that is written over.
    pub(super) fn end(&self) {
        if *self.shown.lock().unwrap_or_else(PoisonError::into_inner) && self.terminal {
            eprintln!();
        }
    }
}

impl Watcher for Progress {
    fn step(&self, stage: &str, done: usize, all: usize) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.shows || Instant::now() < *next {
            return;
        }
        *next = Instant::now() + if self.terminal { PATIENCE / 10 } else { SELDOM };
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = true;
        match self.terminal {
            true => eprint!("\rSending {stage}: {done} of {all}\x1b[K"),
            false => eprintln!("Sending {stage}: {done} of {all}"),
        }
    }
}
