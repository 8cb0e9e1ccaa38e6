//! A test that invents bad days: random steps from a seed, in a real browser, against a server that
//! fails in every way; and a model of what the reader is owed after them.
//!
//! `make chaos SEED=… ENGINE=… STEPS=…` repeats a run. Environment:
//!
//! - `CHAOS_SEED`: the seed of the one run to make. Without it, fixed seeds in each engine.
//! - `CHAOS_STEPS`: with a seed, the steps of that run; without, how many steps are taken in all, in
//!   runs of 25 to 60 with a fresh profile each, from a random seed.
//! - `CHAOS_ENGINE`: chromium, webkit or firefox; the others are left out.
//! - `CHAOS_SKIP`: numbers of steps that are passed over, with commas between.
//! - `CHAOS_SHRINK`: where it is set, steps that a failure does not need are looked for.

mod check;
mod device;
mod model;
mod network;
mod page;
mod picture;
mod publisher;
mod reading;
mod run;
mod saved_page;
mod saving;
mod settings;
mod steps;
mod tabs;
mod tasks;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::atomic::Ordering;
use std::time::Instant;

use tests::{Engine, Event, Result, report};

use run::Run;
use settings::Settings;

/// Seeds of the run that `make test` makes, and their steps.
const SEEDS: [(u64, usize); 3] = [(1, 30), (2, 30), (3, 30)];

/// How often a failing list of steps is run again with fewer steps.
const TRIES: usize = 40;

#[tokio::test]
async fn bad_days_in_chromium() -> Result {
    in_engine(Engine::Chromium, "chromium").await
}

#[tokio::test]
async fn bad_days_in_webkit() -> Result {
    in_engine(Engine::WebKit, "webkit").await
}

#[tokio::test]
async fn bad_days_in_firefox() -> Result {
    in_engine(Engine::Firefox, "firefox").await
}

async fn in_engine(engine: Engine, name: &'static str) -> Result {
    let settings = Settings::from_environment()?;
    if settings.engine.as_ref().is_some_and(|it| it != name) {
        return Ok(());
    }
    if !engine.is_available() {
        return report(Event::NotRun, &format!("{engine:?} is not on this machine"));
    }
    let days = Days { engine, name, settings };
    match (days.settings.seed, days.settings.steps) {
        (Some(seed), steps) => days.day(seed, steps.unwrap_or_else(|| length(seed))).await,
        (None, Some(steps)) => days.many(steps).await,
        (None, None) => {
            for (seed, steps) in SEEDS {
                days.day(seed, steps).await?;
            }
            Ok(())
        }
    }
}

/// How many steps the run of a seed has: 25 to 60.
fn length(seed: u64) -> usize {
    fastrand::Rng::with_seed(seed).usize(25..=60)
}

/// Prints a line although the test passes.
fn say(words: &str) -> Result {
    Ok(writeln!(std::io::stderr(), "{words}")?)
}

/// How a run failed.
struct Failure {
    /// The steps that were taken.
    log: Vec<String>,
    error: anyhow::Error,
    /// It says nothing of the site.
    network_died: bool,
}

impl Failure {
    fn of(run: Run, error: anyhow::Error) -> Self {
        let network_died = run.browser.network_died().load(Ordering::Relaxed);
        Self { log: run.log, error, network_died }
    }
}

struct Days {
    engine: Engine,
    name: &'static str,
    settings: Settings,
}

impl Days {
    /// Runs of random seeds, until so many steps are taken. Goes on after a failure.
    async fn many(&self, steps: usize) -> Result {
        let (mut taken, mut runs) = (0, 0);
        let mut failures = Vec::new();
        let start = Instant::now();
        let mut seeds = fastrand::Rng::new();
        while taken < steps {
            let seed = seeds.u64(..1_000_000_000);
            let count = length(seed);
            if let Err(error) = self.day(seed, count).await {
                failures.push(seed);
                say(&format!("{error:#}\n"))?;
            }
            taken += count;
            runs += 1;
        }
        let minutes = start.elapsed().as_secs() / 60;
        say(&format!(
            "{runs} runs, {taken} steps in {}, {minutes} minutes, {} failed: {failures:?}",
            self.name,
            failures.len()
        ))?;
        anyhow::ensure!(
            failures.is_empty(),
            "{} of {runs} runs failed: {failures:?}",
            failures.len()
        );
        Ok(())
    }

    /// One run. A failure says what happened and how to make it happen again.
    async fn day(&self, seed: u64, count: usize) -> Result {
        let skip = &self.settings.skip;
        say(&self.line(seed, count, skip))?;
        let start = Instant::now();
        let mut result = self.attempt(seed, count, skip).await;
        if result.as_ref().is_err_and(|it| it.network_died) {
            report(Event::Flake, "the network process of WebKit died")?;
            result = self.attempt(seed, count, skip).await;
        }
        let Err(failure) = result else {
            return say(&format!("  {count} steps, {} s", start.elapsed().as_secs()));
        };
        let mut skip = skip.clone();
        let mut failure = failure;
        if self.settings.shrink {
            self.shrink(seed, count, &mut skip, &mut failure).await?;
        }
        let Failure { log, error, .. } = failure;
        let steps = log.join("\n");
        Err(error.context(format!("{steps}\n\n{}\n", self.line(seed, count, &skip))))
    }

    /// Leaves out steps that the failure does not need, in halves, quarters and so on to single steps.
    async fn shrink(
        &self,
        seed: u64,
        count: usize,
        skip: &mut BTreeSet<usize>,
        failure: &mut Failure,
    ) -> Result {
        let mut tries = 0;
        // What comes after the failure is not needed.
        let reached =
            failure.log.iter().filter_map(|it| it.split(' ').next()?.parse::<usize>().ok());
        skip.extend(reached.max().map_or(0, |it| it + 1)..count);
        let mut size = count.div_ceil(2);
        while size > 0 {
            let mut start = 0;
            while start < count && tries < TRIES {
                let mut fewer = skip.clone();
                fewer.extend(start..(start + size).min(count));
                start += size;
                if fewer.len() == skip.len() {
                    continue;
                }
                tries += 1;
                if let Err(found) = self.attempt(seed, count, &fewer).await
                    && !found.network_died
                {
                    say(&format!("  {} steps left: {:#}", count - fewer.len(), found.error))?;
                    (*skip, *failure) = (fewer, found);
                }
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
        Ok(())
    }

    async fn attempt(
        &self,
        seed: u64,
        count: usize,
        skip: &BTreeSet<usize>,
    ) -> std::result::Result<(), Failure> {
        let started = Run::start(self.engine).await;
        let mut run =
            started.map_err(|error| Failure { log: Vec::new(), error, network_died: false })?;
        let steps = steps::of(seed, count).into_iter().enumerate();
        for (index, step) in steps.filter(|(index, _)| !skip.contains(index)) {
            run.log.push(format!("{index} {step:?}"));
            if let Err(error) = run.take(&step).await {
                return Err(Failure::of(run, error));
            }
        }
        run.log.push("at the end".to_owned());
        if let Err(error) = run.check(true).await {
            return Err(Failure::of(run, error));
        }
        // A browser that does not close is killed with its profile.
        let _ = run.browser.close().await;
        Ok(())
    }

    /// How to run this again.
    fn line(&self, seed: u64, count: usize, skip: &BTreeSet<usize>) -> String {
        let skip: Vec<_> = skip.iter().map(usize::to_string).collect();
        let skip =
            if skip.is_empty() { String::new() } else { format!(" SKIP={}", skip.join(",")) };
        format!("make chaos SEED={seed} ENGINE={} STEPS={count}{skip}", self.name)
    }
}
