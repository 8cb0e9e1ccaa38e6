//! Links to places in other articles. Which places an article has is known when all articles are read: then the
//! links get the names that the places have, and what leads nowhere is told.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::edition::addresses::directory::Directory;
use crate::edition::addresses::urls;
use crate::edition::article_file::ArticleFile;
use crate::edition::assemble::Assembled;
use crate::edition::body::headings::find_id;
use crate::edition::body::link_lines::Lines;
use crate::edition::diagnostics::{FileDiagnostics, Problem};
use crate::html::Tree;

/// Settles the links between articles. `root` is the edition's folder.
pub(crate) fn settle(all: &mut [Assembled], directory: &Directory, root: &Path) {
    let places = places(all, directory);
    for assembled in all.iter_mut() {
        let mut problems = Vec::new();
        let mut named = HashMap::new();
        for link in std::mem::take(&mut assembled.links) {
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
        if let Some(article) = assembled.article.as_mut().filter(|_| !named.is_empty()) {
            article.content_html = rewritten(&article.content_html, &named);
        }
        // An article with errors is not printed, and its links do no harm.
        if assembled.article.is_none() || problems.is_empty() {
            continue;
        }
        // It was read before, and what is wrong with it was told.
        let mut silent = FileDiagnostics::new(&assembled.file);
        let text = ArticleFile::read(&root.join(&assembled.file), &mut silent);
        let lines = text.as_ref().map(Lines::of).unwrap_or_default();
        for (link, problem) in problems {
            let line = text.as_ref().and_then(|text| lines.line(text, &link));
            assembled.diagnostics.push(line, problem);
        }
    }
}

/// The ids of the articles that links lead to. An article that is not printed has none, and those whose places
/// nobody asks for are not looked through.
fn places(all: &[Assembled], directory: &Directory) -> HashMap<usize, Option<HashSet<String>>> {
    let mut asked: HashMap<&Path, (usize, bool)> = HashMap::new();
    for link in all.iter().flat_map(|it| &it.links) {
        if let Some(known) = directory.articles.get(link.article) {
            let (_, places) = asked.entry(&known.file).or_insert((link.article, false));
            *places |= link.fragment.is_some();
        }
    }
    let mut places = HashMap::new();
    for assembled in all {
        if let Some((number, wanted)) = asked.get(&*assembled.file) {
            let html = assembled.article.as_ref().map(|article| article.content_html.as_str());
            places
                .insert(*number, html.map(|html| if *wanted { ids(html) } else { HashSet::new() }));
        }
    }
    places
}

fn ids(html: &str) -> HashSet<String> {
    let tree = Tree::parse(html);
    let ids = tree.nodes().filter_map(|node| node.value().element()?.get("id").map(str::to_owned));
    ids.collect()
}

/// Printed HTML with other addresses in its links.
fn rewritten(html: &str, named: &HashMap<String, String>) -> String {
    let mut tree = Tree::parse(html);
    for element in tree.elements_mut().filter(|element| &*element.name == "a") {
        if let Some(href) = element.get("href").and_then(|href| named.get(href)) {
            element.set("href", href);
        }
    }
    tree.to_html()
}
