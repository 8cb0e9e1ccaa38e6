//! Reads an edition: a folder with `site.toml`, `content/<section>/**.md` and pictures, in the formats that
//! Hugo, Zola and Jekyll share. What is wrong in it is told by file and line, and everything that is right is
//! ready to print.
//!
//! The way of an article: `walk` finds its file, `article_file` parts it, `front_matter` reads the front matter,
//! `shortcode`, `markdown`, `sanitize` and `finish` turn the body into HTML, `compose` puts both
//! together.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod aliases;
mod article;
mod article_file;
mod body_pictures;
mod compose;
mod conform;
mod dates;
mod editors_note;
mod embed;
mod fields;
mod finish;
mod footnotes;
mod front_matter;
mod front_matter_fields;
mod headings;
mod html;
mod labels;
mod library;
mod links;
mod markdown;
mod names;
mod node;
mod plain;
mod problem;
mod read;
mod sanitize;
mod shortcode;
mod shortcode_args;
mod site;
mod site_fields;
mod size;
mod slug;
mod svg;
mod toml_text;
mod urls;
mod walk;
mod yaml;

#[cfg(test)]
mod tests;

pub use article::{Article, BundleFile, Picture, Source};
pub use embed::EmbedConfig;
pub use problem::{Problem, Report, Severity};
pub use read::Edition;
pub use site::{Banner, Section, SiteConfig};
pub use slug::fold;
