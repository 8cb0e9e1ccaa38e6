//! Reads an edition: a folder with `site.toml`, `content/<section>/**.md` and pictures, in the formats that
//! Hugo, Zola, Jekyll and Eleventy share. What is wrong in it is told by file and line, and everything that is
//! right is ready to print.
//!
//! The rooms: `config` reads `site.toml`, `content` finds the articles' files, `front_matter` and `body` read their
//! two parts, `media` the files beside them, `addresses` gives out addresses, `diagnostics` tells what is wrong.
//! `reader` is the way through them.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod addresses;
mod article;
mod article_file;
mod assemble;
mod body;
mod config;
mod content;
mod diagnostics;
mod front_matter;
#[doc(hidden)]
pub mod fuzzing;
mod media;
mod reader;
mod values;

#[cfg(test)]
mod tests;

pub use addresses::slug::fold;
pub use article::{Article, BundleFile, Picture, Source};
pub use config::{Banner, EmbedConfig, Generator, Section, SiteConfig};
pub use diagnostics::{Diagnostic, Diagnostics, Problem, Severity};
pub use reader::Edition;
