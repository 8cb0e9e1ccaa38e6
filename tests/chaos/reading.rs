//! Reading: addresses, links, back and forward, and whether what is shown then may be shown.

use std::time::{Duration, Instant};

use anyhow::{bail, ensure};
use serde_json::Value;
use tests::Result;

use crate::model::Owed;
use crate::network::Fault;
use crate::page::{Look, Shown, look};
use crate::publisher;
use crate::run::{AGREE, LONG, Run, SHORT, first_line};
use crate::steps::{Place, Step};

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

impl Run {
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

    /// Follows a link inside the app.
    pub(crate) async fn follow(&mut self, which: usize) -> Result {
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

    pub(crate) async fn history(&mut self, step: &Step) -> Result {
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
}
