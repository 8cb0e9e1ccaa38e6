//! How long the press takes for an archive, how much memory, and what one article more costs.
//!
//! `SIZES` names the numbers of articles; `HUGO` and `ZOLA` programs of other generators, which then print the same
//! articles. Each print is a process of its own on all cores; times of processors are of user and system.
//!
//! Nothing is deleted before all is measured: ext4 without a journal gives the numbers of files that were deleted in the last six minutes to
//! no new file, and looks for others so slowly (`recently_deleted` in its `ialloc.c`) that a print of 5,000 articles took up
//! to seven times longer. So two runs of this bench need six minutes between them.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

mod archive;
mod generators;

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use press::edition::{Diagnostics, Edition, Memory};
use press::shell::Shell;
use press::site::{Options, PendingState};
use tests::NOW;

/// The allocator of the program of the press, whose prints are measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A small machine of a CI has one core; two thousand articles are a budget (2 s).
const ON_ONE_CORE: usize = 2_000;
const RUNS: usize = 5;
const SIZES: &str = "1000 10000";
/// Longer than file systems need to show a further change: 2 s (`press::edition::Memory`).
const SETTLED: Duration = Duration::from_millis(2_500);
/// So many articles are given to the other generators.
const COMPARED: usize = 5_000;
/// So many times each of them prints.
const TURNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().collect();
    if let [_, command, edition, out, cores] = arguments.as_slice()
        && command == "print"
    {
        return print(Path::new(edition), Path::new(out), cores.parse()?);
    }
    let all = tempfile::tempdir()?;
    let all = all.path();
    let mut seconds = Vec::new();
    let folder = all.join("one-core");
    archive::write(&folder, ON_ONE_CORE)?;
    for run in 0..RUNS {
        seconds.push(child(&folder, &format!("site-{run}"), 1)?.cpu);
    }
    seconds.sort_by(f64::total_cmp);
    println!(
        "{ON_ONE_CORE} articles on one core: median {:.2} s of processor, {:.2} to {:.2} s of {RUNS}",
        seconds[RUNS / 2],
        seconds[0],
        seconds[RUNS - 1]
    );
    // Before the large ones, which the system still writes to the disk when they are done.
    beside_others(all)?;
    let sizes = env::var("SIZES").ok().filter(|it| !it.is_empty());
    for size in sizes.as_deref().unwrap_or(SIZES).split_whitespace() {
        of_size(&all.join(size), size.parse()?)?;
    }
    Ok(())
}

/// Prints the same articles with the press and with the other generators that are named, in turns: what else the machine
/// does in a minute differs by a third. Tells medians.
fn beside_others(all: &Path) -> Result<(), Box<dyn Error>> {
    let folder = all.join("press");
    archive::write(&folder, COMPARED)?;
    let mut of_press = Vec::new();
    let mut of_others: Vec<Vec<(f64, f64)>> = generators::ALL.iter().map(|_| Vec::new()).collect();
    for turn in 0..TURNS {
        of_press.push(child(&folder, &format!("site-{turn}"), 0)?);
        for ((name, print), costs) in generators::ALL.iter().zip(&mut of_others) {
            if let Some(program) = env::var_os(name.to_uppercase()).filter(|it| !it.is_empty()) {
                let folder = all.join(format!("{name}-{turn}"));
                costs.push(print(Path::new(&program), &folder, COMPARED)?);
            }
        }
    }
    of_press.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    if let Some(cost) = of_press.get(TURNS / 2) {
        tell(&format!("{COMPARED} articles, the press"), COMPARED, cost);
    }
    for ((name, _), mut costs) in generators::ALL.iter().zip(of_others) {
        costs.sort_by(|a, b| a.0.total_cmp(&b.0));
        match costs.get(TURNS / 2) {
            Some((seconds, cpu)) => println!(
                "{:<34} {seconds:>7.2} s, processor {cpu:>7.2} s, {:>6.0} articles/s",
                format!("{COMPARED} articles, {name}"),
                COMPARED as f64 / seconds
            ),
            None => println!("NOT RUN: {name}, which {} names", name.to_uppercase()),
        }
    }
    Ok(())
}

/// What a print took.
struct Cost {
    seconds: f64,
    cpu: f64,
    /// In megabytes.
    memory: f64,
    written: usize,
}

fn of_size(folder: &Path, size: usize) -> Result<(), Box<dyn Error>> {
    archive::write(folder, size)?;
    // Of files that were changed more recently nothing is remembered.
    std::thread::sleep(SETTLED);
    tell(&format!("{size} articles, from nothing"), size, &child(folder, "site", 0)?);
    tell(&format!("{size} articles, nothing changed"), size, &child(folder, "site", 0)?);
    let text = archive::text(7, "Bài mới nhất")?;
    fs::write(folder.join("content/muc-1/moi.md"), text.replace("date: 20", "date: 2026-10-01 #"))?;
    tell(&format!("{size} articles and one more"), size, &child(folder, "site", 0)?);
    Ok(())
}

fn tell(what: &str, articles: usize, cost: &Cost) {
    let Cost { seconds, cpu, memory, written } = cost;
    println!(
        "{what:<34} {seconds:>7.2} s, processor {cpu:>7.2} s, {memory:>5.0} MB, {written:>7} files written, {:>6.0} articles/s",
        articles as f64 / seconds
    );
}

/// Prints in a process of its own.
fn child(edition: &Path, out: &str, cores: usize) -> Result<Cost, Box<dyn Error>> {
    let start = Instant::now();
    let output = Command::new(env::current_exe()?)
        .arg("print")
        .args([edition, &edition.join(out)])
        .arg(cores.to_string())
        .output()?;
    let seconds = start.elapsed().as_secs_f64();
    let told = String::from_utf8(output.stdout)?;
    let [cpu, memory, written] = told.split_whitespace().collect::<Vec<_>>()[..] else {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    };
    Ok(Cost { seconds, cpu: cpu.parse()?, memory: memory.parse()?, written: written.parse()? })
}

/// Prints, and says what it took: seconds of processor, megabytes, files.
fn print(edition: &Path, out: &Path, cores: usize) -> Result<(), Box<dyn Error>> {
    rayon::ThreadPoolBuilder::new().num_threads(cores).build_global()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no repository")?;
    let shell = match env::var_os("SHELL_DIR") {
        Some(folder) => Shell::read(Path::new(&folder))?,
        None => Shell::read(&root.join("dist"))?,
    };
    let mut diagnostics = Diagnostics::default();
    let state = PendingState::of(out);
    let mut memory = Memory::beside(out);
    let edition = Edition::read_again(edition, None, NOW, None, &mut memory, &mut diagnostics)?;
    if diagnostics.errors().next().is_some() {
        return Err(format!("{:?}", diagnostics.all.first()).into());
    }
    let options = Options { state: Some(&state), ..Options::default() };
    let (kept, printed) = std::thread::scope(|scope| {
        let kept = scope.spawn(|| memory.keep());
        let printed = press::site::print_with(&edition, &shell, out, options);
        (kept.join(), printed)
    });
    kept.map_err(|_| "the memory was not kept")??;
    let printed = printed?;
    let written = printed.changes.added.len() + printed.changes.changed.len();
    let (cpu, megabytes) = used()?;
    println!("{cpu} {megabytes} {written}");
    // The program ends, as `press build` does.
    std::mem::forget((edition, memory));
    Ok(())
}

/// Seconds of processor (user and system) and megabytes at most of this process (proc(5)).
fn used() -> Result<(f64, f64), Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| -> Result<f64, Box<dyn Error>> {
        Ok(fields.get(at).ok_or("no such field")?.parse::<f64>()?)
    };
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).ok_or("no peak")?;
    let kilobytes: f64 = peak.split_whitespace().next().unwrap_or_default().parse()?;
    // Linux counts in hundredths (`USER_HZ`).
    Ok(((ticks(11)? + ticks(12)?) / 100.0, kilobytes / 1_000.0))
}
