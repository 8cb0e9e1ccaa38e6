//! A print after another one writes what changed, and the site is that of a print from nothing.

mod newsroom;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use press::edition::{Diagnostics, Edition, Memory};
use press::shell::Shell;
use press::site::{Changes, Options};

use crate::publisher::{Publisher, Result, answer, said};
use newsroom::{Newsroom, Random};

/// How many series of edits are tried, and how many prints are killed; `SERIES` and `KILLS` ask for more.
const SERIES: u64 = 6;
const KILLS: u64 = 6;
/// How many edits a series has.
const EDITS: usize = 8;

fn asked(name: &str, least: u64) -> u64 {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(least)
}

/// Every file of a folder: its bytes, inode and time.
type Files = BTreeMap<String, (Vec<u8>, u64, i64, i64)>;

fn files(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder)?.to_string_lossy().into_owned();
            let found = entry.metadata()?;
            let (inode, seconds, rest) = (found.ino(), found.mtime(), found.mtime_nsec());
            files.insert(name, (fs::read(entry.path())?, inode, seconds, rest));
        }
    }
    Ok(files)
}

/// What differs between two sites, but for what a site has of those before it: older `embed.js`, which stay for partners,
/// and the versions that returning readers download patches from.
fn difference(a: &Files, b: &Files) -> Vec<String> {
    let of_earlier = |name: &str| {
        let is_patch = name.starts_with("assets/") && name.ends_with(".bin");
        let is_list = [".press.json", ".press-versions.json"].contains(&name);
        is_patch || is_list || name.starts_with("assets/embed.")
    };
    let names = a.keys().chain(b.keys()).filter(|it| !of_earlier(it));
    let bytes = |files: &Files, name: &String| {
        let bytes = files.get(name).map(|it| it.0.clone());
        if name == "sw.js" { bytes.map(without_patches) } else { bytes }
    };
    names.filter(|it| bytes(a, it) != bytes(b, it)).cloned().collect()
}

/// The list of the worker without the versions that there are patches from.
fn without_patches(worker: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8(worker).unwrap_or_default();
    let from = regex::Regex::new(r#""from":\[[^\]]*\],|,"from":\[[^\]]*\]"#);
    from.map_or_else(|_| Vec::new(), |it| it.replace_all(&text, "").into_owned().into_bytes())
}

#[test]
fn after_any_edits_the_site_is_that_of_a_print_from_nothing_and_what_stays_is_not_touched() -> Result
{
    for seed in 0..asked("SERIES", SERIES) {
        series(seed)?;
    }
    Ok(())
}

fn series(seed: u64) -> Result {
    let mut newsroom = Newsroom::new(seed)?;
    let shell = Shell::read(&newsroom.publisher.path("shell"))?;
    let site = newsroom.publisher.path("site");
    let of_publisher = newsroom.random.below(2) == 0;
    let remembers =
        newsroom.random.of(&["nothing", "in the process", "on the disk", "on the disk alone"]);
    let is_large = newsroom.random.below(2) == 0;
    let begin = || match remembers {
        "on the disk" => Memory::beside(&site),
        // As in an archive that does not fit into memory: no text is held in it.
        "on the disk alone" => Memory::beside(&site).holding(0),
        _ => Memory::default(),
    };
    // What a test writes is never 2 s old, and it writes to no file twice within a step of the clock.
    let begin = || begin().on_disk_with_steps_of(Duration::ZERO);
    let mut memory = begin();
    let mut before = Files::new();
    for edit in 0..=EDITS {
        if edit > 0 {
            newsroom.edit()?;
        }
        if of_publisher && edit == 1 {
            newsroom.publisher.write("site/CNAME", "bao.example")?;
            before = files(&site)?;
        }
        let story = || format!("seed {seed}, edit {edit}: {}", newsroom.told.join("\n"));
        if remembers.starts_with("on the disk") {
            memory = begin();
        }
        let printed = match remembers {
            "nothing" => newsroom.print("site", &shell),
            _ => newsroom.print_again("site", &shell, &mut memory, is_large),
        };
        let changes = printed.map_err(|it| format!("{it} {}", story()))?.changes;
        let fresh = format!("fresh-{edit}");
        newsroom.print(&fresh, &shell)?;
        let (after, mut whole) = (files(&site)?, files(&newsroom.publisher.path(&fresh))?);
        if let Some(cname) = after.get("CNAME") {
            whole.insert("CNAME".to_owned(), cname.clone());
        }
        assert_eq!(difference(&after, &whole), Vec::<String>::new(), "{}", story());
        assert_eq!(changes, changes_between(&before, &after), "{}", story());
        for (name, file) in &after {
            let old = before.get(name).filter(|old| old.0 == file.0);
            assert!(old.is_none_or(|old| old == file), "{name} was touched; {}", story());
        }
        fs::remove_dir_all(newsroom.publisher.path(&fresh))?;
        before = after;
    }
    Ok(())
}

/// What a print has to say of its changes.
fn changes_between(before: &Files, after: &Files) -> Changes {
    let told = |name: &&String| *name != ".press.json" && *name != "CNAME";
    let mut changes = Changes::default();
    for (name, file) in after.iter().filter(|(name, _)| told(name)) {
        match before.get(name) {
            None => changes.added.push(name.clone()),
            Some(old) if old.0 != file.0 => changes.changed.push(name.clone()),
            Some(_) => changes.kept += 1,
        }
    }
    let gone = before.keys().filter(told).filter(|name| !after.contains_key(*name));
    changes.removed = gone.cloned().collect();
    changes
}

#[test]
fn a_print_that_is_killed_leaves_whole_files_and_the_next_one_is_right() -> Result {
    let mut random = Random(7);
    let publisher = Publisher::new()?;
    let article = |number: u64, round: u64| {
        let text = format!(
            "---\ntitle: Bài {number} lần {round}\ndate: 2026-01-02T08:{:02}:00+07:00\n---\n\nThân bài.\n",
            number % 60
        );
        publisher.write(&format!("edition/content/tin/bai-{number}.md"), text)
    };
    for number in 0..60 {
        article(number, 0)?;
    }
    let start = Instant::now();
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let whole_print = start.elapsed();
    let site = publisher.path("site");
    for round in 1..=asked("KILLS", KILLS) {
        let old = files(&site)?;
        // Few files, then more than half of them, and an article that goes.
        for number in 0..(if round % 2 == 0 { 60 } else { 2 }) {
            article(number, round)?;
        }
        article(100 + round, round)?;
        let gone = publisher.path(&format!("edition/content/tin/bai-{}.md", 99 + round));
        let _ = fs::remove_file(gone);
        let mut press = publisher.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let deadline = Instant::now() + whole_print.mul_f64(random.below(1_000) as f64 / 900.0);
        while press.try_wait()?.is_none() && Instant::now() < deadline {
            std::thread::yield_now();
        }
        let _ = press.kill();
        press.wait()?;
        let killed = files(&site)?;
        let output = publisher.print(&[])?;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let new = files(&site)?;
        for (name, file) in killed.iter().filter(|(name, _)| !name.starts_with(".press")) {
            let of = |site: &Files| site.get(name).is_some_and(|it| it.0 == file.0);
            assert!(of(&old) || of(&new), "round {round}: {name} is neither old nor new");
        }
        let lost = old.keys().filter(|it| new.contains_key(*it) && !killed.contains_key(*it));
        assert_eq!(lost.collect::<Vec<_>>(), Vec::<&String>::new(), "round {round}");
        let fresh = publisher.path("fresh");
        let edition = Edition::read(
            &publisher.path("edition"),
            Timestamp::now(),
            &mut Diagnostics::default(),
        )?;
        press::site::print(&edition, &Shell::read(&publisher.path("shell"))?, &fresh)?;
        let wrong = difference(&new, &files(&fresh)?);
        assert_eq!(wrong, Vec::<String>::new(), "round {round}");
        fs::remove_dir_all(fresh)?;
    }
    Ok(())
}

#[test]
fn an_article_more_writes_few_files_and_no_change_writes_none() -> Result {
    let publisher = Publisher::new()?;
    for number in 0..300 {
        publisher.article(&format!("bai-{number}"), 1 + number % 28)?;
    }
    publisher.print(&[])?;
    let before = files(&publisher.path("site"))?;
    let output = publisher.print(&["--json"])?;
    assert_eq!(files(&publisher.path("site"))?, before, "{}", answer(&output));
    publisher.article("moi", 29)?;
    let output = publisher.print(&["--json"])?;
    let told: serde_json::Value = serde_json::from_str(&answer(&output))?;
    let count = |name: &str| told["files"][name].as_array().map_or(0, Vec::len);
    assert!(count("added") + count("changed") <= 60 && count("removed") == 0, "{}", told["files"]);
    assert!(told["files"]["kept"].as_u64() > Some(600), "{}", told["files"]["kept"]);
    Ok(())
}

#[test]
fn a_page_that_somebody_changed_or_deleted_in_the_site_is_printed_again() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("a", 1)?;
    publisher.print(&[])?;
    let before = publisher.files()?;
    let page = publisher.path("site/tin/a/index.html");
    let whole = fs::read_to_string(&page)?;
    publisher.write("site/tin/a/index.html", whole.replace("Bài", "BÀI"))?;
    fs::remove_file(publisher.path("site/tin/a/index.json"))?;
    publisher.print(&[])?;
    assert_eq!(publisher.files()?, before);
    Ok(())
}

#[test]
fn in_a_large_site_pages_are_printed_again_that_were_deleted_or_exchanged_but_not_one_that_was_written_into()
-> Result {
    let publisher = Publisher::new()?;
    for (number, name) in ["a", "b", "c", "d", "e"].into_iter().enumerate() {
        publisher.article(name, number as u32 + 1)?;
    }
    let shell = Shell::read(&publisher.path("shell"))?;
    let (root, site) = (publisher.path("edition"), publisher.path("site"));
    let print = || -> Result<Changes> {
        let edition = Edition::read(&root, Timestamp::now(), &mut Diagnostics::default())?;
        let state = newsroom::as_of_a_large_site(&site);
        let options = Options { state: Some(&state), ..Options::default() };
        Ok(press::site::print_with(&edition, &shell, &site, options)?.changes)
    };
    // A folder that was just changed may change again without a trace. It is gone by when some time has passed.
    let learns = || -> Result<bool> {
        let state = fs::read(publisher.path(".press-state-site"))?;
        print()?;
        Ok(state != fs::read(publisher.path(".press-state-site"))?)
    };
    let settle = || -> Result {
        for name in ["a", "b", "c", "d", "e"] {
            let passing = site.join(format!("tin/{name}/passing"));
            fs::write(&passing, "")?;
            fs::remove_file(passing)?;
        }
        while !learns()? {}
        while learns()? {}
        Ok(())
    };
    print()?;
    settle()?;
    let before = publisher.files()?;
    let page = |name: &str| site.join(format!("tin/{name}/index.html"));
    fs::remove_file(site.join("tin/a/index.json"))?;
    let other = site.join("tin/b/other.html");
    fs::write(&other, "khác")?;
    fs::rename(&other, page("b"))?;
    fs::remove_dir_all(site.join("tin/c"))?;
    fs::rename(site.join("tin/d"), publisher.path("elsewhere"))?;
    publisher.write("site/tin/d/index.html", "khác")?;
    let printed = print()?;
    let again = ["tin/a/index.json", "tin/b/index.html", "tin/c/index.html", "tin/d/index.json"];
    assert!(again.iter().all(|it| printed.changed.iter().any(|name| name == it)), "{printed:?}");
    assert_eq!(publisher.files()?, before);
    settle()?;
    let whole = fs::read(page("e"))?;
    fs::write(page("e"), "trống")?;
    assert_eq!(print()?.changed, Vec::<String>::new());
    assert_eq!(fs::read(page("e"))?, "trống".as_bytes());
    fs::remove_file(publisher.path(".press-state-site"))?;
    print()?;
    assert_eq!(fs::read(page("e"))?, whole);
    assert_eq!(publisher.files()?, before);
    Ok(())
}

#[test]
fn a_state_that_is_broken_or_gone_costs_time_and_touches_no_file() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("a", 1)?;
    publisher.print(&[])?;
    let before = files(&publisher.path("site"))?;
    let state = fs::read(publisher.path(".press-state-site"))?;
    publisher.write(".press-state-site", &state[..state.len() / 2])?;
    let output = publisher.print(&[])?;
    assert!(answer(&output).contains("it is not whole"), "{}", answer(&output));
    assert_eq!(files(&publisher.path("site"))?, before);
    assert_eq!(fs::read(publisher.path(".press-state-site"))?, state);
    fs::remove_file(publisher.path(".press-state-site"))?;
    publisher.print(&[])?;
    assert_eq!(files(&publisher.path("site"))?, before);
    Ok(())
}

#[test]
fn a_print_that_cannot_write_names_the_file_and_the_old_site_stays() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("a", 1)?;
    publisher.print(&[])?;
    let before = files(&publisher.path("site"))?;
    let long =
        "---\ntitle: Dài\ndate: 2026-01-02\n---\n\n".to_owned() + &"Nước lên. ".repeat(20_000);
    publisher.write("edition/content/tin/dai.md", long)?;
    let press = publisher.command();
    // No file may be larger than this many kB, as none may be when a disk is full.
    for (limit, named) in
        [(64, "cannot write tin/dai/index."), (8, "cannot write "), (0, "cannot write ")]
    {
        let limited = std::process::Command::new("bash")
            .args(["-c", &format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\"")])
            .arg(press.get_program())
            .args(press.get_args())
            .output()?;
        assert_eq!(limited.status.code(), Some(2), "{limit}: {}", said(&limited));
        assert!(said(&limited).contains(named), "{limit}: {}", said(&limited));
        assert_eq!(files(&publisher.path("site"))?, before, "{limit}");
        let left = fs::read_dir(publisher.path(""))?.count();
        assert_eq!(left, 5, "edition, shell, site and what the press knows of both");
    }
    Ok(())
}

#[test]
fn a_clock_that_goes_back_hides_no_change_and_touches_nothing() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("a", 1)?;
    publisher.article("b", 2)?;
    publisher.print(&[])?;
    // All was written tomorrow, as the clock has it now.
    let tomorrow = SystemTime::now() + Duration::from_secs(86_400);
    for folder in ["site", "edition"] {
        for entry in walkdir::WalkDir::new(publisher.path(folder)) {
            let entry = entry?;
            if entry.file_type().is_file() {
                fs::File::options().append(true).open(entry.path())?.set_modified(tomorrow)?;
            }
        }
    }
    let before = files(&publisher.path("site"))?;
    publisher.print(&[])?;
    assert_eq!(files(&publisher.path("site"))?, before);
    publisher.article("a", 3)?;
    publisher.print(&[])?;
    let after = files(&publisher.path("site"))?;
    assert!(publisher.read("tin/a/index.html")?.contains("2026-01-03T"));
    assert_eq!(publisher.print_fresh()?, publisher.files()?);
    let touched = after.iter().filter(|(name, file)| {
        before.get(*name).is_some_and(|old| old.0 == file.0 && old != *file)
    });
    assert_eq!(touched.count(), 0);
    Ok(())
}

#[test]
fn a_document_that_changes_while_it_is_printed_is_named_and_the_old_site_stays() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("a", 1)?;
    publisher.print(&[])?;
    let before = files(&publisher.path("site"))?;
    for (name, kind) in [("giay.pdf", "một văn bản"), ("tieng.mp3", "một bản ghi")] {
        let file = format!("edition/content/tin/b/{name}");
        publisher.write(&file, "bản đầu")?;
        let text = format!("---\ntitle: B\ndate: 2026-01-02\n---\n\n[{kind}]({name})\n");
        publisher.write("edition/content/tin/b/index.md", text)?;
        let root = publisher.path("edition");
        let edition = Edition::read(&root, Timestamp::now(), &mut Diagnostics::default())?;
        publisher.write(&file, "bản sau")?;
        let shell = Shell::read(&publisher.path("shell"))?;
        let error = press::site::print(&edition, &shell, &publisher.path("site")).err();
        let told = error.map(|it| it.to_string()).unwrap_or_default();
        assert!(told.contains(name) && told.contains("print again"), "{told}");
        assert_eq!(files(&publisher.path("site"))?, before);
    }
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    Ok(())
}
