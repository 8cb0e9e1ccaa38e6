//! Front matter: the names and forms that an archive brings.

use std::path::Path;

use super::*;
use crate::edition::values::{toml, yaml};

fn read(text: &str, name: &str) -> (FrontMatter, Vec<String>) {
    let file = Path::new("content/a/b.md");
    let (file, neutral) = (file.into(), file.into());
    let (section, name) = ("a".into(), name.into());
    let found = Found { file, section, language: None, neutral, name };
    let mut diagnostics = FileDiagnostics::new(Path::new("b.md"));
    let table = match text.strip_prefix("+++") {
        Some(text) => toml::parse(text, 1).unwrap(),
        None => yaml::parse(text, 1).unwrap(),
    };
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let front_matter = FrontMatter::read(&table, &found, &zone, &mut diagnostics);
    let problems = diagnostics.all.iter();
    let problems = problems.map(|p| format!("{}: {}", p.line.unwrap_or(0), p.problem));
    (front_matter, problems.collect())
}

#[test]
fn the_names_of_other_generators_are_understood() {
    let (front_matter, problems) = read(
        "title: 5\nlastmod: 2020-07-03\ndescription: ''\ndeck: \"**A** b\"\nauthor:\n  - name: An\n  - Bình\n\
         source: {name: Báo, url: 'https://a.vn/'}\ntags: a, b\ntopics: [b, c]\nredirect_from: /x\n\
         featured_image: {src: a.jpg, alt: A}\nlang: en\nweight: 1\ncategories: null\n",
        "2020-07-02-x",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(front_matter.title, "5");
    assert_eq!(front_matter.summary.as_deref(), Some("A b"));
    assert_eq!(front_matter.authors, ["An", "Bình"]);
    assert_eq!(front_matter.tags, ["a", "b", "c"]);
    assert_eq!(front_matter.source.unwrap().url.as_deref(), Some("https://a.vn/"));
    assert_eq!(front_matter.wishes[0].text.value, "/x");
    assert_eq!(front_matter.image.unwrap().alt.as_deref(), Some("A"));
    assert_eq!(front_matter.language.as_deref(), Some("en"));
    assert!(front_matter.date.unwrap().date_only);
    assert_eq!(front_matter.modified.unwrap().at.day(), 3);
}

#[test]
fn zola_keeps_its_tags_and_unknown_names_in_tables() {
    let (front_matter, problems) = read(
        "+++title = 'x'\ndate = 2020-07-02\ndraft = true\n[taxonomies]\ntags = ['a']\n[extra]\n\
         source_url = 'https://www.a.vn/x'\nimage = 'b.jpg'\n",
        "x",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(front_matter.tags, ["a"]);
    assert_eq!(front_matter.source.unwrap().name, "a.vn");
    assert_eq!(front_matter.image.unwrap().src, "b.jpg");
    assert!(front_matter.draft);
}

#[test]
fn everything_that_is_wrong_is_told_with_its_line() {
    let (_, problems) = read(
        "title: [a]\ndate: 31/02\ndraft: perhaps\nsource_url: javascript:1\nlanguage: tiếng Việt\n\
         weight: 1\npermalink: {a: b}\nauthors: [{x: 1}]\nimage: {alt: a}\n",
        "x",
    );
    let lines: Vec<&str> = problems.iter().map(|p| p.split(':').next().unwrap()).collect();
    assert_eq!(problems.len(), 8, "{problems:?}");
    for line in ["1", "2", "3", "4", "5", "7", "8", "9"] {
        assert!(lines.contains(&line), "{line} in {problems:?}");
    }
}

#[test]
fn an_article_needs_a_title_and_a_date() {
    assert_eq!(read("weight: 1", "x").1.len(), 2);
}

#[test]
fn an_editors_note_is_a_yes_a_text_or_a_table() {
    let note = |line: &str| {
        let (front_matter, problems) = read(&format!("title: A\ndate: 2020-01-01\n{line}\n"), "x");
        assert_eq!(problems, Vec::<String>::new(), "{line}");
        (front_matter.withdrawn.map(|note| note.text), front_matter.corrected.map(|note| note.text))
    };
    let said = |text: &str| Some(text.to_owned());
    for (line, withdrawn, corrected) in [
        ("weight: 1", None, None),
        ("withdrawn: false", None, None),
        ("withdrawn:", None, None),
        ("withdrawn: true", said(""), None),
        ("withdrawn: Một **hai**", said("Một hai"), None),
        ("withdrawn: {note: \"a:\\n b\"}", said("a: b"), None),
        ("withdrawn: {date: 2020-01-02}", said(""), None),
        ("corrected: no", None, None),
        ("corrected: Ba", None, said("Ba")),
        ("corrected: {note: Ba}", None, said("Ba")),
        ("corrected: Ba\nwithdrawn: Một", said("Một"), None),
        ("extra: {withdrawn: true}", said(""), None),
    ] {
        assert_eq!(note(line), (withdrawn, corrected), "{line}");
    }
    let (front_matter, _) =
        read("+++title = 'x'\ndate = 2020-07-02\n[withdrawn]\nnote = 'a'\n", "x");
    assert_eq!(front_matter.withdrawn.unwrap().text, "a");
}

#[test]
fn an_editors_note_that_cannot_be_understood_is_told_with_its_line() {
    for line in [
        "withdrawn: [a]",
        "withdrawn: {note: a, date: never}",
        "withdrawn: {note: [a]}",
        "corrected: true",
        "corrected: '<!-- -->'",
        "corrected: {date: 2020-01-02}",
    ] {
        let (_, problems) = read(&format!("title: A\ndate: 2020-01-01\n{line}\n"), "x");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("3: "), "{problems:?}");
    }
}

#[test]
fn the_last_of_all_changes_is_the_one_that_is_dated() {
    for (lines, day) in [
        ("updated: 2020-01-05\ncorrected: {note: a, date: 2020-01-04}", 5),
        ("updated: 2020-01-03\ncorrected: {note: a, date: 2020-01-04}", 4),
        ("corrected: {note: a, date: 2020-01-04}", 4),
        ("updated: 2020-01-03\ncorrected: a", 3),
        ("updated: 2020-01-03\nwithdrawn: {date: 2020-01-06}", 6),
    ] {
        let (front_matter, problems) = read(&format!("title: A\ndate: 2020-01-01\n{lines}\n"), "x");
        assert_eq!(problems, Vec::<String>::new(), "{lines}");
        assert_eq!(front_matter.modified.unwrap().at.day(), day, "{lines}");
    }
}

#[test]
fn entities_are_read_and_what_is_not_seen_is_gone() {
    let (front_matter, _) =
        read("title: A\ndate: 2020-01-01\nslug: \"Chợ\\u00ad phi\\u200b\\u00adên\\ufeff\"\n", "x");
    assert_eq!(front_matter.slug.unwrap().value, "Chợ phi\u{200b}ên");
    let (front_matter, problems) = read(
        "title: 'Gi&aacute; l&uacute;a &amp; gạo'\ndate: 2020-01-01\nauthors: [{name: 'L&ecirc; <b>An</b>'}, 'Lê An']\n\
         image: {src: a.jpg, alt: 'Ch&#7907;', caption: 'B&eacute; &lt;3 m&egrave;o[^2]', credit: '&copy; Hà'}\n",
        "x",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(front_matter.title, "Giá lúa & gạo");
    assert_eq!(front_matter.authors, ["Lê An"]);
    let image = front_matter.image.unwrap();
    assert_eq!(image.alt.as_deref(), Some("Chợ"));
    assert_eq!(image.caption.as_deref(), Some("Bé <3 mèo"));
    assert_eq!(image.credit.as_deref(), Some("© Hà"));
}
