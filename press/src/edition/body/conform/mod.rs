//! Valid HTML: what a body brings is put where the HTML standard lets it stand, or loses its tags; no text is lost.
//!
//! It works on clean HTML (`sanitize`), and what is valid stays as it is.

mod dates;
mod lists;
mod parts;
mod place;
mod spread;
mod tree;
mod values;

use crate::html::Tree;

/// Makes a clean tree valid. It must not be deeper than an article may be.
pub(crate) fn conform(tree: &Tree) -> Tree {
    tree::tree(place::content(tree::nodes(tree), place::Place::default()))
}

#[cfg(test)]
#[path = "../../tests/conform.rs"]
mod tests;
