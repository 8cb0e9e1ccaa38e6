//! `press build`: prints a site.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};
use jiff::Timestamp;
use press::edition::{Diagnostics, Edition};
use press::shell::Shell;

use super::SOME_LEFT_OUT;

/// Print an edition (a folder of articles) as a site (a folder of static files).
///
/// Exit code 0: all of it was printed. 1: printed without the articles that are reported as
/// errors. 2: nothing was printed.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder with site.toml and content/.
    edition: PathBuf,
    /// The folder that `make shell` built.
    #[arg(long, default_value = "dist")]
    shell: PathBuf,
    /// The folder to print into. A site that is there is replaced as a whole.
    #[arg(long)]
    out: PathBuf,
    /// The path below which the site will live, such as /news/, in place of that of base_url.
    #[arg(long)]
    base: Option<String>,
    /// Print nothing if there is any error.
    #[arg(long)]
    strict: bool,
}

#[allow(clippy::print_stderr, clippy::print_stdout, reason = "this is the command line")]
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let start = Instant::now();
    let mut diagnostics = Diagnostics::default();
    let base = arguments.base.as_deref();
    let edition =
        Edition::read_below(&arguments.edition, base, Timestamp::now(), &mut diagnostics)?;
    for diagnostic in &diagnostics.all {
        eprintln!("{diagnostic}");
    }
    let (errors, warnings) = (diagnostics.errors().count(), diagnostics.warnings().count());
    if arguments.strict && errors > 0 {
        bail!("nothing was printed: {errors} errors, and --strict allows none");
    }
    let shell = Shell::read(&arguments.shell)?;
    let printed = press::site::print(&edition, &shell, &arguments.out)?;
    println!(
        "Printed {} articles and {} lists into {} in {:.2} s ({errors} errors, {warnings} warnings, \
         {} drafts and {} future articles left out)",
        printed.articles,
        printed.lists,
        arguments.out.display(),
        start.elapsed().as_secs_f64(),
        diagnostics.skipped_drafts,
        diagnostics.skipped_future,
    );
    edition.site.guess().inspect(|guess| println!("{guess}"));
    Ok(if errors > 0 { ExitCode::from(SOME_LEFT_OUT) } else { ExitCode::SUCCESS })
}
