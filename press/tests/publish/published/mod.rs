//! What a publisher gets who brings a site online by `press publish`, and what readers see meanwhile.

mod crawler;
mod google;
mod killed;
mod listed;
mod locks;
mod s3;
mod sftp;
mod way_back;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::publisher::{Publisher, Result, SITE, said};

/// A destination that a test can look into.
pub(crate) trait Destination {
    /// As `--to` has it.
    fn to(&self) -> String;

    /// Every object, by its name.
    fn objects(&self) -> Result<BTreeMap<String, Vec<u8>>>;

    fn object(&self, name: &str) -> Option<Vec<u8>>;

    /// How many objects there are.
    fn count(&self) -> usize {
        self.objects().map_or(0, |it| it.len())
    }

    /// What the press has to be told besides.
    fn prepare(&self, _: &mut Command) {}

    /// Those that are the site's.
    fn site(&self) -> Result<BTreeMap<String, Vec<u8>>> {
        let own = |name: &String| !name.starts_with(".press-published/");
        Ok(self.objects()?.into_iter().filter(|(name, _)| own(name)).collect())
    }

    /// Fails if a reader would miss something.
    fn must_be_whole(&self) -> Result {
        let missing = crawler::missing(|name| self.object(name));
        if missing.is_empty() { Ok(()) } else { Err(missing.join("\n").into()) }
    }
}

/// A folder that a server shows.
pub(crate) struct Folder(pub(crate) tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self(tempfile::tempdir()?))
    }
}

impl Destination for Folder {
    fn to(&self) -> String {
        self.0.path().display().to_string()
    }

    fn objects(&self) -> Result<BTreeMap<String, Vec<u8>>> {
        files_of(self.0.path())
    }

    fn object(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.0.path().join(name)).ok()
    }

    fn count(&self) -> usize {
        walkdir::WalkDir::new(self.0.path()).into_iter().count()
    }
}

fn files_of(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder)?.to_string_lossy().into_owned();
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(files)
}

/// The command that publishes an edition.
pub(crate) fn command(publisher: &Publisher, to: &str, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
    command.arg("publish").arg(publisher.path("edition")).arg("--out").arg(publisher.path("site"));
    command.arg("--shell").arg(publisher.path("shell")).args(["--json", "--to", to]).args(options);
    command
}

/// The command that publishes to a destination.
pub(crate) fn command_for(
    publisher: &Publisher,
    destination: &dyn Destination,
    options: &[&str],
) -> Command {
    let mut command = command(publisher, &destination.to(), options);
    destination.prepare(&mut command);
    command
}

/// Publishes to a destination, which must go well, and gives what the press says.
pub(crate) fn publish_to(
    publisher: &Publisher,
    destination: &dyn Destination,
    options: &[&str],
) -> Result<Value> {
    let output = command_for(publisher, destination, options).output()?;
    assert_eq!(output.status.code(), Some(0), "{}{}", heard(&output), said(&output));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Says aloud that a test could not run, and counts it (tests/README.md).
pub(crate) fn not_run(cause: &str) -> Result {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("main");
    // `eprintln!` would be kept back while the test passes.
    writeln!(std::io::stderr(), "not-run: {cause}: {test}")?;
    if let Some(file) = std::env::var_os("TEST_EVENTS") {
        let mut events = fs::OpenOptions::new().create(true).append(true).open(file)?;
        events.write_all(format!("not-run\t{cause}\t{test}\n").as_bytes())?;
    }
    Ok(())
}

/// A program in the folder of tools, or on the path.
pub(crate) fn tool(places: &[&str]) -> Option<std::path::PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    places.iter().map(|it| root.join(it)).find(|it| it.exists())
}

/// Publishes, which must go well, and gives what the press says.
pub(crate) fn publish(publisher: &Publisher, to: &str, options: &[&str]) -> Result<Value> {
    let output = command(publisher, to, options).output()?;
    assert_eq!(output.status.code(), Some(0), "{}{}", heard(&output), said(&output));
    Ok(serde_json::from_slice(&output.stdout)?)
}

pub(crate) fn heard(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn names(value: &Value) -> BTreeSet<String> {
    let all = value.as_array().into_iter().flatten();
    all.filter_map(|it| it.as_str()).map(str::to_owned).collect()
}

/// What was printed for readers and hosts.
pub(crate) fn printed(publisher: &Publisher) -> Result<BTreeMap<String, Vec<u8>>> {
    let own = [".press.json", ".press-versions.json"];
    Ok(publisher.files()?.into_iter().filter(|(name, _)| !own.contains(&&**name)).collect())
}

fn newspaper(articles: u32) -> Result<Publisher> {
    let publisher = Publisher::new()?;
    for icon in ["apple-touch-icon.png", "favicon.svg", "icon-192.png"] {
        publisher.write(&format!("shell/icons/{icon}"), "icon")?;
    }
    for day in 1..=articles {
        publisher.article(&format!("bai-{day}"), day)?;
    }
    Ok(publisher)
}

/// Changes what is on every page.
pub(crate) fn change_every_page(publisher: &Publisher, round: usize) -> Result {
    publisher.write("edition/site.toml", SITE.replace("Mỗi ngày", &format!("Ngày thứ {round}")))
}

#[test]
fn what_is_printed_is_online_and_later_only_what_changed_is_sent() -> Result {
    let (publisher, folder) = (newspaper(5)?, Folder::new()?);
    let first = publish(&publisher, &folder.to(), &[])?;
    let site = printed(&publisher)?;
    assert_eq!(folder.site()?, site);
    assert_eq!(names(&first["sending"]["sent"]), site.keys().cloned().collect());
    folder.must_be_whole()?;

    publisher.article("moi", 9)?;
    let report = publish(&publisher, &folder.to(), &[])?;
    let (added, changed) = (names(&report["files"]["added"]), names(&report["files"]["changed"]));
    assert!(!changed.is_empty() && changed.len() < site.len() / 2, "{changed:?}");
    assert_eq!(names(&report["sending"]["sent"]), &added | &changed);
    assert_eq!(folder.site()?, printed(&publisher)?);

    let nothing = publish(&publisher, &folder.to(), &[])?;
    assert_eq!(names(&nothing["sending"]["sent"]), BTreeSet::new());
    Ok(())
}

#[test]
fn a_new_print_from_nothing_sends_nothing() -> Result {
    let (publisher, folder) = (newspaper(3)?, Folder::new()?);
    publish(&publisher, &folder.to(), &[])?;
    fs::remove_dir_all(publisher.path("site"))?;
    fs::remove_file(publisher.path(".press-state-site"))?;
    let report = publish(&publisher, &folder.to(), &[])?;
    assert_eq!(names(&report["sending"]["sent"]), BTreeSet::new());
    Ok(())
}

#[test]
fn a_site_that_an_older_press_published_is_not_sent_again() -> Result {
    let (publisher, folder) = (newspaper(3)?, Folder::new()?);
    publish(&publisher, &folder.to(), &[])?;
    // Its list had half of a SHA-256 of each file.
    let list = folder.0.path().join(".press-published/list.json");
    let mut old: Value = serde_json::from_slice(&fs::read(&list)?)?;
    old["form"] = 1.into();
    for (name, entry) in old["files"].as_object_mut().ok_or("no files")? {
        let bytes = folder.object(name).ok_or("a file is missing")?;
        let hash: String = Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect();
        entry[0] = hash.split_at(32).0.into();
    }
    fs::write(&list, old.to_string())?;

    publisher.article("moi", 9)?;
    let report = publish(&publisher, &folder.to(), &[])?;
    let (added, changed) = (names(&report["files"]["added"]), names(&report["files"]["changed"]));
    assert_eq!(names(&report["sending"]["sent"]), &added | &changed);
    assert_eq!(folder.site()?, printed(&publisher)?);
    let nothing = publish(&publisher, &folder.to(), &[])?;
    assert_eq!(names(&nothing["sending"]["sent"]), BTreeSet::new());
    Ok(())
}

#[test]
fn what_no_page_needs_is_deleted_later_and_what_the_publisher_put_there_stays() -> Result {
    let (publisher, folder) = (newspaper(4)?, Folder::new()?);
    publish(&publisher, &folder.to(), &[])?;
    fs::write(folder.0.path().join("CNAME"), "paper.example")?;
    fs::remove_file(publisher.path("edition/content/tin/bai-2.md"))?;
    let report = publish(&publisher, &folder.to(), &["--keep-removed", "1h"])?;
    assert!(report["sending"]["waiting"].as_u64() > Some(0), "{report}");
    assert!(folder.object("tin/bai-2/index.html").is_some(), "a page may still lead there");
    let report = publish(&publisher, &folder.to(), &["--keep-removed", "0s"])?;
    assert!(names(&report["sending"]["deleted"]).contains("tin/bai-2/index.html"), "{report}");
    assert!(!folder.0.path().join("tin/bai-2").exists());
    let mut there = folder.site()?;
    assert_eq!(there.remove("CNAME").as_deref(), Some(&b"paper.example"[..]));
    assert_eq!(there, printed(&publisher)?);
    Ok(())
}

#[test]
fn what_is_not_due_comes_back_without_being_sent() -> Result {
    let (publisher, folder) = (newspaper(3)?, Folder::new()?);
    publish(&publisher, &folder.to(), &[])?;
    let path = "edition/content/tin/bai-2.md";
    let text = fs::read(publisher.path(path))?;
    fs::remove_file(publisher.path(path))?;
    publish(&publisher, &folder.to(), &[])?;
    publisher.write(path, text)?;
    let report = publish(&publisher, &folder.to(), &[])?;
    let sent = names(&report["sending"]["sent"]);
    assert!(!sent.contains("tin/bai-2/index.html") && !sent.is_empty(), "{sent:?}");
    assert_eq!(folder.site()?, printed(&publisher)?);
    Ok(())
}

#[test]
fn a_dry_run_says_what_would_be_sent_and_changes_nothing() -> Result {
    let (publisher, folder) = (newspaper(2)?, Folder::new()?);
    let dry = publish(&publisher, &folder.to(), &["--dry-run", "--before", "exit 1"])?;
    assert_eq!((dry["published"].clone(), folder.objects()?.len()), (false.into(), 0));
    let real = publish(&publisher, &folder.to(), &[])?;
    assert_eq!(dry["sending"]["sent"], real["sending"]["sent"]);
    Ok(())
}

#[test]
fn commands_run_before_and_after_and_the_first_can_stop_it() -> Result {
    let (publisher, folder) = (newspaper(1)?, Folder::new()?);
    let note = publisher.path("note");
    let config = format!(
        "{SITE}[publish]\nto = \"{}\"\nbefore = \"test -e $PRESS_SITE/index.html && echo before $PRESS_TO >> {note}\"\n\
         after = \"test -e $PRESS_TO/index.html && echo after >> {note}\"\n",
        folder.to(),
        note = note.display(),
    );
    publisher.write("edition/site.toml", config)?;
    let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
    press.arg("publish").arg(publisher.path("edition"));
    press.arg("--shell").arg(publisher.path("shell"));
    let stopped = press.args(["--before", "echo no >&2; exit 3"]).output()?;
    assert_eq!(stopped.status.code(), Some(5), "{}", said(&stopped));
    let told = said(&stopped);
    assert!(
        told.contains("no\n") && told.contains("nothing is sent") && told.contains('3'),
        "{told}"
    );
    assert_eq!(folder.objects()?.len(), 0);

    let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
    press.arg("publish").arg(publisher.path("edition"));
    let done = press.arg("--shell").arg(publisher.path("shell")).output()?;
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert!(publisher.path("edition.site/index.html").exists(), "printed beside the edition");
    assert_eq!(fs::read_to_string(note)?, format!("before {}\nafter\n", folder.to()));
    let output = command(&publisher, &folder.to(), &["--after", "exit 4"]).output()?;
    assert_eq!(output.status.code(), Some(6), "{}", heard(&output));
    let told: Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!(told["published"], true);
    assert!(told["failure"].as_str().is_some_and(|it| it.contains("all is sent")), "{told}");
    Ok(())
}

#[test]
fn what_cannot_be_a_destination_is_refused_before_anything_is_printed() -> Result {
    let publisher = newspaper(1)?;
    let inside = publisher.path("site/inside").display().to_string();
    let around = publisher.path("").display().to_string();
    for to in ["ftp://a.example/", &inside, &around] {
        let output = command(&publisher, to, &[]).output()?;
        assert_eq!(output.status.code(), Some(2), "{to}: {}", heard(&output));
        assert!(!publisher.path("site").exists(), "{to}");
    }
    Ok(())
}

#[test]
fn a_list_that_cannot_be_used_stops_it_with_advice() -> Result {
    let (publisher, folder) = (newspaper(1)?, Folder::new()?);
    publish(&publisher, &folder.to(), &[])?;
    let list = folder.0.path().join(".press-published/list.json");
    fs::write(&list, "{")?;
    let output = command(&publisher, &folder.to(), &[]).output()?;
    let failure = heard(&output);
    assert_eq!(output.status.code(), Some(5), "{failure}");
    assert!(failure.contains("list.json") && failure.contains("if you delete it"), "{failure}");
    fs::remove_file(list)?;
    publish(&publisher, &folder.to(), &[])?;
    assert_eq!(folder.site()?, printed(&publisher)?);
    Ok(())
}
