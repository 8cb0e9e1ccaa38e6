//! What a publisher's partners get: embed pages, oEmbed, the script, the page about them; and what `site.toml`
//! says of it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::album;
use crate::publisher::{Publisher, Result, SITE, said};

/// The files of the site that partners ask for, with their content.
fn embeds(publisher: &Publisher) -> Result<BTreeMap<String, String>> {
    let site = publisher.path("site");
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&site) {
        let entry = entry?;
        let name = entry.path().strip_prefix(&site)?.to_string_lossy().into_owned();
        let asked = name.starts_with("embed") || name.contains("oembed") || name.contains("/embed");
        if asked && entry.file_type().is_file() {
            let text = publisher.read(&name)?;
            files.insert(name, text);
        }
    }
    Ok(files)
}

#[test]
fn one_more_article_changes_its_own_embed_and_the_lists_it_is_in() -> Result {
    let publisher = Publisher::new()?;
    publisher.write(
        "edition/site.toml",
        format!("{SITE}[[sections]]\nslug = \"khac\"\ntitle = \"Khác\"\n"),
    )?;
    publisher.write("edition/content/khac/a.md", "---\ntitle: A\ndate: 2026-01-01\n---\n\nx\n")?;
    for day in 1..=12 {
        publisher.article(&format!("bai-{day}"), day)?;
    }
    publisher.print(&["--strict"])?;
    let before = embeds(&publisher)?;
    publisher.article("moi", 20)?;
    publisher.print(&["--strict"])?;
    let after = embeds(&publisher)?;
    let changed = after.iter().filter(|(name, text)| before.get(*name) != Some(text));
    let changed: Vec<_> = changed.map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        changed,
        [
            "embed/article/tin/moi.html",
            "embed/front.html",
            "embed/section/tin.html",
            "tin/moi/oembed.json",
            "tin/moi/oembed.xml"
        ]
    );
    assert!(before.keys().all(|name| after.contains_key(name)), "nothing is gone");
    // An old article does not come onto the lists of the newest ten.
    publisher
        .write("edition/content/tin/xua.md", "---\ntitle: Xưa\ndate: 2025-12-02\n---\n\nx\n")?;
    publisher.print(&["--strict"])?;
    assert_eq!(embeds(&publisher)?["embed/front.html"], after["embed/front.html"]);
    Ok(())
}

#[test]
fn an_embed_page_needs_nothing_but_itself_and_is_not_indexed() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    publisher.print(&["--strict"])?;
    for (name, canonical) in [
        ("embed/article/tin/bai.html", "https://paper.example/tin/bai/"),
        ("embed/section/tin.html", "https://paper.example/tin/"),
        ("embed/front.html", "https://paper.example/"),
    ] {
        let html = publisher.read(name)?;
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{name}");
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{canonical}\">")), "{name}");
        assert!(html.contains("<h1") && html.contains("Bài bai"), "{name}: {html}");
        assert!(!html.contains(" src=\"http") && !html.contains("stylesheet"), "{name}: {html}");
        for link in html.split("<a ").skip(1) {
            assert!(link.contains("target=\"_blank\" rel=\"noopener\""), "{name}: {link}");
        }
        for policy in ["default-src 'none'", "style-src 'sha256-", "script-src 'sha256-"] {
            assert!(html.contains(policy), "{name}: {policy}");
        }
    }
    Ok(())
}

#[test]
fn no_name_of_an_article_takes_its_embed_the_right_to_be_framed() -> Result {
    let publisher = Publisher::new()?;
    let text = "---\ntitle: A\ndate: 2026-01-01\nslug: index\n---\n\nx\n";
    publisher.write("edition/content/tin/a.md", text)?;
    publisher.print(&["--strict"])?;
    // Hosts answer for `index.html` with the headers of a page.
    assert!(publisher.read("tin/index/index.html").is_ok());
    assert!(publisher.read("embed/article/tin/index.html").is_err());
    assert!(publisher.read("tin/index/oembed.json")?.contains("embed/article/tin/_index.html"));
    assert!(publisher.read("embed/article/tin/_index.html").is_ok());
    Ok(())
}

#[test]
fn a_corrected_or_withdrawn_article_says_so_where_it_is_embedded() -> Result {
    let publisher = Publisher::new()?;
    let article = |matter: &str| {
        format!("---\ntitle: Bài\ndate: 2026-01-01\nsummary: Lede.\n{matter}\n---\n\nThân bài.\n")
    };
    publisher.write("edition/content/tin/dung.md", article("corrected: Số đúng là 7."))?;
    publisher.write("edition/content/tin/sai.md", article("withdrawn: Nguồn tin sai."))?;
    publisher.print(&["--strict"])?;
    let corrected = publisher.read("embed/article/tin/dung.html")?;
    assert!(corrected.contains("Số đúng là 7.") && corrected.contains("Correction: "));
    let withdrawn = publisher.read("embed/article/tin/sai.html")?;
    assert!(withdrawn.contains("Nguồn tin sai.") && !withdrawn.contains("Lede."), "{withdrawn}");
    assert!(!publisher.path("site/tin/sai/oembed.json").exists(), "nothing invites to embed it");
    assert!(!publisher.read("tin/sai/index.html")?.contains("oembed"));
    assert!(!publisher.read("embed/front.html")?.contains("/tin/sai/"));
    Ok(())
}

#[test]
fn oembed_has_what_the_specification_requires() -> Result {
    let publisher = Publisher::new()?;
    let text =
        "---\ntitle: 'A & \"B\" <c>'\ndate: 2026-01-01\nauthor: Hạ\nimage: a.gif\n---\n\nx\n";
    publisher.write("edition/content/tin/a/index.md", text)?;
    publisher.write("edition/content/tin/a/a.gif", album::gif(40, 20, 2)?)?;
    publisher.print(&["--strict", "--base", "/news/"])?;
    let head = publisher.read("tin/a/index.html")?;
    let url = "https://paper.example/news/tin/a/";
    for (kind, file) in [("application/json", "oembed.json"), ("text/xml", "oembed.xml")] {
        let link = format!("<link rel=\"alternate\" type=\"{kind}+oembed\"");
        let link = head.split(&link).nth(1).and_then(|it| it.split('>').next());
        let link = link.ok_or("no discovery link")?;
        assert!(link.ends_with(&format!("href=\"{url}{file}\"")), "{link}");
    }
    let oembed = publisher.json("tin/a/oembed.json")?;
    // Section 2.3.4: required of every type, then of `rich`.
    assert_eq!((&oembed["type"], &oembed["version"]), (&Value::from("rich"), &Value::from("1.0")));
    assert!(oembed["width"].as_u64() > Some(0) && oembed["height"].as_u64() > Some(0));
    let html = oembed["html"].as_str().ok_or("no html")?;
    let frame = "<iframe src=\"https://paper.example/news/embed/article/tin/a.html\"";
    assert!(html.contains(frame) && !html.contains("<script"), "{html}");
    assert!(html.contains(&format!(
        "<blockquote lang=\"vi\" dir=\"ltr\"><a href=\"{url}\">A &amp; \"B\" &lt;c&gt;</a>"
    )));
    assert_eq!(oembed["title"], "A & \"B\" <c>");
    assert_eq!(oembed["author_name"], "Hạ");
    assert_eq!(oembed["provider_name"], "Báo Thử");
    // The three of a thumbnail come together or not at all.
    assert!(oembed["thumbnail_url"].as_str().is_some_and(|it| it.starts_with(url)));
    assert_eq!((&oembed["thumbnail_width"], &oembed["thumbnail_height"]), (&40.into(), &20.into()));
    let xml = publisher.read("tin/a/oembed.xml")?;
    assert!(
        xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>")
    );
    for (name, value) in oembed.as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(xml.contains(&format!("<{name}>{value}</{name}>")), "{name}: {xml}");
    }
    Ok(())
}

#[test]
fn the_page_about_embedding_comes_in_two_languages_with_the_hash_of_the_script() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    publisher.print(&["--strict", "--base", "/news/"])?;
    for (name, language) in [("embed/index.html", "vi"), ("embed/en/index.html", "en")] {
        let html = publisher.read(name)?;
        assert!(html.contains(&format!("<html lang=\"{language}\">")), "{name}");
        assert!(html.contains("script-src https://paper.example; frame-src https://paper.example"));
        let left = html.split('{').skip(1).filter(|it| {
            let word = it.split('}').next().unwrap_or_default();
            it.contains('}') && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        });
        assert_eq!(left.count(), 0, "every name has its value: {name}");
        let line = html.split("assets/embed.").nth(1).ok_or("no versioned script")?;
        let file = format!("assets/embed.{}", line.split(&['"', '&'][..]).next().unwrap_or(""));
        let script = publisher.read(&file)?;
        assert_eq!(script, publisher.read("embed.js")?);
        assert!(script.contains("\"base\":\"/news/\""), "{script}");
        let integrity = line.split("integrity=\"").nth(1).and_then(|it| it.split('"').next());
        assert_eq!(integrity.map(str::len), Some("sha384-".len() + 64), "{line}");
    }
    Ok(())
}

#[test]
fn a_partner_who_checks_the_script_by_its_hash_keeps_it_when_the_script_changes() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    publisher.print(&["--strict"])?;
    let scripts = |publisher: &Publisher| -> Result<Vec<String>> {
        Ok(embeds(publisher)?.into_keys().filter(|it| it.starts_with("assets/embed.")).collect())
    };
    let [old] = &scripts(&publisher)?[..] else { return Err("one script".into()) };
    publisher.write("shell/embed.js", "define(PRESS_EMBED, 2)")?;
    publisher.print(&["--strict"])?;
    let both = scripts(&publisher)?;
    assert!(both.len() == 2 && both.contains(old), "{both:?}");
    Ok(())
}

#[test]
fn what_site_toml_says_of_embeds_is_checked() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("bai", 1)?;
    for (line, problem) in [
        ("element = \"Tin\"", "no name for a custom element"),
        ("partners = [\"school.example\"]", "not the origin of a partner's site"),
        ("partners = [\"https://a.example/x\"]", "not the origin of a partner's site"),
        ("partners = [\"https://a.example; script-src *\"]", "not the origin of a partner's site"),
        ("accent = \"red\"", "no colour"),
        ("accent = \"#f5c518\"", "has a contrast of 1.5 with the paper"),
        ("referrer = \"maybe\"", "neither true nor false"),
    ] {
        publisher.write("edition/site.toml", format!("{SITE}[embed]\n{line}\n"))?;
        let output = publisher.print(&[])?;
        assert_eq!(output.status.code(), Some(2), "{line}");
        let said = said(&output);
        assert!(said.contains("site.toml:11: error:") && said.contains(problem), "{line}: {said}");
    }
    let good = "[embed]\nelement = \"bao-tin\"\naccent = \"#005a9c\"\nreferrer = true\n\
        partners = [\"https://school.example\", \"https://*.edu.example/\"]\n";
    publisher.write("edition/site.toml", format!("{SITE}{good}"))?;
    let output = publisher.print(&["--strict"])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(publisher.read("embed.js")?.contains("\"element\":\"bao-tin\""));
    let html = publisher.read("embed/front.html")?;
    assert!(html.contains("rgb(0,90,156)") && html.contains(" data-referrer>"), "{html}");
    let headers = publisher.read("_headers")?;
    let ancestors = "frame-ancestors 'self' https://school.example https://*.edu.example; sandbox ";
    assert!(headers.contains(ancestors), "{headers}");
    Ok(())
}
