//! What feed readers get of a newspaper.

use std::fs;

use feed_rs::model::{Entry, Feed};
use serde_json::json;

use crate::publisher::{Publisher, Result, SITE, said};

/// A list of a site as a feed reader has it: from RSS and from Atom.
fn feeds(publisher: &Publisher, folder: &str) -> Result<[Feed; 2]> {
    let read = |name: &str| -> Result<Feed> {
        let text = publisher.read(&format!("{folder}{name}"))?;
        Ok(feed_rs::parser::parse(text.as_bytes()).map_err(|it| format!("{folder}{name}: {it}"))?)
    };
    Ok([read("rss.xml")?, read("atom.xml")?])
}

fn html(entry: &Entry) -> &str {
    entry.content.as_ref().and_then(|it| it.body.as_deref()).unwrap_or_default()
}

/// The texts of all elements of a name in an XML file of the site.
pub(crate) fn texts(publisher: &Publisher, file: &str, name: &str) -> Result<Vec<String>> {
    let text = publisher.read(file)?;
    let document = roxmltree::Document::parse(&text)?;
    let found = document.descendants().filter(|it| it.tag_name().name() == name);
    Ok(found.filter_map(|it| it.text()).map(str::to_owned).collect())
}

pub(crate) const AT: [&str; 2] = ["--at", "2026-01-10T12:00:00+07:00"];

#[test]
fn a_feed_has_the_articles_of_its_list_whole() -> Result {
    let publisher = Publisher::new()?;
    for day in 1..=5 {
        publisher.article(&format!("bai-{day}"), day)?;
    }
    let text = "---\ntitle: Ảnh & chữ\ndate: 2026-01-09T08:00:00+07:00\nupdated: 2026-01-09T10:30:00+07:00\n\
        summary: \"1 < 2\"\nauthor: [Hạ, Thu]\ntags: [c]\nimage: {src: anh.svg, alt: Ảnh, caption: Lời}\n\
        corrected: Số đúng là 3.\n---\n\n## Mục\n\n[a](#muc) [b](/tin/bai-1/) [c](https://a.example/)\n";
    publisher.write("edition/content/tin/anh/index.md", text)?;
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>";
    publisher.write("edition/content/tin/anh/anh.svg", svg)?;
    assert_eq!(publisher.print(&AT)?.status.code(), Some(0));
    for folder in ["", "tin/"] {
        let listed = publisher.json(&format!("{folder}index.json"))?;
        let listed = listed["items"].as_array().cloned().unwrap_or_default();
        for feed in feeds(&publisher, folder)? {
            let links: Vec<_> = feed.entries.iter().map(|it| json!(it.links[0].href)).collect();
            let urls: Vec<_> = listed.iter().map(|it| it["url"].clone()).collect();
            assert_eq!(links, urls, "what the list shows, in its order");
            let entry = &feed.entries[0];
            assert_eq!(entry.title.as_ref().map(|it| it.content.as_str()), Some("Ảnh & chữ"));
            assert_eq!(entry.id, "https://paper.example/tin/anh/");
            assert_eq!(
                entry.authors.iter().filter_map(|it| it.name.as_deref()).collect::<Vec<_>>(),
                ["Hạ", "Thu"]
            );
            assert_eq!(
                entry.published.map(|it| it.to_rfc3339()).as_deref(),
                Some("2026-01-09T01:00:00+00:00")
            );
            let terms: Vec<_> = entry.categories.iter().map(|it| &*it.term).collect();
            assert_eq!(terms.last(), Some(&"c"), "{terms:?}");
            assert_eq!(terms.len(), 2, "section and tag: {terms:?}");
            let html = html(entry);
            for part in [
                "Đính chính:</b> Số đúng là 3.</p>",
                "<figcaption>Lời</figcaption>",
                "<h2 id=\"muc\">Mục</h2>",
                "href=\"https://paper.example/tin/anh/#muc\"",
                "href=\"https://paper.example/tin/bai-1/\"",
                "href=\"https://a.example/\"",
                "src=\"https://paper.example/tin/anh/anh.",
            ] {
                assert!(html.contains(part), "{part}: {html}");
            }
        }
    }
    let [rss, atom] = [publisher.read("rss.xml")?, publisher.read("atom.xml")?];
    let length = fs::read_dir(publisher.path("site/tin/anh"))?
        .flatten()
        .find(|it| it.file_name().to_string_lossy().ends_with(".svg"))
        .ok_or("no picture")?
        .metadata()?
        .len();
    assert!(rss.contains(&format!("length=\"{length}\" type=\"image/svg+xml\"")), "{rss}");
    assert!(atom.contains(&format!("type=\"image/svg+xml\" length=\"{length}\"")), "{atom}");
    assert!(rss.contains("<pubDate>Fri, 09 Jan 2026 08:00:00 +0700</pubDate>"), "{rss}");
    assert!(rss.contains("<atom:updated>2026-01-09T10:30:00+07:00</atom:updated>"), "{rss}");
    assert!(atom.contains("<updated>2026-01-09T10:30:00+07:00</updated>"), "{atom}");
    assert!(rss.contains("<guid>https://paper.example/tin/anh/</guid>"), "a permalink: {rss}");
    assert!(rss.contains("<![CDATA[1 &lt; 2]]>"), "a description is HTML: {rss}");
    Ok(())
}

#[test]
fn pages_name_the_feeds_of_their_list() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    publisher.print(&["--base", "/news/"])?;
    let link = |kind: &str, path: &str| {
        format!(
            "<link rel=\"alternate\" type=\"application/{kind}+xml\" title=\"{{}}\" href=\"/news/{path}\">"
        )
    };
    for (page, title, feeds) in [
        ("", "Báo Thử", vec![link("rss", "rss.xml"), link("atom", "atom.xml")]),
        ("tin/", "Tin", vec![link("rss", "tin/rss.xml"), link("atom", "tin/atom.xml")]),
        ("tin/bai/", "Báo Thử", vec![link("rss", "rss.xml")]),
    ] {
        let html = publisher.read(&format!("{page}index.html"))?;
        for feed in &feeds {
            assert!(html.contains(&feed.replace("{}", title)), "{feed}: {html}");
        }
        assert_eq!(html.matches("+xml\" title").count(), feeds.len());
    }
    assert!(
        publisher
            .read("rss.xml")?
            .contains("href=\"https://paper.example/news/rss.xml\" rel=\"self\"")
    );
    Ok(())
}

#[test]
fn what_was_withdrawn_is_in_no_feed_and_no_sitemap() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 8)?;
    publisher.write(
        "edition/content/tin/sai.md",
        "---\ntitle: Sai\ndate: 2026-01-09\nwithdrawn: Nguồn sai.\n---\n\nThân sai.\n",
    )?;
    publisher.print(&AT)?;
    let mut read = 0;
    for (name, bytes) in publisher.files()? {
        if name.ends_with(".xml") && !name.ends_with("oembed.xml") {
            let text = String::from_utf8(bytes)?;
            assert!(!text.contains("/tin/sai/") && !text.contains("Thân sai"), "{name}: {text}");
            read += 1;
        }
    }
    assert!(read > 8, "{read}");
    assert_eq!(texts(&publisher, "sitemap-1.xml", "loc")?, ["https://paper.example/tin/bai/"]);
    Ok(())
}

#[test]
fn an_article_that_runs_the_other_way_says_so() -> Result {
    let publisher = Publisher::new()?;
    publisher.write(
        "edition/content/tin/thalj.md",
        "---\ntitle: ثلج\ndate: 2026-01-09\nlanguage: ar\n---\n\nنص.\n",
    )?;
    publisher.print(&AT)?;
    for feed in feeds(&publisher, "")? {
        assert_eq!(
            html(&feed.entries[0]).lines().next(),
            Some("<div lang=\"ar\" dir=\"rtl\"><p>نص.</p>")
        );
        assert_eq!(feed.language.as_deref(), Some("vi"));
    }
    assert!(publisher.read("rss.xml")?.contains("<dc:language>ar</dc:language>"));
    assert!(publisher.read("atom.xml")?.contains("<content xml:lang=\"ar\" type=\"html\">"));
    Ok(())
}

#[test]
fn a_hub_is_named_in_every_format() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    let hubs = "[feeds]\nhub = [\"https://hub.example/\", \"https://push.example/?a=1&b=2\"]\n";
    publisher.write("edition/site.toml", format!("{SITE}{hubs}"))?;
    assert_eq!(publisher.print(&["--strict"])?.status.code(), Some(0));
    for folder in ["", "tin/"] {
        for name in ["rss.xml", "atom.xml"] {
            let text = publisher.read(&format!("{folder}{name}"))?;
            let document = roxmltree::Document::parse(&text)?;
            let links = document.descendants().filter(|it| it.attribute("rel") == Some("hub"));
            let hubs: Vec<_> = links.filter_map(|it| it.attribute("href")).collect();
            assert_eq!(hubs, ["https://hub.example/", "https://push.example/?a=1&b=2"], "{name}");
        }
        let feed = publisher.json(&format!("{folder}index.json"))?;
        assert_eq!(feed["hubs"][0], json!({"type": "WebSub", "url": "https://hub.example/"}));
        assert_eq!(feed["hubs"].as_array().map(Vec::len), Some(2));
    }
    assert!(publisher.json("tin/bai/index.json")?["hubs"].is_null());
    assert!(!publisher.read("index.html")?.contains("hub.example"), "the app has no use for it");

    for (written, line) in
        [("hub = \"hub.example\"", 11), ("\nhub = [\"https://a.example/\", 'ftp://b']", 12)]
    {
        publisher.write("edition/site.toml", format!("{SITE}[feeds]\n{written}\n"))?;
        let output = publisher.print(&[])?;
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(&format!("site.toml:{line}: error:")), "{}", said(&output));
        assert!(said(&output).contains("is not the address of a web page"), "{}", said(&output));
    }
    Ok(())
}

#[test]
fn old_addresses_of_feeds_lead_to_the_feeds() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    assert_eq!(publisher.print(&["--strict"])?.status.code(), Some(0));
    for (old, new) in [
        ("index.xml", "rss.xml"),
        ("feed.xml", "atom.xml"),
        ("feed/feed.xml", "atom.xml"),
        ("feed.json", "index.json"),
        ("tin/index.xml", "tin/rss.xml"),
        ("feed/tin.xml", "tin/atom.xml"),
    ] {
        assert_eq!(publisher.read(old)?, publisher.read(new)?, "{old}");
    }
    for (old, new, kind) in [
        ("feed/", "rss.xml", "rss"),
        ("tin/feed/", "tin/rss.xml", "rss"),
        ("feed/atom/", "atom.xml", "atom"),
    ] {
        let page = publisher.read(&format!("{old}index.html"))?;
        assert!(page.contains(&format!("0; url=/{new}\"")), "{page}");
        let link = format!("rel=\"alternate\" type=\"application/{kind}+xml\"");
        assert!(page.contains(&link), "a feed reader that asks here finds the feed: {page}");
    }
    Ok(())
}

#[test]
fn what_a_publisher_has_at_the_address_of_an_old_feed_stays_there() -> Result {
    let publisher = Publisher::new()?;
    let more = "[[sections]]\nslug = \"feed\"\ntitle = \"Feed\"\n[[sections]]\nslug = \"rss\"\ntitle = \"RSS\"\n";
    publisher.write("edition/site.toml", format!("{SITE}{more}"))?;
    let article = |title: &str, more: &str| {
        format!("---\ntitle: {title}\ndate: 2026-01-01\n{more}---\n\nx\n")
    };
    publisher.write("edition/content/tin/feed.md", article("Bài feed", ""))?;
    publisher.write("edition/content/feed/atom.md", article("Bài atom", ""))?;
    publisher.write(
        "edition/content/rss/a.md",
        article("Bài a", "aliases: [/tin/rss/, /feed/rss2/]\n"),
    )?;
    let output = publisher.print(&["--strict"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(said(&output), "", "nobody lost an address");
    for (page, says) in [
        ("feed/", "<title>Feed – Báo Thử</title>"),
        ("rss/", "<title>RSS – Báo Thử</title>"),
        ("tin/feed/", "Bài feed"),
        ("feed/atom/", "Bài atom"),
        ("tin/rss/", "0; url=/rss/a/"),
        ("feed/rss2/", "0; url=/rss/a/"),
    ] {
        assert!(publisher.read(&format!("{page}index.html"))?.contains(says), "{page}");
    }
    assert_eq!(publisher.read("feed/feed.xml")?, publisher.read("feed/atom.xml")?);
    Ok(())
}
