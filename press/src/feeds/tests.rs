//! What feeds and sitemaps are made of, read back by other crates than those that wrote them.

use std::fs;
use std::path::Path;

use anyhow::Result;
use feed_rs::model::Feed;
use jiff::Timestamp;
use proptest::prelude::*;
use tempfile::TempDir;

use super::channel::Channel;
use super::sitemap::{self, Limits};
use super::{Sink, atom, rss};
use crate::edition::{Diagnostics, Edition};
use crate::html::Tree;
use crate::pages::Pages;
use crate::text::permitted;

const SITE: &str = "title = \"Báo\"\nlanguage = \"vi\"\ntimezone = \"Asia/Ho_Chi_Minh\"\n\
    base_url = \"https://paper.example/\"\n[[sections]]\nslug = \"tin\"\ntitle = \"Tin\"\n";

fn read(folder: &Path, base: Option<&str>) -> Edition {
    let now: Timestamp = "2026-11-21T05:00:00Z".parse().unwrap();
    Edition::read_below(folder, base, now, &mut Diagnostics::default()).unwrap()
}

/// An edition of so many articles, one a day.
fn articles(count: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/tin")).unwrap();
    fs::write(folder.path().join("site.toml"), SITE).unwrap();
    for number in 1..=count {
        let text =
            format!("---\ntitle: Bài {number}\ndate: 2026-01-{number:02}\nauthor: Hạ\n---\nx\n");
        fs::write(folder.path().join(format!("content/tin/bai-{number}.md")), text).unwrap();
    }
    folder
}

/// A list as another crate reads it from RSS and from Atom.
fn both(pages: &Pages<'_>, section: Option<&str>) -> [Feed; 2] {
    let channel = Channel::of(pages, section, None, &[]).unwrap();
    let documents = [rss::document(&channel).unwrap(), atom::document(&channel).unwrap()];
    documents.map(|it| feed_rs::parser::parse(it.as_slice()).unwrap())
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_a_feed_or_is_changed_by_it(
        title in any::<String>(),
        name in any::<String>(),
        body in "(\\]\\]>|<!\\[CDATA\\[|&amp;|&lt;|\u{1f6f6}|\u{202e}|ثلج|\\PC|[\u{0}-\u{ffff}]){0,60}",
    ) {
        thread_local! {
            static EDITION: Edition = read(articles(1).path(), None);
        }
        let mut edition = EDITION.with(Clone::clone);
        let article = edition.articles.first_mut().unwrap();
        article.tags = vec![name.clone()];
        let html = Tree::parse(&body).to_html();
        article.change(|told| {
            told.title = title.clone();
            told.summary = Some(title.clone());
            told.authors = vec![name.clone()];
            told.prose = html.clone().into();
        });
        let html = permitted(&html).into_owned();
        for feed in both(&Pages::of(&edition), None) {
            let entry = feed.entries.first().unwrap();
            let read = entry.title.as_ref().map_or("", |it| it.content.as_str());
            prop_assert_eq!(words(read), words(&permitted(&title)));
            let read = entry.content.as_ref().and_then(|it| it.body.as_deref()).unwrap_or_default();
            prop_assert_eq!(words(read), words(&html));
            prop_assert_eq!(entry.links[0].href.as_str(), "https://paper.example/tin/bai-1/");
        }
    }
}

#[test]
fn a_long_text_is_whole_in_a_feed() {
    let mut edition = read(articles(1).path(), None);
    let long = format!("<p>{}</p>", "dài ]]&gt; &amp; 😀 ".repeat(60_000));
    assert!(long.len() > 1_000_000);
    edition.articles[0].change(|told| told.prose = long.clone().into());
    for feed in both(&Pages::of(&edition), None) {
        let body = feed.entries[0].content.as_ref().and_then(|it| it.body.clone()).unwrap();
        assert_eq!(words(&body), words(&long));
    }
}

#[test]
fn every_address_in_the_feeds_of_the_sample_edition_is_absolute() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../edition");
    for base in ["/", "/news/"] {
        let edition = read(&sample, Some(base));
        let pages = Pages::of(&edition);
        let mut checked = 0;
        for section in [None, Some("thoi-su"), Some("english")] {
            for feed in both(&pages, section) {
                assert!(!feed.entries.is_empty());
                for entry in feed.entries {
                    let site = format!("https://vinhlam.example{base}");
                    assert!(entry.links.iter().all(|it| it.href.starts_with(&site)), "{entry:?}");
                    let html = entry.content.and_then(|it| it.body).unwrap();
                    let tree = Tree::parse(&html);
                    for element in tree.nodes().filter_map(|it| it.value().element()) {
                        for value in ["href", "src", "cite"].iter().filter_map(|it| element.get(it))
                        {
                            assert!(url::Url::parse(value).is_ok(), "{value}");
                            let own = value.starts_with("https://vinhlam.example/");
                            assert!(!own || value.starts_with(&site), "{value}");
                            checked += 1;
                        }
                    }
                }
            }
        }
        assert!(checked > 50, "{checked}");
    }
}

/// The sitemaps of an edition: names and texts.
fn sitemaps(folder: &Path, limits: Limits) -> Vec<(String, String)> {
    let edition = read(folder, None);
    let files = Files::default();
    sitemap::write(&edition, &Pages::of(&edition), limits, &files).unwrap();
    files.0.into_inner().unwrap()
}

/// Takes every file.
#[derive(Default)]
struct Files(std::sync::Mutex<Vec<(String, String)>>);

impl Sink for Files {
    fn keep(&self, _: &str, _: [u8; 16]) -> Result<bool> {
        Ok(false)
    }

    fn write(&self, name: &str, bytes: &[u8], _: Option<[u8; 16]>) -> Result<()> {
        self.0.lock().unwrap().push((name.to_owned(), String::from_utf8(bytes.to_vec())?));
        Ok(())
    }
}

fn locations(document: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(document).unwrap();
    let found = document.descendants().filter(|it| it.has_tag_name("loc"));
    found.filter_map(|it| it.text()).map(str::to_owned).collect()
}

#[test]
fn a_new_article_changes_the_last_sitemap_alone() {
    let limits = Limits { urls: 3, ..sitemap::LIMITS };
    let numbered = |count| {
        let mut files = sitemaps(articles(count).path(), limits);
        files.retain(|(name, _)| name.as_bytes().get(8).is_some_and(u8::is_ascii_digit));
        files
    };
    let before = numbered(7);
    assert_eq!(before.iter().map(|(_, it)| locations(it).len()).collect::<Vec<_>>(), [3, 3, 1]);
    assert!(locations(&before[0].1)[0].ends_with("/tin/bai-1/"), "the oldest is the first");
    for (count, lengths) in [(8, vec![3, 3, 2]), (9, vec![3, 3, 3]), (10, vec![3, 3, 3, 1])] {
        let after = numbered(count);
        assert_eq!(after[..2], before[..2]);
        assert_eq!(after.iter().map(|(_, it)| locations(it).len()).collect::<Vec<_>>(), lengths);
    }
}

#[test]
fn no_sitemap_has_more_bytes_than_search_engines_read() {
    for bytes in [300, 500, 1_000] {
        let files = sitemaps(articles(9).path(), Limits { bytes, ..sitemap::LIMITS });
        let mut all = Vec::new();
        let mut count = 0;
        for (name, text) in &files {
            if name.starts_with("sitemap-") && !name.contains("lists") && !name.contains("news") {
                // One page may be larger than all that there is room for.
                assert!(
                    text.len() <= bytes || locations(text).len() == 1,
                    "{name}: {}",
                    text.len()
                );
                all.extend(locations(text));
                count += 1;
            }
        }
        assert_eq!(all.len(), 9, "every article is in one of them");
        assert!(count > 1, "{bytes}");
        let (_, index) = files.iter().find(|(name, _)| name == "sitemap.xml").unwrap();
        assert_eq!(locations(index).len(), count + 2);
    }
}
