//! The service worker of a site: the shell's source with the list of this build's files, or the kill
//! switch.
//!
//! The kill switch is a worker that takes the place of an installed one, deletes what that one keeps
//! of the shell, and goes. There are two ways to pull it:
//!
//! - `offline = false` in `site.toml`: the site is printed with the kill switch as `sw.js`.
//! - In an emergency, without the press: every site has the kill switch as `sw-off.js`, to be put in
//!   the place of `sw.js` by hand. The next site that is printed has its worker again.
//!
//! Either way it reaches a reader on the next visit, when the browser compares `sw.js` (Service
//! Workers, "Soft Update").

use anyhow::{Context as _, Result};
use broadsheet::contract::Site;
use broadsheet::urls::{Route, Urls};
use serde_json::json;

use crate::shell::Shell;

/// Where the kill switch is, relative to the base path.
pub(super) const KILL_SWITCH: &str = "sw-off.js";
/// The name in `sw.js` whose place the list takes.
const MARK: &str = "PRESS_SHELL";

/// The script that is served as `sw.js`: the kill switch, unless the site works offline. It changes
/// when the shell changes, or what all pages share; a new article installs no new worker.
pub(super) fn script(shell: &Shell, site: &Site, offline: bool) -> Result<String> {
    if !offline {
        return Ok(shell.worker_off.clone());
    }
    let (before, after) = shell
        .worker
        .split_once(MARK)
        .with_context(|| format!("sw.js of the shell must contain {MARK}"))?;
    Ok([before, &list(shell, site).to_string(), after].concat())
}

/// What the worker fetches when it is installed. JSON is an expression of JavaScript as it is, since
/// ES2019.
fn list(shell: &Shell, site: &Site) -> serde_json::Value {
    let urls = Urls::of(site);
    let base = urls.base_path();
    let assets = shell.assets().map(|asset| format!("{base}{}", asset.name));
    let pages = [Route::Offline, Route::Saved].map(|route| urls.path(route));
    let mut files: Vec<_> = pages.into_iter().flat_map(|it| [it.clone(), urls.data(&it)]).collect();
    files.extend(site.banner.as_ref().map(|banner| banner.src.clone()));
    json!({
        "build": shell.build_in(site),
        "base": base,
        "site": site.base_url,
        "assets": assets,
        "files": files,
    })
}
