//! The check: the network heals, the paper is visited, and then the network goes for good. What the
//! reader is owed must be there, and nothing else.

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};
use tests::{Engine, Event, Result, report};

use crate::model::Owed;
use crate::page::{Look, Shown, ask, look};
use crate::publisher::{self, ARTICLES};
use crate::run::{LONG, Run};
use crate::steps::Place;

/// How long a page may take to be whole where it comes from the device.
const SOON: Duration = Duration::from_secs(10);

impl Run {
    /// Looks at everything. At the end of a run on a cold start, with the browser's own cache empty.
    pub(crate) async fn check(&mut self, last: bool) -> Result {
        self.contact().await.context("after the network came back")?;
        self.network.cut().await;
        if self.engine == Engine::Chromium {
            // What only the browser's own cache has is not kept.
            self.browser.cdp("Network.clearBrowserCache", json!({})).await?;
        }
        if last {
            self.restart().await?;
        }
        self.without_a_network(last).await.context("without a network")?;
        self.network.restore().await
    }

    /// The network heals, and the paper is visited until the worker has done all that it owes.
    async fn contact(&mut self) -> Result {
        self.network.mend();
        self.network.restore().await?;
        self.empty().await?;
        self.await_saving().await?;
        while self.tabs.len() > 1 {
            self.close_tab().await?;
        }
        self.read(Place::Front).await?;
        self.browser.until("navigator.serviceWorker.controller").await?;
        self.until_build().await?;
        // The worker of today's build sees a visit.
        self.read(Place::Front).await?;
        let answer = self.ask_to_sync().await?;
        ensure!(answer.get("failed").is_none(), "the contact failed: {answer}");
        self.until_shell().await?;
        self.until_counted().await?;
        self.model.contacted(&self.publisher);
        Ok(())
    }

    /// A save that a tab still waits for ends, one way or the other, and the reader is told which.
    async fn await_saving(&mut self) -> Result {
        let Some(number) = self.tab()?.saving else { return Ok(()) };
        let path = publisher::path_of(number);
        let end = Instant::now() + LONG + LONG;
        loop {
            let now = look(&self.browser).await?;
            if now.path != path {
                break;
            }
            let saved = self.is_saved(&path).await? == Some(true);
            let pressed = now.pressed.as_deref() == Some("true");
            if saved && pressed || !now.alert.is_empty() {
                self.tab()?.saving = None;
                let owed = if now.alert.is_empty() { Owed::Yes } else { Owed::No };
                self.model.told_saved(number, owed);
                return Ok(());
            }
            ensure!(Instant::now() < end, "a save does not end: {now:?}");
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        self.forget_saving(self.tabs.len() - 1);
        Ok(())
    }

    /// The worker of the build that is served is in charge.
    async fn until_build(&mut self) -> Result {
        let build = self.publisher.build()?;
        // Chromium lets an old worker go after 30 seconds without an event, at the latest.
        let mut end = Instant::now() + LONG + LONG;
        let mut stopped = false;
        loop {
            let quiet = "navigator.serviceWorker.getRegistration().then((it) =>
                !it.installing && !it.waiting && it.active?.state === 'activated')";
            if self.browser.resolve(quiet).await? == Value::Bool(true) {
                let answer = ask(&self.browser, "build", &[]).await?;
                if answer["done"] == build.as_str() {
                    return Ok(());
                }
                // Not while a worker is on its way: in Chromium each look for a newer one may keep
                // the old one. An update that is under way already is not an error.
                let update = "navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => 1)";
                let _ = self.browser.resolve(update).await;
            }
            if Instant::now() > end && self.engine == Engine::Chromium && !stopped {
                // Chromium sometimes counts an event of the old worker for minutes that has ended.
                report(Event::Flake, "Chromium keeps a worker that has nothing to do")?;
                self.stop_workers().await?;
                stopped = true;
                end += LONG;
            }
            if Instant::now() > end {
                let workers = "navigator.serviceWorker.getRegistration().then((it) => ['installing', 'waiting',
                    'active'].map((which) => `${which}: ${it?.[which]?.state}`).join())";
                let workers = self.browser.resolve(workers).await?;
                let answer = ask(&self.browser, "build", &[]).await?;
                bail!(
                    "the worker of build {build} does not come: {workers}; the one that answers: {answer}"
                );
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The contact that the app makes on a visit. Made once more, because its end can be seen here.
    async fn ask_to_sync(&mut self) -> Result<Value> {
        let answer = ask(&self.browser, SYNC, &[]).await?;
        Ok(answer)
    }

    /// Each file of the shell is there, and has the bytes that the press printed.
    async fn until_shell(&mut self) -> Result {
        let build = self.publisher.build()?;
        let end = Instant::now() + LONG;
        let hashes = "(async () => {
            const hashes = [];
            for (const name of (await caches.keys()).filter((it) => it.startsWith('broadsheet-shell:/:'))) {
                const cache = await caches.open(name);
                for (const key of await cache.keys()) {
                    const { pathname, search } = new URL(key.url);
                    const answer = search ? null : await cache.match(key);
                    if (!answer) continue;
                    const hash = await crypto.subtle.digest('SHA-256', await answer.arrayBuffer());
                    const hex = [...new Uint8Array(hash)].map((it) => it.toString(16).padStart(2, '0')).join('');
                    hashes.push([name.split(':').pop(), pathname, hex]);
                }
            }
            return hashes;
        })()";
        loop {
            let found = self.browser.resolve(hashes).await?;
            let found: Vec<(String, String, String)> = serde_json::from_value(found)?;
            let mut missing = self.shell_files()?;
            let mut wrong = Vec::new();
            for (of_build, path, hash) in &found {
                let known = self.publisher.hashes().get(path);
                if !known.is_some_and(|it| it.contains(hash)) {
                    wrong.push(path);
                } else if *of_build == build {
                    missing.retain(|it| it != path);
                }
            }
            if missing.is_empty() && wrong.is_empty() {
                return Ok(());
            }
            ensure!(
                Instant::now() < end,
                "the shell is not whole: missing {missing:?}, other bytes {wrong:?}"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The paths without which nothing opens.
    fn shell_files(&self) -> Result<Vec<String>> {
        // Those of embeds are for other sites, and the browser keeps the worker's by itself.
        let other = ["/assets/embed", "/assets/worker."];
        let of_the_app = |it: &String| {
            it.starts_with("/assets/") && !other.iter().any(|other| it.starts_with(other))
        };
        let assets = self.publisher.files().into_iter().filter(of_the_app);
        let pages = ["/offline/", "/saved/"].map(str::to_owned);
        Ok(assets.chain(pages).collect())
    }

    /// The worker counts what is stored. Writes that are under way take a moment.
    async fn until_counted(&mut self) -> Result {
        let end = Instant::now() + SOON;
        loop {
            let (counted, stored) = self.bytes().await?;
            if counted == stored {
                return Ok(());
            }
            ensure!(Instant::now() < end, "counted {counted}, stored {stored}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn without_a_network(&mut self, all: bool) -> Result {
        self.read(Place::Front).await?;
        let front = look(&self.browser).await?;
        ensure!(front.shown()? == Shown::List, "the front does not open: {front:?}");
        self.list().await?;
        let mut opened = Vec::new();
        for number in 0..ARTICLES {
            let debt = self.model.debt(number);
            if !all && !debt.withdrawn && !self.model.owed().contains(&number) {
                continue;
            }
            let told = || format!("article {number}: {debt:?}");
            if self.article(number).await.with_context(told)? {
                opened.push(number);
            }
        }
        if all {
            self.readable(&opened).await?;
            let file = ask(&self.browser, "export", &["Saved"]).await?;
            let left_out = &file["done"]["leftOut"];
            ensure!(left_out.as_array().is_some_and(Vec::is_empty), "the file lacks some: {file}");
        }
        Ok(())
    }

    /// The offline page lists the articles that open, and no others.
    async fn readable(&mut self, opened: &[usize]) -> Result {
        self.read(Place::Offline).await?;
        let end = Instant::now() + SOON;
        loop {
            let links = "[...document.querySelectorAll('main .cards a')].map((it) => it.pathname)";
            let links = self.browser.eval(links).await?;
            let links = links.as_array().into_iter().flatten().filter_map(Value::as_str);
            let mut listed: Vec<_> = links.filter_map(publisher::number_of).collect();
            listed.sort_unstable();
            if listed == opened {
                return Ok(());
            }
            ensure!(Instant::now() < end, "{opened:?} can be read, and {listed:?} are listed");
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// The page of saved articles lists what is saved, and decides what nobody knew.
    async fn list(&mut self) -> Result {
        self.read(Place::Saved).await?;
        let filled = "document.querySelector('[data-kind=saved]')?.textContent";
        self.browser.until(filled).await.context("the page of saved articles stays empty")?;
        let rows = self.rows().await?;
        for number in 0..ARTICLES {
            let listed = rows.contains(&number);
            match self.model.debt(number).saved {
                Owed::Yes => ensure!(listed, "{number} was saved, and is not listed: {rows:?}"),
                Owed::No => ensure!(!listed, "{number} was not saved, and is listed: {rows:?}"),
                Owed::Unsure => {
                    self.model.debt_mut(number).saved = if listed { Owed::Yes } else { Owed::No };
                }
            }
        }
        Ok(())
    }

    /// An article opens as it is owed. One that is not owed may open all the same. Whether it did.
    async fn article(&mut self, number: usize) -> Result<bool> {
        self.read(Place::Article(number)).await?;
        let (mut now, shown) = self.settled(SOON, true).await?;
        let debt = self.model.debt(number);
        let owed = debt.saved == Owed::Yes || debt.downloaded == Owed::Yes;
        let article = self.publisher.article(number);
        match shown {
            Shown::Article(_, version) => {
                ensure!(
                    self.model.may_show(number, version, &self.publisher),
                    "an old text: {now:?}"
                );
            }
            Shown::Withdrawn(_) => ensure!(article.withdrawn, "it was never withdrawn: {now:?}"),
            Shown::Offline => ensure!(!owed && !debt.read, "it does not open: {now:?}"),
            _ => ensure!(false, "this is not what was asked for: {now:?}"),
        }
        let opened = matches!(shown, Shown::Article(..) | Shown::Withdrawn(..));
        if opened {
            let pressed = if debt.saved == Owed::Yes { "true" } else { "false" };
            let end = Instant::now() + SOON;
            // Those further down are not waited for until somebody scrolls.
            self.browser
                .eval("document.querySelectorAll('.article img').forEach((it) => { it.loading = 'eager'; })")
                .await?;
            let whole = |now: &Look| {
                let pictures =
                    now.pictures.iter().all(|(_, complete, width)| *complete && *width > 0);
                let button = now.pressed.as_deref() == Some(pressed);
                button && (pictures || !owed || debt.pictures_excused)
            };
            while !whole(&now) {
                ensure!(Instant::now() < end, "not whole, or the button is wrong: {now:?}");
                tokio::time::sleep(Duration::from_millis(15)).await;
                now = look(&self.browser).await?;
            }
            if debt.saved == Owed::No {
                // The button says "false" before the worker has answered, too.
                let path = publisher::path_of(number);
                ensure!(self.is_saved(&path).await? == Some(false), "it is still saved: {now:?}");
            }
        }
        Ok(opened)
    }
}

/// The task of the worker that asks what was corrected and withdrawn.
const SYNC: &str = "syncCorrections";
