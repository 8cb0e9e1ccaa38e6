//! Beginnings: the files of a new edition, and the file of a new article.

mod article;
mod edition;
mod quote;

pub use article::{NewArticle, WrittenArticle};
pub use edition::{NewEdition, Texts};

#[cfg(test)]
#[path = "../tests/starter.rs"]
mod tests;
