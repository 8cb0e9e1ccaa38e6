//! Hosts: the files that tell a host what to answer, each in the host's own words, written from one [`Table`].
//!
//! [`Table::answer`] says what a host is to answer for a path. What does not fit into a host's limits is left to what
//! the site has anyway: a page at every old address that leads on, and a policy in every page.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that panics has failed"))]

mod answer;
mod apache;
mod azure;
mod caddy;
mod classes;
mod cloudfront;
mod firebase;
mod headers_file;
mod limits;
mod names;
mod nginx;
mod paths;
mod redirects_file;
mod table;
mod vercel;
mod workers;

pub use answer::Answer;
pub use classes::{Class, Pattern, media_type};
pub use limits::{CLOUDFLARE_FILES, KEPT};
pub(crate) use names::is_hidden;
pub use names::{FOLDER, Host, IN_ROOT};
pub use table::{Header, REVALIDATE, Redirect, Rule, Source, Table};

/// The files of hosts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Name, relative to the site, and content.
    pub files: Vec<(&'static str, String)>,
    /// Hosts that do not take all redirects, each with how many they take.
    pub redirects: Vec<(Host, usize)>,
    /// Hosts that do not take all other rules, each with how many are left out.
    pub rules: Vec<(Host, usize)>,
}

/// Writes the files of some hosts, or of all if none is named. `_headers` and `_redirects` are always there: `press
/// serve` reads them. `name` is that of the site in the publisher's account, where a host asks for one.
pub fn write(table: &Table, name: &str, hosts: &[Host]) -> Files {
    let wants = |host: Host| hosts.is_empty() || hosts.contains(&host);
    let mut out = Files::default();
    let mut redirects = |host, count| {
        if wants(host) && count < table.old_addresses {
            out.redirects.push((host, count));
        }
    };
    let mut rules = Vec::new();

    let (headers, left_out) = headers_file::write(table);
    let mut files = vec![(names::HEADERS, headers)];
    if wants(Host::Cloudflare) && left_out > 0 {
        rules.push((Host::Cloudflare, left_out));
    }
    let (text, count) = redirects_file::write(table, hosts);
    files.push((names::REDIRECTS, text));
    redirects(Host::Cloudflare, count);
    if hosts.contains(&Host::Netlify) {
        redirects(Host::Netlify, count);
    }
    if wants(Host::Cloudflare) {
        files.push((names::WRANGLER, workers::config(name)));
        files.push((names::ASSETS_IGNORE, workers::ignore()));
    }
    if wants(Host::Github) {
        files.push((names::NO_JEKYLL, String::new()));
    }
    if wants(Host::Vercel) {
        let (text, count) = vercel::write(table);
        files.push((names::VERCEL, text));
        files.push((names::VERCEL_IGNORE, vercel::ignore()));
        redirects(Host::Vercel, count);
    }
    if wants(Host::Firebase) {
        let (text, count) = firebase::write(table);
        files.push((names::FIREBASE, text));
        redirects(Host::Firebase, count);
    }
    if wants(Host::Azure) {
        let (text, count, left_out) = azure::write(table);
        files.push((names::AZURE, text));
        redirects(Host::Azure, count);
        if left_out > 0 {
            rules.push((Host::Azure, left_out));
        }
    }
    if wants(Host::Cloudfront) {
        let (text, count) = cloudfront::request(table);
        files.push((names::CLOUDFRONT_REQUEST, text));
        redirects(Host::Cloudfront, count);
        let (text, fits) = cloudfront::response(table);
        files.push((names::CLOUDFRONT_RESPONSE, text));
        if !fits {
            rules.push((Host::Cloudfront, 1));
        }
    }
    if wants(Host::Nginx) {
        let (text, count) = nginx::write(table);
        files.push((names::NGINX, text));
        redirects(Host::Nginx, count);
    }
    if wants(Host::Caddy) {
        let (text, count) = caddy::write(table);
        files.push((names::CADDY, text));
        redirects(Host::Caddy, count);
    }
    if wants(Host::Apache) {
        let (text, count) = apache::write(table);
        files.push((names::APACHE, text));
        redirects(Host::Apache, count);
    }
    out.files = files;
    out.rules = rules;
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests;
