//! Embed: what other sites show of the newspaper. Pages for frames, oEmbed, pages for players of other sites, the script of the custom element,
//! and the page that explains them.
//!
//! Embed pages are files that end in `.html`, unlike all other pages: a host's rules for addresses that end in
//! a slash say that no site may frame those, and several rules for one address would all hold.

mod docs;
mod element;
mod frame;
mod html;
mod oembed;
mod player;

use std::borrow::Cow;

use broadsheet::contract::Item;
use broadsheet::urls::Urls;

use crate::edition::{Article, Diagnostic, EmbedConfig, Player};
use crate::pages::Pages;
use crate::shell::{Asset, EmbedShell, Shell};
use crate::site::csp;

/// How many articles an embedded list has at most.
const LIST: usize = 10;

/// A file of the site: its name relative to it, and its text.
pub type File = (String, String);

/// Prints what other sites show.
pub struct Embeds<'a> {
    pages: &'a Pages<'a>,
    config: &'a EmbedConfig,
    shell: &'a EmbedShell,
    /// The name of the site's style sheet.
    site_style: &'a str,
    style: String,
    policy: String,
    script: Asset,
}

impl<'a> Embeds<'a> {
    /// Prepares what all embeds of a site share.
    pub fn new(pages: &'a Pages<'a>, config: &'a EmbedConfig, shell: &'a Shell) -> Self {
        let style = frame::style(&shell.embed, config);
        let policy = csp::of_embeds(&style, &shell.embed.frame_script);
        let script = element::script(&shell.embed, &pages.site, config);
        Self {
            pages,
            config,
            site_style: &shell.css.name,
            shell: &shell.embed,
            style,
            policy,
            script,
        }
    }

    /// The content security policy of embed pages, as their `<meta>` has it.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// The files of an article: its embed page and, unless it was withdrawn, its oEmbed documents. `item` is the article
    /// as its page has it, where that was made.
    ///
    /// # Errors
    /// If its text cannot be had any more.
    pub fn article(&self, article: &Article, item: Option<&Item>) -> Result<Vec<File>, Diagnostic> {
        let item = match item {
            Some(item) => Cow::Borrowed(item),
            None => Cow::Owned(self.pages.whole(article)?),
        };
        let mut files = vec![(frame::article_name(article), frame::article(self, article, &item))];
        if article.withdrawn.is_none() {
            files.extend(oembed::files(self, article, &item));
        }
        Ok(files)
    }

    /// The names of the files of an article, without making them.
    pub(crate) fn names(&self, article: &Article) -> Vec<String> {
        let mut names = vec![frame::article_name(article)];
        if article.withdrawn.is_none() {
            names.extend(oembed::names(self, article));
        }
        names
    }

    /// How many names [`Embeds::names`] has.
    pub(crate) fn count(&self, article: &Article) -> usize {
        let formats = if article.withdrawn.is_none() { oembed::FORMATS.len() } else { 0 };
        1 + formats
    }

    /// The page of a player of another site.
    pub fn player(&self, player: &Player) -> File {
        player::page(self, player)
    }

    /// The embed pages of the front and of the sections.
    pub fn lists(&self) -> Vec<File> {
        frame::lists(self)
    }

    /// The page about embedding, in both languages of the interface, and its script and style sheet.
    pub fn docs(&self, policy: &str) -> Vec<File> {
        docs::files(self, policy)
    }

    /// The script that partners' pages load: at its stable address, and named by its bytes; and the script and
    /// the style sheet of the page about embedding.
    pub fn assets(&self) -> Vec<(&str, &[u8])> {
        let EmbedShell { page_script, page_style, .. } = self.shell;
        let named = [&self.script, page_script, page_style];
        let named = named.into_iter().map(|it| (it.name.as_str(), it.bytes.as_slice()));
        [(element::NAME, self.script.bytes.as_slice())].into_iter().chain(named).collect()
    }

    /// The absolute URL of a file of the site, by its name.
    fn absolute(&self, name: &str) -> String {
        self.urls().absolute(&[self.urls().base_path(), name].concat())
    }

    fn urls(&self) -> &Urls {
        self.pages.urls()
    }
}
