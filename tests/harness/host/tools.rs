//! The hosts' own tools, from the packages of `tests/hosts/tools`: how each is started, without a network and
//! without an account.

use std::path::{Path, PathBuf};
use std::process::Command as Program;

use tokio::process::Command;

use super::Place;
use super::kind::HostKind;
use crate::Result;

/// The files that a host looks for in the root of what it serves, although the site lives below a path.
pub(super) const FILES_OF_THE_ROOT: [&str; 8] = [
    "_headers",
    "_redirects",
    "vercel.json",
    "firebase.json",
    "staticwebapp.config.json",
    "wrangler.jsonc",
    ".assetsignore",
    ".vercelignore",
];

/// The oldest Node.js that all tools run on.
const NODE: u32 = 20;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts/tools")
}

/// Why a tool cannot be run here.
pub(super) fn missing(kind: HostKind) -> Option<String> {
    let output = Program::new("node").args(["-p", "process.versions.node"]).output().ok();
    let version = output.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
    let major = version.as_deref().and_then(|it| it.split('.').next()?.parse::<u32>().ok());
    if major.is_none_or(|it| it < NODE) {
        return Some(format!("no Node.js {NODE} for the tools of hosts"));
    }
    let package = folder().join("node_modules").join(package(kind));
    (!package.is_dir()).then(|| format!("the tool for {kind:?} is not installed"))
}

fn package(kind: HostKind) -> &'static str {
    match kind {
        HostKind::CloudflarePages | HostKind::CloudflareWorkers => "wrangler",
        HostKind::Netlify => "@netlify/static",
        HostKind::Firebase => "superstatic",
        HostKind::Azure => "@azure/static-web-apps-cli",
        _ => "vercel",
    }
}

/// What to start. Every tool gets a home of its own, and is told to ask nobody.
pub(super) fn command(kind: HostKind, place: &Place<'_>) -> Result<Command> {
    let root = place.root.to_string_lossy();
    let state = place.folder.join("state");
    let state = state.to_string_lossy();
    let port = place.address.port().to_string();
    let ip = place.address.ip().to_string();
    let listen = place.address.to_string();
    let config = place.root.join("wrangler.jsonc");
    let config = config.to_string_lossy();
    let (script, arguments): (_, Vec<&str>) = match kind {
        HostKind::CloudflarePages => {
            let date = ["--compatibility-date", "2026-01-01"];
            let command = ["pages", "dev", &root, "--port", &port, "--ip", &ip];
            let more = ["--persist-to", &state, "--inspector-port", "0"];
            ("wrangler/bin/wrangler.js", [&command[..], &date, &more].concat())
        }
        HostKind::CloudflareWorkers => {
            let command = ["dev", "--config", &config, "--port", &port, "--ip", &ip];
            let more = ["--persist-to", &state, "--inspector-port", "0"];
            ("wrangler/bin/wrangler.js", [&command[..], &more].concat())
        }
        HostKind::Azure => {
            let script = "@azure/static-web-apps-cli/dist/cli/bin.js";
            (script, vec!["start", &root, "--port", &port, "--host", &ip])
        }
        HostKind::Netlify => ("../netlify.js", vec![&root, &port]),
        HostKind::Firebase => ("../firebase.js", vec![&root, &port]),
        _ => ("vercel/dist/vc.js", vec!["dev", &root, "--local", "--yes", "--listen", &listen]),
    };
    let mut command = Command::new("node");
    command.arg(folder().join("node_modules").join(script)).args(arguments);
    command
        .current_dir(place.folder)
        .env("CI", "1")
        .env("NO_UPDATE_NOTIFIER", "1")
        .env("WRANGLER_SEND_METRICS", "false")
        .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
        .env("VERCEL_TELEMETRY_DISABLED", "1")
        .env("SWA_CLI_DEBUG", "silly")
        .env("XDG_CONFIG_HOME", place.folder.join("config"));
    Ok(command)
}
