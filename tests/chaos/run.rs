//! A run: one reader with a fresh profile, one publisher, one network, and a list of steps.

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};
use tests::{Browser, Engine, Result};
use thirtyfour::WindowHandle;

use crate::model::{Model, Owed};
use crate::network::{Fault, Network};
use crate::page::{Look, Shown, ask, look};
use crate::publisher::{self, Publisher};
use crate::steps::{Place, Step};

/// How long a thing may take where nothing is in its way.
pub(crate) const LONG: Duration = Duration::from_secs(20);
/// How long a reader waits where something is.
const SHORT: Duration = Duration::from_millis(2500);
/// How long a page may take to agree with itself: title, heading and text change one after the other.
pub(crate) const AGREE: Duration = Duration::from_secs(3);
/// How long a document may load. Longer than the worker waits for a network.
const LOAD: Duration = Duration::from_secs(8);

/// A tab, and what the reader waits for in it.
pub(crate) struct Tab {
    handle: WindowHandle,
    /// The article whose saving has not been answered.
    pub(crate) saving: Option<usize>,
    /// The document loaded while nothing of the app could be missing.
    trusted: bool,
}

/// What the page has asked for, by what, for how many milliseconds, and with what status (Resource Timing); and what
/// becomes of its app.
const LOADED: &str = "(async () => {
    const { app, wasm } = document.querySelector('[data-wasm]').dataset;
    const [script, bytes] = await Promise.all([app, wasm].map((it) => fetch(it).then((it) => it.arrayBuffer())));
    const compiled = await WebAssembly.compile(bytes).then(() => 'compiles', String);
    const started = await import(app).then((it) => it.default({ module_or_path: wasm })).then(() => 'starts', (it) => it + it.stack);
    return [script.byteLength, bytes.byteLength, compiled, started, document.readyState, document.visibilityState,
        performance.getEntries().map((it) => [it.name, it.initiatorType, it.startTime, it.duration, it.responseStatus].join(' '))];
})()";

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
    fresh: Vec<usize>,
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
        self.tabs = vec![Tab { handle, saving: None, trusted: false }];
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
    fn is_fine(&self) -> bool {
        self.network.is_fine() && !self.model.is_full
    }

    /// The answer to a save that the document waited for will not be seen any more.
    pub(crate) fn forget_saving(&mut self, tab: usize) {
        let number = self.tabs.get_mut(tab).and_then(|it| it.saving.take());
        if let Some(number) = number {
            self.model.told_saved(number, Owed::Unsure);
        }
    }

    fn leave_document(&mut self) {
        self.forget_saving(self.tabs.len() - 1);
    }

    /// Opens an address as a document.
    pub(crate) async fn read(&mut self, place: Place) -> Result {
        self.leave_document();
        let address = place.address();
        let path = address.split('?').next().unwrap_or_default().to_owned();
        let fine = self.is_fine();
        let trusted = fine || self.model.has_shell;
        self.tab()?.trusted = trusted;
        // A document that does not come is seen below.
        let _ = self.browser.goto(&self.network.url(&address)).await;
        let whole = trusted && !self.half(&path);
        let (look, shown) = self.settled(if fine { LONG } else { AGREE }, whole).await?;
        self.note(&format!("{shown:?}"));
        self.judge(&look, &shown, &path, fine)?;
        self.was_read(&shown, fine);
        if matches!(shown, Shown::Article(..)) && !self.half(&path) {
            look.may_be_indexed()?;
        }
        if let Some(number) = place.article()
            && self.model.debt(number).saved == Owed::Yes
        {
            let stranger = matches!(shown, Shown::Portal)
                || self.half(&path)
                || (shown == Shown::Failed && !self.model.has_worker);
            let there = matches!(shown, Shown::Article(..) | Shown::Withdrawn(..));
            ensure!(there || stranger, "a saved article does not open: {look:?}");
        }
        Ok(())
    }

    /// What was read while nothing was wrong can be read again.
    fn was_read(&mut self, shown: &Shown, fine: bool) {
        if let Shown::Article(number, _) = shown
            && fine
            && self.model.has_worker
        {
            self.model.debt_mut(*number).read = true;
            self.fresh.push(*number);
        }
    }

    /// Whether the document of a path comes damaged straight from the network.
    fn half(&self, path: &str) -> bool {
        self.network
            .faults()
            .iter()
            .any(|(files, fault)| files.has(path) && matches!(fault, Fault::Truncated | Fault::Cut))
    }

    /// Waits until the page agrees with itself, and its app runs where `app` says so.
    pub(crate) async fn settled(&mut self, limit: Duration, app: bool) -> Result<(Look, Shown)> {
        let end = Instant::now() + limit;
        loop {
            // While a document is replaced there is none to ask.
            let looked = look(&self.browser).await;
            let shown = looked
                .as_ref()
                .map_err(|error| format!("{error:#}"))
                .and_then(|it| it.shown().map_err(|error| format!("{error:#}")));
            let late = Instant::now() > end;
            match (looked, shown) {
                (Ok(look), Ok(shown)) => {
                    let strange = matches!(shown, Shown::Portal | Shown::Trouble | Shown::Failed);
                    if shown != Shown::Nothing && (look.runs || strange || !app) {
                        return Ok((look, shown));
                    }
                    if late && shown == Shown::Nothing {
                        return Ok((look, Shown::Failed));
                    }
                    if late {
                        let loaded = self.browser.resolve(LOADED).await;
                        bail!("the app does not start: {look:?}, loaded {loaded:?}");
                    }
                }
                (_, Err(error)) if late => {
                    let url = self.browser.driver().current_url().await;
                    let ours = url.is_ok_and(|it| it.scheme() == "http");
                    ensure!(!app && !ours, "{error}");
                    // A page of the browser that answers no questions.
                    bail!("{error}")
                }
                _ => {}
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// Whether a page may be shown now at the path that was asked for.
    fn judge(&self, look: &Look, shown: &Shown, path: &str, fine: bool) -> Result {
        let fault = |wanted: fn(&Fault) -> bool| {
            let faults = self.network.faults();
            let mut own = faults.iter().filter(|(files, _)| files.has(path));
            own.any(|(_, fault)| wanted(fault))
        };
        match shown {
            Shown::Article(number, version) => {
                let may = self.model.may_show(*number, *version, &self.publisher);
                ensure!(may, "a text that may not be shown any more: {look:?}");
            }
            Shown::Withdrawn(number) => {
                let withdrawn = self.publisher.article(*number).withdrawn;
                ensure!(withdrawn, "this was never withdrawn: {look:?}");
            }
            Shown::List | Shown::Saved => {}
            Shown::Offline => {
                ensure!(!fine, "\"no network\", and there is one: {look:?}");
            }
            Shown::Missing => {
                let deleted =
                    publisher::number_of(path).is_some_and(|it| self.publisher.article(it).deleted);
                ensure!(deleted || !fine, "\"no such page\", and there is one: {look:?}");
            }
            Shown::Portal => {
                ensure!(fault(|it| *it == Fault::Portal), "there is no captive portal: {look:?}");
            }
            Shown::Trouble => {
                let status = fault(|it| matches!(it, Fault::Status(_)));
                ensure!(status, "the server is in no trouble: {look:?}");
            }
            Shown::Failed | Shown::Nothing => {
                let slow = fault(|it| matches!(it, Fault::Hold | Fault::Slow(_)));
                let broken = fault(|it| matches!(it, Fault::Truncated | Fault::Cut));
                let excused = (!self.model.has_worker && !fine) || slow || broken;
                ensure!(excused, "the browser shows no page: {look:?}");
            }
        }
        Ok(())
    }

    /// Whether the tab shows a page of the paper whose app runs.
    async fn on_paper(&mut self) -> bool {
        look(&self.browser).await.is_ok_and(|it| it.ours && it.runs)
    }

    /// Puts a loud message away, so that the next one is not mistaken for it.
    async fn close_alert(&self) -> Result {
        let close = "document.querySelector('[role=alert] button')?.click()";
        self.browser.eval(close).await.map(|_| ())
    }

    /// Follows a link inside the app.
    async fn follow(&mut self, which: usize) -> Result {
        if !self.on_paper().await {
            self.note("no app");
            return Ok(());
        }
        self.close_alert().await?;
        let fine = self.is_fine();
        let trusted = self.tab()?.trusted;
        let click = format!(
            "(() => {{
                const links = [...document.querySelectorAll('header a, main a, footer a, .foot a')].filter((it) =>
                    it.origin === location.origin && !it.target && !it.hash && it.pathname.endsWith('/'));
                const link = links[{which} % links.length];
                link.scrollIntoView({{ block: 'center' }});
                window.__document = true;
                // The pointer is over it for a while, or another link was meant first.
                if ({which} % 3 === 0) link.dispatchEvent(new PointerEvent('pointerover', {{ bubbles: true }}));
                if ({which} % 7 === 0) links[({which} + 5) % links.length].click();
                link.click();
                return link.pathname;
            }})()"
        );
        let path = self.browser.text(&click).await?;
        self.forget_saving_if_left(&path).await?;
        let end = Instant::now() + if fine { LONG } else { SHORT };
        loop {
            let looked = look(&self.browser).await;
            if let Ok(look) = &looked
                && let Ok(shown) = look.shown()
            {
                let left = self.browser.eval("window.__document !== true").await?;
                let ready = look.runs || !trusted || left != Value::Bool(true);
                if look.path == path && shown != Shown::Nothing && ready {
                    self.note(&format!("{path} {shown:?}"));
                    self.was_read(&shown, fine);
                    return self.judge(look, &shown, &path, fine);
                }
                if !look.alert.is_empty() {
                    self.note(&format!("{path}: {:?}", first_line(&look.alert)));
                    ensure!(!fine, "a link fails, and nothing is wrong: {look:?}");
                    return Ok(());
                }
            }
            if Instant::now() > end {
                let found = looked.map(|it| format!("{it:?}"));
                ensure!(!fine, "a link to {path} does nothing: {found:?}");
                self.note(&format!("{path}: nothing yet"));
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// The app tells of a save on whatever page it shows, so a link inside the app loses nothing.
    async fn forget_saving_if_left(&mut self, path: &str) -> Result {
        let saving = self.tab()?.saving;
        if saving.is_some_and(|it| publisher::path_of(it) != path) {
            self.leave_document();
        }
        Ok(())
    }

    /// Saves an article or gives it up, on its page.
    async fn press(&mut self, number: usize, save: bool, wait: bool) -> Result {
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

    async fn history(&mut self, step: &Step) -> Result {
        if !look(&self.browser).await.is_ok_and(|it| it.ours) {
            self.note("no page");
            return Ok(());
        }
        let fine = self.is_fine();
        self.leave_document();
        let driver = self.browser.driver();
        // A document that does not come is seen below.
        let _ = match step {
            Step::Back => driver.back().await,
            Step::Forward => driver.forward().await,
            _ => driver.refresh().await,
        };
        if !look(&self.browser).await.is_ok_and(|it| it.ours) {
            // Before the first page there is none.
            let _ = self.browser.driver().forward().await;
        }
        let (look, shown) = self.settled(if fine { LONG } else { AGREE }, false).await?;
        self.note(&format!("{} {shown:?}", look.path));
        // Back and forward may bring a document back as it was left.
        if *step == Step::Reload && fine && look.ours {
            self.judge(&look, &shown, &look.path, fine)?;
        }
        Ok(())
    }

    async fn open_tab(&mut self) -> Result {
        // WebKitGTK's driver paints one window only, and the app starts after the first paint.
        if self.tabs.len() > 1 || self.engine == Engine::WebKit {
            return Ok(());
        }
        let handle = self.browser.driver().new_tab().await?;
        self.browser.driver().switch_to_window(handle.clone()).await?;
        self.tabs.push(Tab { handle, saving: None, trusted: false });
        self.read(Place::Front).await
    }

    async fn switch_tab(&mut self) -> Result {
        self.tabs.rotate_left(1);
        let handle = self.tab()?.handle.clone();
        self.browser.driver().switch_to_window(handle).await?;
        self.agree_on_saved().await
    }

    /// The button of the article that is shown says what was done in another tab.
    async fn agree_on_saved(&mut self) -> Result {
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

    pub(crate) async fn close_tab(&mut self) -> Result {
        if self.tabs.len() == 1 {
            return Ok(());
        }
        self.leave_document();
        self.browser.driver().close_window().await?;
        self.tabs.pop();
        let handle = self.tab()?.handle.clone();
        self.browser.driver().switch_to_window(handle).await?;
        self.agree_on_saved().await
    }

    /// Closes the browser and opens it again.
    pub(crate) async fn restart(&mut self) -> Result {
        self.close_tab().await?;
        self.leave_document();
        self.browser.restart().await?;
        // What a session of the protocol asked for goes with it.
        self.model.is_full = false;
        self.begin_session().await
    }

    async fn kill(&mut self) -> Result {
        if self.engine != Engine::Chromium {
            return Ok(());
        }
        self.stop_workers().await?;
        for index in 0..self.tabs.len() {
            self.forget_saving(index);
        }
        Ok(())
    }

    /// Ends the workers of this browser, Chromium, wherever they are.
    pub(crate) async fn stop_workers(&self) -> Result {
        // Each tab is a session of its own.
        self.browser.cdp("ServiceWorker.enable", json!({})).await?;
        self.browser.cdp("ServiceWorker.stopAllWorkers", json!({})).await?;
        Ok(())
    }

    async fn fill(&mut self, bytes: u64) -> Result {
        if self.engine != Engine::Chromium || !look(&self.browser).await.is_ok_and(|it| it.ours) {
            return Ok(());
        }
        let usage =
            self.browser.resolve("navigator.storage.estimate().then((it) => it.usage)").await?;
        let quota = usage.as_u64().unwrap_or_default() + bytes;
        let limit = json!({"origin": self.network.url(""), "quotaSize": quota});
        self.browser.cdp("Storage.overrideQuotaForOrigin", limit).await?;
        self.model.is_full = true;
        self.model.nothing_read();
        Ok(())
    }

    pub(crate) async fn empty(&mut self) -> Result {
        if self.model.is_full {
            let limit = json!({"origin": self.network.url("")});
            self.browser.cdp("Storage.overrideQuotaForOrigin", limit).await?;
            self.model.is_full = false;
        }
        Ok(())
    }

    async fn evict(&mut self) -> Result {
        if !look(&self.browser).await.is_ok_and(|it| it.ours) {
            return Ok(());
        }
        let all =
            "caches.keys().then((names) => Promise.all(names.map((it) => caches.delete(it))))";
        self.browser.resolve(all).await?;
        self.model.evicted();
        for index in 0..self.tabs.len() {
            self.forget_saving(index);
        }
        Ok(())
    }

    /// Deletes the index. A worker that has it open lets it go.
    async fn lose_index(&mut self) -> Result {
        if !self.model.has_worker || !look(&self.browser).await.is_ok_and(|it| it.ours) {
            return Ok(());
        }
        let delete = "new Promise((done) => {
            const request = indexedDB.deleteDatabase('broadsheet:/');
            request.onsuccess = () => done('deleted');
            request.onerror = () => done('not deleted');
            setTimeout(done, 5000, 'late');
        })";
        let answer = self.browser.resolve(delete).await?;
        self.note(&answer.to_string());
        Ok(())
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
