//! What plays, and what is downloaded: films, sound, posts and documents are shown as cards, which ask nothing of anybody
//! before a reader clicks.
//!
//! The way through: `elements` turns what plays into links with a mark, `marks` marks what stands alone, and
//! both lie before the sanitizer's tree is made valid. When all links and pictures have their addresses, `cards` makes
//! cards of the links. `providers` knows the players of other sites, `own` the files of the edition, `chapters` their
//! parts, `charts` the numbers behind a picture.

mod cards;
mod chapters;
mod charts;
pub(crate) mod elements;
mod marks;
pub(crate) mod own;
pub(crate) mod providers;

pub(crate) use cards::show;
pub(crate) use chapters::seconds;
pub(crate) use charts::add_data;
pub(crate) use marks::{drop_posters, mark};

use serde::{Deserialize, Serialize};

use crate::hash::long_hash;

/// The class of a link that asks for a card. An author who writes it asks for the same.
pub(crate) const MARK: &str = "player";

/// A player of another site. It has a page of its own, because the policy of an article's page allows no other site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Player {
    /// The name of the site, as its readers know it.
    pub provider: String,
    /// What the player shows, where the author said it; else the name of the site.
    pub title: String,
    /// The address of the player.
    pub frame: String,
    /// The address that a reader opens without the player.
    pub page: String,
    /// The language of the article (BCP 47).
    pub language: String,
}

impl Player {
    /// The file of its page, relative to the site. All articles with the same player share one.
    pub fn file(&self) -> String {
        let parts = [&self.frame, &self.page, &self.title, &self.language].map(String::as_str);
        let letters = self.provider.to_ascii_lowercase();
        let name: String = letters.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
        format!("embed/player/{name}-{}.html", long_hash(parts.join("\n").as_bytes()))
    }

    /// What the policy of its page allows: the origin of the player.
    pub fn origin(&self) -> String {
        url::Url::parse(&self.frame).map(|it| it.origin().ascii_serialization()).unwrap_or_default()
    }
}
