//! What is left of an article that the newspaper withdrew.

use super::edition::{GIF, folder, read, told};

const TEXT: &str = "---\ntitle: A\ndate: 2020-01-01\nsummary: s\nauthor: b\nsource: c\ntags: [d]\n\
    language: en\naliases: [/cu/]\nimage: a.gif\nMARK\n---\n\n![x](a.gif) [y](b.pdf)\n";

#[test]
fn a_withdrawn_article_keeps_its_place_and_nothing_else() {
    let text = |mark: &str, old: &str| TEXT.replace("MARK", mark).replace("/cu/", old).into_bytes();
    let files: [(&str, &[u8]); 4] = [
        ("content/tin/a/index.md", &text("withdrawn: n", "/cu/")),
        ("content/tin/b/index.md", &text("x: y", "/moi/")),
        ("content/tin/b/a.gif", GIF),
        ("content/tin/b/b.pdf", b"pdf"),
    ];
    let (edition, gathered) = read(folder(&files).path());
    assert_eq!(told(&gathered), Vec::<String>::new());
    let articles = edition.unwrap().articles;
    let [a, b] = articles.as_slice() else { panic!("{articles:?}") };
    assert_eq!(a.withdrawn.as_deref(), Some("n"));
    assert_eq!((a.title.as_str(), a.slug.as_str(), a.published.day()), ("A", "a", 1));
    assert_eq!((&*a.language, a.aliases.as_slice()), ("en", &["/cu/".into()][..]));
    assert_eq!((a.summary.as_deref(), &*a.prose.html().unwrap(), a.words), (None, "", 0));
    assert_eq!((a.authors.len(), a.tags.len(), a.files.len()), (0, 0, 0));
    assert!(a.image.is_none() && a.source.is_none());

    assert_eq!(b.withdrawn, None);
    let files: Vec<bool> = b.files.iter().map(|file| file.shown).collect();
    assert_eq!(files, [true, false], "the picture is shown, the document is linked");
}
