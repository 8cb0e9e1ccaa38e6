//! The command line of the press.

mod cmd;
mod embedded_shell;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

const EXAMPLES: &str = "\
Examples:
  press check edition               what is wrong in it
  press build edition --out site    print it
  press serve site                  look at it
  press due edition                 when to print it again
  press help build                  all that a command can";

/// Turns a folder of articles into a folder of static files.
#[derive(Parser)]
#[command(version, about, after_help = format!("{}\n\n{EXAMPLES}", cmd::EXIT_CODES))]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(cmd::build::Arguments),
    Check(cmd::check::Arguments),
    Due(cmd::due::Arguments),
    Serve(cmd::serve::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Build(arguments) => cmd::build::run(&arguments),
        Command::Check(arguments) => cmd::check::run(&arguments),
        Command::Due(arguments) => cmd::due::run(&arguments),
        Command::Serve(arguments) => cmd::serve::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        cmd::failed(&error);
        ExitCode::from(cmd::NOTHING_PRINTED)
    })
}
