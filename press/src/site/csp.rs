//! The content security policy of a site.
//!
//! Everything comes from the site's own origin. The one inline script, which starts the app, is
//! allowed by its hash; `wasm-unsafe-eval` allows WebAssembly and nothing else (CSP Level 3,
//! "WebAssembly Integration").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::shell::Shell;

/// The policy of a site with this shell. The press writes it into every page as `<meta>`, so that it
/// holds on every host; a host that can set headers sends it as one too.
///
/// Partners may frame articles, so it names no `frame-ancestors`.
pub fn policy(shell: &Shell) -> String {
    let hash = STANDARD.encode(Sha256::digest(shell.boot.as_bytes()));
    format!(
        "default-src 'none'; script-src 'self' 'sha256-{hash}' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
    )
}
