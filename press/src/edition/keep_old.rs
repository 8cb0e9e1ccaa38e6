//! An article that has become broken is shown as it was, while its author mends it.

use std::sync::Arc;

use crate::edition::addresses::book::Owner;
use crate::edition::article::Article;
use crate::edition::order;
use crate::edition::read::Edition;

impl Edition {
    /// Takes an article of an earlier reading up that is not in this one. Says whether its place was free.
    pub(crate) fn keep_old(&mut self, old: &Article) -> bool {
        let mut article = old.clone();
        let owner = Owner::Article(Arc::clone(&article.file));
        let folder = article.folder();
        let own = self.book.owner_of(&format!("{folder}index.html")) == Some(&owner);
        if self.articles.iter().any(|it| it.file == article.file || it.folder() == folder)
            || !(own || self.book.page(&folder, &owner).is_ok())
            || !self.site.sections.iter().any(|it| it.slug == article.section)
        {
            return false;
        }
        let book = &mut self.book;
        let mut redirects: Vec<bool> = Vec::new();
        for file in article.redirects() {
            let own = book.owner_of(&file) == Some(&owner) || book.file(&file, &owner).is_ok();
            redirects.push(own);
        }
        let mut redirects = redirects.into_iter();
        article.aliases.retain(|_| redirects.next().unwrap_or(false));
        self.articles.push(article);
        self.articles = order::sorted(std::mem::take(&mut self.articles));
        true
    }
}
