//! The response headers of a site, in the `_headers` format that Netlify and Cloudflare Pages read. `press
//! serve` sends them too. Other hosts need the same rules in their own words; a site works without them.
//!
//! Both hosts apply every rule that matches and join values of one header with a comma. Two joined policies
//! hold both, two joined cache rules contradict each other: so no two rules here set one header for one file.

use crate::edition::EmbedConfig;
use crate::embed::Embeds;
use crate::shell::Shell;

use super::csp;

/// The policy of an SVG picture that is opened by its address, as a document of the newspaper's origin. It may
/// use its own styles and what is embedded in it.
const DRAWING: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox";
const REVALIDATE: &str = "Cache-Control: no-cache";
/// For browsers that know no `frame-ancestors`.
const UNFRAMED: &str = "X-Frame-Options: DENY";
/// Partners' pages ask for `embed.js` with an `integrity`, which needs CORS.
const FOR_ALL: &str = "Access-Control-Allow-Origin: *";

/// The content of `_headers`. Pages end with a slash; elsewhere they carry their policy as `<meta>`. A worker
/// below a path may serve that path without its slash, too. Embed pages end otherwise, because only they may be
/// framed.
pub(super) fn file(shell: &Shell, base: &str, embeds: &Embeds<'_>, config: &EmbedConfig) -> String {
    let policy = format!("Content-Security-Policy: {}", csp::header(shell));
    let embed = csp::embed_header(embeds.policy(), config);
    let embed = format!("Content-Security-Policy: {embed}");
    let drawing = format!("Content-Security-Policy: {DRAWING}");
    let scope = match base.trim_end_matches('/') {
        "" => String::new(),
        path => format!("Service-Worker-Allowed: {path}"),
    };
    let rules = [
        (
            "*",
            vec![
                "X-Content-Type-Options: nosniff",
                "Referrer-Policy: strict-origin-when-cross-origin",
            ],
        ),
        ("", vec![&policy, UNFRAMED]),
        ("*/", vec![&policy, UNFRAMED]),
        ("index.html", vec![&policy, UNFRAMED]),
        ("*/index.html", vec![&policy, UNFRAMED]),
        ("404.html", vec![&policy, UNFRAMED]),
        ("embed/front*", vec![&embed]),
        ("embed/section/*", vec![&embed]),
        ("embed/article/*", vec![&embed]),
        ("embed.js", vec!["Cache-Control: public, max-age=300", FOR_ALL]),
        ("assets/embed.*", vec![FOR_ALL]),
        ("*.svg", vec![&drawing]),
        ("*.json", vec![REVALIDATE]),
        ("sw.js", vec![&policy, REVALIDATE, &scope]),
        ("assets/*", vec!["Cache-Control: public, max-age=31536000, immutable"]),
    ];
    let mut out = String::new();
    for (path, headers) in rules {
        out.push_str(&format!("{base}{path}\n"));
        for header in headers.iter().filter(|header| !header.is_empty()) {
            out.push_str(&format!("  {header}\n"));
        }
    }
    out
}
