//! The stages of publishing: whatever a file needs is there before the file is.

use std::collections::BTreeSet;

use crate::hosts::Class;

/// What a site has had of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Novelty {
    /// It was there when a run ended.
    Known,
    /// A run that did not end may have brought it, and something may lead to it.
    Uncertain,
    /// It was not there, and nothing leads to it.
    Hidden,
}

/// A stage. All files of one are at the destination before the first of the next is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Files that pages load: styles, scripts, pictures, films. Their names carry a hash.
    Files,
    /// What is loaded under a name that stays: icons, the manifest, frames of embeds and players.
    Parts,
    /// Pages that were not there: nothing leads to them yet but other new ones.
    NewPages,
    /// Articles that have changed.
    Articles,
    /// Sections, numbered lists, the data of the front, and every other page.
    Pages,
    /// The front page, from which readers find all others.
    Front,
    /// Feeds, sitemaps and lists for programs.
    Feeds,
    /// The service worker.
    Worker,
}

impl Stage {
    /// All stages in their order.
    pub const ALL: [Self; 8] = [
        Self::Files,
        Self::Parts,
        Self::NewPages,
        Self::Articles,
        Self::Pages,
        Self::Front,
        Self::Feeds,
        Self::Worker,
    ];

    /// Its name, for people and programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Parts => "parts",
            Self::NewPages => "new-pages",
            Self::Articles => "articles",
            Self::Pages => "pages",
            Self::Front => "front",
            Self::Feeds => "feeds",
            Self::Worker => "worker",
        }
    }

    /// The stage of a file.
    pub(super) fn of(
        name: &str,
        class: Class,
        articles: &BTreeSet<String>,
        novelty: Novelty,
    ) -> Self {
        // A compressed file goes with the plain one.
        let plain = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz")).unwrap_or(name);
        let page = ["index.html", "index.json"]
            .into_iter()
            .find_map(|file| plain.strip_suffix(file))
            .filter(|folder| folder.is_empty() || folder.ends_with('/'));
        match (class, page) {
            _ if ["sw.js", "kill-switch.js"].contains(&plain) => Self::Worker,
            (Class::Asset | Class::PinnedScript | Class::Media | Class::Drawing, _) => Self::Files,
            (Class::Embed | Class::Player | Class::PlainDrawing | Class::EmbedScript, _) => {
                Self::Parts
            }
            // The page names it, and what it leads to is there.
            (_, Some("")) if plain == "index.json" => Self::Pages,
            (_, Some("")) => Self::Front,
            (_, Some(_)) if novelty == Novelty::Hidden => Self::NewPages,
            (_, Some(folder)) if articles.contains(folder) => Self::Articles,
            (_, Some(_)) => Self::Pages,
            _ if plain == "404.html" => Self::Pages,
            // Pages name their feeds.
            _ if is_feed(plain) && novelty == Novelty::Known => Self::Feeds,
            _ => Self::Parts,
        }
    }
}

/// Whether a file tells programs what is on the site.
fn is_feed(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    // Old addresses of feeds have copies of them under other names, which are XML or JSON as well.
    let is_data = [".xml", ".json", ".rss", ".atom"].iter().any(|ending| file.ends_with(ending));
    is_data || ["robots.txt", "llms.txt"].contains(&file) || !file.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hosts::{Source, Table};

    #[test]
    fn what_a_file_needs_goes_before_it() {
        let articles = BTreeSet::from(["tin/a/".to_owned()]);
        let table = Table::new(Source::default());
        let stage = |name: &str, novelty| {
            let class = table.rule_of(name).map_or(Class::Other, |it| it.class);
            Stage::of(name, class, &articles, novelty)
        };
        for (name, old, new) in [
            ("assets/app.1a2b3c4d.css", Stage::Files, Stage::Files),
            ("tin/a/anh.1a2b3c4d.jpg", Stage::Files, Stage::Files),
            ("icons/icon.png", Stage::Parts, Stage::Parts),
            ("embed/article/tin/a.html", Stage::Parts, Stage::Parts),
            ("manifest.webmanifest", Stage::Parts, Stage::Parts),
            ("_headers", Stage::Feeds, Stage::Parts),
            ("tin/a/index.html", Stage::Articles, Stage::NewPages),
            ("tin/a/index.html.br", Stage::Articles, Stage::NewPages),
            ("tin/a/index.json", Stage::Articles, Stage::NewPages),
            ("index.html", Stage::Front, Stage::Front),
            ("index.json", Stage::Pages, Stage::Pages),
            ("tin/index.json", Stage::Pages, Stage::NewPages),
            ("404.html", Stage::Pages, Stage::Pages),
            ("tin/rss.xml", Stage::Feeds, Stage::Parts),
            ("edition.json", Stage::Feeds, Stage::Parts),
            ("sw.js", Stage::Worker, Stage::Worker),
        ] {
            let found = (stage(name, Novelty::Known), stage(name, Novelty::Hidden));
            assert_eq!(found, (old, new), "{name}");
        }
    }
}
