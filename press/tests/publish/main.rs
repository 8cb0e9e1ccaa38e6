//! What a publisher notices: the command, the files that it prints, and what it says.

mod addresses;
mod album;
mod beginnings;
mod check_live;
mod corrections;
mod dev;
mod diagnostics;
mod dialects;
mod embed;
mod feeds;
mod folder;
mod galleries;
mod headers;
mod hosts;
mod incremental;
mod languages;
mod live;
mod misnamed;
mod odd_pictures;
mod offline;
mod patches;
mod photographs;
mod photographs_of_articles;
mod pictures;
mod ping;
mod players;
mod precompress;
mod published;
mod publisher;
mod remote_pictures;
mod serve;
mod sitemaps;
mod text;
mod time;
mod worn_pictures;
mod zones;

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use serde_json::Value;

use publisher::{Publisher, Result, said};

#[test]
fn a_bad_article_is_reported_and_the_others_are_published() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("tot", 1)?;
    publisher.write("edition/content/tin/hong.md", "---\ntitle: Hỏng\ndate: 31/02\n---\n\nx\n")?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("content/tin/hong.md:3: error:"), "{}", said(&output));
    assert!(said(&output).contains("fix:"), "{}", said(&output));
    assert!(publisher.read("tin/tot/index.html")?.contains("Bài tot"));
    assert!(!publisher.path("site/tin/hong").exists());
    Ok(())
}

#[test]
fn strict_prints_nothing_and_the_old_site_stays() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("tot", 1)?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    publisher.article("moi", 2)?;
    publisher.write("edition/content/tin/hong.md", "không có gì")?;
    assert_eq!(publisher.print(&["--strict"])?.status.code(), Some(2));
    assert!(publisher.read("tin/tot/index.html").is_ok());
    assert!(!publisher.path("site/tin/moi").exists(), "nothing new was printed");
    Ok(())
}

#[test]
fn every_page_is_a_json_feed_beside_its_html() -> Result {
    let publisher = Publisher::new()?;
    for day in 1..=5 {
        publisher.article(&format!("bai-{day}"), day)?;
    }
    publisher.print(&[])?;
    for page in ["", "page/1/", "page/2/", "tin/", "tin/page/1/", "tin/bai-3/"] {
        assert!(publisher.read(&format!("{page}index.html"))?.contains("<h1"), "{page}");
        let feed = publisher.json(&format!("{page}index.json"))?;
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1", "{page}");
        assert!(feed["title"].is_string(), "{page}");
        assert_eq!(feed["feed_url"], format!("https://paper.example/{page}index.json"));
        for item in feed["items"].as_array().into_iter().flatten() {
            assert!(item["id"].is_string(), "{page}");
            assert!(item["content_html"].is_string() ^ item["content_text"].is_string(), "{page}");
        }
    }
    let article = publisher.json("tin/bai-3/index.json")?;
    assert_eq!(article["items"][0]["date_published"], "2026-01-03T08:00:00+07:00");
    assert_eq!(article["items"][0]["authors"][0]["name"], "Hạ");
    assert_eq!(article["_broadsheet"]["related"].as_array().map(Vec::len), Some(4));
    Ok(())
}

#[test]
fn an_older_numbered_page_keeps_its_content_when_articles_come() -> Result {
    let publisher = Publisher::new()?;
    for day in 1..=4 {
        publisher.article(&format!("bai-{day}"), day)?;
    }
    publisher.print(&[])?;
    let before = publisher.read("page/1/index.json")?;
    for day in 5..=9 {
        publisher.article(&format!("bai-{day}"), day)?;
    }
    publisher.print(&[])?;
    let titles = |text: &str| -> Result<Vec<Value>> {
        let feed: Value = serde_json::from_str(text)?;
        Ok(feed["items"].as_array().into_iter().flatten().map(|it| it["title"].clone()).collect())
    };
    assert_eq!(titles(&before)?, titles(&publisher.read("page/1/index.json")?)?);
    // Nine articles, two to a page: four full pages, and one article that only the front has.
    let front = publisher.json("index.json")?;
    assert_eq!(front["items"].as_array().map(Vec::len), Some(3));
    assert_eq!(front["next_url"], "https://paper.example/page/3/");
    Ok(())
}

#[test]
fn an_old_address_leads_to_the_article() -> Result {
    let publisher = Publisher::new()?;
    let text = "---\ntitle: Mới\ndate: 2026-01-01\naliases: [/tin/cu/]\n---\n\nx\n";
    publisher.write("edition/content/tin/moi.md", text)?;
    publisher.print(&[])?;
    let redirect = publisher.read("tin/cu/index.html")?;
    assert!(redirect.contains("http-equiv=\"refresh\" content=\"0; url=/tin/moi/\""), "{redirect}");
    assert!(redirect.contains("<html lang=\"vi\">"), "{redirect}");
    Ok(())
}

#[test]
fn text_that_looks_like_a_mark_of_the_app_stays_as_it_was_written() -> Result {
    let publisher = Publisher::new()?;
    let text = "---\ntitle: Dấu <!> lạ\ndate: 2026-01-01\ntags: ['<!>']\n---\n\n\
        Chữ `<!>` và &lt;!&gt;, <abbr title=\"<!>\">viết tắt</abbr>.\n";
    publisher.write("edition/content/tin/dau.md", text)?;
    publisher.print(&[])?;
    let html = publisher.read("tin/dau/index.html")?;
    assert!(html.contains("Dấu &lt;!&gt; lạ</h1>"), "{html}");
    assert!(html.contains("<li>&lt;!&gt;</li>"), "{html}");
    let body = "<p>Chữ <code>&lt;!&gt;</code> và &lt;!&gt;, <abbr title=\"&lt;!&gt;\">viết tắt</abbr>.</p>";
    assert!(html.contains(body), "{html}");
    // The marks themselves are not printed.
    assert!(!html.contains("<!-") && !html.contains("<!>"), "{html}");
    Ok(())
}

#[test]
fn the_head_tells_search_engines_and_sharing_people_what_the_page_is() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    publisher.print(&[])?;
    let html = publisher.read("tin/bai/index.html")?;
    for part in [
        "<html lang=\"vi\">",
        "<title>Bài bai – Báo Thử</title>",
        "<meta name=\"description\" content=\"Lede bai\">",
        "<link rel=\"canonical\" href=\"https://paper.example/tin/bai/\">",
        "<meta property=\"og:title\" content=\"Bài bai\">",
        "<meta name=\"twitter:card\"",
        "<link rel=\"manifest\" href=\"/manifest.webmanifest\">",
        "<link rel=\"icon\"",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let data =
        html.split("application/ld+json\">").nth(1).and_then(|it| it.split("</script>").next());
    let data: Value = serde_json::from_str(data.unwrap_or_default())?;
    assert_eq!(data["@graph"][0]["@type"], "NewsArticle");
    assert_eq!(data["@graph"][0]["author"][0]["name"], "Hạ");
    assert_eq!(data["@graph"][0]["publisher"]["name"], "Báo Thử");
    assert_eq!(data["@graph"][1]["itemListElement"].as_array().map(Vec::len), Some(3));
    Ok(())
}

#[test]
fn text_that_looks_like_markup_stays_text() -> Result {
    let publisher = Publisher::new()?;
    let text = "---\ntitle: 'A </script><script>alert(1)</script> & \"B\"'\ndate: 2026-01-01\n---\n\n\
        <script>alert(2)</script>\n\n[a](javascript:alert(3)) <b onclick=alert(4)>b</b>\n";
    publisher.write("edition/content/tin/x.md", text)?;
    publisher.print(&[])?;
    let html = publisher.read("tin/x/index.html")?;
    assert_eq!(html.matches("<script").count(), 5, "only those of the press: {html}");
    for danger in ["javascript:", "alert(2)", "onclick"] {
        assert!(!html.contains(danger), "{danger}: {html}");
    }
    Ok(())
}

#[test]
fn a_site_below_a_path_links_below_it() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    assert_eq!(publisher.print(&["--base", "/news/"])?.status.code(), Some(0));
    let html = publisher.read("tin/bai/index.html")?;
    assert!(html.contains("href=\"/news/tin/\"") && !html.contains("href=\"/tin/"), "{html}");
    assert_eq!(publisher.json("index.json")?["feed_url"], "https://paper.example/news/index.json");
    assert_eq!(publisher.print(&["--base", "../x"])?.status.code(), Some(2));
    Ok(())
}

/// Whether a line says how far a print is that takes long.
fn is_progress(line: &str) -> bool {
    line.ends_with(" left") || line.ends_with(" made") || line.starts_with("AVIF of ")
}

#[test]
fn the_real_editions_are_printed_whole() -> Result {
    let editions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/editions");
    for (name, articles, warnings) in [("nghean", 15, ""), ("digitalgov", 262, "the shortcode")] {
        let edition = editions.join(name);
        if !edition.is_dir() {
            // `eprintln!` would be kept back while the test passes.
            writeln!(io::stderr(), "NOT RUN: {} is not there", edition.display())?;
            continue;
        }
        let publisher = Publisher::new()?;
        fs::remove_dir_all(publisher.path("edition"))?;
        std::os::unix::fs::symlink(edition.canonicalize()?, publisher.path("edition"))?;
        // 22 of 284 articles have an expirydate that is over.
        let output = publisher.print(&["--all", "--at", "2026-10-10T12:00:00Z"])?;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(printed.starts_with(&format!("Printed {articles} articles")), "{printed}");
        let is_news = |line: &&str| !line.starts_with("    ") && !is_progress(line);
        for line in said(&output).lines().filter(is_news) {
            assert!(!warnings.is_empty() && line.contains(warnings), "{line}");
        }
    }
    Ok(())
}
