//! `wrangler.jsonc` and `.assetsignore`, for Cloudflare Workers with static assets
//! (developers.cloudflare.com/workers/wrangler/configuration, "Assets").

use serde_json::json;

use super::names::{self, HEADERS, REDIRECTS};

/// The date whose behaviour of Workers the site is made for.
const COMPATIBILITY_DATE: &str = "2026-01-01";

/// The content of `wrangler.jsonc`. The name is that of the Worker in the publisher's account.
pub(super) fn config(name: &str) -> String {
    let config = json!({
        "name": worker_name(name),
        "compatibility_date": COMPATIBILITY_DATE,
        "assets": {
            "directory": ".",
            "html_handling": "auto-trailing-slash",
            "not_found_handling": "404-page",
        },
    });
    format!("{config:#}\n")
}

/// A Worker's name has small letters, digits and hyphens, 63 at most.
fn worker_name(name: &str) -> String {
    let small = name.to_lowercase();
    let plain: String =
        small.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(63).collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "newspaper".to_owned() } else { plain.to_owned() }
}

/// The content of `.assetsignore`: what wrangler does not upload. It reads `_headers` and `_redirects` and
/// uploads neither.
pub(super) fn ignore() -> String {
    let names = names::hidden().filter(|it| ![HEADERS, REDIRECTS].contains(it));
    names.chain([".wrangler", "node_modules"]).map(|name| format!("{name}\n")).collect()
}
