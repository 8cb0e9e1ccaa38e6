//! The commands of the press.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod check_live;
pub(crate) mod completions;
mod destination;
pub(crate) mod dev;
pub(crate) mod due;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod new_edition;
pub(crate) mod ping;
pub(crate) mod publish;
mod report;
pub(crate) mod serve;

use std::process::ExitCode;

use anyhow::Result;
use jiff::Timestamp;
use press::edition::Diagnostics;

use report::Report;
pub(crate) use report::failed;

/// The exit code when a site was printed, or could be, without some of its articles.
pub(crate) const SOME_LEFT_OUT: u8 = 1;
/// The exit code when no site was printed.
pub(crate) const NOTHING_PRINTED: u8 = 2;
/// The exit code when no site was printed because an article that is online would go by an error.
pub(crate) const LIVE_ARTICLE: u8 = 3;
/// The exit code of `press due` when nothing is to come.
pub(crate) const NOTHING_DUE: u8 = 4;

/// The exit code of `press publish` when the site was printed, and not all of it sent.
pub(crate) const NOT_PUBLISHED: u8 = 5;

/// The exit code of `press publish` when all was sent, and the command after it failed.
pub(crate) const AFTER_FAILED: u8 = 6;

/// What every command says of its exit codes.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  all went well
  1  some articles are left out because of errors, which are reported
  2  nothing was printed: the command, site.toml, the shell or the output folder
  3  nothing was printed: an article that is online would go because of an error (see --keep-going)
  4  press due: nothing is to come
  5  press publish: the site is printed and not all is sent, or somebody else is publishing; run it again
  6  press publish: all is sent, and the command after it failed";

/// How problems are told.
#[derive(Clone, Copy, clap::Args)]
pub(crate) struct Telling {
    /// Print one JSON object on stdout and nothing else: command, exit_code, diagnostics (code, severity, file,
    /// line, message, fix), summary. Codes never change their meaning.
    #[arg(long)]
    json: bool,
    /// List every place of a warning, not the first ones and a count.
    #[arg(long, conflicts_with = "json")]
    all: bool,
}

impl Telling {
    /// Whether nothing but one object is to be printed.
    fn is_json(&self) -> bool {
        self.json
    }
}

/// The edition and the moment for which it is read.
#[derive(clap::Args)]
pub(crate) struct EditionArguments {
    /// The folder with site.toml and content/.
    #[arg(value_name = "EDITION")]
    folder: std::path::PathBuf,
    /// Read the edition as it is at this moment, such as 2026-12-01T06:00:00+07:00, instead of now.
    #[arg(long, value_name = "MOMENT")]
    at: Option<Timestamp>,
}

impl EditionArguments {
    fn moment(&self) -> Timestamp {
        self.at.unwrap_or_else(Timestamp::now)
    }
}

/// Runs a command that reads an edition, and tells what came up in the form that was asked for.
fn run(
    command: &'static str,
    telling: &Telling,
    work: impl FnOnce(&mut Diagnostics, &mut Report) -> Result<u8>,
) -> Result<ExitCode> {
    let mut diagnostics = Diagnostics::default();
    let mut report = Report::new(command, telling.json, telling.all);
    let result = work(&mut diagnostics, &mut report);
    report.finish(&diagnostics, result).map(ExitCode::from)
}
