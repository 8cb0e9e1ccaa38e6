//! What a publisher gets for SVG pictures, which can hold more than a drawing.

use std::fs;

use sha2::{Digest as _, Sha256};

use crate::publisher::{Publisher, Result, SITE, said};

const DRAWING: &str = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" \
    height=\"20\" onload=\"alert(1)\">SHAPE<script>alert(2)</script></svg>";

fn drawing(shape: &str) -> String {
    DRAWING.replace("SHAPE", shape)
}

/// The published drawings, as paths relative to the site.
fn drawings(publisher: &Publisher) -> Result<Vec<String>> {
    let site = publisher.path("site");
    let mut names = Vec::new();
    for entry in walkdir::WalkDir::new(&site).sort_by_file_name() {
        let name = entry?.path().strip_prefix(&site)?.to_string_lossy().into_owned();
        names.extend(name.ends_with(".svg").then_some(name));
    }
    Ok(names)
}

#[test]
fn no_drawing_is_published_with_a_script() -> Result {
    let publisher = Publisher::new()?;
    let text = "---\ntitle: A\ndate: 2026-01-01\nimage: lead.svg\n---\n\n![a](SHOWN.SVG) [b](linked.svg)\n\n\
        {{< figure src=\"/static/code.svg\" >}}\n";
    publisher.write("edition/content/tin/a/index.md", text)?;
    for name in ["content/tin/a/lead", "content/tin/a/linked", "static/code", "banner"] {
        publisher.write(&format!("edition/{name}.svg"), drawing(&format!("<g id=\"{name}\"/>")))?;
    }
    publisher.write("edition/content/tin/a/SHOWN.SVG", drawing("<g id=\"shown\"/>"))?;
    publisher.write("edition/site.toml", format!("{SITE}[banner]\nimage = \"banner.svg\"\n"))?;
    let output = publisher.print(&["--strict"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let names = drawings(&publisher)?;
    assert_eq!(names.len(), 5, "{names:?}");
    for name in names {
        let text = publisher.read(&name)?;
        assert!(text.contains("<g id=") && !text.contains("alert"), "{name}: {text}");
        let hash: String =
            Sha256::digest(text.as_bytes()).iter().take(4).map(|it| format!("{it:02x}")).collect();
        assert!(name.ends_with(&format!(".{hash}.svg")), "{name} is named by what is published");
    }
    let page = publisher.read("tin/a/index.html")?;
    assert!(page.contains("width=\"40\" height=\"20\""), "{page}");
    Ok(())
}

#[test]
fn a_drawing_that_cannot_be_read_is_reported_where_it_is_named() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("tot", 1)?;
    for (line, link) in ["image: hong.svg\n---\n", "---\n\n![a](hong.svg)", "---\n\n[a](hong.svg)"]
        .iter()
        .enumerate()
    {
        let slug = format!("bai-{line}");
        publisher.write(
            &format!("edition/content/tin/{slug}/index.md"),
            format!("---\ntitle: A\ndate: 2026-01-01\n{link}\n"),
        )?;
        publisher.write(&format!("edition/content/tin/{slug}/hong.svg"), "<svg><g></svg>")?;
    }
    let site = format!("{SITE}[banner]\nimage = \"hong.svg\"\n");
    publisher.write("edition/site.toml", &site)?;
    publisher.write("edition/hong.svg", "\u{1f}\u{8b}")?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(1));
    let banner = site.lines().count();
    for place in [
        "content/tin/bai-0/index.md:4",
        "content/tin/bai-1/index.md:6",
        "content/tin/bai-2/index.md:6",
        &format!("site.toml:{banner}"),
    ] {
        let start = format!(
            "{place}: error: the picture \"hong.svg\" cannot be shown: it is not well-formed ("
        );
        assert!(said(&output).contains(&start), "{start}: {}", said(&output));
    }
    assert_eq!(said(&output).matches("fix: save it as plain SVG").count(), 4, "{}", said(&output));
    assert_eq!(drawings(&publisher)?, Vec::<String>::new());
    assert!(publisher.read("tin/tot/index.html")?.contains("Bài tot"), "the others are published");
    Ok(())
}

#[test]
fn a_site_is_printed_the_same_twice() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    let text =
        "---\ntitle: A\ndate: 2026-01-02\n---\n\n## App root\n\na[^1]\n\n![a](a.svg)\n\n[^1]: b\n";
    publisher.write("edition/content/tin/a/index.md", text)?;
    publisher.write("edition/content/tin/a/a.svg", drawing("<g z=\"1\" fill=\"red\" a=\"\"/>"))?;
    let bytes = |publisher: &Publisher| -> Result<Vec<(String, Vec<u8>)>> {
        publisher.print(&["--strict"])?;
        let site = publisher.path("site");
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(&site).sort_by_file_name() {
            let path = entry?.into_path();
            if path.is_file() {
                files.push((path.to_string_lossy().into_owned(), fs::read(&path)?));
            }
        }
        Ok(files)
    };
    let first = bytes(&publisher)?;
    assert!(first.len() > 10);
    assert!(first == bytes(&publisher)?);
    Ok(())
}
