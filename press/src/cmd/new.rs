//! `press new`: starts an article.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use jiff::Timestamp;
use press::edition::NewArticle;

const EXAMPLES: &str = "\
The title makes the address: \"Đường về Hòn Én\" becomes duong-ve-hon-en. Nothing is ever written over.
The article is a draft, so that no half of it goes online when the site is printed meanwhile.

Exit codes:
  0  the file was written
  2  nothing was written: there is no edition, no such section, or an article at that address already

Examples:
  press new \"Đường về Hòn Én\"
  press new \"The bridge is open\" --section news --edition my-paper
  press new \"The bridge is open\" --language en --draft=false";

/// Start an article: content/<section>/<slug>/index.md with its front matter filled in.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The headline.
    title: String,
    /// The slug or the title of the section [default: the first one in site.toml].
    #[arg(long)]
    section: Option<String>,
    /// The folder with site.toml and content/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    edition: PathBuf,
    /// The language of the article, such as en, where it is not that of its section.
    #[arg(long)]
    language: Option<String>,
    /// The article's part of the address, where the title shall not make it.
    #[arg(long)]
    slug: Option<String>,
    /// Whether the article is a draft, which is not printed.
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_value_t = true,
        default_missing_value = "true",
        action = clap::ArgAction::Set
    )]
    draft: bool,
    /// Print one JSON object on stdout and nothing else: command, exit_code, file, url, section, draft.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let telling = super::Telling { json: arguments.json, all: false };
    super::run("new", &telling, |_, report| {
        let article = NewArticle {
            title: &arguments.title,
            section: arguments.section.as_deref(),
            language: arguments.language.as_deref(),
            slug: arguments.slug.as_deref(),
            draft: arguments.draft,
            now: Timestamp::now(),
        };
        let written = article.write(&arguments.edition)?;
        let path = arguments.edition.join(&written.file);
        report.set("file", path.to_string_lossy().into());
        report.set("url", written.url.as_str().into());
        report.set("section", written.section.as_str().into());
        report.set("draft", arguments.draft.into());
        report.say(&format!("Wrote {}", path.display()));
        report.say(&match arguments.draft {
            true => format!(
                "It is a draft: take its line \"draft: true\" out, and it will be {}",
                written.url
            ),
            false => format!("It will be {}", written.url),
        });
        report.say(&format!("Next: write it, then press check {}", arguments.edition.display()));
        Ok(0)
    })
}
