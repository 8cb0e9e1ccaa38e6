//! The output folder belongs to the publisher, too.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::publisher::{Publisher, Result, said};

fn printed() -> Result<Publisher> {
    let publisher = Publisher::new()?;
    publisher.article("cho-noi", 1)?;
    print(&publisher)?;
    Ok(publisher)
}

fn print(publisher: &Publisher) -> Result {
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    Ok(())
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@b.example"])
        .args(arguments)
        .current_dir(folder)
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {told}");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Prints from within a folder, under another name of the output.
fn print_in(publisher: &Publisher, folder: &Path, out: &Path) -> Result<Output> {
    Ok(Command::new(env!("CARGO_BIN_EXE_press"))
        .arg("build")
        .arg(publisher.path("edition"))
        .arg("--shell")
        .arg(publisher.path("shell"))
        .arg("--out")
        .arg(out)
        .current_dir(folder)
        .output()?)
}

/// What lies beside the site but for what the press knows of it: nothing of the press's.
fn beside(publisher: &Publisher) -> Result<Vec<String>> {
    let entries = fs::read_dir(publisher.path(""))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let known = ["edition", "shell", "site", ".press-state-site", ".press-memory-site"]
            .contains(&&*name);
        names.extend((!known).then_some(name));
    }
    Ok(names)
}

#[test]
fn a_repository_and_files_of_hosts_stay_when_the_site_is_printed_again() -> Result {
    let publisher = printed()?;
    let site = publisher.path("site");
    git(&site, &["init", "-q", "."])?;
    git(&site, &["add", "-A"])?;
    git(&site, &["commit", "-qm", "mot"])?;
    for (name, text) in [
        ("CNAME", "bao.example"),
        (".nojekyll", ""),
        (".well-known/chung-minh.txt", "proof"),
        ("tin/ghi-chu.txt", "of the publisher"),
        ("google123.html", "proof"),
    ] {
        publisher.write(&format!("site/{name}"), text)?;
    }
    fs::create_dir(publisher.path("site/trong"))?;
    publisher.article("moi", 2)?;
    fs::remove_file(publisher.path("edition/content/tin/cho-noi.md"))?;
    print(&publisher)?;
    assert_eq!(publisher.read("CNAME")?, "bao.example");
    assert_eq!(publisher.read(".well-known/chung-minh.txt")?, "proof");
    assert_eq!(publisher.read("tin/ghi-chu.txt")?, "of the publisher");
    assert!(publisher.path("site/.nojekyll").exists() && publisher.path("site/trong").is_dir());
    assert!(git(&site, &["log", "--oneline"])?.ends_with(" mot\n"));
    assert!(publisher.path("site/tin/moi/index.html").exists());
    assert!(!publisher.path("site/tin/cho-noi").exists(), "what the press wrote goes");
    assert!(git(&site, &["status", "--porcelain"])?.contains(" D tin/cho-noi/index.html"));
    assert_eq!(beside(&publisher)?, Vec::<String>::new());
    // The next print knows all that the last one wrote, and changes nothing.
    git(&site, &["add", "-A"])?;
    git(&site, &["commit", "-qm", "hai"])?;
    print(&publisher)?;
    assert_eq!(git(&site, &["status", "--porcelain"])?, "");
    Ok(())
}

#[test]
fn a_worktree_is_printed_into_from_the_first_time_on() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("cho-noi", 1)?;
    publisher.write("kho/README.md", "x")?;
    let main = publisher.path("kho");
    git(&main, &["init", "-q", "."])?;
    git(&main, &["add", "-A"])?;
    git(&main, &["commit", "-qm", "mot"])?;
    let site = publisher.path("site").to_string_lossy().into_owned();
    git(&main, &["worktree", "add", "-q", "-b", "trang", &site])?;
    fs::remove_file(publisher.path("site/README.md"))?;
    print(&publisher)?;
    publisher.article("moi", 2)?;
    print(&publisher)?;
    assert!(publisher.path("site/.git").is_file());
    git(&publisher.path("site"), &["add", "-A"])?;
    git(&publisher.path("site"), &["commit", "-qm", "hai"])?;
    assert!(publisher.path("site/tin/moi/index.html").exists());
    Ok(())
}

#[test]
fn a_file_of_the_publisher_with_a_name_of_the_site_stops_the_print() -> Result {
    for (name, is_folder) in
        [("tin/moi/index.html", false), ("tin/moi", false), ("tin/moi/index.html", true)]
    {
        let publisher = printed()?;
        match is_folder {
            true => fs::create_dir_all(publisher.path(&format!("site/{name}")))?,
            false => publisher.write(&format!("site/{name}"), "of the publisher")?,
        }
        let before = publisher.files()?;
        publisher.article("moi", 2)?;
        let output = publisher.print(&[])?;
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        let told = "files of yours have names of the site: tin/moi";
        assert!(said(&output).contains(told), "{name}: {}", said(&output));
        assert!(before == publisher.files()?, "nothing is touched");
        assert_eq!(beside(&publisher)?, Vec::<String>::new());
    }
    Ok(())
}

#[test]
fn a_folder_of_the_publisher_may_become_a_section() -> Result {
    let publisher = printed()?;
    publisher.write("site/van-hoa/cua-toi/anh.txt", "of the publisher")?;
    publisher
        .write("edition/content/van-hoa/a.md", "---\ntitle: A\ndate: 2026-01-01\n---\n\nx\n")?;
    print(&publisher)?;
    fs::remove_dir_all(publisher.path("edition/content/van-hoa"))?;
    print(&publisher)?;
    assert_eq!(publisher.read("van-hoa/cua-toi/anh.txt")?, "of the publisher");
    assert!(!publisher.path("site/van-hoa/a").exists());
    Ok(())
}

#[test]
fn who_stands_in_the_folder_still_stands_in_it() -> Result {
    let publisher = printed()?;
    let site = publisher.path("site");
    let folder = || fs::metadata(&site).map(|it| it.ino());
    let before = folder()?;
    publisher.article("moi", 2)?;
    let output = print_in(&publisher, &site, Path::new("."))?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(publisher.path("site/tin/moi/index.html").exists());
    let output = print_in(&publisher, &publisher.path("site/tin"), Path::new(".."))?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(before, folder()?, "it is the same folder");
    Ok(())
}

#[test]
fn a_link_to_the_folder_stays_a_link() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("cho-noi", 1)?;
    fs::create_dir_all(publisher.path("dia/that"))?;
    symlink(publisher.path("dia/that"), publisher.path("site"))?;
    print(&publisher)?;
    publisher.article("moi", 2)?;
    print(&publisher)?;
    assert!(publisher.path("site").is_symlink());
    assert!(publisher.path("dia/that/tin/moi/index.html").exists());
    Ok(())
}

#[test]
fn a_link_inside_the_folder_leads_the_press_nowhere() -> Result {
    let publisher = printed()?;
    publisher.write("xa/cho-noi/index.html", "of somebody else")?;
    fs::remove_dir_all(publisher.path("site/tin"))?;
    symlink(publisher.path("xa"), publisher.path("site/tin"))?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert_eq!(fs::read_to_string(publisher.path("xa/cho-noi/index.html"))?, "of somebody else");
    Ok(())
}

#[test]
fn a_folder_whose_list_is_gone_or_broken_is_not_touched() -> Result {
    for broken in [None, Some("{"), Some("{\"version\":9,\"articles\":[],\"files\":[\"../../x\"]}")]
    {
        let publisher = printed()?;
        match broken {
            None => fs::remove_file(publisher.path("site/.press.json"))?,
            Some(text) => publisher.write("site/.press.json", text)?,
        }
        let before = publisher.files()?;
        let output = publisher.print(&[])?;
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("the list of the press's files"), "{}", said(&output));
        assert!(before == publisher.files()?);
    }
    Ok(())
}

#[test]
fn a_list_that_was_changed_makes_the_press_delete_nothing_outside() -> Result {
    let publisher = printed()?;
    publisher.write("cua-toi.txt", "x")?;
    let list = publisher.read(".press.json")?;
    publisher
        .write("site/.press.json", list.replace("\"files\":[", "\"files\":[\"../cua-toi.txt\","))?;
    print(&publisher)?;
    assert!(publisher.path("cua-toi.txt").exists());
    Ok(())
}

#[test]
fn what_a_killed_press_left_is_cleared_away_and_nothing_of_the_publisher_is_lost() -> Result {
    let publisher = printed()?;
    // Killed before the site was complete, and killed after the exchange, when CNAME had just come.
    publisher.write(".press-draft-site-4000001/tin/do-dang/index.html", "x")?;
    let old = publisher.path(".press-draft-site-4000002");
    fs::rename(publisher.path("site"), &old)?;
    publisher.write(".press-draft-site-4000002/CNAME", "bao.example")?;
    publisher.write(".press-draft-site-4000002/.press-both.json", "{}")?;
    print(&publisher)?;
    assert_eq!(publisher.read("CNAME")?, "bao.example");
    assert_eq!(beside(&publisher)?, Vec::<String>::new());
    assert!(publisher.path("site/tin/cho-noi/index.html").exists());
    assert!(!publisher.path("site/.press-both.json").exists());
    Ok(())
}

#[test]
fn a_second_press_says_who_prints_and_since_when_or_waits_for_it() -> Result {
    let publisher = printed()?;
    // By the folder alone, as where nobody may write beside it; and by the file beside it, which says who it is.
    let folder = fs::File::open(publisher.path("site"))?;
    folder.lock()?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("the press is printing into it already"), "{}", said(&output));
    folder.unlock()?;
    publisher.write(".press-printing-site", "process 4000001 since 2026-11-28T06:00:00Z\n")?;
    let beside = fs::File::open(publisher.path(".press-printing-site"))?;
    beside.lock()?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let who = "(process 4000001 since 2026-11-28T06:00:00Z)";
    assert!(said(&output).contains(who) && said(&output).contains("--wait"), "{}", said(&output));

    let mut waiting = publisher.command().arg("--wait").stderr(Stdio::piped()).spawn()?;
    let mut line = String::new();
    let told = waiting.stderr.take().ok_or("no output")?;
    BufReader::new(told).read_line(&mut line)?;
    assert!(line.contains("waiting") && line.contains(who), "{line}");
    assert!(waiting.try_wait()?.is_none(), "it waits");
    beside.unlock()?;
    assert_eq!(waiting.wait()?.code(), Some(0));
    assert!(!publisher.path(".press-printing-site").exists());
    print(&publisher)
}

#[test]
fn presses_that_begin_at_one_moment_print_one_after_the_other() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("cho-noi", 1)?;
    let mut command = publisher.command();
    command.arg("--wait").stdout(Stdio::null());
    let mut begun = Vec::new();
    for _ in 0..4 {
        begun.push(command.spawn()?);
    }
    for mut press in begun {
        assert_eq!(press.wait()?.code(), Some(0));
    }
    assert_eq!(beside(&publisher)?, Vec::<String>::new());
    assert_eq!(publisher.print_fresh()?, publisher.files()?);
    Ok(())
}
