//! The content security policy of a site.
//!
//! Everything comes from the site's own origin. The one inline script, which starts the app, and the rules by which a
//! browser fetches pages ahead are allowed by their hashes; `wasm-unsafe-eval` allows WebAssembly and nothing else (CSP
//! Level 3, "WebAssembly Integration").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::edition::{EmbedConfig, ORIGINS, PlayersConfig};
use crate::shell::Shell;

/// What a browser fetches ahead for readers whose app has not started: the page of a link, when it is pressed and not yet
/// let go (HTML, "Speculative loading"; with `Save-Data` browsers fetch nothing). Pages alone end in `/`. The app takes the
/// rules away: it fetches a page's data, which are smaller.
pub(crate) const FETCHED_AHEAD: &str =
    r#"{"prefetch":[{"where":{"href_matches":"/*/"},"eagerness":"conservative"}]}"#;

/// The policy of a site with this shell. The press writes it into every page as `<meta>`, so that it
/// holds on every host; a host that can set headers sends it as one too.
///
/// It frames the newspaper's own pages: embed pages, for their preview, and those of players (`of_player`). No other
/// site is in it, whatever an article shows: the app goes from page to page with the policy of the first.
pub fn policy(shell: &Shell) -> String {
    let [boot, ahead] = [shell.boot.as_str(), FETCHED_AHEAD].map(hash);
    format!(
        "default-src 'none'; script-src 'self' {boot} {ahead} 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

/// The policy as a header. Browsers take `frame-ancestors` from a header alone: no other site frames a page.
pub(super) fn header(shell: &Shell) -> String {
    format!("{}; frame-ancestors 'none'", policy(shell))
}

/// The policy of an embed page, which says it as `<meta>` too: its own style and script, and pictures. In a frame
/// with an opaque origin `'self'` is not the newspaper for WebKit, and a mirror has another origin than the
/// base address.
pub(crate) fn of_embeds(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src http: https:; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

/// The policy of embed pages as a header: who may frame them, and the flags that their frames have anyway.
pub(super) fn embed_header(policy: &str, config: &EmbedConfig) -> String {
    let ancestors = match config.partners.as_slice() {
        [] => "*".to_owned(),
        partners => format!("'self' {}", partners.join(" ")),
    };
    format!(
        "{policy}; frame-ancestors {ancestors}; \
         sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"
    )
}

/// The policy of the page of a player: its own style and script, and frames of these origins.
pub(crate) fn of_player(style: &str, script: &str, origins: &str) -> String {
    format!(
        "default-src 'none'; style-src {}; script-src {}; frame-src {origins}; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

/// The policy of all pages of players as a header. Each page says as `<meta>` which of the origins is its own, and
/// both hold.
pub(super) fn player_header(shell: &Shell, config: &PlayersConfig) -> String {
    let known = ORIGINS.into_iter().chain(config.frames.iter().map(String::as_str));
    let origins = known.collect::<Vec<_>>().join(" ");
    let embed = &shell.embed;
    let policy = of_player(&embed.player_style, &embed.player_script, &origins);
    format!("{policy}; frame-ancestors 'self'")
}

/// A source that allows an inline script or style by its text (CSP Level 3, "hash-source").
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
