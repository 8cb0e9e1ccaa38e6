//! What a publisher does about an article that was wrong.

use std::fs;
use std::process::Output;

use serde_json::{Value, json};

use crate::album;
use crate::publisher::{Publisher, Result, said};

const GOOD: &str = "---\ntitle: Bài sai\ndate: 2026-01-03T08:00:00+07:00\nsummary: Lede sai\n\
    author: Hạ\nsource: Báo Bạn\ntags: [a, b]\nimage: anh.gif\naliases: [/tin/cu/]\n---\n\nThân bài sai.\n";
const WITHDRAWN: &str = "withdrawn: { note: Nguồn tin **không** đúng., date: 2026-01-09 }\n---";

/// An edition of five articles, the third of which, `sai`, has a picture, a link and an old address.
fn five_articles() -> Result<Publisher> {
    let publisher = Publisher::new()?;
    for day in [1, 2, 4, 5] {
        publisher.article(&format!("bai-{day}"), day)?;
    }
    publisher.write("edition/content/tin/sai/index.md", GOOD)?;
    publisher.write("edition/content/tin/sai/anh.gif", album::gif(40, 20, 2)?)?;
    Ok(publisher)
}

fn withdrawn() -> String {
    GOOD.replacen("\n---\n", &format!("\n{WITHDRAWN}\n"), 1)
}

/// The files of the site, as paths relative to it.
fn files(publisher: &Publisher) -> Result<Vec<String>> {
    let site = publisher.path("site");
    let mut names = Vec::new();
    for entry in walkdir::WalkDir::new(&site) {
        let entry = entry?;
        if entry.file_type().is_file() {
            names.push(entry.path().strip_prefix(&site)?.to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

#[test]
fn a_withdrawn_article_leaves_every_list_and_its_page_says_why() -> Result {
    let publisher = five_articles()?;
    publisher.print(&[])?;
    let naming = |publisher: &Publisher| -> Result<Vec<String>> {
        let all = files(publisher)?.into_iter();
        Ok(all
            // The list of the site's files is for the press; its host still leads from the old address to the page.
            .filter(|it| it != ".press.json" && !crate::hosts::FILES.contains(&it.as_str()))
            .filter(|it| publisher.read(it).is_ok_and(|text| text.contains("/tin/sai/")))
            .collect())
    };
    assert!(naming(&publisher)?.len() > 10, "lists, related news, data of both");

    publisher.write("edition/content/tin/sai/index.md", withdrawn())?;
    let output = publisher.print(&["--strict"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let mut named = naming(&publisher)?;
    named.sort();
    let page = ["tin/sai/index.html", "tin/sai/index.json"];
    let embed = "embed/article/tin/sai.html";
    assert_eq!(named, ["corrections.json", embed, "tin/cu/index.html", page[0], page[1]]);
    let front = publisher.json("index.json")?;
    assert_eq!(front["items"].as_array().map(Vec::len), Some(2), "four articles are two pages");
    let mut kept = files(&publisher)?;
    kept.retain(|it| it.starts_with("tin/sai/"));
    kept.sort();
    assert_eq!(kept, page, "its picture is gone");

    let feed = publisher.json(page[1])?;
    let note = "Nguồn tin không đúng.";
    assert_eq!(
        feed["items"],
        json!([{
            "id": "https://paper.example/tin/sai/",
            "url": "https://paper.example/tin/sai/",
            "title": "Bài sai",
            "content_text": note,
            "date_published": "2026-01-03T08:00:00+07:00",
            "date_modified": "2026-01-09T00:00:00+07:00",
            "_broadsheet": {"section": "tin", "withdrawn": note},
        }])
    );
    assert_eq!(feed["_broadsheet"]["related"], Value::Null);
    let html = publisher.read(page[0])?;
    for part in [
        "<meta name=\"robots\" content=\"noindex\">",
        "<meta name=\"description\" content=\"Nguồn tin không đúng.\">",
        "<h1",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    for gone in ["ld+json", "og:image", "canonical", "Thân bài", "Lede", "Hạ", "Báo Bạn", "anh."]
    {
        assert!(!html.contains(gone), "{gone}: {html}");
    }
    Ok(())
}

#[test]
fn a_broken_body_does_not_keep_a_withdrawn_article_online() -> Result {
    let publisher = five_articles()?;
    fs::remove_file(publisher.path("edition/content/tin/sai/anh.gif"))?;
    let matter = withdrawn()
        .replace("tags: [a, b]", "tags: [a, b]\nsummary: b\nsource_url: x\nauthors: [[]]");
    // Each body is wrong, and so are the lines of its file that are told of while it is published.
    let nested = "> ".repeat(5000);
    let bodies: [(&[u8], &[usize]); 3] = [
        (b"![a](no.gif) {{< figure src=\"no.gif\" >}}\n", &[8, 9, 10, 11, 17]),
        (b"\xff", &[8, 9, 10, 17]),
        (nested.as_bytes(), &[8, 9, 10, 11]),
    ];
    for (body, lines) in bodies {
        let print = |matter: &str| -> Result<Output> {
            let text = [matter.as_bytes(), body].concat();
            publisher.write("edition/content/tin/sai/index.md", text)?;
            publisher.print(&["--keep-going"])
        };
        let output = print(&matter)?;
        assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
        let page = publisher.json("tin/sai/index.json")?;
        assert_eq!(page["items"][0]["_broadsheet"]["withdrawn"], "Nguồn tin không đúng.");
        assert_eq!(publisher.json("corrections.json")?["items"].as_array().map(Vec::len), Some(1));

        let output = print(&matter.replace(WITHDRAWN, "withdrawn: no\n---"))?;
        assert_eq!(output.status.code(), Some(1));
        for line in lines {
            let start = format!("content/tin/sai/index.md:{line}: error:");
            assert!(said(&output).contains(&start), "{line}: {}", said(&output));
        }
    }
    Ok(())
}

#[test]
fn a_withdrawal_needs_no_reason() -> Result {
    let publisher = five_articles()?;
    publisher.write(
        "edition/content/tin/sai/index.md",
        withdrawn().replace(WITHDRAWN, "withdrawn: true\n---"),
    )?;
    assert_eq!(publisher.print(&["--strict"])?.status.code(), Some(0));
    let feed = publisher.json("tin/sai/index.json")?;
    assert_eq!(feed["description"], Value::Null);
    let item = &feed["items"][0];
    assert_eq!(item["_broadsheet"]["withdrawn"], "");
    assert_eq!(item["content_text"], "Bài sai");
    assert_eq!(item["date_modified"], Value::Null);
    assert!(!publisher.read("tin/sai/index.html")?.contains("name=\"description\""));
    Ok(())
}

#[test]
fn a_correction_is_told_on_the_articles_page_and_not_in_lists() -> Result {
    let publisher = five_articles()?;
    let line = "corrected: Số đúng là **12**, không phải 21.";
    publisher.write(
        "edition/content/tin/sai/index.md",
        GOOD.replacen("\n---\n", &format!("\n{line}\n---\n"), 1),
    )?;
    assert_eq!(publisher.print(&["--strict"])?.status.code(), Some(0));
    let item = &publisher.json("tin/sai/index.json")?["items"][0];
    assert_eq!(item["_broadsheet"]["corrected"], "Số đúng là 12, không phải 21.");
    assert!(item["content_html"].as_str().is_some_and(|it| it.contains("Thân bài sai.")));
    assert!(publisher.read("tin/sai/index.html")?.contains("NewsArticle"));
    let section = publisher.read("tin/index.json")?;
    assert!(section.contains("Bài sai") && !section.contains("Số đúng"), "{section}");
    Ok(())
}

#[test]
fn a_correction_that_says_nothing_is_an_error() -> Result {
    let publisher = five_articles()?;
    for wrong in
        ["corrected: true", "corrected: { date: 2026-01-09 }", "corrected: [a]", "withdrawn: [a]"]
    {
        let text = GOOD.replacen("\n---\n", &format!("\n{wrong}\n---\n"), 1);
        publisher.write("edition/content/tin/sai/index.md", text)?;
        let output = publisher.print(&[])?;
        assert_eq!(output.status.code(), Some(1), "{wrong}");
        assert!(said(&output).contains("content/tin/sai/index.md:10: error:"), "{}", said(&output));
        assert!(said(&output).contains("fix: write "), "{}", said(&output));
    }
    Ok(())
}

#[test]
fn corrections_are_a_feed_of_their_own() -> Result {
    let publisher = five_articles()?;
    publisher.print(&[])?;
    let feed = publisher.json("corrections.json")?;
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["title"], "Báo Thử");
    assert_eq!(feed["home_page_url"], "https://paper.example/");
    assert_eq!(feed["feed_url"], "https://paper.example/corrections.json");
    assert_eq!(feed["items"], json!([]));

    publisher.write("edition/content/tin/sai/index.md", withdrawn())?;
    for (slug, date) in [("som", "2026-01-08T00:00:00+07:00"), ("muon", "2026-01-10")] {
        let text = format!(
            "---\ntitle: Bài {slug}\ndate: 2026-01-02T08:00:00+07:00\nsummary: Lede\nupdated: {date}\n\
             corrected: {{ note: Đã sửa., date: 2026-01-04 }}\n---\n\nx\n"
        );
        publisher.write(&format!("edition/content/tin/{slug}.md"), text)?;
    }
    assert_eq!(publisher.print(&["--strict"])?.status.code(), Some(0));
    let feed = publisher.json("corrections.json")?;
    let items = feed["items"].as_array().ok_or("no items")?;
    let titles: Vec<_> = items.iter().map(|it| it["title"].clone()).collect();
    assert_eq!(titles, ["Bài muon", "Bài sai", "Bài som"], "the newest change first");
    let revision = |slug: &str| -> Result<Value> {
        Ok(publisher.json(&format!("tin/{slug}/index.json"))?["_broadsheet"]["revision"].clone())
    };
    assert_eq!(
        items[0],
        json!({
            "id": "https://paper.example/tin/muon/",
            "url": "https://paper.example/tin/muon/",
            "title": "Bài muon",
            "language": "vi",
            "content_text": "Đã sửa.",
            "date_published": "2026-01-02T08:00:00+07:00",
            "date_modified": "2026-01-10T00:00:00+07:00",
            "_broadsheet": {"section": "tin", "corrected": "Đã sửa.", "revision": revision("muon")?},
        })
    );
    let extension = &items[1]["_broadsheet"];
    assert_eq!(extension["withdrawn"], "Nguồn tin không đúng.");
    assert_eq!(extension["revision"], revision("sai")?);
    Ok(())
}

#[test]
fn a_withdrawal_is_never_cut_and_the_oldest_corrections_are() -> Result {
    let publisher = Publisher::new()?;
    let article = |slug: &str, note: &str| {
        let text = format!("---\ntitle: {slug}\ndate: 2020-01-01\n{note}\n---\n\nx\n");
        publisher.write(&format!("edition/content/tin/{slug}.md"), text)
    };
    // The oldest articles of all, and the oldest change.
    article("go", "withdrawn: { note: Sai., date: 2020-01-02 }")?;
    article("go-khong-ngay", "updated: 2020-01-03\nwithdrawn: true")?;
    for number in 0..502 {
        let (hour, minute) = (number / 60, number % 60);
        let text = format!(
            "---\ntitle: a\ndate: 2021-01-01\n\
             corrected: {{ note: Đã sửa., date: 2021-02-01T{hour:02}:{minute:02}:00 }}\n---\n\nx\n"
        );
        publisher.write(&format!("edition/content/tin/sua-{number}.md"), text)?;
    }
    assert_eq!(publisher.print(&["--strict"])?.status.code(), Some(0));
    let feed = publisher.json("corrections.json")?;
    let urls: Vec<_> =
        feed["items"].as_array().ok_or("no items")?.iter().map(|it| &it["url"]).collect();
    assert_eq!(urls.len(), 500);
    let url = |slug: &str| json!(format!("https://paper.example/tin/{slug}/"));
    assert_eq!(urls[0], &url("go-khong-ngay"), "it counts as withdrawn now");
    assert_eq!(urls[1], &url("sua-501"));
    assert_eq!(urls[498], &url("sua-4"), "the four corrections made first are left out");
    assert_eq!(urls[499], &url("go"));
    Ok(())
}
