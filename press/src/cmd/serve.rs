//! `press serve`: shows a site.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

const EXAMPLES: &str = "\
It runs until it is stopped. Exit code 2: the folder cannot be read, or the port is taken.

Examples:
  press serve site
  press serve site --port 9000 --host 0.0.0.0
  press serve site --partner-port 8081";

/// Serve a site as a good CDN would, for looking at it and for tests.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder that `press build` printed.
    site: PathBuf,
    /// The port to listen on.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen on; 0.0.0.0 shows the site to the local network.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// The port of a partner's page that embeds the site, for a look at it.
    #[arg(long)]
    partner_port: Option<u16>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let address = SocketAddr::new(arguments.host, arguments.port);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let partner = arguments.partner_port.map(|port| SocketAddr::new(arguments.host, port));
    runtime.block_on(press::serve::run(&arguments.site, address, partner))?;
    Ok(ExitCode::SUCCESS)
}
