//! The body of an article: `dialects` translates what other generators write, `markdown` makes HTML of it,
//! `sanitize` makes a safe tree of that, `conform` a valid one, and `postprocess` gives pictures, links and headings what they need;
//! `players` makes cards of what plays.

pub(crate) mod avif;
mod conform;
pub(crate) mod dialects;
mod footnotes;
pub(crate) mod headings;
pub(crate) mod labels;
pub(crate) mod link_lines;
pub(crate) mod links;
pub(crate) mod markdown;
pub(crate) mod names;
pub(crate) mod plain;
pub(crate) mod players;
pub(crate) mod postprocess;
pub(crate) mod sanitize;
