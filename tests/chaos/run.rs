//! A run: one reader with a fresh profile, one publisher, one network, and a list of steps.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use tests::{Browser, Engine, Result};

use crate::model::Model;
use crate::network::{Fault, Network};
use crate::publisher::Publisher;
use crate::steps::Step;
use crate::tabs::Tab;

/// How long a thing may take where nothing is in its way.
pub(crate) const LONG: Duration = Duration::from_secs(20);
/// How long a reader waits where something is.
pub(crate) const SHORT: Duration = Duration::from_millis(2500);
/// How long a page may take to agree with itself: title, heading and text change one after the other.
pub(crate) const AGREE: Duration = Duration::from_secs(3);
/// How long a document may load. Longer than the worker waits for a network.
const LOAD: Duration = Duration::from_secs(8);

/// The state of a run.
pub(crate) struct Run {
    pub(crate) browser: Browser,
    pub(crate) engine: Engine,
    pub(crate) network: Network,
    pub(crate) publisher: Publisher,
    pub(crate) model: Model,
    pub(crate) tabs: Vec<Tab>,
    /// What happened, for the one who reads a failure.
    pub(crate) log: Vec<String>,
    /// Read in the last step: what keeps it may be under way.
    pub(crate) fresh: Vec<usize>,
}

impl Run {
    /// A browser with an empty profile, and the first edition.
    pub(crate) async fn start(engine: Engine) -> Result<Self> {
        let publisher = Publisher::new()?;
        let network = Network::start(&publisher.site()).await?;
        let browser = Browser::open_in(engine).await?;
        let (model, tabs, log, fresh) = Default::default();
        let mut run = Self { browser, engine, network, publisher, model, tabs, log, fresh };
        run.begin_session().await?;
        Ok(run)
    }

    /// A session has one empty tab.
    pub(crate) async fn begin_session(&mut self) -> Result {
        self.browser.driver().set_page_load_timeout(LOAD).await?;
        let handle = self.browser.driver().window().await?;
        self.tabs = vec![Tab::at(handle)];
        Ok(())
    }

    /// The current tab: the last of the list.
    pub(crate) fn tab(&mut self) -> Result<&mut Tab> {
        self.tabs.last_mut().context("there is no tab")
    }

    /// Adds to what the current step says of itself.
    pub(crate) fn note(&mut self, text: &str) {
        if let Some(line) = self.log.last_mut() {
            line.push_str(" → ");
            line.push_str(text);
        }
    }

    /// Takes a step, and looks at what the reader sees then.
    pub(crate) async fn take(&mut self, step: &Step) -> Result {
        let fresh = std::mem::take(&mut self.fresh);
        if matches!(step, Step::Kill | Step::Restart | Step::Cut | Step::Fill(_)) {
            fresh.iter().for_each(|it| self.model.debt_mut(*it).read = false);
        }
        match step {
            Step::Read(place) => self.read(*place).await?,
            Step::Follow(which) => self.follow(*which).await?,
            Step::Save(number, wait) => self.press(*number, true, *wait).await?,
            Step::GiveUp(number) => self.press(*number, false, true).await?,
            Step::Remove(which) => self.remove(*which).await?,
            Step::Download(sections, stop) => self.download(sections, *stop).await?,
            Step::Clear(store) => self.clear(*store).await?,
            Step::Reload | Step::Back | Step::Forward => self.history(step).await?,
            Step::OpenTab => self.open_tab().await?,
            Step::SwitchTab => self.switch_tab().await?,
            Step::CloseTab => self.close_tab().await?,
            Step::Restart => self.restart().await?,
            Step::Publish(change) => {
                if self.publisher.change(*change)? {
                    self.model.published(*change);
                }
            }
            Step::Fail(files, fault) => {
                if files.touches_shell() && !matches!(fault, Fault::Slow(_)) {
                    self.model.has_shell = false;
                }
                self.network.fail(files.clone(), *fault);
            }
            Step::Cut => self.network.cut().await,
            Step::Heal => {
                self.network.mend();
                self.network.restore().await?;
            }
            Step::Kill => self.kill().await?,
            Step::Fill(bytes) => self.fill(*bytes).await?,
            Step::Empty => self.empty().await?,
            Step::Evict => self.evict().await?,
            Step::LoseIndex => self.lose_index().await?,
            Step::Ask(tasks, wait) => self.tasks(tasks, *wait).await?,
            Step::Check => self.check(false).await?,
        }
        self.console().await
    }

    /// Whether a navigation that fails, or a page without its app, is nobody's fault.
    pub(crate) fn is_fine(&self) -> bool {
        self.network.is_fine() && !self.model.is_full
    }

    /// Errors that nobody caught, and an app that gave up.
    async fn console(&mut self) -> Result {
        if self.engine != Engine::Chromium {
            return Ok(());
        }
        let trusted = self.tab()?.trusted;
        for line in self.browser.complaints().await? {
            ensure!(!line.contains("Uncaught"), "an error that nobody caught: {line}");
            let broken = line.contains("The page stays as it is") && trusted;
            ensure!(!broken, "the app gave up: {line}");
        }
        Ok(())
    }
}

/// The sentence of a message.
pub(crate) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
