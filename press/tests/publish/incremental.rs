//! A print after another one writes what changed, and the site is that of a print from nothing.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use press::edition::{Diagnostics, Edition, Memory};
use press::pictures::{Settings, Workshop};
use press::shell::Shell;
use press::site::{Changes, Printed};

use crate::album;
use crate::publisher::{Publisher, Result, SITE, answer, said};

/// How many series of edits are tried, and how many prints are killed; `SERIES` and `KILLS` ask for more.
const SERIES: u64 = 6;
const KILLS: u64 = 6;
/// How many edits a series has.
const EDITS: usize = 8;
const SECTIONS: [&str; 3] = ["tin", "bien", "cho"];
const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

fn asked(name: &str, least: u64) -> u64 {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(least)
}

/// Numbers that are random and the same for the same seed (Steele, Lea, Flood: "Fast splittable pseudorandom number
/// generators", OOPSLA 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap_or(0)
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
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

/// A publisher who edits at random.
struct Newsroom {
    publisher: Publisher,
    random: Random,
    workshop: Arc<Workshop>,
    /// In days after the first article.
    today: usize,
    told: Vec<String>,
}

impl Newsroom {
    fn new(seed: u64) -> Result<Self> {
        let publisher = Publisher::new()?;
        let (store, random) = (publisher.path("pictures"), Random(seed));
        let workshop = Settings { store, avif: Duration::ZERO, progress: false };
        let workshop = Arc::new(Workshop::new(workshop));
        let mut newsroom = Self { publisher, random, workshop, today: 3, told: Vec::new() };
        for _ in 0..6 {
            newsroom.write_article()?;
        }
        Ok(newsroom)
    }

    fn now(&self) -> Result<Timestamp> {
        Ok(format!("2026-03-{:02}T12:00:00Z", self.today + 1).parse()?)
    }

    fn any_file(&mut self) -> Result<Option<String>> {
        let content = self.publisher.path("edition/content");
        let mut names: Vec<String> = files(&content).unwrap_or_default().into_keys().collect();
        names.retain(|it| it.ends_with(".md"));
        Ok((!names.is_empty()).then(|| names.swap_remove(self.random.below(names.len()))))
    }

    fn text(&mut self) -> String {
        let random = &mut self.random;
        let day = 1 + random.below(12);
        let mut text = format!(
            "---\ntitle: Bài {} {}\ndate: 2026-03-{day:02}T08:00:00+07:00\ntags: [{}, {}]\n",
            random.of(&NAMES),
            random.below(9),
            random.of(&["cá", "lúa"]),
            random.of(&["mưa", "nắng"])
        );
        for (line, odds) in [
            ("summary: Tóm tắt\n", 2),
            ("corrected: Bản trước ghi nhầm tên\n", 6),
            ("withdrawn: Chúng tôi rút bài này\n", 9),
            ("draft: true\n", 9),
            ("expiryDate: 2026-03-09T00:00:00Z\n", 6),
            ("date: hôm qua\n", 15),
        ] {
            text.push_str(if random.below(odds) == 0 { line } else { "" });
        }
        if random.below(5) == 0 {
            text.push_str(&format!("aliases: [/cu/{}/]\n", random.of(&NAMES)));
        }
        if random.below(6) == 0 {
            text.push_str(&format!("slug: {}\n", random.of(&NAMES)));
        }
        text.push_str("---\n\nMột câu.\n\n");
        let (section, name) = (random.of(&SECTIONS), random.of(&NAMES));
        text.push_str(match random.below(6) {
            0 => "![Chợ](/static/cho.gif)\n\n",
            1 => "![Thuyền](thuyen.gif)\n\n",
            2 => "## Mưa\n\nNước lên.\n\n",
            _ => "",
        });
        text.push_str(&format!("Xem [bài kia](/{section}/{name}/#c-mua) và [đó](../{name}.md).\n"));
        text
    }

    fn write_article(&mut self) -> Result {
        let (section, name) = (self.random.of(&SECTIONS), self.random.of(&NAMES));
        let ending = self.random.of(&[".md", ".md", ".en.md", "/index.md"]);
        let (file, text) = (format!("{section}/{name}{ending}"), self.text());
        self.told.push(format!("writes {file}:\n{text}"));
        self.publisher.write(&format!("edition/content/{file}"), text)
    }

    fn edit(&mut self) -> Result {
        let content = self.publisher.path("edition/content");
        match (self.random.below(20), self.any_file()?) {
            (0, Some(file)) => {
                self.told.push(format!("deletes {file}"));
                fs::remove_file(content.join(file))?;
            }
            (1, Some(file)) => {
                let to = format!("{}/{}.md", self.random.of(&SECTIONS), self.random.of(&NAMES));
                self.told.push(format!("renames {file} {to}"));
                fs::create_dir_all(content.join(&to).parent().unwrap_or(&content))?;
                fs::rename(content.join(file), content.join(to))?;
            }
            (2 | 3, Some(file)) => {
                let text = self.text();
                self.told.push(format!("writes {file}:\n{text}"));
                fs::write(content.join(file), text)?;
            }
            (4, Some(file)) => {
                let text = fs::read_to_string(content.join(&file))?.replace("Bài", "Tin");
                self.told.push(format!("corrects {file}"));
                fs::write(content.join(file), text)?;
            }
            (5, _) => {
                let (size, place) = (1 + self.random.below(9), self.random.below(4));
                let file = ["static/cho.gif", "content/tin/thuyen.gif", "content/bien/thuyen.gif"]
                    .get(place)
                    .unwrap_or(&"content/cho/a/thuyen.gif");
                self.told.push(format!("draws {file} {size}"));
                let picture = album::gif(8 + size as u16, 8, 1)?;
                self.publisher.write(&format!("edition/{file}"), picture)?;
            }
            (6, _) => {
                let title = self.random.of(&["Báo Thử", "Báo Khác"]);
                let size = 1 + self.random.below(3);
                let order = self.random.of(&["tin", "bien"]);
                self.told.push(format!("site.toml: {title} {size} {order}"));
                let site = SITE
                    .replace("Báo Thử", title)
                    .replace("page_size = 2", &format!("page_size = {size}"));
                self.publisher
                    .write("edition/site.toml", site.replace("\"Tin\"", &format!("\"{order}\"")))?;
            }
            (7 | 8, _) => {
                self.today = (self.today + 2) % 20;
                self.told.push(format!("day {}", self.today));
            }
            (9, _) => self.told.push("nothing".to_owned()),
            (10, Some(file)) => {
                self.told.push(format!("touches {file}"));
                fs::write(content.join(&file), fs::read(content.join(&file))?)?;
            }
            (11, Some(file)) => self.replace_unnoticed(&content.join(file))?,
            (12, Some(file)) => {
                let (from, to) = [("Mưa", "Gió"), ("Gió", "Mưa")][self.random.below(2)];
                self.told.push(format!("heading of {file}: {to}"));
                let text = fs::read_to_string(content.join(&file))?;
                fs::write(
                    content.join(file),
                    text.replace(&format!("## {from}"), &format!("## {to}")),
                )?;
            }
            (13 | 14, Some(file)) => {
                let line = match self.random.below(3) {
                    0 => format!("aliases: [/cu/{}/]", self.random.of(&NAMES)),
                    1 => format!("slug: {}", self.random.of(&NAMES)),
                    _ => "image: thuyen.gif".to_owned(),
                };
                self.told.push(format!("adds {line} to {file}"));
                let text = fs::read_to_string(content.join(&file))?;
                fs::write(
                    content.join(file),
                    text.replacen("---\n", &format!("---\n{line}\n"), 1),
                )?;
            }
            (15, Some(file)) => {
                let to = file.replace(".en.md", ".md").replace(".md", ".en.md");
                self.told.push(format!("translates {file}"));
                fs::copy(content.join(file), content.join(to))?;
            }
            (16, _) => self.damage_memory()?,
            _ => self.write_article()?,
        }
        Ok(())
    }

    /// Another text in the place of a file, of the same size and time.
    fn replace_unnoticed(&mut self, file: &Path) -> Result {
        self.told.push(format!("replaces {}", file.display()));
        let text = fs::read_to_string(file)?.replace("Xem [", "Coi [");
        let before = fs::metadata(file)?;
        let other = file.with_extension("new");
        fs::write(&other, &text)?;
        fs::File::options().write(true).open(&other)?.set_modified(before.modified()?)?;
        fs::rename(&other, file)?;
        assert_eq!(fs::metadata(file)?.len(), before.len());
        Ok(())
    }

    fn damage_memory(&mut self) -> Result {
        let file = self.publisher.path(".press-memory-site");
        let Ok(mut bytes) = fs::read(&file) else { return Ok(()) };
        let place = self.random.below(bytes.len());
        match self.random.below(3) {
            0 => bytes.truncate(place),
            1 => bytes[place] ^= 1 << self.random.below(8),
            _ => bytes.clear(),
        }
        self.told.push(format!("damages the memory at {place}"));
        Ok(fs::write(file, bytes)?)
    }

    fn print(&self, out: &str, shell: &Shell) -> Result<Printed> {
        let root = self.publisher.path("edition");
        let (now, mut told) = (self.now()?, Diagnostics::default());
        let edition = Edition::read_to_print(&root, None, now, &self.workshop, &mut told)?;
        Ok(press::site::print(&edition, shell, &self.publisher.path(out))?)
    }

    /// The same of an edition that is remembered in the process, as `press dev` does it, or on the disk, as `press build`
    /// does it. What is told must be the same, too.
    fn print_again(&self, out: &str, shell: &Shell, memory: &mut Memory) -> Result<Printed> {
        let root = self.publisher.path("edition");
        let (mut told, mut fresh) = (Diagnostics::default(), Diagnostics::default());
        let (now, workshop) = (self.now()?, &self.workshop);
        let edition = Edition::read_again(&root, None, now, Some(workshop), memory, &mut told)?;
        Edition::read_to_print(&root, None, now, workshop, &mut fresh)?;
        assert_eq!(told.all, fresh.all);
        let printed = press::site::print(&edition, shell, &self.publisher.path(out))?;
        memory.keep()?;
        Ok(printed)
    }
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
            _ => newsroom.print_again("site", &shell, &mut memory),
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
