//! The service worker of a site: `sw.js` with the list of this build's files, which loads the script that the shell has
//! for all sites. That script is named by its bytes: a build that does not change it costs a reader the list alone.
//!
//! The kill switch is a worker that takes the place of an installed one, deletes what that one keeps
//! of the shell, and goes. There are two ways to pull it:
//!
//! - `offline = false` in `site.toml`: the site is printed with the kill switch as `sw.js`.
//! - In an emergency, without the press: every site has the kill switch as `kill-switch.js`, to be put in
//!   the place of `sw.js` by hand. The next site that is printed has its worker again.
//!
//! Either way it reaches a reader on the next visit, when the browser compares `sw.js` (Service
//! Workers, "Soft Update").

use anyhow::{Result, bail};
use broadsheet::contract::Site;
use broadsheet::phrases::Phrases;
use serde_json::json;

use super::output::Output;
use super::versions::{self, File, Patches};
use crate::hash::{long_hash, short_hash};
use crate::shell::{Asset, Shell, asset};

/// Where the kill switch is, relative to the base path.
pub(super) const KILL_SWITCH: &str = "kill-switch.js";
/// The name by which the script of the shell has the list.
const MARK: &str = "PRESS_SHELL";

/// Writes the script of the worker, and the patches that it fetches. What is served as `sw.js` changes when the shell
/// changes, or what all pages share; a new article installs no new worker.
///
/// # Errors
/// If the worker of the shell does not read the list, or a file cannot be written.
pub(super) fn write(output: &Output, shell: &Shell, site: &Site, files: &[File]) -> Result<String> {
    if !shell.worker.contains(MARK) {
        bail!("sw.js of the shell must contain {MARK}");
    }
    let script = asset("worker", "js", shell.worker.clone().into_bytes());
    output.write(&script.name, &script.bytes)?;
    let patches = versions::write(output, shell.assets().into_iter(), files)?;
    let path = json!([&*site.base_path, &*script.name].concat());
    let list = list(shell, site, files, &patches);
    Ok(format!("self.{MARK}={list};\nimportScripts({path});\n"))
}

/// What `js/worker/build.js` says of the build. JSON is an expression of JavaScript as it is, since
/// ES2019.
fn list(shell: &Shell, site: &Site, files: &[File], patches: &Patches) -> serde_json::Value {
    let base = &site.base_path;
    let file = |path: &str, bytes: &[u8]| {
        let mut file = json!({"path": path, "hash": long_hash(bytes)});
        if let Some(from) = patches.get(&short_hash(bytes)).filter(|from| !from.is_empty()) {
            file["from"] = json!(from);
        }
        file
    };
    let assets = shell.assets().map(|it: &Asset| file(&format!("{base}{}", it.name), &it.bytes));
    let files: Vec<_> = files.iter().map(|(path, bytes)| file(path, bytes)).collect();
    json!({
        "build": shell.build_in(site),
        "base": base,
        "site": site.base_url,
        "assets": assets,
        "files": files,
        "page": Phrases::of(&site.language).page,
    })
}
