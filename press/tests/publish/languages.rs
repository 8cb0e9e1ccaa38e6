//! Articles in several languages: which they are, where they live, and how they know each other.

use serde_json::{Value, json};

use crate::album;
use crate::publisher::{Publisher, Result, SITE, said};

fn text(title: &str, more: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-03-02T08:00:00+07:00\n{more}---\n\nMột đoạn.\n")
}

/// The addresses that a list shows, below the site.
fn listed(publisher: &Publisher, list: &str) -> Result<Vec<String>> {
    let feed = publisher.json(&format!("{list}index.json"))?;
    Ok(addresses(&feed["items"]))
}

fn addresses(items: &Value) -> Vec<String> {
    let items = items.as_array().into_iter().flatten();
    let url = |it: &Value| it["url"].as_str().unwrap_or_default().to_owned();
    let mut all: Vec<_> = items.map(|it| url(it).replace("https://paper.example", "")).collect();
    all.sort();
    all
}

fn part<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    html.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(it, _)| it)
}

/// The folders of a section, without those where its feed is looked for.
fn folders(publisher: &Publisher, section: &str) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(publisher.path("site").join(section))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir()
            && !["page", "feed", "rss"].iter().any(|it| entry.file_name() == *it)
        {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

#[test]
fn a_bundle_in_two_languages_is_two_articles_that_know_each_other() -> Result {
    let publisher = Publisher::new()?;
    let picture = "![Bến](ben.png \"Sáng sớm\")\n";
    let at = "edition/content/tin/ben-pha";
    publisher.write(&format!("{at}/index.vi.md"), text("Bến phà Cồn Sậy", "") + picture)?;
    publisher.write(&format!("{at}/index.en.md"), text("The Con Say ferry", "") + picture)?;
    publisher.write(&format!("{at}/ben.png"), album::icon()?)?;
    publisher.write("edition/content/tin/lua.vi.md", text("Lúa chín", ""))?;
    publisher.write("edition/content/tin/lua.en.md", text("The rice is ripe", ""))?;
    publisher.write("edition/content/tin/_index.vi.md", "---\ntitle: Tin\n---\n")?;
    publisher.write("edition/content/tin/_index.en.md", "---\ntitle: News\n---\n")?;
    let output = publisher.print(&[])?;
    assert_eq!((output.status.code(), said(&output)), (Some(0), String::new()));
    assert_eq!(folders(&publisher, "tin")?, ["ben-pha", "ben-pha-en", "lua", "lua-en"]);

    let page = publisher.json("tin/ben-pha/index.json")?;
    assert_eq!(page["language"], "vi");
    let there = &page["_broadsheet"]["translations"][0];
    for (name, value) in [
        ("language", "en"),
        ("url", "https://paper.example/tin/ben-pha-en/"),
        ("title", "The Con Say ferry"),
        ("content_text", "Read in English"),
    ] {
        assert_eq!(there[name], value, "{there}");
    }
    let translated = publisher.json("tin/ben-pha-en/index.json")?;
    assert_eq!(
        (&translated["language"], &translated["items"][0]["language"]),
        (&json!("en"), &json!("en"))
    );
    assert_eq!(translated["_broadsheet"]["translations"][0]["content_text"], "Đọc bằng tiếng Việt");
    for page in ["ben-pha", "ben-pha-en"] {
        let html = publisher.read(&format!("tin/{page}/index.html"))?;
        let name = part(&html, &format!("src=\"/tin/{page}/ben."), "\"");
        assert!(publisher.path(&format!("site/tin/{page}/ben.{name}")).is_file(), "{html}");
    }
    Ok(())
}

#[test]
fn the_head_names_all_languages_of_an_article() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/content/tin/lua.md", text("Lúa chín", ""))?;
    publisher.write("edition/content/tin/lua.en-GB.md", text("The rice is ripe", ""))?;
    publisher.write("edition/content/tin/lua.fr.md", text("Le riz est mûr", "slug: le-riz\n"))?;
    publisher.write("edition/content/tin/le.md", text("Lẻ", ""))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let alternates = [
        ("en-GB", "tin/lua-en-gb/"),
        ("fr", "tin/le-riz/"),
        ("vi", "tin/lua/"),
        ("x-default", "tin/lua/"),
    ];
    for page in ["tin/lua/", "tin/lua-en-gb/", "tin/le-riz/"] {
        let html = publisher.read(&format!("{page}index.html"))?;
        let head = part(&html, "<head>", "</head>");
        assert_eq!(head.matches("hreflang").count(), 4, "{head}");
        for (language, path) in alternates {
            let link = format!(
                "<link rel=\"alternate\" hreflang=\"{language}\" href=\"https://paper.example/{path}\">"
            );
            assert!(head.contains(&link), "{link} {head}");
        }
        assert_eq!(head.matches("og:locale:alternate").count(), 2, "{head}");
    }
    let graph = |page: &str| -> Result<Value> {
        let html = publisher.read(page)?;
        let data: Value = serde_json::from_str(part(&html, "application/ld+json\">", "</script>"))?;
        Ok(data["@graph"][0].clone())
    };
    let (main, french) = (graph("tin/lua/index.html")?, graph("tin/le-riz/index.html")?);
    assert_eq!(main["workTranslation"].as_array().map(Vec::len), Some(2));
    assert_eq!(french["translationOfWork"]["url"], "https://paper.example/tin/lua/");
    assert_eq!(french["inLanguage"], "fr");
    let alone = publisher.read("tin/le/index.html")?;
    assert!(!alone.contains("hreflang") && !alone.contains("workTranslation"), "{alone}");
    Ok(())
}

#[test]
fn a_folder_per_language_gives_sections_and_not_a_section_named_en() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/site.toml", format!("languages = [\"vi\", \"en\"]\n{SITE}"))?;
    publisher.write("edition/content/vi/tin/mua-lu.md", text("Mùa lũ về", ""))?;
    publisher.write("edition/content/en/tin/mua-lu.md", text("The flood is here", ""))?;
    publisher.write("edition/content/en/tin/mot-minh.md", text("Only in English", ""))?;
    let output = publisher.print(&[])?;
    assert_eq!((output.status.code(), said(&output)), (Some(0), String::new()));
    assert_eq!(folders(&publisher, "tin")?, ["mot-minh-en", "mua-lu", "mua-lu-en"]);
    // The addresses that the generator gave them.
    for (old, new) in [("en/tin/mua-lu", "/tin/mua-lu-en/"), ("vi/tin/mua-lu", "/tin/mua-lu/")] {
        let redirect = publisher.read(&format!("{old}/index.html"))?;
        assert!(redirect.contains(&format!("0; url={new}\"")), "{redirect}");
    }
    assert_eq!(listed(&publisher, "")?, ["/tin/mot-minh-en/", "/tin/mua-lu/"]);
    Ok(())
}

#[test]
fn translations_are_known_by_a_key_by_ref_or_by_one_permalink() -> Result {
    let publisher = Publisher::new()?;
    for (file, more) in [
        ("den-long", "translationKey: k1\n"),
        ("lanterns", "lang: en\ntranslationKey: k1\n"),
        ("2026-03-01-gom", "ref: pots\n"),
        ("2026-03-03-pottery", "lang: en\nref: pots\n"),
        ("2026-03-01-cau", "permalink: /cau-tre/\n"),
        ("2026-03-01-cau-2", "lang: en\nslug: cau\npermalink: /cau-tre/\n"),
    ] {
        publisher.write(&format!("edition/content/tin/{file}.md"), text(file, more))?;
    }
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for (one, other) in
        [("den-long", "lanterns"), ("gom", "pottery"), ("cau", "cau-en"), ("cau-en", "cau")]
    {
        let page = publisher.json(&format!("tin/{one}/index.json"))?;
        let there = addresses(&page["_broadsheet"]["translations"]);
        assert_eq!(there, [format!("/tin/{other}/")], "{one}");
    }
    Ok(())
}

#[test]
fn lists_and_related_news_show_an_article_in_one_language() -> Result {
    let publisher = Publisher::new()?;
    let english = "[[sections]]\nslug = \"english\"\ntitle = \"In English\"\nlanguage = \"en\"\n";
    let site = SITE.replace("page_size = 2", "page_size = 20");
    publisher.write("edition/site.toml", site + english)?;
    for name in ["a", "b", "c"] {
        publisher.write(&format!("edition/content/tin/{name}.vi.md"), text(name, ""))?;
        publisher.write(&format!("edition/content/tin/{name}.en.md"), text(name, ""))?;
    }
    publisher.write("edition/content/tin/le.en.md", text("Alone", ""))?;
    publisher.write("edition/content/english/x.md", text("X", "translationKey: x\n"))?;
    publisher.write("edition/content/english/y.vi.md", text("Y", ""))?;
    publisher.write("edition/content/tin/x-viet.md", text("X", "translationKey: x\n"))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let vietnamese = ["/tin/a/", "/tin/b/", "/tin/c/", "/tin/le-en/", "/tin/x-viet/"];
    assert_eq!(listed(&publisher, "tin/")?, vietnamese);
    assert_eq!(listed(&publisher, "")?, [&["/english/y-vi/"], &vietnamese[..]].concat());
    // Its translation is on the list of another section, not on this one.
    assert_eq!(listed(&publisher, "english/")?, ["/english/x/", "/english/y-vi/"]);

    let related = |page: &str| -> Result<Vec<String>> {
        let page = publisher.json(&format!("{page}index.json"))?;
        Ok(addresses(&page["_broadsheet"]["related"]))
    };
    assert_eq!(related("tin/a/")?, ["/tin/b/", "/tin/c/", "/tin/le-en/", "/tin/x-viet/"]);
    assert_eq!(related("tin/a-en/")?, ["/tin/b-en/", "/tin/c-en/", "/tin/le-en/", "/tin/x-viet/"]);
    // What is taken along is what lists show.
    let edition = publisher.json("edition.json")?;
    assert_eq!(edition["articles"].as_array().map(Vec::len), Some(7));
    Ok(())
}

#[test]
fn an_article_has_its_sections_language_wherever_it_is_shown() -> Result {
    let publisher = Publisher::new()?;
    let english = "[[sections]]\nslug = \"english\"\ntitle = \"In English\"\nlanguage = \"en\"\n";
    publisher.write("edition/site.toml", format!("{SITE}{english}"))?;
    let footnote = "Word.[^1]\n\n[^1]: Note.\n";
    publisher.write("edition/content/english/dyke.md", text("The dyke", "") + footnote)?;
    publisher.write("edition/content/english/de.md", text("Con đê", "language: vi\n"))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let page = publisher.json("english/dyke/index.json")?;
    assert_eq!((&page["language"], &page["items"][0]["language"]), (&json!("en"), &json!("en")));
    let html = publisher.read("english/dyke/index.html")?;
    assert!(html.contains("<html lang=\"en\">"), "{html}");
    assert!(html.contains("<div id=\"app-root\" lang=\"vi\">"), "{html}");
    assert!(html.contains("<article lang=\"en\" class=\"article\">"), "{html}");
    assert!(html.contains("<meta property=\"og:locale\" content=\"en_US\">"), "{html}");
    assert!(html.contains("\"inLanguage\":\"en\""), "{html}");
    assert!(html.contains("Footnote") && !html.contains("Chú thích"), "{html}");
    let embed = publisher.read("embed/article/english/dyke.html")?;
    assert!(embed.contains("<html lang=\"en\" dir=\"ltr\">"), "{embed}");
    let oembed = publisher.json("english/dyke/oembed.json")?;
    assert!(oembed["html"].as_str().is_some_and(|it| it.contains("<blockquote lang=\"en\"")));
    // A Vietnamese article on an English list of a Vietnamese paper: a feed reader must be told.
    for list in ["", "english/"] {
        let feed = publisher.json(&format!("{list}index.json"))?;
        for item in feed["items"].as_array().into_iter().flatten() {
            let language = item["language"].as_str().or(feed["language"].as_str());
            let wanted = if item["title"] == "Con đê" { "vi" } else { "en" };
            assert_eq!(language, Some(wanted), "{list} {item}");
        }
    }
    assert!(
        publisher.read("embed/section/english.html")?.contains("<h2 class=\"title\" lang=\"vi\"")
    );
    Ok(())
}

#[test]
fn an_article_in_arabic_runs_from_right_to_left_wherever_it_is_shown() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/content/tin/qarib.md", text("قارب جديد", "lang: ar\n"))?;
    publisher.write("edition/content/tin/sog.md", text("Sog", "lang: az-Arab\n"))?;
    publisher.write("edition/content/tin/viet.md", text("Thuyền mới", ""))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    for (page, tag) in [("qarib", "ar"), ("sog", "az-Arab")] {
        let data = publisher.json(&format!("tin/{page}/index.json"))?;
        assert_eq!(data["items"][0]["_broadsheet"]["direction"], "rtl");
        let html = publisher.read(&format!("tin/{page}/index.html"))?;
        assert!(html.contains(&format!("<html lang=\"{tag}\">")), "the layout stays: {html}");
        let article = format!("<article lang=\"{tag}\" dir=\"rtl\" class=\"article\">");
        assert!(html.contains(&article), "{html}");
        let embed = publisher.read(&format!("embed/article/tin/{page}.html"))?;
        assert!(embed.contains(&format!("<html lang=\"{tag}\" dir=\"rtl\">")), "{embed}");
    }
    let list = publisher.read("index.html")?;
    assert!(list.contains("<li lang=\"ar\" dir=\"rtl\" class=\"card"), "{list}");
    let viet = publisher.read("tin/viet/index.html")?;
    assert!(viet.contains("<article class=\"article\">"), "{viet}");
    Ok(())
}

#[test]
fn a_newspaper_in_hebrew_runs_from_right_to_left_and_its_english_articles_do_not() -> Result {
    let publisher = Publisher::new()?;
    let site = SITE.replace("language = \"vi\"", "language = \"he\"");
    publisher.write("edition/site.toml", site)?;
    publisher.write("edition/content/tin/a.md", text("סירה", ""))?;
    publisher.write("edition/content/tin/a.en.md", text("A boat", ""))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    assert!(publisher.read("tin/a/index.html")?.contains("<html lang=\"he\" dir=\"rtl\">"));
    let english = publisher.read("tin/a-en/index.html")?;
    assert!(english.contains("<html lang=\"en\" dir=\"rtl\">"), "{english}");
    assert!(english.contains("<article lang=\"en\" dir=\"ltr\" class=\"article\">"), "{english}");
    Ok(())
}

#[test]
fn dots_in_names_are_no_languages() -> Result {
    let publisher = Publisher::new()?;
    for name in ["tin.so", "bao-cao.2024", "ra", "gia.it", "tin"] {
        publisher.write(&format!("edition/content/tin/{name}.md"), text(name, ""))?;
    }
    let output = publisher.print(&[])?;
    assert_eq!((output.status.code(), said(&output)), (Some(0), String::new()));
    let folders = folders(&publisher, "tin")?;
    assert_eq!(folders, ["bao-cao-2024", "gia-it", "ra", "tin", "tin-so"]);
    for folder in folders {
        assert_eq!(publisher.json(&format!("tin/{folder}/index.json"))?["language"], "vi");
    }
    Ok(())
}

#[test]
fn a_language_that_is_only_guessed_is_told_to_the_publisher() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/content/tin/cho.md", text("Chợ", ""))?;
    publisher.write("edition/content/tin/cho.de.md", text("Der Markt", ""))?;
    let output = publisher.print(&[])?;
    assert!(said(&output).contains("content/tin/cho.de.md: warning:"), "{}", said(&output));
    assert!(said(&output).contains("languages = [\"de\"]"), "{}", said(&output));
    publisher.write("edition/site.toml", format!("languages = [\"de\"]\n{SITE}"))?;
    assert_eq!(said(&publisher.print(&[])?), "");
    assert!(publisher.read("tin/cho/index.html")?.contains("Auf Deutsch lesen"));
    Ok(())
}

#[test]
fn a_withdrawn_translation_is_no_longer_offered() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/content/tin/gio.vi.md", text("Gió mùa", "withdrawn: Sai.\n"))?;
    publisher.write("edition/content/tin/gio.en.md", text("Monsoon", ""))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    let page = publisher.read("tin/gio-en/index.html")?;
    assert!(!page.contains("hreflang") && !page.contains("/tin/gio/"), "{page}");
    assert_eq!(listed(&publisher, "tin/")?, ["/tin/gio-en/"]);
    Ok(())
}

#[test]
fn an_address_that_another_article_has_is_neither_taken_nor_made_an_alias() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/content/tin/den.vi.md", text("Đèn", ""))?;
    publisher.write("edition/content/tin/den.en.md", text("Lamp", ""))?;
    publisher.write("edition/content/tin/den-en.md", text("Đến", "aliases: [/en/tin/den/]\n"))?;
    let output = publisher.print(&[])?;
    assert!(said(&output).contains("content/tin/den.en.md: error:"), "{}", said(&output));
    assert!(publisher.read("tin/den-en/index.html")?.contains("Đến"));
    assert!(publisher.read("en/tin/den/index.html")?.contains("url=/tin/den-en/"));
    Ok(())
}
