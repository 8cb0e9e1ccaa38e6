//! A publisher who sends by rsync: the press hands over lists, and rsync sends in their order.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Destination, Folder, change_every_page, heard, newspaper, not_run, printed, tool};
use crate::publisher::{Publisher, Result, said};

/// The program, where there is one.
fn rsync() -> Result<Option<PathBuf>> {
    match tool(&[".tools/rsync/usr/bin/rsync", "/usr/bin/rsync", "/opt/homebrew/bin/rsync"]) {
        Some(program) => Ok(Some(program.canonicalize()?)),
        None => not_run("no rsync").map(|()| None),
    }
}

/// The command that prints and writes the lists.
fn list(publisher: &Publisher, options: &[&str]) -> Command {
    let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
    press.arg("publish").arg(publisher.path("edition")).arg("--out").arg(publisher.path("site"));
    press.arg("--shell").arg(publisher.path("shell")).arg("--json");
    press.arg("--stages").arg(publisher.path("stages")).args(options);
    press
}

fn must_list(publisher: &Publisher, options: &[&str]) -> Result<serde_json::Value> {
    let output = list(publisher, options).output()?;
    assert_eq!(output.status.code(), Some(0), "{}{}", heard(&output), said(&output));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The command that sends what is in the lists.
fn send(publisher: &Publisher, program: &Path, folder: &Folder) -> Command {
    let mut send = Command::new("sh");
    send.arg(publisher.path("stages/send.sh")).arg(format!("{}/trang báo", folder.to()));
    send.env("RSYNC", program);
    send
}

/// The folder that rsync sends to.
struct Sent(Folder);

impl Destination for Sent {
    fn to(&self) -> String {
        self.0.to()
    }

    fn objects(&self) -> Result<std::collections::BTreeMap<String, Vec<u8>>> {
        super::files_of(&self.0.0.path().join("trang báo"))
    }

    fn object(&self, name: &str) -> Option<Vec<u8>> {
        self.0.object(&format!("trang báo/{name}"))
    }
}

#[test]
fn rsync_sends_by_lists_and_readers_miss_nothing_though_it_is_killed() -> Result {
    let Some(program) = rsync()? else { return Ok(()) };
    let (publisher, sent) = (newspaper(6)?, Sent(Folder::new()?));
    let mut killed = 0;
    for round in 0..10_u32 {
        publisher.article(&format!("moi-{round}"), 1 + round)?;
        change_every_page(&publisher, round as usize)?;
        must_list(&publisher, &[])?;
        // Killed when so much is there, and run again; the last time it may end.
        let there = sent.0.count();
        let mut run = send(&publisher, &program, &sent.0);
        let mut run = run.process_group(0).stderr(Stdio::null()).spawn()?;
        while run.try_wait()?.is_none() {
            sent.must_be_whole()?;
            if sent.0.count() >= there + 1 + 3 * round as usize {
                // The shell with all that it has started.
                let group = format!("-{}", run.id());
                Command::new("kill").args(["-KILL", "--", &group]).status()?;
                killed += 1;
                break;
            }
        }
        run.wait()?;
        sent.must_be_whole()?;
        if publisher.path("stages/unsent.json").exists() {
            let early = list(&publisher, &[]).output()?;
            assert_eq!(early.status.code(), Some(2), "the last lists come first");
            assert!(heard(&early).contains("send.sh"), "{}", heard(&early));
            let again = send(&publisher, &program, &sent.0).output()?;
            assert!(again.status.success(), "{}", said(&again));
        }
        sent.must_be_whole()?;
        // What a killed rsync was writing stays there under another name.
        let (mut there, printed) = (sent.site()?, printed(&publisher)?);
        there.retain(|name, _| printed.contains_key(name));
        assert_eq!(there, printed);
    }
    assert!(killed > 2, "{killed} of 10 were killed before they ended");
    Ok(())
}

#[test]
fn what_is_gone_is_deleted_by_a_list_when_it_is_due() -> Result {
    let Some(program) = rsync()? else { return Ok(()) };
    let (publisher, sent) = (newspaper(3)?, Sent(Folder::new()?));
    let deliver = |options: &[&str]| -> Result<serde_json::Value> {
        let report = must_list(&publisher, options)?;
        let output = send(&publisher, &program, &sent.0).output()?;
        assert!(output.status.success(), "{}", said(&output));
        Ok(report)
    };
    let report = deliver(&[])?;
    assert_eq!(report["published"], false, "rsync does that");
    publisher.article("moi", 9)?;
    fs::remove_file(publisher.path("edition/content/tin/bai-2.md"))?;
    // What is the publisher's own stays.
    fs::write(sent.0.0.path().join("trang báo/CNAME"), "paper.example")?;
    let report = deliver(&["--keep-removed", "1h"])?;
    let changed = super::names(&report["sending"]["sent"]);
    assert!(changed.contains("tin/moi/index.html") && !changed.contains("sw.js"), "{changed:?}");
    assert!(sent.object("tin/bai-2/index.html").is_some(), "a page may still lead there");
    deliver(&["--keep-removed", "0s"])?;
    let mut there = sent.site()?;
    assert!(there.remove("CNAME").is_some());
    assert_eq!(there, printed(&publisher)?);
    let nothing = send(&publisher, &program, &sent.0).output()?;
    assert!(said(&nothing).contains("sent already"), "{}", said(&nothing));
    Ok(())
}
