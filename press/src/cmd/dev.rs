//! `press dev`: shows an edition while it is written.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "this is the command line")]

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use press::dev::{Round, Settings};
use press::edition::groups;
use press::shell::Shell;

const EXAMPLES: &str = "\
It runs until it is stopped. What is wrong in an article is told here and in the page, and the article stays as it was.
Exit code 2: the edition cannot be watched, or the port is taken.

The site is printed into a folder of this command alone, below the cache folder of the user ($XDG_CACHE_HOME). It is not
for readers: it has no service worker and no AVIF files. `press build` prints that.

Examples:
  press dev edition
  press dev edition --port 9000
  press dev edition --at 2026-12-01T06:00:00+07:00    as it will be then";

/// Show an edition while it is written: what is saved is in the open browser at once.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder with site.toml and content/.
    #[arg(value_name = "EDITION")]
    edition: PathBuf,
    /// The port to listen on.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen on; 0.0.0.0 shows the site to the local network.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// The folder to print into, in place of one in the cache folder.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The path below which the site will live, such as /news/, in place of that of base_url.
    #[arg(long)]
    base: Option<String>,
    /// Read the edition as it is at this moment, such as 2026-12-01T06:00:00+07:00, instead of now.
    #[arg(long, value_name = "MOMENT")]
    at: Option<Timestamp>,
    /// Let the site install its service worker.
    #[arg(long)]
    offline: bool,
    /// Print with the shell in this folder, and anew when it changes.
    #[arg(long, value_name = "DIR")]
    shell: Option<PathBuf>,
    /// For work on the press itself: a file or folder that the shell or the press is built from.
    #[arg(long, value_name = "PATH")]
    watch: Vec<PathBuf>,
    /// What builds them when one of these was saved, for bash. If the press is another program then, that goes on.
    #[arg(long, value_name = "COMMAND", requires = "shell")]
    run: Option<String>,
}

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let Arguments { edition, port, host, out, base, at, offline, shell, watch, run } = arguments;
    let out = match out {
        Some(out) => std::path::absolute(out)?,
        None => cache(&edition)?,
    };
    if let Some(parent) = out.parent() {
        std::fs::create_dir_all(parent)
            .with_context(|| format!("cannot write into {}", parent.display()))?;
    }
    let settings = Settings {
        edition,
        out,
        base,
        at,
        offline,
        shell: shell.clone(),
        sources: watch,
        build: run,
    };
    let read = move || match &shell {
        Some(folder) => Shell::read(folder),
        None => crate::embedded_shell::read(),
    };
    let address = SocketAddr::new(host, port);
    let listener = TcpListener::bind(address)
        .with_context(|| format!("cannot listen on {address}: choose another port"))?;
    press::dev::run(settings, listener, read, tell)?;
    Ok(ExitCode::SUCCESS)
}

/// Where an edition's site is kept between two runs: pictures are made once.
fn cache(edition: &Path) -> Result<PathBuf> {
    let of_user =
        std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|it| it.is_absolute());
    let of_home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache"));
    let cache =
        of_user.or_else(of_home).context("no cache folder is known: name one with --out")?;
    let edition = edition
        .canonicalize()
        .with_context(|| format!("cannot read the edition in {}", edition.display()))?;
    let name = press::hash::short_hash(edition.as_os_str().as_encoded_bytes());
    Ok(cache.join("press").join(format!("dev-{name}")))
}

fn tell(round: Round<'_>) {
    for group in groups::of(&round.diagnostics.all, false) {
        eprintln!("{group}");
    }
    let (first, all) = (round.took.0.as_secs_f64(), round.took.1.as_secs_f64());
    match round.printed {
        Ok(printed) => {
            let kept = match printed.kept {
                0 => String::new(),
                kept => format!(", {kept} as before, because of errors"),
            };
            println!(
                "{} articles, {} files written{kept}: open pages after {first:.3} s, all after {all:.3} s",
                printed.articles, printed.written
            );
        }
        Err(error) => super::failed(&error),
    }
}
