//! `embed.js`: the script with the custom element, under the names and addresses of one site.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use broadsheet::contract::Site;
use serde_json::json;
use sha2::{Digest as _, Sha384};

use crate::edition::EmbedConfig;
use crate::shell::{Asset, EmbedShell, asset};

/// The stable address, relative to the site.
pub(super) const NAME: &str = "embed.js";
/// The name in the script whose place the site takes.
const MARK: &str = "PRESS_EMBED";

/// The script, named by its bytes.
pub(super) fn script(shell: &EmbedShell, site: &Site, config: &EmbedConfig) -> Asset {
    let site = json!({"element": config.element, "base": site.base_path, "site": site.base_url});
    let text = shell.element.replacen(MARK, &site.to_string(), 1);
    asset("embed", "js", text.into_bytes())
}

/// The value of `integrity` for these bytes (Subresource Integrity).
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}
