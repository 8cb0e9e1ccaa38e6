//! `press new-edition`: starts a newspaper.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;
use jiff::Timestamp;
use press::edition::{NewEdition, Texts};
use serde_json::json;

const EXAMPLES: &str = "\
Exit codes:
  0  the files were written
  2  nothing was written: the folder is not empty, or a value is not one that site.toml may have

Examples:
  press new-edition my-paper
  press new-edition my-paper --language en --title \"The River Herald\" --base-url https://herald.example/
  press build my-paper --out my-paper/site && press serve my-paper/site";

/// The language of the texts.
#[derive(Clone, Copy, ValueEnum)]
enum Language {
    /// Vietnamese
    Vi,
    /// English
    En,
}

/// Start a newspaper: a site.toml that explains every name, two articles, and a picture.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The folder to write into; it is made if it is not there, and refused if it is not empty.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The newspaper's name.
    #[arg(long)]
    title: Option<String>,
    /// Where the site will live, such as https://herald.example/ or https://example.org/news/.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The language of the interface and of the first articles.
    #[arg(long, value_enum, default_value = "vi")]
    language: Language,
    /// The IANA name of the newsroom's time zone [default: Asia/Ho_Chi_Minh, with --language en Etc/UTC].
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// Print one JSON object on stdout and nothing else: command, exit_code, folder, files.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let telling = super::Telling { json: arguments.json, all: false };
    super::run("new-edition", &telling, |_, report| {
        let edition = NewEdition {
            texts: match arguments.language {
                Language::Vi => Texts::Vi,
                Language::En => Texts::En,
            },
            title: arguments.title.as_deref(),
            base_url: arguments.base_url.as_deref(),
            timezone: arguments.timezone.as_deref(),
            now: Timestamp::now(),
        };
        let files = edition.write(&arguments.folder)?;
        let folder = arguments.folder.display();
        report.set("folder", folder.to_string().into());
        report.set("files", json!(files));
        for file in &files {
            report.say(&format!("Wrote {}", arguments.folder.join(file).display()));
        }
        report.say(&format!(
            "Next: press build {folder} --out {folder}/site, then press serve {folder}/site"
        ));
        Ok(0)
    })
}
