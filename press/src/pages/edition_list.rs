//! The newest articles in short: what there is to take along, and what each weighs.

use std::collections::HashSet;
use std::path::Path;

use broadsheet::contract::{CONTRACT_VERSION, EditionArticle, EditionList};

use super::Pages;
use crate::edition::{Article, Diagnostic};
use crate::hash::{Hash, hash};

/// How many articles are listed.
const COUNT: usize = 200;

impl Pages<'_> {
    /// Those of the articles that the list names, with how many bytes each takes. `printed` has all articles, newest
    /// first.
    pub(crate) fn taken_along<'b>(
        &self,
        printed: impl IntoIterator<Item = (&'b Article, u64)>,
    ) -> Vec<(&'b Article, u64)> {
        // Whatever is among the newest of all lists is among the newest of each list that has it.
        let lists = self.sections.values().chain([&self.articles]);
        let newest = lists.flat_map(|list| list.iter().take(COUNT));
        let listed: HashSet<&Path> = newest.map(|it| &*it.file).collect();
        printed.into_iter().filter(|(it, _)| listed.contains(&*it.file)).take(COUNT).collect()
    }

    /// The hash of all that [`Pages::edition_list`] says.
    pub(crate) fn seal_of_edition_list(&self, articles: &[(&Article, u64)]) -> Hash {
        let mut parts = b"edition".to_vec();
        for (article, bytes) in articles {
            let [own, _] = article.seals();
            parts.extend_from_slice(&own);
            parts.extend_from_slice(&bytes.to_le_bytes());
        }
        hash(&[&parts])
    }

    /// The newest articles that lists show, as `taken_along` has them.
    ///
    /// # Errors
    /// If the text of one of them cannot be had any more.
    pub fn edition_list(&self, articles: &[(&Article, u64)]) -> Result<EditionList, Diagnostic> {
        let articles = articles.iter().map(|(article, bytes)| {
            Ok(EditionArticle {
                path: self.article_path(article),
                section: article.section.clone(),
                revision: self.revision(article)?,
                bytes: *bytes,
            })
        });
        let articles = articles.collect::<Result<_, Diagnostic>>()?;
        Ok(EditionList { version: CONTRACT_VERSION, articles })
    }
}
