//! The service worker of a site: the shell's source with the list of this build's files, or the kill
//! switch.
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

use anyhow::{Context as _, Result};
use broadsheet::contract::Site;
use broadsheet::phrases::Phrases;
use serde_json::json;

use crate::hash::long_hash;
use crate::shell::Shell;

/// Where the kill switch is, relative to the base path.
pub(super) const KILL_SWITCH: &str = "kill-switch.js";
/// The name in `sw.js` whose place the list takes.
const MARK: &str = "PRESS_SHELL";

/// What the worker fetches when it is installed, besides the shell: path and bytes.
pub(super) type File = (String, Vec<u8>);

/// The script that is served as `sw.js`: the kill switch, unless the site works offline. It changes
/// when the shell changes, or what all pages share; a new article installs no new worker.
///
/// # Errors
/// If the worker of the shell has no place for the list.
pub(super) fn script(shell: &Shell, site: &Site, files: &[File], offline: bool) -> Result<String> {
    if !offline {
        return Ok(shell.kill_switch.clone());
    }
    let (before, after) = shell
        .worker
        .split_once(MARK)
        .with_context(|| format!("sw.js of the shell must contain {MARK}"))?;
    Ok([before, &list(shell, site, files).to_string(), after].concat())
}

/// What `js/worker/build.js` says of the build. JSON is an expression of JavaScript as it is, since
/// ES2019.
fn list(shell: &Shell, site: &Site, files: &[File]) -> serde_json::Value {
    let base = &site.base_path;
    let file = |path: &str, bytes: &[u8]| json!({"path": path, "hash": long_hash(bytes)});
    let assets = shell.assets().map(|it| file(&format!("{base}{}", it.name), &it.bytes));
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
