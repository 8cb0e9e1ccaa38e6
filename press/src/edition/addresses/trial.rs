//! Puts whatever authors may ask for through the rules of addresses, and checks what must hold. Property tests and
//! fuzzing use it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path};
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::edition::addresses::book::{Book, Owner};
use crate::edition::addresses::guide::Guide;
use crate::edition::addresses::listing::LazyDirectory;
use crate::edition::addresses::pattern::{Facts, Pattern};
use crate::edition::addresses::permalinks::Permalinks;
use crate::edition::addresses::reserved::{RESERVED_SECTIONS, RESERVED_SLUGS};
use crate::edition::addresses::settle::settle;
use crate::edition::addresses::urls::Address;
use crate::edition::addresses::wishes::{self, Wish};
use crate::edition::addresses::{aliases, key, slug};
use crate::edition::body::headings::Plan;
use crate::edition::body::links::{LinkRecord, Linker};
use crate::edition::config::generator::Marks;
use crate::edition::config::{
    EmbedConfig, FeedsConfig, PicturesConfig, PlayersConfig, Section, SiteConfig,
};
use crate::edition::diagnostics::FileDiagnostics;
use crate::edition::draft::{Draft, Text};
use crate::edition::front_matter::{FrontMatter, dates};
use crate::edition::languages::version::Version;
use crate::edition::media::Media;
use crate::edition::values::fields::Lined;

const NAMES: [&str; 4] = ["alias", "url", "permalink", "path"];

/// Reads a text as an edition and settles its addresses. A line is an article: its folder, its name, its date, its
/// slug, and old addresses, parted by bars. The first line is the site's pattern, and the base path behind a bar.
///
/// # Panics
///
/// When something does not hold that must: that is what it is for.
pub(crate) fn run(text: &str) {
    let mut lines = text.lines();
    let mut first = lines.next().unwrap_or_default().split('|');
    let pattern = first.next().and_then(|it| Pattern::parse(it).ok());
    let base = if first.next().is_some() { "tin/" } else { "" };
    let mut site = site(base, pattern);
    let mut folders = BTreeMap::new();
    let mut drafts: Vec<Draft> =
        lines.take(50).filter_map(|line| draft(line, &mut site, &mut folders)).collect();
    let book = settle(&mut drafts, &site);
    let drafts = Arc::new(drafts);
    let directory = LazyDirectory::new(&drafts, folders, &site);
    let files = files(&drafts, &site);
    check(&files, &book);
    let media = Media::new(Path::new("/nowhere"), None);
    for draft in drafts.iter().filter(|it| !it.slug.is_empty()) {
        let record = RefCell::new(LinkRecord::default());
        let linker = Linker {
            address: Address { base: site.base_path(), section: &draft.section, slug: &draft.slug },
            base_url: &site.base_url,
            file: &draft.file,
            dir: Path::new("/nowhere/content"),
            media: &media,
            directory: &Guide::new(&directory),
            record: &record,
        };
        for link in text.split(['|', '\n']).take(40) {
            let _ = linker.target(link, &Plan::default());
            let _ = linker.target(&format!("@ref/{link}"), &Plan::default());
        }
        // Every old address is a link that works.
        for old in &draft.old {
            let found = directory.page(&old.path).map(|goal| directory.path(&goal));
            assert_eq!(found, Some(format!("{}/{}/", draft.section, draft.slug)), "{}", old.path);
        }
    }
}

fn site(base: &str, pattern: Option<Pattern>) -> SiteConfig {
    SiteConfig {
        title: "T".into(),
        tagline: String::new(),
        language: "vi".into(),
        languages: vec!["vi".into()],
        timezone: TimeZone::UTC,
        timezone_name: "UTC".into(),
        base_url: format!("https://bao.example/{base}"),
        banner: None,
        sections: Vec::new(),
        permalinks: Permalinks::of_site(pattern),
        page_size: 1,
        offline: true,
        embed: EmbedConfig::default(),
        feeds: FeedsConfig::default(),
        publish: Default::default(),
        players: PlayersConfig::default(),
        pictures: PicturesConfig::default(),
        hosts: Vec::new(),
        generator: None,
        guessed_from: None,
    }
}

fn draft(
    line: &str,
    site: &mut SiteConfig,
    folders: &mut BTreeMap<String, String>,
) -> Option<Draft> {
    let mut fields = line.split('|');
    let (folder, name) = (fields.next()?, fields.next()?);
    let plain = |it: &str| !it.is_empty() && !it.contains('/') && it != "." && it != "..";
    let section = slug::of(folder);
    if !plain(folder) || !plain(name) || RESERVED_SECTIONS.contains(&&*section) {
        return None;
    }
    if site.sections.iter().all(|it| it.slug != section) {
        let title = folder.to_owned();
        site.sections.push(Section {
            slug: section.clone(),
            title,
            language: None,
            description: None,
        });
    }
    folders.insert(folder.to_owned(), section.clone());
    let date = fields.next().and_then(|it| dates::parse(it, &site.timezone));
    let asked = fields.next().filter(|it| !it.is_empty());
    let wishes = fields.zip(NAMES.iter().cycle()).map(|(text, name)| {
        let text = Lined { value: text.to_owned(), line: 1 };
        Wish { name, text }
    });
    let front_matter = FrontMatter {
        title: line.to_owned(),
        date,
        slug: asked.map(|it| Lined { value: it.to_owned(), line: 1 }),
        categories: vec![folder.to_owned()],
        wishes: wishes.take(20).collect(),
        ..FrontMatter::default()
    };
    let file: Arc<Path> = Path::new("content").join(folder).join(format!("{name}.md")).into();
    let mut diagnostics = FileDiagnostics::new(&file);
    let facts = Facts {
        date: front_matter.date.as_ref().map(|date| &date.at),
        name,
        title: line,
        slug: asked,
        section: folder,
        folders: &[],
        categories: &front_matter.categories,
    };
    let old = wishes::read(&front_matter.wishes, &facts, &section, site, &mut diagnostics);
    let slug = slug::of(asked.unwrap_or(slug::split_date(name).1));
    let slug = if RESERVED_SLUGS.contains(&&*slug) { String::new() } else { slug };
    let name = name.to_owned();
    let version = Version {
        language: String::new(),
        main: String::new(),
        neutral: file.clone(),
        old_address: None,
    };
    let (marks, text, slot) = (Marks::default(), Text::Broken, None);
    Some(Draft {
        file,
        name,
        section,
        slug,
        version,
        old,
        is_moved: false,
        front_matter: front_matter.into(),
        marks,
        text: text.into(),
        diagnostics,
        slot,
        card: None,
    })
}

/// The files that are printed for an edition.
fn files(drafts: &[Draft], site: &SiteConfig) -> Vec<String> {
    let mut files: Vec<String> =
        ["404.html", "index.html", "index.json", "sw.js", "page/1/index.html"]
            .map(str::to_owned)
            .into();
    for section in &site.sections {
        let inside = ["index.html", "index.json", "page/1/index.html", "page/1/index.json"];
        files.extend(inside.map(|name| format!("{}/{name}", section.slug)));
        files.push(format!("embed/section/{}.html", section.slug));
    }
    for draft in drafts.iter().filter(|it| !it.slug.is_empty()) {
        let Draft { section, slug, .. } = draft;
        let inside = ["index.html", "index.json", "oembed.json", "anh.1a2b3c4d.jpg"];
        files.extend(inside.map(|name| format!("{section}/{slug}/{name}")));
        files.push(format!("embed/article/{section}/{slug}.html"));
        files.extend(draft.old.iter().map(|old| aliases::file(&old.path)));
    }
    files
}

fn check(files: &[String], book: &Book) {
    let mut seen = HashSet::new();
    let mut above = HashSet::new();
    for file in files {
        let path = Path::new(file);
        assert!(
            path.components().all(|it| matches!(it, Component::Normal(_))),
            "{file} leaves the site"
        );
        assert!(path.components().all(|it| it.as_os_str().len() < 256), "{file} is too long");
        assert!(!matches!(book.owner_of(file), None | Some(Owner::Shell)), "{file} has no place");
        let mut key = key::of(file);
        assert!(seen.insert(key.clone()), "{file} is there twice");
        while let (folder, _) = key::split(&key)
            && !folder.is_empty()
        {
            key = folder.to_owned();
            above.insert(key.clone());
        }
    }
    for file in &seen {
        assert!(!above.contains(file), "{file} is a file and a folder");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::run;

    /// Few cases, unless `PROPTEST_CASES` asks for more.
    fn config() -> ProptestConfig {
        let default = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
        match std::env::var_os("PROPTEST_CASES") {
            Some(_) => default,
            None => ProptestConfig { cases: 64, ..default },
        }
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            8 => prop::sample::select(vec![
                "tin", "Tin", "bai", "BÀI", "ba\u{300}i", "b\u{e0}i", "page", "2", "index.html", "index.json",
                "a.html", "404.html", "sw.js", "..", ".", ".git", "assets", "embed", "%2e%2e", "%C3%A0", "x ", "x.",
                "", "2019-3-4-bai", "2019-03-04-bai", "cname", "v1.2", "a.1a2b3c4d.jpg", "北京", "🌾", "con",
                ":title", ":slug", ":categories", ":year", "pretty", "{{ x }}", "https:", "bao.example", "#", "?q",
            ]).prop_map(str::to_owned),
            1 => "\\PC{0,12}",
            1 => "[a-z]{200,260}",
        ]
    }

    fn path() -> impl Strategy<Value = String> {
        (prop::collection::vec(word(), 0..5), any::<bool>(), any::<bool>()).prop_map(
            |(parts, begin, end)| {
                let slash = |yes| if yes { "/" } else { "" };
                format!("{}{}{}", slash(begin), parts.join("/"), slash(end))
            },
        )
    }

    fn line() -> impl Strategy<Value = String> {
        let date = prop::sample::select(vec!["2019-03-04", "2020-1-2T23:00:00-05:00", "", "x"]);
        let folder = prop_oneof![3 => Just("tin".to_owned()), 1 => word()];
        let slug = prop_oneof![2 => Just(String::new()), 1 => word()];
        (folder, word(), date, slug, prop::collection::vec(path(), 0..4)).prop_map(
            |(folder, name, date, slug, old)| {
                format!("{folder}|{name}|{date}|{slug}|{}", old.join("|"))
            },
        )
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn whatever_authors_ask_for_no_place_is_printed_twice_and_none_is_outside(
            pattern in path(),
            base in any::<bool>(),
            lines in prop::collection::vec(line(), 0..12),
        ) {
            let base = if base { "|" } else { "" };
            run(&format!("{pattern}{base}\n{}", lines.join("\n")));
        }
    }
}
