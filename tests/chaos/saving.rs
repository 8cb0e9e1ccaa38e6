//! Saving: the button of an article, what comes of it, and what other tabs say of it.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::Value;
use tests::Result;

use crate::model::Owed;
use crate::network::Fault;
use crate::page::{Look, Shown, ask, look};
use crate::publisher;
use crate::run::{LONG, Run, SHORT, first_line};
use crate::steps::Place;

impl Run {
    /// The answer to a save that the document waited for will not be seen any more.
    pub(crate) fn forget_saving(&mut self, tab: usize) {
        let number = self.tabs.get_mut(tab).and_then(|it| it.saving.take());
        if let Some(number) = number {
            self.model.told_saved(number, Owed::Unsure);
        }
    }

    pub(crate) fn leave_document(&mut self) {
        self.forget_saving(self.tabs.len() - 1);
    }

    /// The app tells of a save on whatever page it shows, so a link inside the app loses nothing.
    pub(crate) async fn forget_saving_if_left(&mut self, path: &str) -> Result {
        let saving = self.tab()?.saving;
        if saving.is_some_and(|it| publisher::path_of(it) != path) {
            self.leave_document();
        }
        Ok(())
    }

    /// Saves an article or gives it up, on its page.
    pub(crate) async fn press(&mut self, number: usize, save: bool, wait: bool) -> Result {
        let path = publisher::path_of(number);
        let there = look(&self.browser)
            .await
            .is_ok_and(|it| it.ours && it.runs && publisher::number_of(&it.path) == Some(number));
        if !there {
            self.read(Place::Article(number)).await?;
        }
        // Where files of the app fail, it comes late or not at all.
        let end = Instant::now() + SHORT;
        while !self.on_paper().await && Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        let now = look(&self.browser).await?;
        let here = matches!(now.shown(), Ok(Shown::Article(..) | Shown::Withdrawn(..)));
        if !here || !now.runs {
            self.note("not on its page");
            return Ok(());
        }
        // The app asks the worker when it shows an article.
        if self.model.debt(number).saved == Owed::Yes && self.model.has_worker {
            let _ =
                self.browser.until("document.querySelector('.save')?.ariaPressed === 'true'").await;
        }
        let pressed = look(&self.browser).await?.pressed;
        if pressed.as_deref() == Some(if save { "true" } else { "false" }) {
            self.note("nothing to press");
            return Ok(());
        }
        self.close_alert().await?;
        let fine = self.is_fine();
        self.browser.eval("document.querySelector('.save').click()").await?;
        if save && !wait {
            self.model.told_saved(number, Owed::Unsure);
            self.tab()?.saving = Some(number);
            self.note("did not wait");
            return Ok(());
        }
        if !save {
            // Whatever was under way in any tab, it is not wanted any more.
            for tab in &mut self.tabs {
                tab.saving = tab.saving.filter(|it| *it != number);
            }
        }
        let end = Instant::now() + if fine { LONG } else { SHORT };
        loop {
            let now = look(&self.browser).await?;
            if !now.alert.is_empty() {
                self.note(&format!("{:?}", first_line(&now.alert)));
                self.judge_refusal(&now, number, save, fine)?;
                let kept = if save { Owed::No } else { Owed::Unsure };
                self.model.told_saved(number, kept);
                return Ok(());
            }
            let pressed = now.pressed.as_deref() == Some("true");
            if pressed == save && self.is_saved(&path).await? == Some(save) {
                self.note(if save { "saved" } else { "given up" });
                self.model.told_saved(number, if save { Owed::Yes } else { Owed::No });
                return Ok(());
            }
            if Instant::now() > end {
                ensure!(!fine, "the button is pressed, and nothing comes of it: {now:?}");
                self.note("nothing yet");
                self.model.told_saved(number, if save { Owed::Unsure } else { Owed::No });
                if save {
                    self.tab()?.saving = Some(number);
                }
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// Whether the reason that the reader is told can be the true one.
    fn judge_refusal(&self, look: &Look, number: usize, save: bool, fine: bool) -> Result {
        let article = self.publisher.article(number);
        let excused = self.model.is_full || (save && article.deleted) || !fine;
        ensure!(excused, "the app refuses, and nothing is wrong: {look:?}");
        let phrases = &broadsheet::phrases::VIETNAMESE;
        if look.alert.contains(phrases.no_store) {
            let unregistered = !self.model.has_worker && !fine;
            ensure!(unregistered, "\"cannot keep anything here\", and it can: {look:?}");
        }
        if look.alert.contains(phrases.save_full) {
            ensure!(self.model.is_full, "\"no room\", and there is room: {look:?}");
        }
        if look.alert.contains(phrases.save_network) && save {
            let broken = self
                .network
                .faults()
                .iter()
                .any(|(_, fault)| matches!(fault, Fault::Cut | Fault::Hold | Fault::Slow(_)));
            let possible = !self.network.is_up() || broken;
            ensure!(possible, "\"no network\", and there is one: {look:?}");
        }
        Ok(())
    }

    /// What the worker says of an article. Nothing where no worker answers.
    pub(crate) async fn is_saved(&self, path: &str) -> Result<Option<bool>> {
        let has = "navigator.serviceWorker.getRegistration().then((it) => !!it?.active)";
        if self.browser.resolve(has).await? != Value::Bool(true) {
            return Ok(None);
        }
        Ok(ask(&self.browser, "isSaved", &[path]).await?["done"].as_bool())
    }

    /// The button of the article that is shown says what was done in another tab.
    pub(crate) async fn agree_on_saved(&mut self) -> Result {
        let saving = self.tabs.iter().any(|it| it.saving.is_some());
        let now = look(&self.browser).await?;
        let shown = now.shown().is_ok_and(|it| matches!(it, Shown::Article(..)));
        if saving || !shown || !now.runs || !self.model.has_worker || !self.is_fine() {
            return Ok(());
        }
        let Some(number) = publisher::number_of(&now.path) else { return Ok(()) };
        let saved = match self.model.debt(number).saved {
            Owed::Yes => "true",
            Owed::No => "false",
            Owed::Unsure => return Ok(()),
        };
        let agrees = format!("document.querySelector('.save')?.ariaPressed === '{saved}'");
        self.browser.until(&agrees).await.context("another tab saved or gave up")
    }

    /// Whether the tab shows a page of the paper whose app runs.
    pub(crate) async fn on_paper(&mut self) -> bool {
        look(&self.browser).await.is_ok_and(|it| it.ours && it.runs)
    }

    /// Puts a loud message away, so that the next one is not mistaken for it.
    pub(crate) async fn close_alert(&self) -> Result {
        let close = "document.querySelector('[role=alert] button')?.click()";
        self.browser.eval(close).await.map(|_| ())
    }
}
