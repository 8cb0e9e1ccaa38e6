//! The hosts that there are, where their programs are, and why one is missing.

use std::env;
use std::path::{Path, PathBuf};

use tokio::process::Command;

use super::{Place, servers, tools};
use crate::Result;

/// A host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HostKind {
    /// nginx, with `.hosts/nginx.conf` in its server.
    Nginx,
    /// nginx with rules of the test: a page lives at its path without the slash.
    NginxWithoutSlashes,
    /// Caddy, with `.hosts/Caddyfile` in its site.
    Caddy,
    /// Apache, with `.htaccess`.
    Apache,
    /// Cloudflare Pages: `wrangler pages dev`.
    CloudflarePages,
    /// Cloudflare Workers with static assets: `wrangler dev`.
    CloudflareWorkers,
    /// Netlify: the packages that its development server consists of.
    Netlify,
    /// Firebase Hosting: superstatic, as the emulator of firebase-tools calls it.
    Firebase,
    /// Azure Static Web Apps: `swa start`.
    Azure,
    /// Vercel: `vercel dev --local`.
    Vercel,
}

/// A program of `make hosts`, or else the one on the path.
pub(super) fn program(name: &str) -> Option<PathBuf> {
    let unpacked = env::var_os("HOSTS")
        .map(PathBuf::from)
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../.tools/hosts"));
    let path = env::var_os("PATH").unwrap_or_default();
    let system = env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    let folders = [unpacked.join("usr/sbin"), unpacked.join("usr/bin")].into_iter().chain(system);
    folders.map(|it| it.join(name)).find(|it| it.is_file())
}

impl HostKind {
    /// Why this machine cannot run the host.
    pub fn missing(self) -> Option<String> {
        match self.server() {
            Some(name) => match program(name) {
                None => Some(format!("no {name} on this machine")),
                Some(nginx) if name == "nginx" && servers::brotli(&nginx).is_none() => {
                    Some("nginx has no module for brotli".to_owned())
                }
                Some(_) => None,
            },
            None => tools::missing(self),
        }
    }

    /// Whether it is a host's own tool for Node.js.
    pub fn is_tool(self) -> bool {
        self.server().is_none()
    }

    /// The web server's program; the other hosts are tools for Node.js.
    fn server(self) -> Option<&'static str> {
        match self {
            HostKind::Nginx | HostKind::NginxWithoutSlashes => Some("nginx"),
            HostKind::Caddy => Some("caddy"),
            HostKind::Apache => Some("apache2"),
            _ => None,
        }
    }

    /// Writes the configuration, and says what to start.
    pub(super) fn command(self, place: &Place<'_>) -> Result<Command> {
        match self {
            HostKind::Nginx => servers::nginx(place, true),
            HostKind::NginxWithoutSlashes => servers::nginx(place, false),
            HostKind::Caddy => servers::caddy(place),
            HostKind::Apache => servers::apache(place),
            _ => tools::command(self, place),
        }
    }
}
