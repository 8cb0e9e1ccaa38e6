//! Languages: which one an article is in, how file names say so, which articles are translations of each other.

pub(crate) mod file_names;
mod links;
pub(crate) mod tags;
pub(crate) mod translations;
pub(crate) mod version;

pub use links::label;
pub use tags::{direction, same as same_language};

/// The language of an article. The only place that decides it: what the front matter says, else the file's name or
/// folder, else the section, else the site.
pub(crate) fn of(
    front_matter: Option<&str>,
    file: Option<&str>,
    section: Option<&str>,
    site: &str,
) -> String {
    front_matter.or(file).or(section).unwrap_or(site).to_owned()
}
