//! What a publisher prints for readers without a network.

use std::fs;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::album;
use crate::publisher::{Publisher, Result, SITE, said};

/// The list that the worker of the site was given.
fn list(publisher: &Publisher) -> Result<Value> {
    let worker = publisher.read("sw.js")?;
    let list = worker.strip_prefix("self.PRESS_SHELL=").and_then(|it| it.split_once(";\n"));
    Ok(serde_json::from_str(list.ok_or(worker.clone())?.0)?)
}

#[test]
fn the_edition_list_says_what_each_article_weighs() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 2)?;
    let text = "---\ntitle: Ảnh\ndate: 2026-01-01\nimage: lead.gif\n---\n\n![a](small.gif)\n\n\
        ![b](small.gif) ![c](large.gif) [d](linked.gif) [e](small.gif) [f](g.pdf)\n";
    publisher.write("edition/content/tin/anh/index.md", text)?;
    for (name, side, frames) in
        [("lead", 30, 2), ("small", 40, 3), ("large", 600, 60), ("linked", 20, 2)]
    {
        let picture = album::gif(side, side, frames)?;
        publisher.write(&format!("edition/content/tin/anh/{name}.gif"), picture)?;
    }
    publisher.write("edition/content/tin/anh/g.pdf", "pdf")?;
    let withdrawn = "---\ntitle: Gỡ\ndate: 2026-01-03\nwithdrawn: true\n---\n";
    publisher.write("edition/content/tin/go.md", withdrawn)?;
    let output = publisher.print(&["--strict", "--base", "/news/"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));

    let article = |slug: &str, pictures: u64| -> Result<Value> {
        let document = fs::metadata(publisher.path(&format!("site/tin/{slug}/index.html")))?.len();
        let page = publisher.json(&format!("tin/{slug}/index.json"))?;
        Ok(json!({
            "path": format!("/news/tin/{slug}/"),
            "section": "tin",
            "revision": page["_broadsheet"]["revision"],
            "bytes": document + pictures,
        }))
    };
    let published = publisher.files()?;
    let size = |stem: &str| -> u64 {
        let start = format!("tin/anh/{stem}.");
        let file = published.iter().find(|(name, _)| name.starts_with(&start));
        file.map_or(0, |(_, bytes)| bytes.len() as u64)
    };
    assert!(
        size("large") > 200_000 && size("small") > 0,
        "{} and {}",
        size("large"),
        size("small")
    );
    let pictures = size("lead") + size("small");
    assert_eq!(
        publisher.json("edition.json")?,
        json!({"version": 1, "articles": [article("bai", 0)?, article("anh", pictures)?]})
    );
    let schema = publisher.json("schema/1/edition.json")?;
    assert_eq!(schema["title"], "EditionList");
    Ok(())
}

#[test]
fn the_edition_list_ends_after_the_newest_200() -> Result {
    let publisher = Publisher::new()?;
    for number in 0..=200 {
        let text =
            format!("---\ntitle: A\ndate: 2026-01-01T{:02}:{:02}\n---\n", number / 60, number % 60);
        publisher.write(&format!("edition/content/tin/bai-{number}.md"), text)?;
    }
    publisher.print(&[])?;
    let list = publisher.json("edition.json")?;
    let articles = list["articles"].as_array().ok_or("no articles")?;
    assert_eq!(articles.len(), 200);
    assert_eq!(
        (&articles[0]["path"], &articles[199]["path"]),
        (&json!("/tin/bai-200/"), &json!("/tin/bai-1/"))
    );
    Ok(())
}

#[test]
fn the_worker_is_told_what_to_fetch() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    assert_eq!(publisher.print(&["--base", "/news/"])?.status.code(), Some(0));
    let without = list(&publisher)?;
    let pages = ["offline/", "offline/index.json", "saved/", "saved/index.json"];
    let paths = |files: &Value| -> Vec<Value> {
        files.as_array().into_iter().flatten().map(|file| file["path"].clone()).collect()
    };
    assert_eq!(json!(paths(&without["files"])), json!(pages.map(|it| format!("/news/{it}"))));
    assert_eq!(without["base"], "/news/");
    assert_eq!(without["site"], "https://paper.example/news/");
    let html = publisher.read("index.html")?;
    let build = format!("data-build={}", without["build"]);
    assert!(html.contains(&build), "{build}: {html}");

    // Sanitized, it has other bytes than the file.
    publisher.write("edition/banner.svg", "<svg><script>x</script></svg>")?;
    let site = format!("{SITE}[banner]\nimage = \"banner.svg\"\n");
    publisher.write("edition/site.toml", site)?;
    assert_eq!(publisher.print(&["--base", "/news/"])?.status.code(), Some(0));
    let list = list(&publisher)?;
    let files = list["files"].as_array().ok_or("no files")?;
    assert_eq!(files.len(), 5, "the banner is with them");
    let assets = list["assets"].as_array().ok_or("no assets")?;
    assert_eq!(
        assets.len(),
        6,
        "style sheet, glue, app, scripts of the saved articles, of players and of pictures that are opened"
    );
    for entry in files.iter().chain(assets) {
        let path = entry["path"].as_str().ok_or("no path")?;
        let file = path.strip_prefix("/news/").ok_or("outside")?;
        let file =
            if file.ends_with('/') { [file, "index.html"].concat() } else { file.to_owned() };
        let bytes = fs::read(publisher.path("site").join(&file))?;
        let hash: String =
            Sha256::digest(&bytes).iter().take(8).map(|it| format!("{it:02x}")).collect();
        assert_eq!(entry["hash"], hash, "{file}: the worker keeps nothing else");
    }
    Ok(())
}

#[test]
fn what_readers_save_has_a_page_that_search_engines_are_not_sent_to() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    publisher.print(&[])?;
    let page = publisher.json("saved/index.json")?;
    assert_eq!(page["_broadsheet"]["kind"], "saved");
    assert_eq!(page["home_page_url"], "https://paper.example/saved/");
    assert_eq!(page["title"], "Bài đã lưu");
    let html = publisher.read("saved/index.html")?;
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{html}");
    assert!(html.contains("<title>Bài đã lưu – Báo Thử</title>"), "{html}");
    Ok(())
}

#[test]
fn a_site_that_wants_no_worker_prints_the_kill_switch() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    let off = "registration.unregister();\n";
    publisher.print(&[])?;
    assert_ne!(publisher.read("sw.js")?, off);
    assert_eq!(publisher.read("kill-switch.js")?, off, "it is there to be put in place by hand");
    publisher.write("edition/site.toml", format!("offline = false\n{SITE}"))?;
    assert_eq!(publisher.print(&["--strict"])?.status.code(), Some(0));
    assert_eq!(
        (publisher.read("sw.js")?, publisher.read("kill-switch.js")?),
        (off.to_owned(), off.to_owned())
    );
    assert_eq!(publisher.json("site.json")?["online_only"], true);
    assert!(
        !publisher.read("tin/bai/index.html")?.contains("class=\"save\""),
        "no promise to keep"
    );
    publisher.write("edition/site.toml", format!("offline = true\n{SITE}"))?;
    publisher.print(&[])?;
    assert_ne!(publisher.read("sw.js")?, off);
    assert!(publisher.read("tin/bai/index.html")?.contains("class=\"save\""));
    for wrong in ["offline = \"perhaps\"", "offline = [false]", "offline = 2026-01-01"] {
        publisher.write("edition/site.toml", format!("{wrong}\n{SITE}"))?;
        let output = publisher.print(&[])?;
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(said(&output).contains("site.toml:1: error: \"offline\""), "{}", said(&output));
    }
    Ok(())
}

#[test]
fn a_page_has_another_revision_when_and_only_when_its_own_articles_change() -> Result {
    let publisher = Publisher::new()?;
    for day in 1..=5 {
        publisher.article(&format!("bai-{day}"), day)?;
    }
    let revisions = |publisher: &Publisher| -> Result<Vec<String>> {
        publisher.print(&[])?;
        let pages = ["", "page/1/", "tin/", "tin/bai-1/", "tin/bai-5/", "offline/", "saved/"];
        let data = pages.map(|page| publisher.json(&format!("{page}index.json")));
        let revision = |feed: Value| feed["_broadsheet"]["revision"].as_str().map(str::to_owned);
        data.into_iter().map(|feed| revision(feed?).ok_or("no revision".into())).collect()
    };
    let changed = |before: &[String], after: &[String]| -> Vec<bool> {
        before.iter().zip(after).map(|(before, after)| before != after).collect()
    };
    let first = revisions(&publisher)?;
    assert!(first.iter().all(|it| it.len() == 8 && it.chars().all(|c| c.is_ascii_hexdigit())));
    let related = publisher.read("tin/bai-1/index.json")?;

    publisher.article("bai-6", 6)?;
    let second = revisions(&publisher)?;
    assert_ne!(related, publisher.read("tin/bai-1/index.json")?, "it has a new neighbour");
    assert_eq!(changed(&first, &second), [true, false, true, false, false, false, false]);

    let text = fs::read_to_string(publisher.path("edition/content/tin/bai-5.md"))?;
    publisher.write("edition/content/tin/bai-5.md", text + "\nMột câu nữa.\n")?;
    let third = revisions(&publisher)?;
    assert_eq!(changed(&second, &third), [false, false, false, false, true, false, false]);
    Ok(())
}
