//! What the last line of a run counts although no test failed: known flakes, and what was not run.
//!
//! Every test binary appends to the file that the environment variable `TEST_EVENTS` names;
//! `tests/summary.sh` counts its lines. Without the variable the events are only printed.

use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;

use crate::Result;

/// Why a result is not what it seems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Something outside of the project failed, and was tried once more.
    Flake,
    /// The test did nothing, because the machine lacks what it needs.
    NotRun,
}

/// Prints an event, with its cause and the test's name, and appends it to the file of events.
///
/// # Errors
/// If the file cannot be written.
pub fn report(event: Event, cause: &str) -> Result {
    let kind = match event {
        Event::Flake => "flake",
        Event::NotRun => "not-run",
    };
    // The thread of a test has the test's path as its name.
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("main");
    // Written to the stream itself: the test harness holds back what `eprintln!` prints.
    writeln!(std::io::stderr(), "{kind}: {cause}: {test}")?;
    let Some(file) = env::var_os("TEST_EVENTS") else { return Ok(()) };
    // One write of one line: several binaries may append at once.
    let line = format!("{kind}\t{cause}\t{test}\n");
    Ok(OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes())?)
}
