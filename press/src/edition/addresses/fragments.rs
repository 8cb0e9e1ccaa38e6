//! Links to places in other articles. Which places an article has is known when all articles are read: then the
//! links get the names that the places have, and what leads nowhere is told.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::edition::addresses::urls;
use crate::edition::article::Article;
use crate::edition::article_file::ArticleFile;
use crate::edition::assemble::News;
use crate::edition::body::headings::find_id;
use crate::edition::body::link_lines::Lines;
use crate::edition::diagnostics::{Diagnostic, FileDiagnostics, Problem};
use crate::html::Tree;

/// Settles the links between articles. `root` is the edition's folder.
///
/// # Errors
///
/// When a text that is needed for it has changed since it was read.
pub(crate) fn settle(
    articles: &mut [Article],
    news: &mut [Option<Box<News>>],
    root: &Path,
) -> Result<(), Diagnostic> {
    let places = places(articles, news)?;
    let linking = articles.par_iter_mut().zip(news).filter_map(|(article, news)| {
        Some((article, news.as_deref_mut().filter(|news| !news.links.is_empty())?))
    });
    linking.for_each(|(article, news)| settle_one(article, news, &places, root));
    Ok(())
}

/// Settles the links of one article.
fn settle_one(article: &mut Article, news: &mut News, places: &Places, root: &Path) {
    let mut problems = Vec::new();
    let mut named = BTreeMap::new();
    for link in std::mem::take(&mut news.links) {
        let written = || link.link.written.clone();
        let Some(ids) = places.get(&link.article) else { continue };
        let problem = match (ids, &link.fragment) {
            (None, _) => Some(Problem::LinkDead { href: written() }),
            (Some(_), None) => None,
            (Some(ids), Some(fragment)) => match find_id(fragment, ids) {
                Some(id) => {
                    let page = link.href.split('#').next().unwrap_or(&link.href);
                    let href = format!("{page}#{id}");
                    if href != link.href {
                        // As it was printed.
                        named.insert(urls::encoded(&link.href).into_owned(), href);
                    }
                    None
                }
                None => Some(Problem::LinkFragment { href: written() }),
            },
        };
        problems.extend(problem.map(|problem| (link.link, problem)));
    }
    if news.missing.is_none() && !named.is_empty() {
        let name = format!("links {named:?}");
        article.change(|told| {
            told.prose.change(&name, move |html| *html = rewritten(html, &named));
        });
    }
    // An article with errors is not printed, and its links do no harm.
    if news.missing.is_some() || problems.is_empty() {
        return;
    }
    // It was read before, and what is wrong with it was told.
    let mut silent = FileDiagnostics::new(&news.file);
    let text = ArticleFile::read(&root.join(&news.file), &mut silent);
    let lines = text.as_ref().map(Lines::of).unwrap_or_default();
    for (link, problem) in problems {
        let line = text.as_ref().and_then(|text| lines.line(text, &link));
        news.diagnostics.push(line, problem);
    }
}

/// The ids of articles by their files; an article that is not printed has none.
type Places = HashMap<PathBuf, Option<HashSet<String>>>;

/// The ids of the articles that links lead to. Those whose places nobody asks for are not looked through.
fn places(articles: &[Article], news: &[Option<Box<News>>]) -> Result<Places, Diagnostic> {
    let mut asked: HashMap<&Path, bool> = HashMap::new();
    for link in news.iter().flatten().flat_map(|news| &news.links) {
        *asked.entry(&link.article).or_default() |= link.fragment.is_some();
    }
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted = articles.par_iter().zip(news).filter_map(|(article, news)| {
        let file = news.as_ref().map_or(&article.file, |news| &news.file);
        let wanted = asked.get(&**file)?;
        let is_missing = news.as_ref().is_some_and(|news| news.missing.is_some());
        let ids = match is_missing {
            true => Ok(None),
            false if *wanted => article.prose.html().map(|html| Some(ids(&html))),
            false => Ok(Some(HashSet::new())),
        };
        Some(ids.map(|ids| (file.to_path_buf(), ids)))
    });
    wanted.collect()
}

fn ids(html: &str) -> HashSet<String> {
    let tree = Tree::parse(html);
    let ids = tree.nodes().filter_map(|node| node.value().element()?.get("id").map(str::to_owned));
    ids.collect()
}

/// Printed HTML with other addresses in its links.
fn rewritten(html: &str, named: &BTreeMap<String, String>) -> String {
    let mut tree = Tree::parse(html);
    for element in tree.elements_mut().filter(|element| &*element.name == "a") {
        if let Some(href) = element.get("href").and_then(|href| named.get(href)) {
            element.set("href", href);
        }
    }
    tree.to_html()
}
