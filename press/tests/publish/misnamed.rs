//! Pictures whose names say something else than their bytes.

use std::fs;

use crate::publisher::{Publisher, Result, said};

const GIF: &[u8] = b"GIF89a\x28\0\x14\0\0\0\0\0\0\0\0\0";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x28\0\0\0\x14\x08\x06\0\0\0";
const JPEG: &[u8] =
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\0\x14\0\x28\x03\x01\
    \x22\0\x02\x11\x01\x03\x11\x01";
const WEBP: &[u8] = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x27\0\0\x13\0\0";
const SVG: &[u8] = b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\" \
    onload=\"alert(1)\"/>";
/// Kind, bytes.
const PICTURES: [(&str, &[u8]); 5] =
    [("gif", GIF), ("png", PNG), ("jpg", JPEG), ("webp", WEBP), ("svg", SVG)];

fn article(publisher: &Publisher, picture: &str) -> Result {
    let text = format!("---\ntitle: A\ndate: 2026-01-01\n---\n\nChữ.\n\n![Cầu treo]({picture})\n");
    publisher.write("edition/content/tin/a/index.md", text)
}

/// The published pictures of the article.
fn published(publisher: &Publisher) -> Result<Vec<String>> {
    let files = publisher.files()?.into_keys();
    let own = files.filter_map(|name| Some(name.strip_prefix("tin/a/")?.to_owned()));
    let of_page = |name: &String| name.starts_with("index.") || name.starts_with("oembed.");
    Ok(own.filter(|name| !of_page(name)).collect())
}

#[test]
fn a_picture_with_a_wrong_ending_is_published_under_its_right_name() -> Result {
    for (kind, bytes) in PICTURES {
        for (ending, _) in PICTURES.iter().filter(|(ending, _)| *ending != kind) {
            let publisher = Publisher::new()?;
            let name = format!("cau-treo.{ending}");
            article(&publisher, &name)?;
            publisher.write(&format!("edition/content/tin/a/{name}"), bytes)?;
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
    for (kind, bytes) in PICTURES {
        for name in ["cau-treo".to_owned(), format!("CAU-TREO.{}", kind.to_uppercase())] {
            let publisher = Publisher::new()?;
            article(&publisher, &name)?;
            publisher.write(&format!("edition/content/tin/a/{name}"), bytes)?;
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
            assert_eq!(output.status.code(), Some(1), "{name}: {}", said(&output));
            let told = said(&output);
            assert!(told.contains("index.md:8: error: ") && told.contains(why), "{name}: {told}");
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
    publisher.write("edition/dau-trang.jpg", PNG)?;
    let text = "---\ntitle: A\ndate: 2026-01-01\nimage: cau.png\n---\n\nChữ.\n";
    publisher.write("edition/content/tin/a/index.md", text)?;
    publisher.write("edition/content/tin/a/cau.png", GIF)?;
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
