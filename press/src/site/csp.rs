//! The content security policy of a site.
//!
//! Everything comes from the site's own origin. The one inline script, which starts the app, is
//! allowed by its hash; `wasm-unsafe-eval` allows WebAssembly and nothing else (CSP Level 3,
//! "WebAssembly Integration").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::edition::EmbedConfig;
use crate::shell::Shell;

/// The policy of a site with this shell. The press writes it into every page as `<meta>`, so that it
/// holds on every host; a host that can set headers sends it as one too.
///
/// It frames the newspaper's own embed pages, for their preview.
pub fn policy(shell: &Shell) -> String {
    let hash = hash(&shell.boot);
    format!(
        "default-src 'none'; script-src 'self' {hash} 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
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

/// A source that allows an inline script or style by its text (CSP Level 3, "hash-source").
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
