//! Pictures whose names say something else than their bytes.

use std::fs;

use crate::album::{self, JPEG};
use crate::publisher::{Publisher, Result, said};

const SVG: &[u8] = b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\" \
    onload=\"alert(1)\"/>";
/// Pictures of 40 x 20 pixels: kind, bytes.
fn pictures() -> Result<[(&'static str, Vec<u8>); 5]> {
    let photo = album::photo(40, 20);
    let webp = album::webp(&photo, 40, 20, false)?;
    Ok([
        ("gif", album::gif(40, 20, 2)?),
        ("png", album::icon()?),
        ("jpg", album::jpeg(&photo, 40, 20, JPEG)?),
        ("webp", album::moving_webp([&webp, &webp], (40, 20))),
        ("svg", SVG.to_vec()),
    ])
}

fn article(publisher: &Publisher, picture: &str) -> Result {
    let text = format!("---\ntitle: A\ndate: 2026-01-01\n---\n\nChữ.\n\n![Cầu treo]({picture})\n");
    publisher.write("edition/content/tin/a/index.md", text)
}

/// The published pictures of the article, as they are for every browser.
fn published(publisher: &Publisher) -> Result<Vec<String>> {
    let files = publisher.files()?.into_keys();
    let own = files.filter_map(|name| Some(name.strip_prefix("tin/a/")?.to_owned()));
    let of_page = |name: &String| {
        name.starts_with("index.") || name.starts_with("oembed.") || name.contains("-40.")
    };
    Ok(own.filter(|name| !of_page(name)).collect())
}

#[test]
fn a_picture_with_a_wrong_ending_is_published_under_its_right_name() -> Result {
    for (kind, bytes) in pictures()? {
        for ending in ["gif", "png", "jpg", "webp", "svg"].iter().filter(|it| **it != kind) {
            let publisher = Publisher::new()?;
            let name = format!("cau-treo.{ending}");
            article(&publisher, &name)?;
            publisher.write(&format!("edition/content/tin/a/{name}"), &bytes)?;
            let output = publisher.print(&["--strict"])?;
            assert_eq!(output.status.code(), Some(0), "{kind} as {ending}: {}", said(&output));
            let start = format!("content/tin/a/index.md:8: warning: the picture \"{name}\" is a");
            assert!(said(&output).starts_with(&start), "{kind} as {ending}: {}", said(&output));
            let names = published(&publisher)?;
            assert!(matches!(&*names, [one] if one.ends_with(&format!(".{kind}"))), "{names:?}");
            let page = publisher.read("tin/a/index.html")?;
            assert!(page.contains(&format!("{}\" width=\"40\" height=\"20\"", names[0])), "{page}");
            let bytes = fs::read(publisher.path(&format!("site/tin/a/{}", names[0])))?;
            assert!(!String::from_utf8_lossy(&bytes).contains("alert"), "a drawing is made safe");
        }
    }
    Ok(())
}

#[test]
fn capitals_and_no_ending_at_all_are_no_mistake() -> Result {
    for (kind, bytes) in pictures()? {
        for name in ["cau-treo".to_owned(), format!("CAU-TREO.{}", kind.to_uppercase())] {
            let publisher = Publisher::new()?;
            article(&publisher, &name)?;
            publisher.write(&format!("edition/content/tin/a/{name}"), &bytes)?;
            let output = publisher.print(&["--strict"])?;
            assert_eq!((output.status.code(), &*said(&output)), (Some(0), ""), "{name}");
            let names = published(&publisher)?;
            let right =
                |one: &str| one.starts_with("cau-treo.") && one.ends_with(&format!(".{kind}"));
            assert!(matches!(&*names, [one] if right(one)), "{name}: {names:?}");
        }
    }
    Ok(())
}

#[test]
fn what_is_no_picture_is_none_under_any_name() -> Result {
    for (bytes, why) in [
        (&b"<!doctype html><title>404</title><script>alert(1)</script>"[..], "a web page (HTML)"),
        (b"<html><body><svg></svg></body></html>", "a web page (HTML)"),
        (b"kh\xc3\xb4ng ph\xe1\xba\xa3i \xe1\xba\xa3nh", "it is text"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIC picture"),
        (b"", "empty"),
    ] {
        for name in ["anh.jpg", "anh.webp", "anh"] {
            let publisher = Publisher::new()?;
            article(&publisher, name)?;
            publisher.write(&format!("edition/content/tin/a/{name}"), bytes)?;
            let output = publisher.print(&[])?;
            assert_eq!(output.status.code(), Some(0), "{name}: {}", said(&output));
            let told = said(&output);
            assert!(told.contains("index.md:8: warning: ") && told.contains(why), "{name}: {told}");
            assert_eq!(published(&publisher)?, Vec::<String>::new());
        }
    }
    Ok(())
}

#[test]
fn a_lead_picture_and_a_banner_are_mended_too() -> Result {
    let publisher = Publisher::new()?;
    let site = format!("{}[banner]\nimage = \"dau-trang.jpg\"\n", crate::publisher::SITE);
    publisher.write("edition/site.toml", site)?;
    publisher.write("edition/dau-trang.jpg", album::icon()?)?;
    let text = "---\ntitle: A\ndate: 2026-01-01\nimage: cau.png\n---\n\nChữ.\n";
    publisher.write("edition/content/tin/a/index.md", text)?;
    publisher.write("edition/content/tin/a/cau.png", album::gif(40, 20, 2)?)?;
    let output = publisher.print(&["--strict"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("content/tin/a/index.md:4: warning: "), "{}", said(&output));
    assert!(said(&output).contains("site.toml:11: warning: "), "{}", said(&output));
    let files = publisher.files()?;
    let ends =
        |start: &str, end: &str| files.keys().any(|it| it.starts_with(start) && it.ends_with(end));
    assert!(ends("tin/a/cau.", ".gif") && ends("dau-trang.", ".png"));
    Ok(())
}
