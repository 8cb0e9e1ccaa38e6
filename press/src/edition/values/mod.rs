//! Values with their lines: YAML and TOML read into one form, for front matter and `site.toml` alike.

pub(crate) mod fields;
pub(crate) mod node;
pub(crate) mod toml;
pub(crate) mod yaml;
