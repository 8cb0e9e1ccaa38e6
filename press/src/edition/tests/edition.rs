//! What a publisher gets for a folder of articles.

use std::fs;
use std::path::Path;

use jiff::Timestamp;

use crate::edition::{Diagnostic, Diagnostics, Edition, Why};

pub(crate) const SITE: &str = "title = \"T\"\nlanguage = \"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"\n\
    base_url = \"https://a.vn/bao/\"\n[[sections]]\nslug = \"tin\"\ntitle = \"Tin\"\n";
pub(crate) const GIF: &[u8] = b"GIF89a\x28\0\x14\0\0\0\0\0\0\0\0\0";

pub(crate) fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("content")).unwrap();
    fs::write(dir.path().join("site.toml"), SITE).unwrap();
    for (file, bytes) in files {
        let path = dir.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

pub(crate) fn read(root: &Path) -> (Result<Edition, Diagnostic>, Diagnostics) {
    let mut gathered = Diagnostics::default();
    let now: Timestamp = "2021-01-01T00:00:00Z".parse().unwrap();
    let edition = Edition::read(root, now, &mut gathered);
    (edition, gathered)
}

pub(crate) fn told(gathered: &Diagnostics) -> Vec<String> {
    let first = |p: &Diagnostic| p.to_string().lines().next().unwrap().to_owned();
    gathered.all.iter().map(first).collect()
}

fn article(date: &str) -> Vec<u8> {
    format!("---\ntitle: A\ndate: {date}\n---\nmột hai\n").into_bytes()
}

#[test]
fn articles_are_newest_first_and_drafts_and_the_future_stay_out() {
    let dir = folder(&[
        ("content/tin/a.md", &article("2020-01-01")),
        ("content/tin/2020/b.md", &article("2020-01-02")),
        ("content/tin/c/index.md", &article("2020-01-02T00:00:00+07:00")),
        ("content/tin/future.md", &article("2021-01-02")),
        ("content/tin/draft.md", b"---\ntitle: D\ndraft: true\ndate: never\n---\n"),
    ]);
    let (edition, gathered) = read(dir.path());
    let edition = edition.unwrap();
    let slugs: Vec<&str> = edition.articles.iter().map(|a| a.slug.as_str()).collect();
    assert_eq!(slugs, ["b", "c", "a"]);
    let held = |why| edition.timetable.count(why);
    assert_eq!((held(Why::Draft), held(Why::Future)), (1, 1));
    assert_eq!(told(&gathered), Vec::<String>::new());
    assert_eq!(edition.site.base_path(), "/bao/");
    assert_eq!(edition.articles[0].words, 2);
}

#[test]
fn two_articles_with_one_address_are_told_by_name() {
    let dir = folder(&[
        ("content/tin/a/index.md", &article("2020-01-01")),
        ("content/tin/x/2020-02-02-a.md", &article("2020-01-02")),
    ]);
    let (edition, gathered) = read(dir.path());
    assert_eq!(edition.unwrap().articles.len(), 1);
    assert_eq!(
        told(&gathered),
        [
            "content/tin/x/2020-02-02-a.md: error: its address /tin/a/ is that of content/tin/a/index.md already"
        ]
    );
}

#[test]
fn an_archive_with_dates_in_its_file_names_may_use_a_slug_on_two_days() {
    let dir = folder(&[
        ("content/tin/2020-01-01-a.md", &article("2020-01-01")),
        ("content/tin/2020-02-02-a.md", &article("2020-02-02")),
    ]);
    let (edition, gathered) = read(dir.path());
    let slugs: Vec<String> = edition.unwrap().articles.into_iter().map(|it| it.slug).collect();
    assert_eq!(slugs, ["a-2020-02-02", "a"]);
    assert_eq!(told(&gathered), Vec::<String>::new());
}

#[test]
fn everything_that_is_wrong_with_an_article_is_told_at_once() {
    let dir = folder(&[(
        "content/tin/a.md",
        b"---\ndate: 31/02\nimage: ../../../x.jpg\naliases: [/ok/, ../no]\n---\n\n![a](b.jpg)\n\n{{< x >}}\n",
    )]);
    let (edition, gathered) = read(dir.path());
    assert!(edition.unwrap().articles.is_empty());
    assert_eq!(
        told(&gathered),
        [
            "content/tin/a.md:1: error: the article has no title",
            "content/tin/a.md:2: error: \"31/02\" is not a date",
            "content/tin/a.md:3: error: the path \"../../../x.jpg\" leads out of the edition's folder",
            "content/tin/a.md:4: warning: the alias \"../no\" leaves its folder, and leads nobody to the article",
            "content/tin/a.md:7: error: the picture \"b.jpg\" does not exist",
            "content/tin/a.md:9: warning: the shortcode \"x\" of another generator was left out",
        ]
    );
}

#[test]
fn broken_front_matter_is_told_by_its_line_in_the_file() {
    let dir = folder(&[
        ("content/tin/a.md", b"---\ntitle: A\ntags: [a\n---\nx"),
        ("content/tin/b.md", b"+++\ntitle = A\n+++\nx"),
        ("content/tin/c.md", b"---\ntitle: A\ndate: 2020-01-01\n---\nx\n\xff"),
        ("content/tin/d.md", b"x"),
    ]);
    let (_, gathered) = read(dir.path());
    let lines: Vec<Option<usize>> = gathered.errors().map(|p| p.line).collect();
    assert_eq!(lines.len(), 4, "{:?}", told(&gathered));
    assert!(matches!(lines[0], Some(3 | 4)), "{lines:?}");
    assert_eq!(lines[1..], [Some(2), Some(6), Some(1)]);
}

#[test]
fn a_section_without_a_name_is_printed_with_a_warning_and_a_taken_one_is_not() {
    let dir = folder(&[
        ("content/Thời sự/a.md", &article("2020-01-01")),
        ("content/page/b.md", &article("2020-01-01")),
        ("content/tin/page.md", &article("2020-01-01")),
    ]);
    let (edition, gathered) = read(dir.path());
    let edition = edition.unwrap();
    assert_eq!(edition.articles.len(), 1);
    assert_eq!(edition.articles[0].section, "thoi-su");
    assert_eq!(edition.site.sections[1].title, "Thời sự");
    assert_eq!((gathered.errors().count(), gathered.warnings().count()), (2, 1));
}

#[test]
fn an_alias_may_not_take_the_place_of_a_page() {
    let alias =
        |to: &str| format!("---\ntitle: A\ndate: 2020-01-01\naliases: [{to}]\n---\n").into_bytes();
    let dir = folder(&[
        ("content/tin/a.md", &alias("/tin/b/")),
        ("content/tin/b.md", &alias("/cu/, /tin/b/")),
        ("content/tin/c.md", &alias("/cu")),
        ("content/tin/d.md", &alias("/tin")),
    ]);
    let (edition, gathered) = read(dir.path());
    let edition = edition.unwrap();
    let aliases: Vec<String> = edition.articles.into_iter().flat_map(|it| it.aliases).collect();
    assert_eq!(aliases, ["/cu/"]);
    assert_eq!(
        told(&gathered),
        [
            "content/tin/a.md:4: warning: the alias /tin/b/ leads nobody to the article, because content/tin/b.md has its place",
            "content/tin/c.md:4: warning: the alias /cu/ leads nobody to the article, because content/tin/b.md has its place",
            "content/tin/d.md:4: warning: the alias /tin/ leads nobody to the article, because the section tin has its place",
        ]
    );
}

#[test]
fn a_site_that_cannot_be_printed_says_why() {
    let dir = folder(&[]);
    for (site, line) in [
        ("title = ", Some(1)),
        (&*SITE.replace("Asia/Ho", "Asia/Hu"), Some(3)),
        (&*SITE.replace("https", "ftp"), Some(4)),
        (&*SITE.replace("\"tin\"", "\"assets\""), Some(6)),
        (&*SITE.replace("title = \"T\"\n", ""), None),
        (&*format!("page_size = 0\n{SITE}"), Some(1)),
    ] {
        fs::write(dir.path().join("site.toml"), site).unwrap();
        let problem = read(dir.path()).0.unwrap_err();
        assert_eq!((problem.file.to_str(), problem.line), (Some("site.toml"), line), "{problem}");
    }
    fs::remove_file(dir.path().join("site.toml")).unwrap();
    assert!(read(dir.path()).0.is_err());
    fs::write(dir.path().join("site.toml"), SITE).unwrap();
    fs::remove_dir(dir.path().join("content")).unwrap();
    assert!(read(dir.path()).0.is_err());
}

#[test]
fn a_banner_is_measured_and_a_missing_one_is_told() {
    let dir = folder(&[("banner.gif", GIF)]);
    let site = format!("{SITE}[banner]\nimage = \"banner.gif\"\nalt = \"B\"\n");
    fs::write(dir.path().join("site.toml"), &site).unwrap();
    let banner = read(dir.path()).0.unwrap().site.banner.unwrap();
    let image = banner.image.clone().unwrap();
    assert_eq!((image.width, image.height, image.alt.as_str()), (40, 20, "B"));
    assert_eq!(image.src, format!("/bao/{}", banner.file.unwrap().to));
    fs::write(dir.path().join("site.toml"), site.replace("banner.gif", "b.gif")).unwrap();
    let (edition, gathered) = read(dir.path());
    assert!(edition.unwrap().site.banner.unwrap().image.is_none());
    assert_eq!(gathered.errors().count(), 1);
}

#[test]
fn a_shortcode_cannot_show_what_is_outside() {
    let text = b"---\ntitle: A\ndate: 2020-01-01\n---\n\n{{< figure src=\"../../../x.jpg\" >}}\n";
    let (_, gathered) = read(folder(&[("content/tin/a.md", text)]).path());
    assert_eq!(
        told(&gathered),
        [
            "content/tin/a.md:6: error: the path \"../../../x.jpg\" leads out of the edition's folder"
        ]
    );
}

#[test]
fn a_name_written_twice_matters_only_where_it_is_read() {
    let dir = folder(&[
        ("content/tin/a.md", b"---\ntitle: A\ndate: 2020-01-01\nx: 1\nx: 2\n---\n"),
        ("content/tin/b.md", b"---\ntitle: A\ndate: 2020-01-01\ntitle: B\n---\n"),
    ]);
    let (edition, gathered) = read(dir.path());
    assert_eq!(edition.unwrap().articles.len(), 1);
    assert_eq!(told(&gathered), ["content/tin/b.md:4: error: \"title\" is written twice"]);
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let (_, gathered) = read(folder(&[("content/tin/a.md", &vec![b'a'; 6 << 20])]).path());
    assert_eq!(told(&gathered), ["content/tin/a.md: error: the file is larger than 5 MB"]);
}
