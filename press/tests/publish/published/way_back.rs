//! Back to the print before.

use std::fs;
use std::process::{Command, Output};

use super::{Destination, Folder, command, heard, newspaper, printed, publish};
use crate::publisher::Result;

fn roll_back(to: &str, options: &[&str]) -> Result<Output> {
    let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
    Ok(press.args(["publish", "--rollback", "--json", "--to", to]).args(options).output()?)
}

#[test]
fn a_publisher_goes_back_to_the_print_before_and_forth_again() -> Result {
    let (publisher, folder) = (newspaper(4)?, Folder::new()?);
    publish(&publisher, &folder.to(), &[])?;
    assert_eq!(roll_back(&folder.to(), &[])?.status.code(), Some(5), "there is none before");
    let first = printed(&publisher)?;
    publisher.article("moi", 9)?;
    fs::remove_file(publisher.path("edition/content/tin/bai-2.md"))?;
    publish(&publisher, &folder.to(), &["--keep-removed", "0s"])?;
    let second = printed(&publisher)?;
    // What changes nothing leaves the way back.
    publish(&publisher, &folder.to(), &[])?;
    for site in [&first, &second, &first] {
        let output = roll_back(&folder.to(), &["--keep-removed", "0s"])?;
        assert_eq!(output.status.code(), Some(0), "{}", heard(&output));
        assert_eq!(&folder.site()?, site);
    }
    // The next print is what counts again.
    publish(&publisher, &folder.to(), &["--keep-removed", "0s"])?;
    assert_eq!(folder.site()?, second);
    Ok(())
}

#[test]
fn who_keeps_nothing_cannot_go_back() -> Result {
    let (publisher, folder) = (newspaper(2)?, Folder::new()?);
    publish(&publisher, &folder.to(), &[])?;
    publisher.article("moi", 9)?;
    publish(&publisher, &folder.to(), &["--no-rollback"])?;
    let before = folder.objects()?;
    assert!(!before.keys().any(|name| name.starts_with(".press-published/kept/")));
    let output = roll_back(&folder.to(), &[])?;
    assert_eq!(output.status.code(), Some(5));
    assert!(heard(&output).contains("leads back"), "{}", heard(&output));
    assert_eq!(folder.objects()?, before);
    Ok(())
}

#[test]
fn a_run_that_stops_half_way_can_be_taken_back() -> Result {
    let (publisher, folder) = (newspaper(4)?, Folder::new()?);
    publish(&publisher, &folder.to(), &[])?;
    let first = folder.site()?;
    publisher.article("moi", 9)?;
    // A folder that nothing can be moved over: the run stops when it has sent all before the worker.
    let worker = folder.0.path().join("sw.js");
    fs::remove_file(&worker)?;
    fs::create_dir_all(worker.join("x"))?;
    publisher.write("shell/sw.js", "const shell = PRESS_SHELL; // other\n")?;
    let output = command(&publisher, &folder.to(), &[]).output()?;
    assert_eq!(output.status.code(), Some(5), "{}", heard(&output));
    assert!(heard(&output).contains("run this again"), "{}", heard(&output));
    assert!(folder.object("tin/moi/index.html").is_some());
    fs::remove_dir_all(&worker)?;
    fs::write(&worker, &first["sw.js"])?;
    let output = roll_back(&folder.to(), &["--keep-removed", "0s"])?;
    assert_eq!(output.status.code(), Some(0), "{}", heard(&output));
    assert_eq!(roll_back_leftovers(&folder)?, first);
    Ok(())
}

/// The site after one more run has deleted what the one that stopped had brought.
fn roll_back_leftovers(folder: &Folder) -> Result<std::collections::BTreeMap<String, Vec<u8>>> {
    folder.must_be_whole()?;
    folder.site()
}
