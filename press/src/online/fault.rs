//! What is wrong with a site that is online.

use std::collections::BTreeSet;

use super::ask::{Asker, Note};
use super::host;
use super::mend::Mend;
use crate::hosts::Host;

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault it is; a code never changes its meaning.
    pub code: &'static str,
    /// The path that was asked for.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub fix: String,
}

/// What was found so far.
pub(super) struct Faults {
    host: Option<Host>,
    all: Vec<Fault>,
}

impl Faults {
    pub(super) fn new(host: Option<Host>) -> Self {
        Self { host, all: Vec::new() }
    }

    pub(super) fn add(
        &mut self,
        code: &'static str,
        path: &str,
        mend: Mend,
        what: impl Into<String>,
    ) {
        let (path, what) = (format!("/{path}"), what.into());
        let fix = host::advice(self.host, mend);
        self.all.push(Fault { code, path, what, fix });
    }

    /// All that was found. Of a path that had no answer nothing else is said.
    pub(super) fn done(mut self, ask: &Asker) -> (Vec<Fault>, Option<Host>) {
        let (notes, silent) = ask.notes();
        self.all.retain(|it| !silent.contains(it.path.trim_start_matches('/')));
        let mut said = BTreeSet::new();
        for Note { code, path, mend, what } in notes {
            if said.insert((path.clone(), what.clone())) {
                self.add(code, &path, mend, what);
            }
        }
        (self.all, self.host)
    }
}
