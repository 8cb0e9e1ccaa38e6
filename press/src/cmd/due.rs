//! `press due`: when something appears or goes next.

use std::process::ExitCode;

use anyhow::Result;
use jiff::ZonedDateTime;
use press::edition::{Change, Diagnostics, Edition, Event};
use serde_json::{Value, json};

use super::report::Report;
use super::{EXIT_CODES, EditionArguments, NOTHING_DUE};

const EXAMPLES: &str = "\
The first line is the moment, in the site's time zone; each line after it names an article that appears or goes
then. Drafts have no moment, and an article whose moment cannot be read is reported by press check.

Examples:
  press due edition
  press due edition --json
  # print again whenever something changes
  while next=$(press due edition); do
      moment=$(date -d \"$(head -1 <<<\"$next\")\" +%s)
      sleep $((moment - $(date +%s) + 1)); press build edition --out site
  done";

/// Say when an article appears or goes next, so that the site is printed then.
#[derive(clap::Args)]
#[command(after_help = format!("{EXIT_CODES}\n\n{EXAMPLES}"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    edition: EditionArguments,
    /// Print one JSON object on stdout and nothing else: command, exit_code, next (or null), changes (file,
    /// event), diagnostics.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let telling = super::Telling { json: arguments.json, all: false };
    super::run("due", &telling, |diagnostics, report| due(&arguments.edition, diagnostics, report))
}

fn due(
    arguments: &EditionArguments,
    diagnostics: &mut Diagnostics,
    report: &mut Report,
) -> Result<u8> {
    let edition = Edition::read(&arguments.folder, arguments.moment(), diagnostics)?;
    // Only mistakes that may hide a moment matter here.
    diagnostics.all.retain(|it| it.problem.weight() == press::edition::Severity::Error);
    let changes = edition.timetable.next();
    let next = changes.first().map(|it| rfc3339(&it.at));
    report.set("next", next.clone().into());
    report.set("changes", changes.iter().copied().map(object).collect());
    let Some(next) = next else {
        report.say("nothing is to come: no article has a moment at which it appears or goes");
        return Ok(NOTHING_DUE);
    };
    report.say(&next);
    for change in changes {
        let event = match change.event {
            Event::Appears => "appears",
            Event::Goes => "goes",
        };
        report.say(&format!("{event}: {}", change.file.display()));
    }
    Ok(0)
}

fn object(change: &Change) -> Value {
    json!({"file": change.file.to_string_lossy(), "event": change.event})
}

/// RFC 3339, in the site's zone.
fn rfc3339(at: &ZonedDateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
