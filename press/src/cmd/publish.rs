//! `press publish`: prints a site and brings it to its destination.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use jiff::{SignedDuration, Timestamp};
use press::edition::{Diagnostics, PublishConfig, SiteConfig};
use press::progress::Progress;
use press::publish::{self, HandOver, News, Options, Store, Summary};
use serde_json::json;

use super::report::Report;
use super::{AFTER_FAILED, EXIT_CODES, EditionArguments, NOT_PUBLISHED, Telling, build};

const EXAMPLES: &str = "\
The print goes into the folder EDITION.site beside the edition (or --out). Keep it: the next print writes what is new.
At the destination the list .press-published/list.json says what was sent, so that only what changed is sent: first files,
then new pages, then changed ones, then feeds, the service worker last. What no page needs any more is deleted by the
first run after --keep-removed. Two runs at once are kept apart by .press-published/lock.json. A run that was killed is gone on
from by the next one. Files at the destination that the press has not sent stay.

Destinations:
  /srv/www/paper                a folder
  s3://bucket/folder            S3, R2, MinIO: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL and the
                                like, or AWS_PROFILE and ~/.aws/
  gs://bucket/folder            Google Cloud Storage: GOOGLE_APPLICATION_CREDENTIALS, or what gcloud has kept
  az://container/folder         Azure Blob Storage: AZURE_STORAGE_ACCOUNT_NAME, AZURE_STORAGE_ACCOUNT_KEY and the like
  sftp://user@host/srv/www      a server, by the program sftp with its keys and ~/.ssh/config

With --stages DIR nothing is sent: DIR gets a list of files for each stage, and send.sh, which hands them to rsync. Lists that
were not sent to their end stop the next run. rsync compares by itself; there is no lock at the destination and no rollback.

Examples:
  press publish edition --to /srv/www/paper
  press publish edition --to s3://my-paper --dry-run
  press publish edition --stages stages && sh stages/send.sh hoa@paper.example:/srv/www
  press publish --rollback --to s3://my-paper";

/// Print an edition and send what changed to where readers get it.
#[derive(clap::Args)]
#[command(after_help = format!("{EXIT_CODES}\n\n{EXAMPLES}"))]
pub(crate) struct Arguments {
    /// The folder with site.toml and content/.
    #[arg(required_unless_present_any = ["site", "rollback"])]
    edition: Option<PathBuf>,
    /// Where readers get the site: a folder, s3://, gs://, az:// or sftp://; else what [publish] in site.toml says.
    #[arg(long, value_name = "DESTINATION")]
    to: Option<String>,
    /// Send nothing, and write into this folder the lists by which rsync sends in the same order.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["to", "rollback", "dry_run", "compress", "after"])]
    stages: Option<PathBuf>,
    /// The folder to print into, in place of EDITION.site.
    #[arg(long, value_name = "DIR", conflicts_with = "site")]
    out: Option<PathBuf>,
    /// Send the site that press build has printed into this folder, and print nothing.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["edition", "rollback"])]
    site: Option<PathBuf>,
    /// Go back to the print before, or from a run that failed to what was there before it. Nothing is printed.
    #[arg(long, conflicts_with = "dry_run")]
    rollback: bool,
    /// Print, say what would be sent and deleted, and change nothing at the destination.
    #[arg(long)]
    dry_run: bool,
    /// How long what no page needs any more stays at the destination, such as 24h or 30m: pages that readers have open
    /// still load it.
    #[arg(long, value_name = "TIME", default_value = "24h")]
    keep_removed: SignedDuration,
    /// Keep nothing at the destination of what is replaced: there is no rollback then.
    #[arg(long)]
    no_rollback: bool,
    /// Send texts compressed, with Content-Encoding: gzip, to a store that readers ask without a CDN (s3, gs, az).
    #[arg(long)]
    compress: bool,
    /// Take the lock of the destination from whoever has it.
    #[arg(long)]
    break_lock: bool,
    /// A command to run when the site is printed and before anything is sent; it has PRESS_SITE (the folder) and PRESS_TO.
    /// If it fails nothing is sent.
    #[arg(long, value_name = "COMMAND")]
    before: Option<String>,
    /// A command to run when all is sent.
    #[arg(long, value_name = "COMMAND")]
    after: Option<String>,
    /// The program for sftp:// with its options.
    #[arg(long, value_name = "COMMAND", default_value = "sftp")]
    sftp: String,
    /// Print with the shell in this folder, in place of the one in the program.
    #[arg(long, value_name = "DIR")]
    shell: Option<PathBuf>,
    /// The path below which the site will live, such as /news/, in place of that of base_url.
    #[arg(long)]
    base: Option<String>,
    /// Read the edition as it is at this moment, instead of now.
    #[arg(long, value_name = "MOMENT")]
    at: Option<Timestamp>,
    /// Print and send nothing if there is any error.
    #[arg(long)]
    strict: bool,
    /// Go on even if an article that is online goes because of an error.
    #[arg(long, conflicts_with = "strict")]
    keep_going: bool,
    /// How many seconds may be spent on AVIF files of photographs.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    picture_seconds: u64,
    /// Compressed files beside the plain ones, for a server of your own.
    #[arg(long)]
    precompress: bool,
    #[command(flatten)]
    telling: Telling,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    super::run("publish", &arguments.telling, |diagnostics, report| {
        Publishing::new(arguments)?.run(diagnostics, report)
    })
}

/// Where a print goes.
enum To {
    /// To a destination that the press reaches itself.
    Store(Box<dyn Store>),
    /// Into lists for a program that reaches it.
    Lists(HandOver),
}

impl To {
    fn name(&self) -> String {
        match self {
            Self::Store(store) => store.name(),
            Self::Lists(lists) => lists.name(),
        }
    }
}

/// Says why something failed that leaves the print as it is.
fn failed(report: &mut Report, error: &anyhow::Error, code: u8) -> u8 {
    let told = publish::without_secrets(&format!("{error:#}"));
    report.set("failure", told.clone().into());
    report.complain(&told);
    code
}

/// What the command line and `site.toml` say together.
struct Publishing<'a> {
    arguments: &'a Arguments,
    config: PublishConfig,
    to: String,
    /// Where the print is; nothing for a rollback without an edition.
    site: Option<PathBuf>,
}

impl<'a> Publishing<'a> {
    fn new(arguments: &'a Arguments) -> Result<Self> {
        let config = match &arguments.edition {
            Some(edition) => SiteConfig::publishing(edition)?.0,
            None => PublishConfig::default(),
        };
        let lists = arguments.stages.as_ref().map(|it| it.display().to_string());
        let to = lists.or_else(|| arguments.to.clone()).or_else(|| config.to.clone());
        let to =
            to.context("where to? Name a destination: --to, or to in [publish] of site.toml")?;
        let site = match (&arguments.site, &arguments.edition) {
            (Some(site), _) => Some(site.clone()),
            (None, Some(edition)) => Some(site_of(edition, arguments.out.as_deref())?),
            (None, None) => None,
        };
        Ok(Self { arguments, config, to, site })
    }

    fn run(&self, diagnostics: &mut Diagnostics, report: &mut Report) -> Result<u8> {
        let arguments = self.arguments;
        // A destination that is none is no reason to print first.
        let to = match &arguments.stages {
            Some(folder) => To::Lists(HandOver::open(folder, arguments.break_lock)?),
            None => To::Store(super::destination::open(
                &self.to,
                &arguments.sftp,
                self.site.as_deref(),
            )?),
        };
        report.set("destination", to.name().into());
        report.set("published", false.into());
        let code = match (&arguments.edition, &self.site) {
            (Some(edition), Some(site)) if !arguments.rollback => {
                let code = build::build(&self.printing(edition, site), diagnostics, report)?;
                if code > super::SOME_LEFT_OUT {
                    return Ok(code);
                }
                code
            }
            _ => 0,
        };
        let hook = |given: &Option<String>, named: &Option<String>| {
            given.clone().or_else(|| named.clone())
        };
        let before = hook(&arguments.before, &self.config.before).filter(|_| !arguments.dry_run);
        if let Err(error) = self.command("before", before) {
            return Ok(failed(report, &error.context("nothing is sent"), NOT_PUBLISHED));
        }
        let keep_removed = Duration::try_from(arguments.keep_removed)
            .context("--keep-removed must not be negative")?;
        let options = Options {
            keep_removed,
            way_back: !arguments.no_rollback,
            compress: arguments.compress,
            break_lock: arguments.break_lock,
        };
        let progress = Progress::new(!arguments.telling.is_json());
        let done = match (&self.site, &to) {
            (_, To::Store(store)) if arguments.rollback => {
                publish::roll_back(&**store, &options, &progress)
            }
            (Some(site), To::Store(store)) if arguments.dry_run => {
                publish::look(site, &**store, &options)
            }
            (Some(site), To::Store(store)) => publish::publish(site, &**store, &options, &progress),
            (Some(site), To::Lists(lists)) => lists.write(site, &options),
            (None, _) => bail!("an edition is needed"),
        };
        progress.end();
        let summary = match done {
            Ok(summary) => summary,
            Err(error) => return Ok(failed(report, &error, NOT_PUBLISHED)),
        };
        self.tell(&summary, &to, report);
        if let (false, Some(site)) = (arguments.dry_run, &self.site) {
            let news = News::read(site).and_then(|mut news| {
                news.add(site, &summary)?;
                news.keep(site)
            });
            news.context("all is sent, but what press ping is to tell is not kept")?;
        }
        let after = hook(&arguments.after, &self.config.after);
        let after = after.filter(|_| !arguments.dry_run && arguments.stages.is_none());
        if let Err(error) = self.command("after", after) {
            return Ok(failed(report, &error.context("all is sent"), AFTER_FAILED));
        }
        Ok(code)
    }

    fn printing(&self, edition: &Path, site: &Path) -> build::Arguments {
        let given = self.arguments;
        build::Arguments {
            edition: EditionArguments { folder: edition.to_owned(), at: given.at },
            shell: given.shell.clone(),
            out: site.to_owned(),
            base: given.base.clone(),
            strict: given.strict,
            keep_going: given.keep_going,
            picture_seconds: given.picture_seconds,
            precompress: given.precompress,
            wait: false,
            telling: given.telling,
        }
    }

    fn tell(&self, summary: &Summary, to: &To, report: &mut Report) {
        let dry = self.arguments.dry_run;
        let counts = &summary.counts;
        let stages = counts.stages.iter().map(|(stage, count)| (stage.name(), *count));
        let listed = matches!(to, To::Lists(_));
        report.set("published", (!dry && !listed).into());
        report.set(
            "sending",
            json!({
                "dry_run": dry,
                "resumed": summary.resumed,
                "stages": stages.clone().collect::<std::collections::BTreeMap<_, _>>(),
                "sent": summary.sent,
                "deleted": summary.deleted,
                "waiting": counts.waiting,
            }),
        );
        if dry {
            summary.sent.iter().for_each(|name| report.say(&format!("would send {name}")));
            summary.deleted.iter().for_each(|name| report.say(&format!("would delete {name}")));
        }
        if summary.resumed {
            report.say("A run before did not end; this one went on from it");
        }
        let words: Vec<String> = stages.map(|(name, count)| format!("{name} {count}")).collect();
        let words =
            if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) };
        let told = match (dry, listed) {
            (true, _) => "To send to",
            (false, false) => "Sent to",
            (false, true) => "For send.sh in",
        };
        report.say(&format!(
            "{told} {}: {} objects{words}; deleted {}, {} wait to be deleted",
            to.name(),
            counts.sent,
            counts.deleted,
            counts.waiting,
        ));
    }

    /// Runs a command of the publisher's, whose output is shown on stderr.
    fn command(&self, when: &str, command: Option<String>) -> Result<()> {
        let Some(command) = command else { return Ok(()) };
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(&command).env("PRESS_TO", &self.to).stdout(std::io::stderr());
        if let Some(site) = &self.site {
            shell.env("PRESS_SITE", site);
        }
        let status = shell.status().with_context(|| format!("cannot run {command:?}"))?;
        ensure!(status.success(), "the command {when}, {command:?}, ended with {status}");
        Ok(())
    }
}

/// The folder that an edition is printed into when it is published.
pub(super) fn site_of(edition: &Path, out: Option<&Path>) -> Result<PathBuf> {
    if let Some(out) = out {
        return Ok(out.to_owned());
    }
    let edition = edition.canonicalize().or_else(|_| std::path::absolute(edition))?;
    let name = edition.file_name().context("the edition's folder needs a name, or --out")?;
    let mut name = name.to_owned();
    name.push(".site");
    Ok(edition.with_file_name(name))
}
