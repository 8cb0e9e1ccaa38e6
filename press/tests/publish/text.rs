//! What becomes of the words that a newsroom writes: entities, accents, footnotes, targets of links.

use serde_json::Value;

use crate::publisher::{Publisher, Result, said};

fn article(front_matter: &str, body: &str) -> String {
    format!("---\n{front_matter}\n---\n\n{body}\n")
}

fn body(publisher: &Publisher, path: &str) -> Result<String> {
    let page = publisher.json(&format!("{path}index.json"))?;
    Ok(page["items"][0]["content_html"].as_str().unwrap_or_default().to_owned())
}

fn names(list: &Value, key: &str) -> Vec<String> {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(|it| it[key].as_str().map(str::to_owned)).collect()
}

#[test]
fn entities_and_tags_are_read_as_words_on_every_page() -> Result {
    let publisher = Publisher::new()?;
    for (slug, written, read) in [
        ("mia", "Mía &amp; chanh vào vụ", "Mía & chanh vào vụ"),
        ("kieu", "Kể lại <i>Truyện Kiều</i><br>cho trẻ", "Kể lại Truyện Kiều cho trẻ"),
        ("toan", "&#8220;3 &lt; 4&#x201D; &hellip;", "“3 < 4” …"),
        ("kep", "Chữ &amp;amp; trong bài", "Chữ &amp; trong bài"),
        ("tim", "Tôi <3 Thạch Bàn, R&D", "Tôi <3 Thạch Bàn, R&D"),
        ("sao", "Giá **nóng** `x`", "Giá **nóng** `x`"),
        ("cuoi", "Bãi bồi&nbsp;mới[^1]", "Bãi bồi mới"),
    ] {
        let front_matter = format!(
            "title: '{written}'\ndate: 2026-01-02\ntags: ['Sông &amp; bãi']\nauthor: '<b>Lê</b> &amp; Đào'\n\
             source: 'Tin &quot;Bãi&quot;'"
        );
        publisher.write(&format!("edition/content/tin/{slug}.md"), article(&front_matter, "x"))?;
        assert_eq!(publisher.print(&[])?.status.code(), Some(0));
        let page = publisher.json(&format!("tin/{slug}/index.json"))?;
        assert_eq!(page["title"], read);
        assert_eq!(page["items"][0]["title"], read);
        assert_eq!(page["items"][0]["tags"][0], "Sông & bãi");
        assert_eq!(page["items"][0]["authors"][0]["name"], "Lê & Đào");
        assert_eq!(page["items"][0]["_broadsheet"]["source"]["name"], "Tin \"Bãi\"");
        let escaped = read.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let html = publisher.read(&format!("tin/{slug}/index.html"))?;
        assert!(html.contains(&format!("<title>{escaped} – Báo Thử</title>")), "{html}");
    }
    Ok(())
}

#[test]
fn a_tag_is_one_tag_however_its_accents_were_typed() -> Result {
    let publisher = Publisher::new()?;
    // Composed, decomposed, and with a soft hyphen, as three writers' computers have it.
    let tags = ["gốm sứ", "go\u{302}\u{301}m su\u{31b}\u{301}", "gốm\u{a0}s\u{ad}ứ\u{200b}"];
    for (day, tag) in [1, 20, 28].into_iter().zip(tags) {
        let front_matter = format!("title: Lò {day}\ndate: 2026-01-{day:02}\ntags: [\"{tag}\"]");
        publisher
            .write(&format!("edition/content/tin/lo-{day}.md"), article(&front_matter, "x"))?;
    }
    for day in 2..19 {
        publisher.article(&format!("khac-{day}"), day)?;
    }
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let page = publisher.json("tin/lo-1/index.json")?;
    let related = names(&page["_broadsheet"]["related"], "title");
    assert_eq!(
        related.get(..2),
        Some(&["Lò 20".to_owned(), "Lò 28".to_owned()][..]),
        "{related:?}"
    );
    Ok(())
}

#[test]
fn what_is_shown_is_composed_and_code_is_as_it_was_written() -> Result {
    let publisher = Publisher::new()?;
    let front_matter = "title: \"Cho\u{31b}\u{323} phie\u{302}n\"\nsummary: \"\u{feff}Ke\u{309} \\bcho\u{ad}\"\n\
        author: \"Ha\u{323}\"\ndate: 2026-01-02";
    let text = "## Be\u{301}n\n\nBa\u{300}\u{8} \u{feff}con [lên](#be\u{301}n)\n\n`e\u{301}`";
    publisher.write("edition/content/tin/cho.md", article(front_matter, text))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let page = publisher.json("tin/cho/index.json")?;
    assert_eq!(page["title"], "Chợ phiên");
    assert_eq!(page["items"][0]["summary"], "Kẻ cho");
    assert_eq!(page["items"][0]["authors"][0]["name"], "Hạ");
    let html = body(&publisher, "tin/cho/")?;
    assert!(html.contains("<h2 id=\"ben\">Bén</h2>"), "{html}");
    assert!(html.contains("Bà con <a href=\"#ben\">lên</a>"), "{html}");
    assert!(html.contains("<code>e\u{301}</code>"), "{html}");
    Ok(())
}

#[test]
fn a_footnote_is_no_part_of_a_heading_a_caption_or_a_lede() -> Result {
    let publisher = Publisher::new()?;
    let front_matter = "title: Giá\nsummary: Giá lên[^a].\ndate: 2026-01-02";
    let text = "## Giá lúa[^a]\n\n## Giá ngô[^a] và khoai\n\n[một](#gia-lua) [hai](#gia-ngo-va-khoai)\n\n[^a]: Theo chợ.";
    publisher.write("edition/content/tin/gia.md", article(front_matter, text))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let html = body(&publisher, "tin/gia/")?;
    assert!(html.contains("<h2 id=\"gia-lua\">Giá lúa<sup>"), "{html}");
    assert!(html.contains("<h2 id=\"gia-ngo-va-khoai\">"), "{html}");
    assert!(html.contains("href=\"#gia-lua\"") && html.contains("href=\"#gia-ngo-va-khoai\""));
    assert_eq!(publisher.json("tin/gia/index.json")?["items"][0]["summary"], "Giá lên.");
    Ok(())
}

#[test]
fn targets_of_old_html_and_fragments_of_any_spelling_are_found() -> Result {
    let publisher = Publisher::new()?;
    let text = "<a name=\"bang\"></a>\n\n<h3 name=\"muc\">Mục</h3>\n\n<a id=\"x\" name=\"y\">z</a>\n\n## Đường về\n\n\
        [1](#bang) [2](#muc) [3](#x) [4](#y) [5](#%C4%91%C6%B0%E1%BB%9Dng-v%E1%BB%81) [6](<#đu\u{31b}o\u{31b}\u{300}ng-ve\u{302}\u{300}>)";
    publisher.write("edition/content/tin/cu.md", article("title: A\ndate: 2026-01-02", text))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let html = body(&publisher, "tin/cu/")?;
    for id in ["c-bang", "c-muc", "c-x", "c-y", "duong-ve"] {
        assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{id} in {html}");
        assert!(html.contains(&format!("href=\"#{id}\"")), "{id} in {html}");
    }
    assert_eq!(html.matches("href=\"#duong-ve\"").count(), 2, "{html}");
    assert!(!html.contains("name="), "{html}");
    Ok(())
}

#[test]
fn a_title_without_a_word_is_an_error_with_its_line() -> Result {
    let publisher = Publisher::new()?;
    for title in ["'&nbsp;'", "'<b></b>'", "\"\\u200b\""] {
        let text = article(&format!("date: 2026-01-02\ntitle: {title}"), "x");
        publisher.write("edition/content/tin/trong.md", text)?;
        let output = publisher.print(&[])?;
        assert!(
            said(&output).contains("trong.md:3: error: the article has no title"),
            "{}",
            said(&output)
        );
    }
    Ok(())
}

#[test]
fn a_hundred_thousand_tags_are_refused_at_once() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("tot", 1)?;
    for tag in ["<div>", "<span>", "<b>", "<table><tr><td>", "<ul><li>"] {
        let text = article("title: A\ndate: 2026-01-02", &tag.repeat(100_000));
        publisher.write("edition/content/tin/sau.md", text)?;
        let output = publisher.print(&[])?;
        assert!(said(&output).contains("sau.md: error: "), "{tag}: {}", said(&output));
        assert!(publisher.read("tin/tot/index.html")?.contains("Bài tot"));
    }
    Ok(())
}

#[test]
fn a_link_says_where_it_leads_or_is_no_link() -> Result {
    let publisher = Publisher::new()?;
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"></svg>";
    publisher.write("edition/content/tin/bai/den.svg", drawing)?;
    publisher.write(
        "edition/content/tin/bai/index.md",
        article(
            "title: Đèn lồng\ndate: 2026-01-02",
            "[![](den.svg)](https://den.example/) [![Đèn](den.svg)](https://long.example/) [](https://trong.example/)\n\n\
             <a href=\"javascript:1\" aria-label=\"Mua\" hreflang=\"vi\">Mua đèn</a> <a href=\"http:/giay.example/a b\">Giấy</a>",
        ),
    )?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let body = body(&publisher, "tin/bai/")?;
    // A picture without words is named for those who do not see it.
    assert!(body.contains("aria-label=\"Ảnh\"><img"), "{body}");
    assert_eq!(body.matches("aria-label").count(), 1, "{body}");
    assert!(body.contains("<a>Mua đèn</a>") && !body.contains("trong.example"), "{body}");
    let address = "href=\"http://giay.example/a%20b\" rel=\"noopener\"";
    assert!(body.contains(address), "{body}");
    Ok(())
}

#[test]
fn a_picture_without_words_is_read_by_its_title_and_is_no_heading() -> Result {
    let publisher = Publisher::new()?;
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"></svg>";
    publisher.write("edition/content/tin/bai/cau.svg", drawing)?;
    publisher.write(
        "edition/content/tin/bai/index.md",
        article(
            "title: Cầu tre\ndate: 2026-01-02",
            "Qua ![](cau.svg \"Cầu mới\") sông.\n\n## ![](cau.svg)\n\n## ![Cầu cũ](cau.svg)",
        ),
    )?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let body = body(&publisher, "tin/bai/")?;
    assert!(body.contains("alt=\"Cầu mới\"") && !body.contains("title="), "{body}");
    assert_eq!(body.matches("<h2").count(), 1, "{body}");
    Ok(())
}
