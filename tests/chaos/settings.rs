//! Settings: what the environment asks for.

use std::collections::BTreeSet;
use std::env;

use anyhow::Context as _;
use tests::Result;

/// What to run.
pub(crate) struct Settings {
    pub(crate) seed: Option<u64>,
    pub(crate) steps: Option<usize>,
    pub(crate) engine: Option<String>,
    pub(crate) skip: BTreeSet<usize>,
    pub(crate) shrink: bool,
}

impl Settings {
    /// Reads the environment. A variable that is empty counts as not set.
    pub(crate) fn from_environment() -> Result<Self> {
        let text = |name: &str| env::var(name).ok().filter(|it| !it.is_empty());
        let number = |name: &str| {
            let parse = |it: String| it.parse::<u64>().with_context(|| format!("{name}={it}"));
            text(name).map(parse).transpose()
        };
        let skip = text("CHAOS_SKIP").unwrap_or_default();
        let skip = skip.split(',').filter(|it| !it.is_empty()).map(str::parse);
        Ok(Self {
            seed: number("CHAOS_SEED")?,
            steps: number("CHAOS_STEPS")?.map(|it| it as usize),
            engine: text("CHAOS_ENGINE"),
            skip: skip.collect::<std::result::Result<_, _>>().context("CHAOS_SKIP")?,
            shrink: text("CHAOS_SHRINK").is_some(),
        })
    }
}
