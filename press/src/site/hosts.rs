//! The files of hosts in a site: written, unless the publisher has a file of the same name.

use std::path::Path;

use anyhow::Result;

use super::output::Output;
use crate::edition::{Diagnostic, Problem, SiteConfig};
use crate::hosts::{self, Host, Table};

/// Writes them, and says what is not as the site asks: files that are the publisher's own, and what does not fit
/// into a host's limits.
pub(super) fn write(
    table: &Table,
    site: &SiteConfig,
    output: &Output,
    out: &Path,
) -> Result<Vec<Diagnostic>> {
    let host = site.base_url.split("//").nth(1).and_then(|it| it.split('/').next());
    let written = hosts::write(table, host.unwrap_or_default(), &site.hosts);
    let mut warnings = Vec::new();
    for (name, text) in written.files {
        match output.is_of_publisher(name) {
            true => warnings.push(Diagnostic::new(out.join(name), Problem::HostFile)),
            false => output.write(name, text.as_bytes())?,
        }
    }
    if !written.redirects.is_empty() {
        let total = table.old_addresses;
        let hosts = counts(&written.redirects);
        warnings.push(Diagnostic::new(out, Problem::HostRedirects { total, hosts }));
    }
    if !written.rules.is_empty() {
        let hosts = counts(&written.rules);
        warnings.push(Diagnostic::new(out, Problem::HostRules { hosts }));
    }
    // Most large archives live elsewhere, so who has not named Cloudflare hears nothing.
    let files = output.count();
    if site.hosts.contains(&Host::Cloudflare) && files > hosts::CLOUDFLARE_FILES {
        let (host, limit) = (Host::Cloudflare, hosts::CLOUDFLARE_FILES);
        let problem = Problem::HostFiles { host: host.to_string(), files, limit };
        warnings.push(Diagnostic::new(out, problem));
    }
    Ok(warnings)
}

fn counts(of: &[(Host, usize)]) -> String {
    let all: Vec<String> = of.iter().map(|(host, count)| format!("{host} {count}")).collect();
    all.join(", ")
}
