//! The command line of the press.

mod cmd;
mod embedded_shell;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

/// The allocator of the program: a print makes and drops millions of small texts. It uses pages of 4 KiB (`no_thp`):
/// huge ones are cleared anew by each print, and on a virtual machine asked of the host again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EXAMPLES: &str = "\
Examples:
  press new-edition edition         start a newspaper
  press new \"A title\"              start an article, inside of it
  press check edition               what is wrong in it
  press build edition --out site    print it
  press serve site                  look at it
  press dev edition                 look at it while it is written
  press publish edition --to DEST   bring it online
  press check-live URL              what its host does wrong
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
    NewEdition(cmd::new_edition::Arguments),
    New(cmd::new::Arguments),
    Check(cmd::check::Arguments),
    Build(cmd::build::Arguments),
    Publish(cmd::publish::Arguments),
    Ping(cmd::ping::Arguments),
    CheckLive(cmd::check_live::Arguments),
    Serve(cmd::serve::Arguments),
    Dev(cmd::dev::Arguments),
    Due(cmd::due::Arguments),
    Completions(cmd::completions::Arguments),
    Man(cmd::man::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::NewEdition(arguments) => cmd::new_edition::run(&arguments),
        Command::New(arguments) => cmd::new::run(&arguments),
        Command::Check(arguments) => cmd::check::run(&arguments),
        Command::Build(arguments) => cmd::build::run(&arguments),
        Command::Publish(arguments) => cmd::publish::run(&arguments),
        Command::CheckLive(arguments) => cmd::check_live::run(&arguments),
        Command::Ping(arguments) => cmd::ping::run(&arguments),
        Command::Serve(arguments) => cmd::serve::run(&arguments),
        Command::Dev(arguments) => cmd::dev::run(arguments),
        Command::Due(arguments) => cmd::due::run(&arguments),
        Command::Completions(arguments) => cmd::completions::run(&arguments, Arguments::command()),
        Command::Man(arguments) => cmd::man::run(&arguments, Arguments::command()),
    };
    result.unwrap_or_else(|error| {
        cmd::failed(&error);
        ExitCode::from(cmd::NOTHING_PRINTED)
    })
}
