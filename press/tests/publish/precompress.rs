//! Compressed files beside the plain ones: `press build --precompress`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;

use crate::publisher::{Publisher, Result, answer, said};

fn publisher() -> Result<Publisher> {
    let publisher = Publisher::new()?;
    for number in 1..=3 {
        let words = format!("Chợ nổi số {number} họp từ lúc rạng đông. ").repeat(60);
        let text = format!(
            "---\ntitle: Chợ {number}\ndate: 2026-01-0{number}\naliases: [/cu/{number}/]\n---\n\n{words}\n"
        );
        publisher.write(&format!("edition/content/tin/cho-{number}.md"), text)?;
    }
    Ok(publisher)
}

/// Prints, and says how many files have a compressed form and how many of these forms are new.
fn print(publisher: &Publisher) -> Result<(usize, usize)> {
    let output = publisher.print(&["--precompress"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let told = answer(&output);
    let rest = told.split("Compressed files beside ").nth(1).ok_or("nothing is told")?;
    let mut numbers = rest.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
    let mut next =
        || Ok::<usize, Box<dyn std::error::Error>>(numbers.next().ok_or("no number")?.parse()?);
    Ok((next()?, next()?))
}

fn unpacked(name: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    match name.ends_with(".br") {
        true => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut out)?,
        false => flate2::read::GzDecoder::new(bytes).read_to_end(&mut out)?,
    };
    Ok(out)
}

fn is_compressed(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

/// Every compressed file of the site unpacks to the plain one beside it, and the list names it.
fn assert_whole(files: &BTreeMap<String, Vec<u8>>) -> Result {
    let list = String::from_utf8_lossy(&files[".press.json"]).into_owned();
    for (name, bytes) in files.iter().filter(|(name, _)| is_compressed(name)) {
        let plain = &files[&name[..name.len() - 3]];
        assert!(unpacked(name, bytes)? == *plain, "{name}");
        assert!(bytes.len() < plain.len() && plain.len() >= 1_000, "{name}");
        assert!(list.contains(&format!("\"{name}\"")), "{name}");
    }
    Ok(())
}

#[test]
fn texts_have_compressed_files_beside_them_and_the_rest_stays_as_it_is() -> Result {
    let publisher = publisher()?;
    publisher.print(&[])?;
    let plain = publisher.files()?;
    assert!(!plain.keys().any(|name| is_compressed(name)), "only where it is asked for");
    let (count, made) = print(&publisher)?;
    let files = publisher.files()?;
    assert_whole(&files)?;
    for name in ["index.html", "tin/cho-1/index.html", "tin/cho-1/index.json", "404.html"] {
        for ending in ["br", "gz"] {
            assert!(files.contains_key(&format!("{name}.{ending}")), "{name}.{ending}");
        }
    }
    let of = |ending: &str| files.keys().filter(|name| name.ends_with(ending)).count();
    assert_eq!((of(".br"), of(".gz"), made), (count, count, count));
    for (name, bytes) in &files {
        let hidden = name.split('/').any(|part| part.starts_with(['.', '_']));
        assert!(!is_compressed(name) || !hidden, "no reader asks for {name}");
        assert!(is_compressed(name) || name == ".press.json" || plain[name] == *bytes, "{name}");
    }
    assert!(!files.contains_key("a.css.br") && !files.contains_key("vercel.json.br"));
    Ok(())
}

#[test]
fn the_same_edition_has_the_same_bytes_and_is_not_compressed_again() -> Result {
    let (one, other) = (publisher()?, publisher()?);
    let (count, _) = print(&one)?;
    print(&other)?;
    let files = one.files()?;
    assert!(files == other.files()?, "the bytes depend on the edition alone");
    assert_eq!(print(&one)?, (count, 0));
    assert!(files == one.files()?);
    one.write("edition/content/tin/cho-2.md", "---\ntitle: Khác\ndate: 2026-01-02\n---\n\nx\n")?;
    let (_, made) = print(&one)?;
    assert!(made > 0 && made < count, "{made} of {count}");
    assert_whole(&one.files()?)
}

#[test]
fn a_compressed_file_that_is_not_of_the_plain_one_is_made_anew() -> Result {
    let publisher = publisher()?;
    print(&publisher)?;
    let files = publisher.files()?;
    // As a press that was killed amid replacing a site would leave it, and a disk that is full.
    let site = |name: &str| publisher.path(&format!("site/{name}"));
    fs::copy(site("tin/cho-2/index.html.br"), site("tin/cho-1/index.html.br"))?;
    fs::write(site("tin/cho-1/index.json.gz"), &files["tin/cho-1/index.json.gz"][..40])?;
    fs::write(site("tin/cho-2/index.json.br"), "")?;
    fs::remove_file(site("tin/cho-2/index.html.gz"))?;
    let (_, made) = print(&publisher)?;
    assert_eq!(made, 4);
    assert!(files == publisher.files()?);
    Ok(())
}

#[test]
fn printed_without_them_the_compressed_files_go_and_those_of_the_publisher_stay() -> Result {
    // Exchanged, then beside a file of the publisher's.
    for own in [false, true] {
        let publisher = publisher()?;
        publisher.print(&[])?;
        if own {
            publisher.write("site/tin/cho-1/index.html.br", "mine")?;
            publisher.write("site/so-lieu.csv.gz", "mine")?;
        }
        print(&publisher)?;
        assert!(publisher.path("site/tin/cho-1/index.html.gz").exists());
        assert_eq!(publisher.print(&[])?.status.code(), Some(0));
        let left: Vec<String> =
            publisher.files()?.into_keys().filter(|it| is_compressed(it)).collect();
        let mine = ["so-lieu.csv.gz", "tin/cho-1/index.html.br"];
        assert_eq!(left, if own { &mine[..] } else { &[] });
        if own {
            assert_eq!(publisher.read("tin/cho-1/index.html.br")?, "mine");
        }
    }
    Ok(())
}

#[test]
fn an_old_address_that_looks_like_a_compressed_file_keeps_its_place() -> Result {
    let publisher = publisher()?;
    let words = "Chợ nổi họp từ lúc rạng đông. ".repeat(60);
    let text = format!(
        "---\ntitle: Lạ\ndate: 2026-01-05\naliases: [/tin/cho-1/index.html.br/, /saved/index.html.gz]\n---\n\n{words}\n"
    );
    publisher.write("edition/content/tin/la.md", text)?;
    let output = publisher.print(&["--precompress"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(publisher.path("site/tin/cho-1/index.html.gz").is_file());
    Ok(())
}
