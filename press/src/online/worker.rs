//! The service worker: its scope, its script, and the files that it fetches.

use anyhow::Result;
use serde_json::Value;

use super::fault::{Faults, Mend};
use super::headers::judge;
use super::{Answer, Visit};
use crate::hosts::{Source, Table};

const NAME: &str = "sw.js";

impl Visit<'_> {
    pub(super) fn worker(&self, faults: &mut Faults) -> Result<()> {
        let answer = self.ask.get(NAME)?;
        if answer.status != 200 {
            let what = format!(
                "the service worker answers {}; browsers take no redirect for it",
                answer.status
            );
            faults.add("worker", NAME, Mend::Publish, what);
            return Ok(());
        }
        let table = Table::new(Source { base: &self.site.base_path, ..Source::default() });
        judge(NAME, NAME, &answer, &table, faults);
        let text = answer.text();
        // The one that takes the worker away has no list.
        let Some(list) = list(&text).filter(|_| !self.site.online_only) else { return Ok(()) };
        self.scope(&list, &answer, faults);
        let assets =
            list["assets"].as_array().into_iter().chain(list["files"].as_array()).flatten();
        let script = text.split("importScripts(\"").nth(1).and_then(|it| it.split('"').next());
        let paths = assets.filter_map(|it| it["path"].as_str()).chain(script);
        for path in paths.filter_map(|path| self.below(path)) {
            let answer = self.ask.get(&path)?;
            if answer.status != 200 {
                let what = format!(
                    "the service worker needs it and is not installed, because it answers {}",
                    answer.status
                );
                faults.add("worker-file", &path, Mend::Publish, what);
            }
        }
        Ok(())
    }

    fn scope(&self, list: &Value, answer: &Answer, faults: &mut Faults) {
        let path = self.ask.base().path();
        let base = list["base"].as_str().unwrap_or_default();
        if base != path {
            let what =
                format!("the service worker is printed for {base}, and the site is at {path}");
            return faults.add("worker-scope", NAME, Mend::Edition, what);
        }
        let wanted = path.trim_end_matches('/');
        let allowed = answer.header("service-worker-allowed");
        // Its own folder is what it may serve without being allowed to.
        if !wanted.is_empty() && allowed.trim_end_matches('/') != wanted {
            let what = format!(
                "it is sent without Service-Worker-Allowed: {wanted}, which lets it serve that address, too"
            );
            faults.add("worker-scope", NAME, Mend::Rules, what);
        }
    }
}

/// What the worker says of its build.
fn list(text: &str) -> Option<Value> {
    let list = text.split_once("PRESS_SHELL=").or_else(|| text.split_once("PRESS_SHELL = "))?.1;
    let mut values = serde_json::Deserializer::from_str(list).into_iter::<Value>();
    values.next()?.ok()
}
