//! The newest articles in short: what there is to take along, and what each weighs.

use std::collections::HashSet;
use std::path::Path;

use broadsheet::contract::{CONTRACT_VERSION, EditionArticle, EditionList};

use super::Pages;
use crate::edition::Article;

/// How many articles are listed.
const COUNT: usize = 200;

impl Pages<'_> {
    /// The newest articles that lists show. `printed` has articles, newest first, and how many
    /// bytes each takes.
    pub fn edition_list<'b>(
        &self,
        printed: impl IntoIterator<Item = (&'b Article, u64)>,
    ) -> EditionList {
        let lists = self.sections.values().chain([&self.articles]).flatten();
        let listed: HashSet<&Path> = lists.map(|it| it.file.as_path()).collect();
        let listed = printed.into_iter().filter(|(it, _)| listed.contains(&*it.file)).take(COUNT);
        let articles = listed.map(|(article, bytes)| EditionArticle {
            path: self.article_path(article),
            section: article.section.clone(),
            revision: self.revision(article),
            bytes,
        });
        EditionList { version: CONTRACT_VERSION, articles: articles.collect() }
    }
}
