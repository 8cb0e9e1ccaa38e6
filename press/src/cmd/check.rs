//! `press check`: reads an edition and prints nothing.

use std::process::ExitCode;

use anyhow::Result;
use press::edition::Edition;

use super::report::summary;
use super::{EXIT_CODES, SOME_LEFT_OUT, Source, Telling};

const EXAMPLES: &str = "\
Examples:
  press check edition
  press check edition --all
  press check edition --json | jq -r '.diagnostics[] | \"\\(.file):\\(.line) \\(.code)\"'
  press check edition --at 2026-12-01T06:00:00+07:00    as it will be then";

/// Read an edition, tell what is wrong in it, and print nothing.
#[derive(clap::Args)]
#[command(after_help = format!("{EXIT_CODES}\n\n{EXAMPLES}"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    telling: Telling,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    super::run("check", &arguments.telling, |diagnostics, report| {
        let now = arguments.source.moment();
        let edition = Edition::read(&arguments.source.edition, now, diagnostics)?;
        report.tell(diagnostics);
        let (counts, words) = summary(&edition, diagnostics);
        report.set("summary", counts);
        report.say(&format!("Read {} articles ({words})", edition.articles.len()));
        Ok(if diagnostics.errors().next().is_some() { SOME_LEFT_OUT } else { 0 })
    })
}
