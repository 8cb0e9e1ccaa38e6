//! Reads an edition: a folder with `site.toml`, `content/<section>/**.md` and pictures, in the formats that
//! Hugo, Zola, Jekyll and Eleventy share. What is wrong in it is told by file and line, and everything that is
//! right is ready to print.
//!
//! The rooms: `config` reads `site.toml`, `content` finds the articles' files, `front_matter` and `body` read their
//! two parts, `media` the files beside them, `languages` tells translations apart, `addresses` gives out addresses,
//! `diagnostics` tells what is wrong. `read` is the way through them, `timetable` says what is online when, `starter`
//! writes what a new edition and a new article begin with.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod addresses;
mod article;
mod article_file;
mod assemble;
mod body;
mod card;
mod config;
mod content;
mod diagnostics;
mod draft;
mod fixed;
mod front_matter;
#[doc(hidden)]
pub mod fuzzing;
mod keep_old;
mod languages;
mod made;
mod make;
mod media;
mod memory;
mod order;
mod picture;
mod plain;
mod prose;
mod read;
mod recall;
mod sections;
mod slot;
mod spool;
mod starter;
mod timetable;
mod told;
mod values;

#[cfg(test)]
mod tests;

pub use addresses::book::{Book, Owner};
pub(crate) use addresses::key::{is_own as is_place_key, short as place_key};
pub use addresses::permalinks::Permalinks;
pub use addresses::slug::fold;
pub use article::{Article, BundleFile, Translation};
pub use body::players::Player;
pub(crate) use body::players::providers::ORIGINS;
pub(crate) use card::found_unreadable;
pub use config::{
    Banner, EmbedConfig, FeedsConfig, Generator, PicturesConfig, PlayersConfig, PublishConfig,
    Section, SiteConfig,
};
pub use diagnostics::{Diagnostic, Diagnostics, Problem, Severity, groups};
pub(crate) use languages::tags::primary as primary_language;
pub use languages::{direction, label, same_language};
pub use memory::Memory;
pub(crate) use memory::NAME as MEMORY;
pub(crate) use order::by_file;
pub use picture::Picture;
pub use prose::Prose;
pub use read::Edition;
pub use starter::{NewArticle, NewEdition, Texts, WrittenArticle};
pub use timetable::{Change, Event, Failed, Timetable, Why};
pub use told::{Source, Told};
