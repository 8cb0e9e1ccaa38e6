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
fn what_no_browser_shows_is_reported_where_it_is_named_and_the_article_goes_out_without_it()
-> Result {
    let publisher = Publisher::new()?;
    let files: [(&str, &[u8], &str); 8] = [
        ("hong.svg", b"<svg><g></svg>", "it is not well-formed ("),
        ("quet.tif", b"II*\0\x08\0\0\0\0\0\0\0", "it is a TIFF picture"),
        (
            "ve.bmp",
            b"BM\x1a\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x01\0\x01\0\x01\0\x18\0\0\0\0\0",
            "it is a BMP picture",
        ),
        ("dien-thoai.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "it is a HEIC picture"),
        ("moi.jxl", b"\xff\x0a\0\0\0\0\0\0\0\0\0\0", "it is a JXL picture"),
        ("trang.jpg", b"<!doctype html><title>404</title>", "it is a web page (HTML)"),
        ("loi.png", b"Service unavailable", "it is text and no picture"),
        ("bang.pdf", b"%PDF-1.7", "browsers do not show it"),
    ];
    let mut told = Vec::new();
    for (number, (name, bytes, why)) in files.iter().enumerate() {
        let slug = format!("bai-{number}");
        let text = format!(
            "---\ntitle: A\ndate: 2026-01-01\nimage: {name}\n---\n\nTrước.\n\n![a]({name})\n\nSau.\n"
        );
        publisher.write(&format!("edition/content/tin/{slug}/index.md"), text)?;
        publisher.write(&format!("edition/content/tin/{slug}/{name}"), bytes)?;
        for line in [4, 9] {
            told.push(format!(
                "content/tin/{slug}/index.md:{line}: warning: the picture \"{name}\" was left out: {why}"
            ));
        }
    }
    // A link to a file that is not published leads nowhere.
    publisher.write(
        "edition/content/tin/lien-ket/index.md",
        "---\ntitle: A\ndate: 2026-01-01\n---\n\n[xem](hong.svg)\n",
    )?;
    publisher.write("edition/content/tin/lien-ket/hong.svg", "<svg><g></svg>")?;
    told.push(
        "content/tin/lien-ket/index.md:6: warning: the picture \"hong.svg\" was left out".into(),
    );
    let site = format!("{SITE}[banner]\nimage = \"hong.svg\"\n");
    publisher.write("edition/site.toml", &site)?;
    publisher.write("edition/hong.svg", "\u{1f}\u{8b}")?;
    told.push(format!(
        "site.toml:{}: warning: the picture \"hong.svg\" was left out",
        site.lines().count()
    ));

    let output = publisher.print(&["--all"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for start in told {
        assert!(said(&output).contains(&start), "{start}: {}", said(&output));
    }
    for number in 0..files.len() {
        let page = publisher.read(&format!("tin/bai-{number}/index.html"))?;
        assert!(page.contains("Trước.") && page.contains("Sau."), "{page}");
        assert!(!page.contains("<img"), "{page}");
    }
    let page = publisher.read("tin/lien-ket/index.html")?;
    assert!(page.contains("xem") && !page.contains("hong"), "{page}");
    assert_eq!(drawings(&publisher)?, Vec::<String>::new());
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
