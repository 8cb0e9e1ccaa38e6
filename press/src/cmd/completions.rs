//! `press completions`: what a shell completes of the command line.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::Result;

const EXAMPLES: &str = "\
Examples:
  press completions bash > ~/.local/share/bash-completion/completions/press
  press completions zsh > \"${fpath[1]}/_press\"
  press completions fish > ~/.config/fish/completions/press.fish";

/// Print the completions of the command line for a shell.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The shell.
    shell: clap_complete::Shell,
}

pub(crate) fn run(arguments: &Arguments, mut command: clap::Command) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "press", &mut script);
    io::stdout().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
