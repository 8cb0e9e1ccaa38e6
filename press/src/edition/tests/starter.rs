//! What a newspaper and an article begin with, as they are read back.

use std::path::Path;

use jiff::Timestamp;
use proptest::prelude::*;

use super::edition::SITE;
use super::{NewArticle, NewEdition, Texts};
use crate::edition::config::keys::KEYS;
use crate::edition::{Diagnostics, Edition};
use crate::text::line;

const BOTH: [Texts; 2] = [Texts::Vi, Texts::En];

fn new_edition(texts: Texts) -> NewEdition<'static> {
    NewEdition { texts, title: None, base_url: None, timezone: None, now: Timestamp::now() }
}

fn new_article(title: &str) -> NewArticle<'_> {
    let now = Timestamp::now();
    NewArticle { title, section: None, language: None, slug: None, draft: false, now }
}

fn read(folder: &Path) -> (Edition, String) {
    let mut diagnostics = Diagnostics::default();
    let edition = Edition::read(folder, Timestamp::now(), &mut diagnostics).unwrap();
    let told = diagnostics.all.iter().map(|it| format!("{it}\n")).collect();
    (edition, told)
}

#[test]
fn a_new_edition_has_nothing_to_complain_of() {
    for texts in BOTH {
        let folder = tempfile::tempdir().unwrap();
        let files = new_edition(texts).write(folder.path()).unwrap();
        assert!(files.contains(&".gitignore".into()), "{files:?}");
        let (edition, told) = read(folder.path());
        assert_eq!(told, "", "{texts:?}");
        assert_eq!(edition.articles.len(), 2);
        assert!(edition.articles.iter().any(|it| it.image.is_some()), "{texts:?}: no picture");
        assert!(edition.site.sections.iter().all(|section| {
            edition.articles.iter().any(|article| article.section == section.slug)
        }));
    }
}

#[test]
fn site_toml_explains_every_name_that_the_press_reads() {
    let lines: Vec<&str> = SITE.lines().collect();
    for (table, names) in KEYS {
        let start = match table {
            "" => 0,
            "sections" => lines.iter().position(|line| *line == "[[sections]]").unwrap(),
            table => {
                let header = format!("# [{table}]");
                lines.iter().position(|line| *line == header).expect(&header)
            }
        };
        // A table ends where the next one begins.
        let is_header = |line: &&str| line.trim_start_matches("# ").starts_with('[');
        let own = &lines[start..];
        let end = own.iter().skip(1).position(is_header).map_or(own.len(), |at| at + 1);
        for name in names {
            let is = |line: &str| {
                let line = line.trim_start_matches("# ");
                line.starts_with(&format!("{name} = "))
                    || line == format!("[{name}]")
                    || line == format!("[[{name}]]")
            };
            let within = if table.is_empty() { own } else { &own[..end] };
            let at = within.iter().position(|line| is(line));
            assert!(
                at.is_some(),
                "site.toml of a new edition says nothing of \"{name}\" in [{table}]"
            );
        }
    }
}

#[test]
fn every_choice_in_site_toml_can_be_made() {
    let folder = tempfile::tempdir().unwrap();
    new_edition(Texts::Vi).write(folder.path()).unwrap();
    let file = folder.path().join("site.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let choice = |line: &str| {
        let choice = line.strip_prefix("# ")?;
        let name = choice.split(' ').next().unwrap_or_default();
        let known = KEYS.iter().any(|(_, names)| names.contains(&name));
        (choice.starts_with('[') || known && choice.contains(" = ")).then(|| choice.to_owned())
    };
    // The picture is the publisher's.
    let made: Vec<String> = text
        .lines()
        .filter(|line| !line.contains("banner.png"))
        .map(|line| choice(line).unwrap_or_else(|| line.to_owned()))
        .collect();
    assert!(made.iter().any(|line| line == "[embed]"), "{made:?}");
    std::fs::write(&file, made.join("\n")).unwrap();
    let (edition, told) = read(folder.path());
    assert_eq!(told, "");
    assert_eq!(edition.site.embed.element, "my-news");
}

#[test]
fn a_name_that_the_press_does_not_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    new_edition(Texts::En).write(folder.path()).unwrap();
    let file = folder.path().join("site.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = format!("pageSize = 5\n{text}\n[embed]\ncolour = \"red\"\n[extra]\nany = 1\n");
    std::fs::write(&file, text).unwrap();
    let (edition, told) = read(folder.path());
    assert!(
        told.contains("site.toml:1: warning: \"pageSize\"") && told.contains(": page_size"),
        "{told}"
    );
    assert!(told.contains("\"colour\"") && !told.contains("any"), "{told}");
    assert_eq!(edition.site.page_size, 20);
}

#[test]
fn what_was_said_on_the_command_line_is_in_site_toml() {
    let folder = tempfile::tempdir().unwrap();
    let title = "Báo \"Sông\"\n\\ 🌾 \u{202e}abc @date@";
    let edition = NewEdition {
        title: Some(title),
        base_url: Some("https://song.example/tin"),
        timezone: Some("Europe/Paris"),
        ..new_edition(Texts::En)
    };
    edition.write(folder.path()).unwrap();
    let (edition, told) = read(folder.path());
    assert_eq!((told.as_str(), edition.site.title.as_str()), ("", &*line(title)));
    assert_eq!(edition.site.base_url, "https://song.example/tin/");
    assert_eq!(edition.site.timezone_name, "Europe/Paris");
}

#[test]
fn a_folder_that_holds_anything_and_values_that_cannot_be_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "x").unwrap();
    let error = new_edition(Texts::Vi).write(folder.path()).unwrap_err().to_string();
    assert!(error.contains("is not empty"), "{error}");
    let place = folder.path().join("new");
    for wrong in [
        NewEdition { base_url: Some("song.example"), ..new_edition(Texts::Vi) },
        NewEdition { timezone: Some("Mars/Base"), ..new_edition(Texts::Vi) },
        NewEdition { title: Some(" \u{200b}"), ..new_edition(Texts::Vi) },
    ] {
        assert!(wrong.write(&place).is_err() && !place.exists(), "{wrong:?}");
    }
}

/// Writes an article, reads the edition, and gives its title and the end of its address.
fn read_back(article: &NewArticle<'_>) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    new_edition(Texts::Vi).write(folder.path()).unwrap();
    let written = article.write(folder.path()).unwrap();
    let (edition, told) = read(folder.path());
    assert_eq!(told, "", "{:?}", article.title);
    let read = edition.articles.iter().find(|it| *it.file == *written.file).unwrap();
    assert_eq!(written.url, format!("https://example.org/{}/{}/", read.section, read.slug));
    (read.title.clone(), read.slug.clone())
}

#[test]
fn a_title_reads_back_as_it_was_given() {
    let long = "Mùa nước nổi ".repeat(24);
    for (title, slug) in [
        ("Đường về \"Hòn Én\": 'một' chuyến", "duong-ve-hon-en-mot-chuyen"),
        ("a: b # c - d", "a-b-c-d"),
        ("yes", "yes"),
        ("2026-11-28 Bão", "bao"),
        ("null", "null"),
        ("🌾🌾", "ear-of-rice-ear-of-rice"),
        ("العربية \u{202b}abc", "l-rby-abc"),
        ("?!…", ""),
        (&*long, ""),
        ("một\nhai\r\nba\tbốn", "mot-hai-ba-bon"),
        ("A <b>&amp; B</b> [^1] {{ site.title }} {% x %} {{< y >}}", ""),
        ("back\\slash \\n \\u0041", ""),
        ("--- \n---\nx", ""),
        ("*sao* _gạch_ `mã` @ref/x %", ""),
    ] {
        let (read, printed) = read_back(&new_article(title));
        assert_eq!(read, line(title), "{title:?}");
        assert!(
            slug.is_empty() || title.starts_with('ا') || printed == slug,
            "{title:?}: {printed}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_title_reads_back(title in "\\PC{1,40}|[ -~\u{80}-\u{9f}\u{2028}\\n]{1,40}") {
        prop_assume!(!line(&title).is_empty());
        prop_assert_eq!(read_back(&new_article(&title)).0, line(&title));
    }
}

#[test]
fn an_article_is_never_written_over_another() {
    let folder = tempfile::tempdir().unwrap();
    new_edition(Texts::Vi).write(folder.path()).unwrap();
    let write = |article: NewArticle<'_>| article.write(folder.path());
    let first = write(new_article("Chợ phiên")).unwrap();
    let before = std::fs::read(folder.path().join(&first.file)).unwrap();
    let error = write(new_article("chợ  PHIÊN!")).unwrap_err().to_string();
    assert!(error.contains("cho-phien") && error.contains("--slug"), "{error}");
    assert_eq!(std::fs::read(folder.path().join(&first.file)).unwrap(), before);
    let section = folder.path().join("content/tin-tuc");
    std::fs::write(section.join("2020-01-01-gio-mua.md"), "---\ntitle: x\n---\n").unwrap();
    assert!(write(new_article("Gió mùa")).is_err(), "a file with a date has the address");
    assert!(write(new_article("Page")).is_err(), "the address is the site's");
    let other = NewArticle { slug: Some("Gió mùa hai"), ..new_article("Gió mùa") };
    assert!(write(other).unwrap().file.ends_with("gio-mua-hai/index.md"));
}

#[test]
fn a_section_is_named_by_its_slug_or_its_title() {
    let folder = tempfile::tempdir().unwrap();
    new_edition(Texts::Vi).write(folder.path()).unwrap();
    std::fs::create_dir(folder.path().join("content/Thể Thao")).unwrap();
    for (section, place) in [
        ("toa-soan", "content/toa-soan"),
        ("Tòa soạn", "content/toa-soan"),
        ("Thể Thao", "content/Thể Thao"),
        ("the-thao", "content/Thể Thao"),
    ] {
        let title = format!("Bài {section} {}", section.len());
        let article = NewArticle { section: Some(section), ..new_article(&title) };
        let file = article.write(folder.path()).unwrap().file;
        assert!(file.starts_with(place), "{section}: {}", file.display());
    }
    let article = NewArticle { section: Some("kinh-te"), ..new_article("x") };
    let error = article.write(folder.path()).unwrap_err().to_string();
    assert!(error.contains("tin-tuc, toa-soan"), "{error}");
}

#[test]
fn a_draft_is_held_back_and_a_language_is_written_where_it_is_another() {
    let folder = tempfile::tempdir().unwrap();
    new_edition(Texts::Vi).write(folder.path()).unwrap();
    let draft = NewArticle { draft: true, language: Some("vi"), ..new_article("Nháp") };
    draft.write(folder.path()).unwrap();
    let english = NewArticle { language: Some("en"), ..new_article("Open") };
    english.write(folder.path()).unwrap();
    let (edition, told) = read(folder.path());
    assert_eq!(told, "");
    assert!(edition.articles.iter().all(|it| it.title != "Nháp"));
    let english = edition.articles.iter().find(|it| it.title == "Open").unwrap();
    assert_eq!(english.language, "en");
    let wrong = NewArticle { language: Some("tiếng Việt"), ..new_article("Sai") };
    assert!(wrong.write(folder.path()).is_err());
}
