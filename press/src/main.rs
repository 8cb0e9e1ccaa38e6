//! The command line of the press.

mod cmd;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Turns a folder of articles into a folder of static files.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(cmd::build::Arguments),
    Serve(cmd::serve::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Build(arguments) => cmd::build::run(&arguments),
        Command::Serve(arguments) => cmd::serve::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        #[allow(clippy::print_stderr, reason = "this is the command line")]
        {
            eprintln!("error: {error:#}");
        }
        ExitCode::from(cmd::NOTHING_PRINTED)
    })
}
