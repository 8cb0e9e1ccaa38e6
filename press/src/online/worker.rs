//! The service worker: its scope, its script, and the files that it fetches.

use anyhow::Result;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::fault::Faults;
use super::headers::judge;
use super::mend::Mend;
use super::{Answer, Visit, policy};
use crate::hosts::{Source, Table};

const NAME: &str = "sw.js";
/// What a policy has to allow it: to load its script, and to ask for files.
const POLICY: &str = "script-src 'self'; connect-src 'self'";

impl Visit<'_> {
    pub(super) fn worker(&self, faults: &mut Faults) -> Result<()> {
        let answer = self.ask.get(NAME)?;
        if answer.status != 200 {
            let what = format!(
                "the service worker answers {}; browsers take no redirect for it",
                answer.told()
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
        let policy = answer.header("content-security-policy");
        if let Some(lack) = policy.split(',').find_map(|it| policy::lack(it, POLICY)) {
            let what = format!("its policy keeps the service worker from working: {lack}");
            faults.add("policy-strict", NAME, Mend::Rules, what);
        }
        let files = list["assets"].as_array().into_iter().chain(list["files"].as_array()).flatten();
        let files = files.filter_map(|it| Some((it["path"].as_str()?, it["hash"].as_str())));
        let script = text.split("importScripts(\"").nth(1).and_then(|it| it.split('"').next());
        for (path, hash) in files.chain(script.map(|it| (it, None))) {
            let Some(path) = self.below(path) else { continue };
            let answer = self.ask.get(&path)?;
            if answer.status != 200 {
                let what = format!(
                    "the service worker needs it and is not installed, because it answers {}",
                    answer.told()
                );
                faults.add("worker-file", &path, Mend::Publish, what);
                continue;
            }
            // What pages load is judged there.
            if path.starts_with("assets/") && !self.loaded.contains(&path) {
                judge(&path, &path, &answer, &table, faults);
            }
            if hash.is_some_and(|it| it != hash_of(&answer.plain)) {
                let what = "its bytes are not those that the service worker is told of, so it keeps none of them: something changes \
                            files on the way, or they are of another print";
                faults.add("changed", &path, Mend::Untouched, what);
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

/// As the list of the worker has it: 16 hex digits of SHA-256.
fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|it| format!("{it:02x}")).collect()
}

/// What the worker says of its build.
fn list(text: &str) -> Option<Value> {
    let list = text.split_once("PRESS_SHELL=").or_else(|| text.split_once("PRESS_SHELL = "))?.1;
    let mut values = serde_json::Deserializer::from_str(list).into_iter::<Value>();
    values.next()?.ok()
}
