//! `press man`: the manual, a page for each command.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};

const EXAMPLES: &str = "\
Examples:
  press man ~/.local/share/man/man1 && man press-build";

/// Write the manual into a folder: press.1 and a page for each command.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder; it is made if it is not there.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, command: clap::Command) -> Result<ExitCode> {
    let folder = &arguments.folder;
    let write = || {
        std::fs::create_dir_all(folder)?;
        clap_mangen::generate_to(command.disable_help_subcommand(true), folder)
    };
    write().with_context(|| format!("{} cannot be written", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}
