//! Feeds and sitemaps as others read them: validators that nobody here wrote find no error, and the parsers of two feed
//! readers give back what the press meant.
//!
//! Some need Python or Ruby. Where there is none, their tests count as not run.

mod edition;
mod programs;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use jiff::{Timestamp, fmt::rfc2822};
use programs::{Entry, Language};
use serde_json::Value;
use tests::{Event, Paper, Result, report, sample};
use walkdir::WalkDir;

/// The files of a site that have one of these names, or begin so and end in `.xml`.
fn files(paper: &Paper, names: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(paper.site()).sort_by_file_name() {
        let path = entry?.into_path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.extension().is_some_and(|it| it == "xml")
            && names.iter().any(|it| name.starts_with(it))
        {
            found.push(path);
        }
    }
    Ok(found)
}

/// RSS and Atom of the front and of each section.
fn feeds(paper: &Paper) -> Result<Vec<PathBuf>> {
    let found = files(paper, &["rss.", "atom."])?;
    let site: Value = serde_json::from_str(&paper.read("site.json")?)?;
    let sections = site["sections"].as_array().map_or(0, Vec::len);
    ensure!(found.len() == 2 * (sections + 1), "{found:?}");
    Ok(found)
}

/// Whether a program cannot run here, which is told.
fn cannot_run(language: Language) -> Result<bool> {
    let missing = language.missing();
    missing.map_or(Ok(()), |it| report(Event::NotRun, it))?;
    Ok(missing.is_some())
}

/// What the press meant a feed to say of an article, from the data of its page.
fn meant(paper: &Paper, url: &str, site: &Value) -> Result<Entry> {
    let base = site["base_url"].as_str().context("no base")?;
    let path = url.strip_prefix(base).context("an address of another site")?;
    let page: Value = serde_json::from_str(&paper.read(&format!("{path}index.json"))?)?;
    let item = &page["items"][0];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let texts = |value: &Value, key: &str| -> Vec<String> {
        let all = value.as_array().into_iter().flatten();
        all.filter_map(|it| if key.is_empty() { text(it) } else { text(&it[key]) }).collect()
    };
    let sections = site["sections"].as_array().context("no sections")?;
    let section = sections.iter().find(|it| it["slug"] == item["_broadsheet"]["section"]);
    let mut tags = vec![section.and_then(|it| text(&it["title"])).context("no section")?];
    tags.extend(texts(&item["tags"], ""));
    // Addresses of content begin with `/`, or lead to a place of the article.
    let origin = base.strip_suffix(site["base_path"].as_str().unwrap_or_default());
    let origin = origin.context("a base without its path")?;
    let mut html = text(&item["content_html"]).context("no body")?;
    for name in ["href", "src"] {
        html = html.replace(&format!("{name}=\"/"), &format!("{name}=\"{origin}/"));
        html = html.replace(&format!("{name}=\"#"), &format!("{name}=\"{url}#"));
    }
    let html = without_players(&absolute_sets(&html, origin)?);
    let picture = item["image"].as_str().map(|url| -> Result<_> {
        let file = paper.site().join(url.strip_prefix(base).context("a picture of another site")?);
        let kind = if url.ends_with(".svg") { "image/svg+xml" } else { "image/jpeg" };
        Ok((url.to_owned(), kind.to_owned(), file.metadata()?.len()))
    });
    Ok(Entry {
        id: Some(url.to_owned()),
        link: Some(url.to_owned()),
        title: text(&item["title"]),
        html: Some(html),
        authors: texts(&item["authors"], "name"),
        tags,
        published: text(&item["date_published"]),
        updated: text(&item["date_modified"]),
        enclosures: picture.transpose()?.into_iter().collect(),
    })
}

/// The same with all addresses in `srcset` absolute.
fn absolute_sets(html: &str, origin: &str) -> Result<String> {
    let mut parts = html.split("srcset=\"");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (set, rest) = part.split_once('"').context("a srcset without an end")?;
        let set: Vec<_> = set.split(", ").map(|it| format!("{origin}{it}")).collect();
        whole += &format!("srcset=\"{}\"{rest}", set.join(", "));
    }
    Ok(whole)
}

/// The same without what plays: in feeds there is the link alone.
fn without_players(html: &str) -> String {
    let mut html = html.to_owned();
    for (start, end) in [("<audio ", "</audio>"), ("<video ", "</video>")] {
        while let Some(from) = html.find(start) {
            let to = html[from..].find(end).map_or(html.len(), |at| from + at + end.len());
            html.replace_range(from..to, "");
        }
    }
    html
}

/// One moment however it is written, by RFC 3339 or RFC 2822.
fn moment(text: &str) -> Result<Timestamp> {
    match text.parse() {
        Ok(moment) => Ok(moment),
        Err(_) => Ok(rfc2822::parse(text)?.timestamp()),
    }
}

/// Compares what a parser read with what was meant. The text has the correction and the picture before the body, and
/// may have an element around it that names its language.
fn compare(read: &Entry, meant: &Entry, is_atom: bool, publisher: &str) -> Result {
    // Parsers take off white space at the ends.
    let body = meant.html.as_deref().unwrap_or_default().trim();
    ensure!(read.html.as_deref().is_some_and(|it| it.contains(body)), "{read:#?}\n{meant:#?}");
    let date = |it: &Option<String>| it.as_deref().map(moment).transpose();
    ensure!(date(&read.published)? == date(&meant.published)?, "{read:#?}\n{meant:#?}");
    let updated = meant.updated.clone().or_else(|| meant.published.clone().filter(|_| is_atom));
    // RSS has no date of change for what was not changed.
    ensure!(
        date(&read.updated)? == date(&updated)? || (!is_atom && meant.updated.is_none()),
        "{read:#?}"
    );
    let rest = |it: &Entry| Entry {
        html: None,
        published: None,
        updated: None,
        // A feed reader may say that the newspaper wrote what nobody signed.
        authors: it.authors.iter().filter(|it| *it != publisher).cloned().collect(),
        ..it.clone()
    };
    ensure!(rest(read) == rest(meant), "{read:#?}\n{meant:#?}");
    Ok(())
}

/// Every entry of every feed is what the press meant, and no entry is missing.
fn reads_whole(paper: &Paper, program: &str) -> Result {
    let site: Value = serde_json::from_str(&paper.read("site.json")?)?;
    let publisher = site["title"].as_str().unwrap_or_default();
    let mut meanings: BTreeMap<String, Entry> = BTreeMap::new();
    let mut compared = 0;
    for (feed, read) in programs::entries(program, &feeds(paper)?)? {
        let folder = feed.parent().unwrap_or(Path::new("/"));
        let list = std::fs::read_to_string(folder.join("index.json"))?;
        let list: Value = serde_json::from_str(&list)?;
        let urls = list["items"].as_array().into_iter().flatten();
        let urls: Vec<&str> = urls.filter_map(|it| it["url"].as_str()).collect();
        let links: Vec<&str> = read.iter().filter_map(|it| it.link.as_deref()).collect();
        ensure!(links == urls, "{}: {links:?} and {urls:?}", feed.display());
        for (entry, url) in read.iter().zip(urls) {
            if !meanings.contains_key(url) {
                meanings.insert(url.to_owned(), meant(paper, url, &site)?);
            }
            let is_atom = feed.ends_with("atom.xml");
            compare(entry, &meanings[url], is_atom, publisher)
                .with_context(|| format!("{}: {url}", feed.display()))?;
            compared += 1;
        }
    }
    ensure!(compared > 8, "only {compared} entries");
    Ok(())
}

#[test]
fn feedsmith_reads_every_entry_of_the_sample_edition_whole() -> Result {
    reads_whole(sample(), "feedsmith_entries.mjs")
}

#[test]
fn feedsmith_reads_every_entry_of_a_hard_edition_whole() -> Result {
    reads_whole(edition::paper()?, "feedsmith_entries.mjs")
}

#[test]
fn feedparser_reads_every_entry_of_the_sample_edition_whole() -> Result {
    if cannot_run(Language::Python)? {
        return Ok(());
    }
    reads_whole(sample(), "feedparser_entries.py")
}

#[test]
fn feedparser_reads_every_entry_of_a_hard_edition_whole() -> Result {
    if cannot_run(Language::Python)? {
        return Ok(());
    }
    reads_whole(edition::paper()?, "feedparser_entries.py")
}

#[test]
fn rubys_validator_finds_no_error_in_any_feed() -> Result {
    if cannot_run(Language::Ruby)? {
        return Ok(());
    }
    for paper in [sample(), edition::paper()?] {
        let errors = programs::errors("valid_feeds.rb", &feeds(paper)?)?;
        ensure!(errors.is_empty(), "{}", errors.join("\n"));
    }
    Ok(())
}

#[test]
fn the_schema_of_sitemaps_finds_no_error_in_any_sitemap() -> Result {
    if cannot_run(Language::Python)? {
        return Ok(());
    }
    for paper in [sample(), edition::paper()?] {
        let mut arguments = vec![programs::sitemap_schema()];
        arguments.extend(files(paper, &["sitemap-"])?);
        ensure!(arguments.len() == 4, "lists, articles, news: {arguments:?}");
        let errors = programs::errors("valid_sitemaps.py", &arguments)?;
        ensure!(errors.is_empty(), "{}", errors.join("\n"));
    }
    Ok(())
}

#[test]
fn a_reader_of_sitemaps_finds_every_article_with_its_pictures_and_translations() -> Result {
    for paper in [sample(), edition::paper()?] {
        let site: Value = serde_json::from_str(&paper.read("site.json")?)?;
        let base = site["base_url"].as_str().context("no base")?;
        let pages = programs::pages(&files(paper, &["sitemap"])?)?;
        let file = |name: &str| {
            let pages = pages.get(&paper.site().join(name)).with_context(|| format!("no {name}"));
            pages.map(|pages| pages.iter().filter_map(|it| it["url"].as_str()).collect::<Vec<_>>())
        };
        let sitemaps = ["sitemap-lists.xml", "sitemap-1.xml", "sitemap-news.xml"];
        ensure!(file("sitemap.xml")? == sitemaps.map(|it| format!("{base}{it}")), "{pages:?}");
        let mut listed = file("sitemap-1.xml")?;
        let path =
            |path: &str| [base, path.strip_prefix(&paper.base_path).unwrap_or(path)].concat();
        let mut articles: Vec<String> = paper.articles().map(path).collect();
        articles.sort();
        listed.sort();
        ensure!(listed == articles, "{listed:?} and {articles:?}");
        ensure!(!file("sitemap-news.xml")?.is_empty(), "the edition has news");
        for page in pages.get(&paper.site().join("sitemap-1.xml")).into_iter().flatten() {
            for image in page["img"].as_array().into_iter().flatten() {
                let name = image["url"].as_str().and_then(|it| it.strip_prefix(base));
                ensure!(name.is_some_and(|it| paper.site().join(it).is_file()), "{image}");
            }
        }
    }
    let boats = programs::pages(&files(edition::paper()?, &["sitemap-1."])?)?;
    let boats = boats
        .values()
        .flatten()
        .find(|it| it["url"].as_str().is_some_and(|it| it.ends_with("/boats/")));
    let languages = boats.context("no boats")?["links"].as_array().cloned().unwrap_or_default();
    let languages: Vec<_> = languages.iter().filter_map(|it| it["lang"].as_str()).collect();
    ensure!(languages == ["en", "fr", "x-default"], "{languages:?}");
    Ok(())
}

#[test]
fn a_validator_names_the_file_and_the_error() -> Result {
    let folder = tempfile::tempdir()?;
    let (rss, sitemap) = (folder.path().join("rss.xml"), folder.path().join("sitemap-1.xml"));
    std::fs::write(&rss, "<rss version=\"2.0\"><channel><title>a</title></channel></rss>")?;
    let schema = "http://www.sitemaps.org/schemas/sitemap/0.9";
    std::fs::write(
        &sitemap,
        format!("<urlset xmlns=\"{schema}\"><url><lastmod>x</lastmod></url></urlset>"),
    )?;
    if !cannot_run(Language::Ruby)? {
        let errors = programs::errors("valid_feeds.rb", std::slice::from_ref(&rss))?;
        ensure!(
            errors.len() == 1 && errors[0].contains("rss.xml: RSS::MissingTagError"),
            "{errors:?}"
        );
    }
    if !cannot_run(Language::Python)? {
        let errors = programs::errors("valid_sitemaps.py", &[programs::sitemap_schema(), sitemap])?;
        ensure!(errors.iter().any(|it| it.contains("sitemap-1.xml:1: ")), "{errors:?}");
    }
    Ok(())
}
