//! How far the work is, for people: a line on stderr once it takes longer than a second.
//!
//! On a terminal the line is written over and over and taken away in the end; elsewhere, as in the log of a build, a new
//! line comes every few seconds.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What is over before that is not worth a line.
const SOON: Duration = Duration::from_secs(1);
/// How often the line on a terminal is written anew.
const BLINK: Duration = Duration::from_millis(200);
/// How often a line comes in a log.
const LOG: Duration = Duration::from_secs(5);

/// So many pieces of work are counted at a time.
const STEPS: usize = 64;

/// Where it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Nowhere,
    Terminal,
    Log,
}

/// Tells how far the work is.
#[derive(Debug)]
pub struct Progress {
    how: How,
    times: Mutex<Times>,
}

#[derive(Debug)]
struct Times {
    /// When the work began.
    started: Instant,
    /// When the last line came.
    last: Option<Instant>,
}

/// A part of the work, of which it is known how much it is.
#[derive(Debug)]
pub struct Part<'a> {
    progress: Option<&'a Progress>,
    what: &'static str,
    total: usize,
    done: AtomicUsize,
    started: Instant,
}

impl Progress {
    /// Tells it if that is wanted.
    pub fn new(wanted: bool) -> Self {
        let how = match (wanted, io::stderr().is_terminal()) {
            (false, _) => How::Nowhere,
            (true, true) => How::Terminal,
            (true, false) => How::Log,
        };
        Self { how, times: Mutex::new(Times { started: Instant::now(), last: None }) }
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says a line, if it is time for one.
    pub(crate) fn tell(&self, line: impl FnOnce() -> String) {
        let (first, every) = match self.how {
            How::Nowhere => return,
            How::Terminal => (SOON, BLINK),
            How::Log => (LOG, LOG),
        };
        let mut times = self.times();
        if times.started.elapsed() > first && times.last.is_none_or(|last| last.elapsed() > every) {
            times.last = Some(Instant::now());
            let line = line();
            let _ = match self.how {
                How::Terminal => write!(io::stderr(), "\r\x1b[K{line} …"),
                _ => writeln!(io::stderr(), "{line}"),
            };
        }
    }

    /// Takes the line of a terminal away, before something else is said. What follows is other work.
    pub fn end(&self) {
        let mut times = self.times();
        times.started = Instant::now();
        if times.last.take().is_some() && self.how == How::Terminal {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl<'a> Part<'a> {
    /// Begins a part of the work. `what` says what is done, as in "Reading articles".
    pub(crate) fn new(progress: Option<&'a Progress>, what: &'static str, total: usize) -> Self {
        Self { progress, what, total, done: AtomicUsize::new(0), started: Instant::now() }
    }

    /// Says that the one with this number is done. One of [`STEPS`] is counted, for all of these: cores that count the
    /// same wait for each other.
    pub(crate) fn step(&self, number: usize) {
        if let Some(progress) = self.progress
            && number.is_multiple_of(STEPS)
        {
            let done = STEPS + self.done.fetch_add(STEPS, Ordering::Relaxed);
            let done = done.min(self.total);
            progress.tell(|| line(self.what, done, self.total, self.started.elapsed()));
        }
    }
}

/// `Reading articles: 640 of 100000, 25 s left`.
fn line(what: &str, done: usize, total: usize, taken: Duration) -> String {
    let left = taken.as_secs_f64() / done.max(1) as f64 * total.saturating_sub(done) as f64;
    let left = match left.ceil() {
        seconds if seconds < 120.0 => format!("{seconds} s"),
        seconds => format!("{} min", (seconds / 60.0).ceil()),
    };
    format!("{what}: {done} of {total}, {left} left")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_much_is_done_and_how_long_the_rest_takes() {
        let line =
            |done, seconds| line("Reading articles", done, 1_000, Duration::from_secs(seconds));
        assert_eq!(line(250, 10), "Reading articles: 250 of 1000, 30 s left");
        assert_eq!(line(1, 1), "Reading articles: 1 of 1000, 17 min left");
        assert_eq!(line(1_000, 9), "Reading articles: 1000 of 1000, 0 s left");
    }
}
