//! What search engines get of a newspaper: sitemaps and `robots.txt`.

use std::fs;

use crate::feeds::{AT, texts};
use crate::publisher::{Publisher, Result};

#[test]
fn sitemaps_name_every_page_that_search_engines_may_show() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 5)?;
    let article = |title: &str, date: &str, more: &str| {
        format!(
            "---\ntitle: {title}\ndate: {date}\ntranslationKey: doi\n{more}---\n\n![a](a.svg)\n"
        )
    };
    publisher.write(
        "edition/content/tin/doi/index.md",
        article("Đôi", "2026-01-09T08:00:00+07:00", "updated: 2026-01-10\n"),
    )?;
    publisher.write(
        "edition/content/tin/pair/index.md",
        article("Pair", "2026-01-02", "language: en-GB\n"),
    )?;
    for folder in ["doi", "pair"] {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>";
        publisher.write(&format!("edition/content/tin/{folder}/a.svg"), svg)?;
    }
    assert_eq!(publisher.print(&AT)?.status.code(), Some(0));
    let url = |path: &str| format!("https://paper.example/{path}");
    assert_eq!(
        texts(&publisher, "sitemap.xml", "loc")?,
        ["sitemap-lists.xml", "sitemap-1.xml", "sitemap-news.xml"].map(url)
    );
    assert_eq!(texts(&publisher, "sitemap-lists.xml", "loc")?, ["", "tin/"].map(url));
    assert_eq!(texts(&publisher, "sitemap-lists.xml", "lastmod")?[0], "2026-01-10T00:00:00+07:00");
    let text = publisher.read("sitemap-1.xml")?;
    let document = roxmltree::Document::parse(&text)?;
    let pages: Vec<_> = document.root_element().children().collect();
    assert_eq!(pages.len(), 3);
    for page in pages {
        let inside =
            |name: &'static str| page.descendants().filter(move |it| it.tag_name().name() == name);
        let own = inside("loc").next().and_then(|it| it.text()).unwrap_or_default();
        let links: Vec<_> = inside("link")
            .map(|it| {
                (
                    it.attribute("hreflang").unwrap_or_default(),
                    it.attribute("href").unwrap_or_default(),
                )
            })
            .collect();
        let pictures = inside("image").count();
        if own.ends_with("/bai/") {
            assert!(links.is_empty() && pictures == 0);
            continue;
        }
        let html = publisher
            .read(&format!("{}index.html", own.trim_start_matches("https://paper.example/")))?;
        assert_eq!(
            links.iter().map(|(it, _)| *it).collect::<Vec<_>>(),
            ["en-GB", "vi", "x-default"]
        );
        for (language, href) in links {
            let same = format!("hreflang=\"{language}\" href=\"{href}\"");
            assert!(html.contains(&same), "as its page says: {same}");
        }
        assert_eq!(pictures, 1);
    }
    Ok(())
}

#[test]
fn news_are_what_was_published_in_the_last_two_days() -> Result {
    let publisher = Publisher::new()?;
    for (slug, day) in [("cu", 7), ("hom-kia", 8), ("hom-nay", 10)] {
        publisher.article(slug, day)?;
    }
    let at = |moment: &str| -> Result<Vec<String>> {
        publisher.print(&["--at", moment])?;
        texts(&publisher, "sitemap-news.xml", "title")
    };
    assert_eq!(at("2026-01-10T08:00:00+07:00")?, ["Bài hom-nay", "Bài hom-kia"]);
    assert_eq!(texts(&publisher, "sitemap-news.xml", "name")?, ["Báo Thử", "Báo Thử"]);
    assert_eq!(texts(&publisher, "sitemap-news.xml", "language")?, ["vi", "vi"]);
    let dates = texts(&publisher, "sitemap-news.xml", "publication_date")?;
    assert_eq!(dates[0], "2026-01-10T08:00:00+07:00");
    let before = publisher.files()?;
    assert_eq!(at("2026-01-10T08:00:01+07:00")?, ["Bài hom-nay"]);
    assert!(at("2027-01-01T00:00:00Z")?.is_empty());
    // Nothing else depends on the moment.
    let changed: Vec<_> =
        publisher.files()?.into_iter().filter(|(name, it)| before.get(name) != Some(it)).collect();
    let names: Vec<_> = changed.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["sitemap-news.xml"]);
    Ok(())
}

#[test]
fn robots_are_told_of_the_sitemaps_unless_the_publisher_tells_them_something_else() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    // A shell of an older build brought one.
    publisher.write("shell/robots.txt", "User-agent: *\nAllow: /old\n")?;
    assert_eq!(publisher.print(&["--base", "/news/"])?.status.code(), Some(0));
    let robots = publisher.read("robots.txt")?;
    assert!(
        robots.starts_with("User-agent: *\nAllow: /\n") && !robots.contains("Disallow"),
        "{robots}"
    );
    for name in ["sitemap.xml", "sitemap-news.xml"] {
        assert!(
            robots.contains(&format!("\nSitemap: https://paper.example/news/{name}\n")),
            "{robots}"
        );
    }
    let llms = publisher.read("llms.txt")?;
    for part in
        ["# Báo Thử\n", "> Mỗi ngày", "[Tin](https://paper.example/news/tin/)", "/news/rss.xml)"]
    {
        assert!(llms.contains(part), "{part}: {llms}");
    }
    let own = "User-agent: GPTBot\nDisallow: /\n";
    publisher.write("edition/robots.txt", own)?;
    publisher.print(&[])?;
    assert_eq!(publisher.read("robots.txt")?, own);
    // Nothing outside of the edition is published.
    fs::remove_file(publisher.path("edition/robots.txt"))?;
    publisher.write("secret.txt", "secret")?;
    std::os::unix::fs::symlink(publisher.path("secret.txt"), publisher.path("edition/robots.txt"))?;
    publisher.print(&[])?;
    assert!(!publisher.read("robots.txt")?.contains("secret"));
    Ok(())
}
