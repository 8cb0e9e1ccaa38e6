//! `_redirects`, which Netlify, Cloudflare and GitLab read, and `press serve`: a line a redirect, with the old path,
//! the new one and the status.
//!
//! Where there is a file at the old path, as there is here, Cloudflare follows the rule, GitLab serves the file, and
//! Netlify does so unless the status has a `!`, which Cloudflare takes for an error. The file leads on as well, so
//! the mark stands there only where `site.toml` names Netlify and not Cloudflare. GitLab's limits, 1,000 rules and 64 KB
//! (docs.gitlab.com/user/project/pages/redirects), cost nothing for the same reason.

use super::limits::{CLOUDFLARE_REDIRECT_LINE, CLOUDFLARE_REDIRECTS, NETLIFY_REDIRECTS};
use super::names::Host;
use super::paths;
use super::table::{Redirect, Table};

/// The content of `_redirects`, and how many old addresses are in it.
pub(super) fn write(table: &Table, hosts: &[Host]) -> (String, usize) {
    let forced = hosts.contains(&Host::Netlify) && !hosts.contains(&Host::Cloudflare);
    let (status, limit) =
        if forced { ("301!", NETLIFY_REDIRECTS) } else { ("301", CLOUDFLARE_REDIRECTS) };
    let line = |from: &str, redirect: &Redirect| {
        let from = paths::encoded(&[table.base.as_str(), from].concat());
        // These are marks of patterns, and have no other spelling.
        let plain = !from.contains(['*', ':']);
        let line = format!("{from} {} {status}\n", table.location(&redirect.to));
        (plain && line.len() <= CLOUDFLARE_REDIRECT_LINE).then_some(line)
    };
    let mut out = String::new();
    let mut lines = 0;
    let mut fits = 0;
    // First every address as it was written, then its other spellings: a host finds the way from these by itself.
    for spelling in 0..3 {
        for redirect in &table.redirects {
            let from = redirect.paths().nth(spelling);
            let Some(line) = from.and_then(|from| line(&from, redirect)) else { continue };
            if lines == limit {
                return (out, fits);
            }
            lines += 1;
            fits += usize::from(spelling == 0);
            out.push_str(&line);
        }
    }
    (out, fits)
}
