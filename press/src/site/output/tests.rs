//! What becomes of the folder when a site is written, given up, or stopped half way.

use std::collections::BTreeSet;

use super::*;
use crate::edition::Owner;
use crate::site::folder::MARK;
use crate::site::place::Replacement;

#[test]
fn a_site_stays_whole_until_the_new_one_is_complete() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("site");
    let read = |name: &str| fs::read_to_string(place.join(name)).ok();
    let print = |text: &str| -> Result<Output> {
        let output = Output::begin(&place, Book::default(), None, None)?;
        output.write(MARK, text.as_bytes())?;
        output.write("page/1/index.html", text.as_bytes())?;
        Ok(output)
    };
    print("first")?.finish(Vec::new(), &[])?;
    let second = print("second")?;
    assert_eq!(read("page/1/index.html").as_deref(), Some("first"));
    second.finish(Vec::new(), &[])?;
    assert_eq!(read("page/1/index.html").as_deref(), Some("second"));
    drop(print("given up")?);
    assert_eq!(read(MARK).as_deref(), Some("second"));
    assert_eq!(fs::read_dir(folder.path())?.count(), 2, "the site and its state are left");
    Ok(())
}

/// A site with these pages, at `place`, complete but not yet in its place.
fn print(place: &Path, pages: &[&str]) -> Result<Output> {
    let mut book = Book::default();
    for page in pages {
        book.page(page, &Owner::Site).unwrap();
    }
    let output = Output::begin(place, book, None, None)?;
    for page in pages {
        output.write(&format!("{page}/index.html"), page.as_bytes())?;
    }
    output.write(MARK, b"{}")?;
    Ok(output)
}

#[test]
fn a_press_that_stops_amid_the_moving_leaves_what_the_next_one_completes() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("site");
    print(&place, &["cu"])?.finish(Vec::new(), &[])?;
    fs::write(place.join("CNAME"), "a.example")?;
    let output = print(&place, &["a", "b", "c"])?;
    let mut files: BTreeSet<String> =
        output.written().iter().filter(|it| it.in_draft).map(|it| it.name.clone()).collect();
    // A file that is not in the draft: moving ends there, when others were moved.
    files.insert("b/zz.html".to_owned());
    let new: Vec<&str> = files.iter().map(String::as_str).collect();
    let articles = list::articles_json(&[]);
    list::json(&articles, &new, |name| name).write(&output.draft.path.join(list::NAME))?;
    let own: BTreeSet<String> = output.old.names().map(str::to_owned).collect();
    let both: BTreeSet<&str> = output.old.names().chain(new).collect();
    let both = list::json(&articles, &both.into_iter().collect::<Vec<_>>(), |name| name);
    let (both, gone) = (Some(&both), ["cu/index.html".to_owned()]);
    let replacement = Replacement { draft: &output.draft.path, place: &place, both, gone: &gone };
    assert!(replacement.make(&own, &files).is_err());
    drop(output);
    assert!(place.join("a/index.html").exists() && place.join("cu/index.html").exists());

    print(&place, &["d"])?.finish(Vec::new(), &[])?;
    let mut names = Vec::new();
    for entry in fs::read_dir(&place)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    assert_eq!(names, [list::NAME, "CNAME", "d", MARK]);
    assert_eq!(fs::read_dir(folder.path())?.count(), 2, "the site and its state are left");
    Ok(())
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("site");
    // Exchanged, then beside a file of the publisher's.
    for own in [false, true] {
        if own {
            fs::write(place.join("CNAME"), "")?;
        }
        for (file, gone) in
            [("page/a/b", "page/a"), ("page/a", "page/a/b"), ("page/a/b/c", "page/a")]
        {
            let output = print(&place, &["x"])?;
            output.write(file, file.as_bytes())?;
            output.finish(Vec::new(), &[])?;
            assert!(place.join(file).is_file() && !place.join(gone).is_file(), "{file}");
        }
    }
    Ok(())
}

#[test]
fn a_folder_that_is_no_site_is_not_replaced() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("thesis.txt"), "years of work")?;
    assert!(Output::begin(folder.path(), Book::default(), None, None).is_err());
    assert!(folder.path().join("thesis.txt").exists());
    Ok(())
}

#[test]
fn no_file_is_written_outside_the_site() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let output = Output::begin(&folder.path().join("site"), Book::default(), None, None)?;
    for name in ["../a", "/etc/a", "a/../../b", "", "../site.json", "assets/../../x.js"] {
        assert!(output.write(name, b"").is_err(), "{name}");
    }
    Ok(())
}

#[test]
fn a_file_without_a_place_and_a_second_one_are_refused_by_name() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let output = Output::begin(&folder.path().join("site"), Book::default(), None, None)?;
    output.write("page/1/index.html", b"1")?;
    for name in ["page/1/index.html", "Page/1/INDEX.html", "tin/moi/index.html"] {
        let told = output.write(name, b"2").err().map(|it| it.to_string()).unwrap_or_default();
        assert!(told.contains(name) && told.contains("bug"), "{told}");
    }
    assert_eq!(output.read("page/1/index.html")?, b"1");
    Ok(())
}

#[test]
fn a_file_that_stays_and_one_that_is_written_do_not_share_a_place() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("site");
    let begin = || Output::begin(&place, Book::default(), None, None);
    let (stays, other, recipe) = ("page/1/index.html", "Page/1/INDEX.html", [7; 16]);
    let first = begin()?;
    first.write(MARK, b"{}")?;
    first.write_made_of(stays, b"1", Some(recipe))?;
    first.finish(Vec::new(), &[])?;

    let output = begin()?;
    assert_eq!(output.keep_made_of(stays, recipe)?, Some(1));
    for name in [stays, other] {
        let told = output.write(name, b"2").err().map(|it| it.to_string()).unwrap_or_default();
        assert!(told.contains(name) && told.contains("twice"), "{told}");
    }
    assert!(output.keep_made_of(stays, recipe).is_err(), "it was kept twice");
    drop(output);
    for name in [stays, other] {
        let output = begin()?;
        output.write(MARK, b"{}")?;
        output.write(name, b"2")?;
        assert_eq!(output.keep_made_of(stays, recipe)?, Some(1));
        let told =
            output.finish(Vec::new(), &[]).err().map(|it| it.to_string()).unwrap_or_default();
        assert!(told.contains(name) && told.contains("twice"), "{told}");
    }
    assert_eq!(fs::read(place.join(stays))?, b"1");
    Ok(())
}
