//! What is online when: embargoes, ends, drafts, and the moment of the next change.

use serde_json::Value;

use crate::album;
use crate::publisher::{Publisher, Result, SITE, answer, said};

const NOW: [&str; 2] = ["--at", "2026-10-10T12:00:00+07:00"];
/// A picture whose bytes no other file has.
fn picture() -> Result<Vec<u8>> {
    album::gif(41, 21, 2)
}

/// An article with words of its own in everything that can be published, in a bundle with its picture.
fn article(publisher: &Publisher, name: &str, word: &str, more: &str) -> Result {
    let text = format!(
        "---\ntitle: Tựa {word}\ndate: 2026-10-01T08:00:00+07:00\nsummary: Dẫn {word}\nauthor: Tác {word}\n\
         tags: [nhãn {word}, chung]\nsource: Nguồn {word}\nimage: anh-{word}.gif\nimage_alt: Ảnh {word}\n\
         aliases: [/tin/cu-{word}/]\ncorrected: Sửa {word}\n{more}\n---\n\n## Đoạn {word}\n\nThân {word}.\n"
    );
    publisher.write(&format!("edition/content/tin/{name}/index.md"), text)?;
    publisher.write(&format!("edition/content/tin/{name}/anh-{word}.gif"), picture()?)
}

/// Nothing of the article is in any file, nor in the name of one.
fn nowhere(publisher: &Publisher, word: &str) -> Result {
    let contains = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|it| it == what);
    let (_, made) = press::pictures::make(&picture()?)?;
    for (name, bytes) in publisher.files()? {
        assert!(!name.contains(word), "{name}");
        assert!(!contains(&bytes, word.as_bytes()), "{word} is in {name}");
        assert!(!contains(&bytes, &made[0].1), "the picture is {name}");
    }
    Ok(())
}

#[test]
fn no_byte_of_what_must_not_be_online_is_in_any_file() -> Result {
    for (name, more) in [
        ("embargo", "publishDate: 2099-02-03T06:00:00+07:00"),
        ("embargo-of-a-day", "publish_date: 2026-10-11"),
        ("embargo-in-small-letters", "publishdate: 2026-10-10 12:01"),
        ("pub-date", "pubDate: 2026-11-01T00:00:00Z"),
        ("published-later", "published: 2030-01-01"),
        ("end", "expiryDate: 2026-10-05"),
        ("end-at-noon", "expiry_date: 2026-10-10T12:00:00+07:00"),
        ("former-end", "unpublishdate: 2026-10-09 23:00"),
        ("end-of-a-plugin", "expires: 2026-10-10T04:59:00Z"),
        ("draft", "Draft: true"),
        ("unpublished", "published: false"),
        ("without-a-list", "eleventyExcludeFromCollections: true"),
    ] {
        let publisher = Publisher::new()?;
        publisher.article("thuong", 1)?;
        article(&publisher, "bai-zuquyen", "zuquyen", more)?;
        let output = publisher.print(&NOW)?;
        assert_eq!(output.status.code(), Some(0), "{name}: {}", said(&output));
        assert!(answer(&output).starts_with("Printed 1 articles"), "{name}: {}", answer(&output));
        nowhere(&publisher, "zuquyen")?;
        publisher.print(&["--at", "2026-10-02T00:00:00+07:00"])?;
        let shown = publisher.path("site/tin/bai-zuquyen/index.html").exists();
        assert_eq!(shown, name.contains("end"), "{name}: on another day");
    }
    Ok(())
}

#[test]
fn what_was_online_is_nowhere_once_its_time_is_over() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/site.toml", SITE.replace("page_size = 2", "page_size = 1"))?;
    publisher.article("thuong", 1)?;
    article(&publisher, "bai-gotinh", "gotinh", "expiryDate: 2026-10-10")?;
    publisher.print(&["--at", "2026-10-09T23:59:59+07:00"])?;
    assert!(publisher.read("tin/bai-gotinh/index.html")?.contains("Thân gotinh"));
    assert!(publisher.read("corrections.json")?.contains("gotinh"));
    publisher.print(&["--at", "2026-10-10T00:00:00+07:00"])?;
    nowhere(&publisher, "gotinh")
}

#[test]
fn a_section_of_which_nothing_is_online_is_not_online() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("thuong", 1)?;
    let text = "---\ntitle: A\ndate: 2026-10-01\npublishDate: 2026-10-11\n---\n\nx\n";
    publisher.write("edition/content/chuyen-de-huyxa/a.md", text)?;
    publisher.print(&NOW)?;
    nowhere(&publisher, "huyxa")?;
    publisher.print(&["--at", "2026-10-11T00:00:00+07:00"])?;
    assert!(publisher.read("site.json")?.contains("chuyen-de-huyxa"));
    Ok(())
}

#[test]
fn toml_says_the_same_as_yaml_and_the_summary_counts() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("thuong", 1)?;
    let toml = |name: &str, more: &str| {
        let text = format!(
            "+++\ntitle = \"Tựa vonhan\"\ndate = 2026-10-01\n{more}\n+++\n\nThân vonhan.\n"
        );
        publisher.write(&format!("edition/content/tin/{name}.md"), text)
    };
    toml("mot", "publishDate = 2099-02-03")?;
    toml("hai", "publishDate = 2099-02-03T06:00:00")?;
    toml("ba", "expiryDate = 2026-10-05T06:00:00+07:00")?;
    toml("bon", "[extra]\nexpires = 2026-10-05")?;
    toml("nam", "[params]\npublishDate = \"2026-10-12\"")?;
    toml("sau", "draft = true")?;
    publisher.write("edition/content/tin/_drafts/bay.md", "---\ntitle: Tựa vonhan\n---\n\nx\n")?;
    let output = publisher.print(&NOW)?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let counts = "2 drafts, 3 future and 2 expired articles left out";
    assert!(answer(&output).contains(counts), "{}", answer(&output));
    nowhere(&publisher, "vonhan")
}

#[test]
fn a_moment_that_cannot_be_read_lets_nothing_online() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("thuong", 1)?;
    for (at, more) in
        ["publishDate: 30/02/2099", "publishDate: [a]", "expiryDate: mai", "expires: 2026-13-01"]
            .iter()
            .enumerate()
    {
        article(&publisher, &format!("bai-{at}-molam"), "molam", more)?;
    }
    let output = publisher.print(&NOW)?;
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    for at in 0..4 {
        let start = format!("content/tin/bai-{at}-molam/index.md:12: error: ");
        assert!(said(&output).contains(&start), "{start}: {}", said(&output));
    }
    nowhere(&publisher, "molam")
}

#[test]
fn the_notice_of_a_withdrawal_outlives_the_end_of_its_article_but_no_embargo() -> Result {
    let publisher = Publisher::new()?;
    let notice = "withdrawn: Số liệu sai.\nexpiryDate: 2026-10-05";
    article(&publisher, "bai-rutlai", "rutlai", notice)?;
    article(&publisher, "bai-chuara", "chuara", "withdrawn: true\npublishDate: 2099-01-01")?;
    let output = publisher.print(&NOW)?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // Copies that readers saved before the end learn from it that they no longer hold.
    assert!(publisher.read("corrections.json")?.contains("Số liệu sai."));
    let page = publisher.read("tin/bai-rutlai/index.html")?;
    assert!(page.contains("Số liệu sai.") && !page.contains("Thân rutlai"), "{page}");
    nowhere(&publisher, "chuara")
}

#[test]
fn due_says_when_something_appears_or_goes_next_and_what() -> Result {
    let publisher = Publisher::new()?;
    article(&publisher, "mot", "mot", "expiryDate: 2026-10-20")?;
    article(&publisher, "hai", "hai", "publishDate: 2026-10-19T17:00:00Z")?;
    article(
        &publisher,
        "ba",
        "ba",
        "publishDate: 2026-12-01T06:00:00+07:00\nexpiryDate: 2026-11-01",
    )?;
    article(&publisher, "bon", "bon", "draft: true\npublishDate: 2026-10-11")?;
    article(&publisher, "nam", "nam", "publishDate: 2026-10-21\nexpires: 2026-10-22")?;
    let due = |at: &str| publisher.press("due", &["--at", at]);
    let output = due(NOW[1])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(
        answer(&output),
        "2026-10-20T00:00:00+07:00\nappears: content/tin/hai/index.md\ngoes: content/tin/mot/index.md\n"
    );
    assert!(answer(&due("2026-10-20T00:00:00+07:00")?).starts_with("2026-10-21T00:00:00+07:00\n"));
    assert!(answer(&due("2026-10-21T12:00:00+07:00")?).starts_with("2026-10-22T00:00:00+07:00\n"));
    let output = due("2026-10-22T00:00:00+07:00")?;
    assert_eq!(output.status.code(), Some(4), "what goes before it comes never comes");
    assert!(answer(&output).starts_with("nothing is to come"), "{}", answer(&output));

    let output = publisher.press("due", &["--json", NOW[0], NOW[1]])?;
    let object: Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!(object["next"], "2026-10-20T00:00:00+07:00");
    assert_eq!(object["changes"][0]["event"], "appears");
    assert_eq!(object["changes"][1]["file"], "content/tin/mot/index.md");
    let output = publisher.press("due", &["--json", "--at", "2030-01-01T00:00:00Z"])?;
    let object: Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!((&object["next"], &object["exit_code"]), (&Value::Null, &4.into()));
    Ok(())
}
