//! The service worker of a site: the shell's source with the list of this build's files.

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::shell::Shell;

/// The line of `sw.js` that the list replaces.
const MARK: &str = "/*press:shell*/";

/// The script that is served as `sw.js`. It changes when, and only when, the shell changes, so
/// that a new edition installs no new worker.
pub(super) fn script(shell: &Shell, base_path: &str) -> Result<String> {
    let assets = shell.assets().map(|asset| format!("{base_path}{}", asset.name));
    let list = json!({"build": shell.build, "base": base_path, "assets": assets});
    let (before, after) = shell
        .worker
        .split_once(MARK)
        .with_context(|| format!("sw.js of the shell must contain {MARK}"))?;
    Ok([before, &list.to_string(), after].concat())
}
