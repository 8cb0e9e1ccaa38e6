//! `press check-live`: looks at a site that is online.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use press::online::{self, Fault, Measure};
use serde_json::json;

use super::Telling;
use super::report::Report;

const EXAMPLES: &str = "\
Exit codes:
  0  nothing is wrong
  1  something is wrong, and how to mend it is said
  2  no look was possible: there is no answer, or no site that the press printed

Codes of faults: insecure, address, no-answer, type, nosniff, cache-pages, cache-files, cache-worker, vary, compression, encoding,
policy, policy-weak, policy-strict, policy-twice, status-404, page-404, slash, redirect, private, robots, clear-site-data, worker,
worker-scope, worker-file, feed, embed, embed-frame, embed-policy, cors, mixed-content, link, missing, stale, changed.

Examples:
  press check-live https://paper.example/
  press check-live https://paper.example/ --print edition.site
  press check-live https://paper.example/ --json | jq -r '.faults[] | \"\\(.code) \\(.path)\"'";

/// Look at a site that is online, say what its host does wrong and how to mend it there.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The address of the front page.
    url: String,
    /// The folder of the last print, to compare with: old addresses, and what is old, missing or changed on the way.
    #[arg(long, value_name = "DIR")]
    print: Option<PathBuf>,
    /// How many links, files and pages of each kind are asked for.
    #[arg(long, value_name = "NUMBER", default_value_t = 25)]
    sample: usize,
    /// Print one JSON object on stdout and nothing else: command, exit_code, url, host, faults (code, path, what, fix),
    /// measures (path, first_byte_ms, bytes, plain_bytes), compared.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let telling = Telling { json: arguments.json, all: false };
    super::run("check-live", &telling, |_, report| look(arguments, report))
}

fn look(arguments: &Arguments, report: &mut Report) -> Result<u8> {
    let found = online::look(&arguments.url, arguments.print.as_deref(), arguments.sample)?;
    report.set("url", found.url.clone().into());
    let host = found.host.map(|it| it.to_string());
    report.set("host", host.clone().into());
    report.set("requests", found.requests.into());
    let object =
        |it: &Fault| json!({"code": it.code, "path": it.path, "what": it.what, "fix": it.fix});
    report.set("faults", found.faults.iter().map(object).collect());
    let object = |it: &Measure| {
        json!({
            "path": it.path,
            "first_byte_ms": u64::try_from(it.first_byte.as_millis()).unwrap_or(u64::MAX),
            "bytes": it.bytes,
            "plain_bytes": it.plain,
        })
    };
    report.set("measures", found.measures.iter().map(object).collect());
    // What is said of many files is said once.
    let mut groups: Vec<(&Fault, usize)> = Vec::new();
    for fault in &found.faults {
        match groups.iter_mut().find(|(it, _)| (it.code, &it.what) == (fault.code, &fault.what)) {
            Some((_, more)) => *more += 1,
            None => groups.push((fault, 0)),
        }
    }
    for (Fault { code, path, what, fix }, more) in groups {
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        report.say(&format!("{path}{more}: {code}: {what}\n    fix: {fix}"));
    }
    for Measure { path, first_byte, bytes, plain } in &found.measures {
        let time = first_byte.as_millis();
        report.say(&format!("{path}: first byte after {time} ms; {bytes} bytes, {plain} unpacked"));
    }
    if let Some(it) = &found.compared {
        report.set(
            "compared",
            json!({
                "files": it.files, "same": it.same, "stale": it.stale, "missing": it.missing, "changed": it.changed,
            }),
        );
        report.say(&format!(
            "Compared with the print: {} files, {} the same, {} stale, {} missing, {} changed on the way",
            it.files, it.same, it.stale, it.missing, it.changed
        ));
    }
    let host = host.map(|it| format!(" (by {it}, it seems)")).unwrap_or_default();
    let count = found.faults.len();
    report.say(&format!("{count} faults at {}{host}, {} requests", found.url, found.requests));
    Ok(u8::from(count > 0))
}
