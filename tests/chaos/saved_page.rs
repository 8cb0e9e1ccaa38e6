//! The page of saved articles: what a reader does there.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::Value;
use tests::Result;

use crate::model::Owed;
use crate::page::{Shown, ask, look};
use crate::publisher;
use crate::run::{AGREE, LONG, Run, first_line};
use crate::steps::{Place, Store};

const ROWS: &str = ":is(.kept__article, .saved-article)";
const DOWNLOAD: &str = ":is([name=take], [name=download])";
const PLAN: &str = "(document.querySelector('[data-part=plan]')?.textContent ?? '')";
/// What the plan says where all is there.
const ALL_HERE: &str = "(document.querySelector('[data-part=plan]')?.dataset.allHere ?? '-')";

impl Run {
    /// Opens the page of saved articles, and waits until its script has filled it in. Without a shell
    /// there may be none.
    async fn open_saved(&mut self) -> Result<bool> {
        self.read(Place::Saved).await?;
        let now = look(&self.browser).await?;
        if now.shown().ok() != Some(Shown::Saved) {
            return Ok(false);
        }
        let start = Instant::now();
        loop {
            let filled = "!!document.querySelector('[data-kind=saved]')?.textContent";
            if self.browser.eval(filled).await? == Value::Bool(true) {
                return Ok(true);
            }
            let now = look(&self.browser).await?;
            let told = !now.message.is_empty() && start.elapsed() > AGREE;
            if told || start.elapsed() > LONG {
                let excused = !self.model.has_worker || !self.model.has_shell;
                ensure!(excused, "the page of saved articles stays empty: {now:?}");
                self.note("stays empty");
                return Ok(false);
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// The numbers of the articles that the page lists, which is open.
    pub(crate) async fn rows(&self) -> Result<Vec<usize>> {
        let rows = format!("[...document.querySelectorAll('{ROWS} a')].map((it) => it.pathname)");
        let rows = self.browser.eval(&rows).await?;
        let rows = rows.as_array().into_iter().flatten().filter_map(Value::as_str);
        let mut numbers: Vec<_> = rows.filter_map(publisher::number_of).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// Gives an article up in the list.
    pub(crate) async fn remove(&mut self, which: usize) -> Result {
        if !self.open_saved().await? {
            return Ok(());
        }
        let rows = self.rows().await?;
        let Some(number) = rows.get(which % rows.len().max(1)).copied() else {
            self.note("nothing is saved");
            return Ok(());
        };
        let path = publisher::path_of(number);
        self.browser
            .eval(&format!(
                "document.querySelector('{ROWS}:has(a[href=\"{path}\"]) [name=remove]').click()"
            ))
            .await?;
        self.model.told_saved(number, Owed::Unsure);
        let gone = format!("!document.querySelector('{ROWS} a[href=\"{path}\"]')");
        self.browser.until(&gone).await.context("an article that is given up stays in the list")?;
        self.note(&format!("{number} given up"));
        self.model.told_saved(number, Owed::No);
        Ok(())
    }

    /// Downloads the newest articles of some sections.
    pub(crate) async fn download(&mut self, sections: &[usize], stop: bool) -> Result {
        if !self.open_saved().await? {
            return Ok(());
        }
        let fine = self.network.is_fine() && !self.model.is_full;
        let choice: Vec<_> = sections.iter().map(|it| publisher::SECTIONS[*it]).collect();
        let choose = format!(
            "(() => {{
                for (const box of document.querySelectorAll('[name=section]')) {{
                    box.checked = {}.includes(box.value);
                }}
                document.querySelector('[data-part=plan]').textContent = '';
                document.querySelector('[name=section]').dispatchEvent(new Event('change', {{ bubbles: true }}));
            }})()",
            serde_json::to_string(&choice)?
        );
        self.browser.eval(&choose).await?;
        let planned = self.browser.until(&format!("{PLAN} !== ''")).await;
        if planned.is_err() {
            ensure!(!fine, "the page of saved articles plans nothing");
            self.note("no plan");
            return Ok(());
        }
        let all_here = format!("{PLAN} === {ALL_HERE}");
        if self.browser.eval(&all_here).await? == Value::Bool(true) {
            self.note("all here already");
            self.told_all_here(sections);
            return Ok(());
        }
        // It may speak of something else.
        let before = look(&self.browser).await?.message;
        self.browser.eval(&format!("document.querySelector('{DOWNLOAD}').click()")).await?;
        if stop {
            self.browser.eval(&format!("document.querySelector('{DOWNLOAD}').click()")).await?;
        }
        let end = Instant::now() + LONG;
        loop {
            let running = "document.querySelector('progress').hidden === false";
            let running = self.browser.eval(running).await? == Value::Bool(true);
            let now = look(&self.browser).await?;
            if self.browser.eval(&all_here).await? == Value::Bool(true) && !running {
                self.note("all here");
                self.told_all_here(sections);
                return Ok(());
            }
            let plan = self.browser.text(PLAN).await?;
            if !running && (now.message != before || stop) && !plan.is_empty() {
                self.note(&format!("{plan:?} {:?}", first_line(&now.message)));
                ensure!(!fine || stop, "a download fails, and nothing is wrong: {now:?}");
                self.model.unsure_of_downloads();
                return Ok(());
            }
            if Instant::now() > end || (!fine && now.message != before) {
                self.note(&format!("{plan:?} {:?}", first_line(&now.message)));
                ensure!(!fine, "a download does not end: {now:?}");
                self.model.unsure_of_downloads();
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    fn told_all_here(&mut self, sections: &[usize]) {
        let listed = self.publisher.listed(sections);
        self.model.told_downloaded(&listed);
    }

    /// Clears a store.
    pub(crate) async fn clear(&mut self, store: Store) -> Result {
        if !self.open_saved().await? {
            return Ok(());
        }
        let mut button = format!("[name=clear][value={}]", store.name());
        if store == Store::Downloads {
            button += ", [name=clear][value=edition]";
        }
        let clicked = format!(
            "(() => {{
                const button = document.querySelector('{button}');
                const free = !button.disabled;
                button.click();
                return free;
            }})()"
        );
        if self.browser.eval(&clicked).await? != Value::Bool(true) {
            self.note("nothing to clear");
            return Ok(());
        }
        if store == Store::Downloads {
            self.model.unsure_of_downloads();
        }
        let cleared = format!("document.querySelector('{button}').disabled");
        self.browser.until(&cleared).await.context("a store that is cleared stays full")?;
        self.cleared(store);
        Ok(())
    }

    /// The bytes that the worker counts, and those of the bodies that are stored, by store.
    pub(crate) async fn bytes(&self) -> Result<(Value, Value)> {
        let counted = ask(&self.browser, "usage", &[]).await?;
        let mut counted = counted["done"].clone();
        if let Some(all) = counted.as_object_mut()
            && let Some(downloads) = all.remove("downloads")
        {
            all.insert("edition".to_owned(), downloads);
        }
        let stored = "(async () => {
            const sizes = {};
            for (const store of ['saved', 'edition', 'read', 'pictures']) {
                sizes[store] = 0;
                const name = `broadsheet-v2-${store}:/`;
                if (!(await caches.has(name))) continue;
                const cache = await caches.open(name);
                for (const key of await cache.keys()) {
                    const answer = await cache.match(key);
                    sizes[store] += answer ? (await answer.blob()).size : 0;
                }
            }
            return sizes;
        })()";
        Ok((counted, self.browser.resolve(stored).await?))
    }
}
