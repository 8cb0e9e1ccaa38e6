//! `press check`: reads an edition and prints nothing.

use std::collections::HashSet;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use press::edition::{Diagnostics, Edition, Event, Why};

use super::report::summary;
use super::{EXIT_CODES, EditionArguments, SOME_LEFT_OUT, Telling};

const EXAMPLES: &str = "\
Examples:
  press check edition
  press check edition --all
  press check edition --json | jq -r '.diagnostics[] | \"\\(.file):\\(.line) \\(.code)\"'
  press check edition --at 2026-12-01T06:00:00+07:00    as it will be then";

/// Read an edition, tell what is wrong in it, and print nothing.
///
/// The articles whose moment has not come are read, too: what is wrong in them would keep them out then.
#[derive(clap::Args)]
#[command(after_help = format!("{EXIT_CODES}\n\n{EXAMPLES}"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    edition: EditionArguments,
    #[command(flatten)]
    telling: Telling,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    super::run("check", &arguments.telling, |diagnostics, report| {
        let now = arguments.edition.moment();
        let edition = Edition::read(&arguments.edition.folder, now, diagnostics)?;
        to_come(&edition, diagnostics)?;
        report.tell(diagnostics);
        let (counts, words) = summary(&edition, diagnostics);
        report.set("summary", counts);
        report.say(&format!("Read {} articles ({words})", edition.articles.len()));
        Ok(if diagnostics.errors().next().is_some() { SOME_LEFT_OUT } else { 0 })
    })
}

/// Adds what is wrong in articles that are to come: the edition is read as it is when the last of them has.
fn to_come(edition: &Edition, diagnostics: &mut Diagnostics) -> Result<()> {
    let changes = edition.timetable.changes.iter();
    let last = changes.filter(|it| it.event == Event::Appears).map(|it| it.at.timestamp()).max();
    let Some(last) = last else { return Ok(()) };
    let mut then = Diagnostics::default();
    Edition::read(&edition.root, last, &mut then)?;
    let future: HashSet<&Path> =
        edition.timetable.held.iter().filter(|it| it.1 == Why::Future).map(|it| &*it.0).collect();
    let news = then.all.into_iter().filter(|it| future.contains(&*it.file));
    diagnostics.all.extend(news);
    diagnostics.sort();
    Ok(())
}
