//! The state of a site that is read on another core, and what a print goes by in it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::State;
use crate::files::STEP;

/// The state of a site that is read on another core, while something else is done.
#[derive(Debug)]
pub struct PendingState {
    place: PathBuf,
    state: Mutex<Option<JoinHandle<State>>>,
    trust: Trust,
}

/// What a folder is gone by for.
#[derive(Debug, Clone, Copy)]
pub(in crate::site) struct Trust {
    /// In sites of so many files each is asked for.
    pub(in crate::site) each_of: usize,
    /// How long after a change a folder may change again without a trace.
    pub(in crate::site) step: Duration,
}

impl Default for Trust {
    /// 50,000 questions take some tens of milliseconds.
    fn default() -> Self {
        Self { each_of: 50_000, step: STEP }
    }
}

impl PendingState {
    /// Begins to read what is known of the site in the folder `out`. Whatever happens there meanwhile: what is known of a
    /// file holds while the file is as it was.
    pub fn of(out: &Path) -> Self {
        let place = out.canonicalize().unwrap_or_else(|_| out.to_owned());
        let of = place.clone();
        let reading = std::thread::Builder::new().spawn(move || State::read(&of));
        Self { place, state: Mutex::new(reading.ok()), trust: Trust::default() }
    }

    /// The same for a site in which each file is asked for only if there are no more than so many. The others are taken as
    /// they were where their folder is as it was, on a file system that notes changes in steps of this time.
    #[must_use]
    pub fn asking_each_of(self, count: usize, step: Duration) -> Self {
        Self { trust: Trust { each_of: count, step }, ..self }
    }

    pub(in crate::site) fn trust(&self) -> Trust {
        self.trust
    }

    /// The state of the site at `place`.
    pub(in crate::site) fn take(&self, place: &Path) -> State {
        let reading = self.state.lock().unwrap_or_else(PoisonError::into_inner).take();
        let reading = reading.filter(|_| self.place == place);
        reading.and_then(|it| it.join().ok()).unwrap_or_else(|| State::read(place))
    }
}
