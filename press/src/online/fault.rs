//! What is wrong with a site that is online.

use super::host;
use crate::hosts::Host;

/// What mends a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// The host has to follow the rules of the site.
    Rules,
    /// The host has to compress.
    Compress,
    /// Nothing may change pages on the way.
    Untouched,
    /// The site has to be published, or a cache emptied.
    Publish,
    /// The edition has to be mended.
    Edition,
}

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

    pub(super) fn done(self) -> (Vec<Fault>, Option<Host>) {
        (self.all, self.host)
    }
}
