//! The device: a browser that is closed, workers that are ended, a storage that is full, emptied or damaged.

use serde_json::json;
use tests::{Engine, Result};

use crate::page::look;
use crate::run::Run;

impl Run {
    /// Closes the browser and opens it again.
    pub(crate) async fn restart(&mut self) -> Result {
        self.close_tab().await?;
        self.leave_document();
        self.browser.restart().await?;
        // What a session of the protocol asked for goes with it.
        self.model.is_full = false;
        self.begin_session().await
    }

    pub(crate) async fn kill(&mut self) -> Result {
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

    pub(crate) async fn fill(&mut self, bytes: u64) -> Result {
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

    pub(crate) async fn evict(&mut self) -> Result {
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
    pub(crate) async fn lose_index(&mut self) -> Result {
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
}
