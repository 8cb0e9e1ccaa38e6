//! `press build`: prints a site.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use press::edition::{Diagnostics, Edition, Memory};
use press::pictures::{Counts, Settings, Workshop};
use press::shell::Shell;
use press::site::{Changes, Options, PendingState};
use serde_json::{Value, json};

use super::report::{Report, summary};
use super::{EXIT_CODES, EditionArguments, LIVE_ARTICLE, SOME_LEFT_OUT, Telling};

const EXAMPLES: &str = "\
Examples:
  press build edition --out site
  press build edition --out site --base /news/
  press build edition --out site --json > report.json
  press build edition --out site --precompress
  press build edition --out preview --at 2026-12-01T06:00:00+07:00

The output folder may hold files of yours, such as .git, CNAME or .well-known/: what the press has not written
stays. It knows its own files by the list .press.json in the folder, which need not be uploaded. Print into the folder
of the last print: what is made once (compressed files, patches for returning readers) is taken from there. What was
deleted or exchanged in it is printed again. In a site of more than 50,000 files only folders are looked at: a page that
was written into stays so until it changes, or until .press-state-<OUT> beside the folder is deleted.";

/// Print an edition (a folder of articles) as a site (a folder of static files).
#[derive(clap::Args)]
#[command(after_help = format!("{EXIT_CODES}\n\n{EXAMPLES}"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(super) edition: EditionArguments,
    /// Print with the shell in this folder, which `make shell` builds, in place of the one in the program.
    #[arg(long, value_name = "DIR")]
    pub(super) shell: Option<PathBuf>,
    /// The folder to print into. The site that is there stays until the new one is complete.
    #[arg(long)]
    pub(super) out: PathBuf,
    /// The path below which the site will live, such as /news/, in place of that of base_url.
    #[arg(long)]
    pub(super) base: Option<String>,
    /// Print nothing if there is any error.
    #[arg(long)]
    pub(super) strict: bool,
    /// Print even if an article that is online goes because of an error.
    #[arg(long, conflicts_with = "strict")]
    pub(super) keep_going: bool,
    /// How many seconds may be spent on AVIF files of photographs. Those of the newest articles come first; what is
    /// left is made by the next prints. What was made is kept beside the site, in <OUT>.pictures, which may be
    /// deleted and need not be uploaded.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(super) picture_seconds: u64,
    /// Write each text and script of 1 kB or more as .br (Brotli 11) and .gz (gzip 9), too, beside the plain file.
    ///
    /// For a server of your own that sends such files as they are: nginx, Caddy, Apache. Other hosts compress by
    /// themselves and need none. The first time it takes about a second for each megabyte and core; later prints
    /// compress only what has changed. The site takes half as much room again.
    #[arg(long)]
    pub(super) precompress: bool,
    /// If another press is printing into the folder, wait until it has finished.
    #[arg(long)]
    pub(super) wait: bool,
    #[command(flatten)]
    pub(super) telling: Telling,
}

impl Arguments {
    /// How the pictures are made, and where they are kept: beside the site, never in it.
    fn pictures(&self) -> Result<Settings> {
        let out = self.out.canonicalize().or_else(|_| std::path::absolute(&self.out))?;
        let name = out.file_name().context("the output folder needs a name")?.to_string_lossy();
        let store = out.with_file_name(format!("{name}.pictures"));
        let avif = Duration::from_secs(self.picture_seconds);
        Ok(Settings { store, avif, progress: !self.telling.is_json() })
    }
}

fn counted(Counts { made, kept, avif, avif_left }: Counts) -> Value {
    json!({"made": made, "kept": kept, "avif": avif, "avif_left": avif_left})
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    super::run("build", &arguments.telling, |diagnostics, report| {
        build(arguments, diagnostics, report)
    })
}

pub(super) fn build(
    arguments: &Arguments,
    diagnostics: &mut Diagnostics,
    report: &mut Report,
) -> Result<u8> {
    let start = Instant::now();
    report.set("printed", false.into());
    let (base, now) = (arguments.base.as_deref(), arguments.edition.moment());
    let workshop = Arc::new(Workshop::new(arguments.pictures()?));
    let folder = &arguments.edition.folder;
    let state = PendingState::of(&arguments.out);
    let mut memory = Memory::beside(&arguments.out);
    let mut edition =
        Edition::read_again(folder, base, now, Some(&workshop), &mut memory, diagnostics)?;
    workshop.quiet();
    let shell = match &arguments.shell {
        Some(folder) => Shell::read(folder),
        None => crate::embedded_shell::read(),
    };
    if let Ok(shell) = &shell {
        edition.make_room(shell.files.keys().map(String::as_str), diagnostics);
    }
    report.tell(diagnostics);
    let errors = diagnostics.errors().count();
    let (mut counts, words) = summary(&edition, diagnostics);
    report.set("summary", counts.clone());
    if arguments.strict && errors > 0 {
        bail!("nothing was printed: {errors} errors, and --strict allows none");
    }
    let endangered = press::site::endangered(&edition, diagnostics, &arguments.out);
    if !arguments.keep_going && !endangered.is_empty() {
        endangered.iter().for_each(|it| report.also(it));
        report.complain(&format!(
            "nothing was printed: {} of the articles that are online would go because of an error",
            endangered.len()
        ));
        return Ok(LIVE_ARTICLE);
    }
    let shell = shell?;
    edition.add_avif(&workshop);
    let waiting = |who: &str| {
        report.note(&format!("waiting for the press that prints into this folder{who}"));
    };
    let wait = arguments.wait.then_some(&waiting as &dyn Fn(&str));
    let progress = Some(workshop.progress());
    let options =
        Options { precompress: arguments.precompress, wait, state: Some(&state), progress };
    let printed = std::thread::scope(|scope| {
        // Without it the next print reads everything. It holds whatever becomes of this one.
        scope.spawn(|| memory.keep());
        press::site::print_with(&edition, &shell, &arguments.out, options)
    })?;
    workshop.quiet();
    printed.warnings.iter().for_each(|it| report.also(it));
    workshop.tidy();
    let pictures = workshop.counts();
    report.set("pictures", counted(pictures));
    report.set("printed", true.into());
    if let Some(counts) = counts.as_object_mut() {
        counts.insert("lists".to_owned(), json!(printed.lists));
    }
    report.set("summary", counts);
    let Changes { added, changed, removed, kept } = &printed.changes;
    report.set(
        "files",
        json!({ "added": added, "changed": changed, "removed": removed, "kept": kept }),
    );
    if let Some(why) = printed.broken_state {
        report.say(&format!(
            "What the press knew of the last print is not used, because {why}; every page was made anew"
        ));
    }
    report.say(&format!(
        "Printed {} articles and {} lists into {} in {:.2} s ({words})",
        printed.articles,
        printed.lists,
        arguments.out.display(),
        start.elapsed().as_secs_f64(),
    ));
    if pictures.avif_left > 0 {
        report.say(&format!(
            "AVIF files of {} photographs are left to the next print (--picture-seconds)",
            pictures.avif_left
        ));
    }
    report.say(&format!(
        "Files: {} added, {} changed, {} removed, {kept} kept as they are",
        added.len(),
        changed.len(),
        removed.len(),
    ));
    if let Some(it) = printed.compressed {
        let kilobytes = |bytes: u64| bytes.div_ceil(1_000);
        report.say(&format!(
            "Compressed files beside {}, {} of them new: {} kB are {} kB with Brotli and {} kB with gzip",
            it.files,
            it.made,
            kilobytes(it.plain),
            kilobytes(it.brotli),
            kilobytes(it.gzip),
        ));
    }
    if let Some(guess) = edition.site.guess() {
        report.say(&guess.to_string());
    }
    // The program ends: the system takes the memory back at once, piece by piece it takes long.
    std::mem::forget((edition, memory));
    Ok(if errors > 0 { SOME_LEFT_OUT } else { 0 })
}
