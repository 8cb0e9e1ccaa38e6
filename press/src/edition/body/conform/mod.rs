//! Valid HTML: what a body brings is put where the HTML standard lets it stand, or loses its tags; no text is lost.
//!
//! It works on clean HTML (`sanitize`), and what is valid stays as it is.

mod dates;
mod grid;
mod lists;
mod parts;
mod place;
mod spread;
mod tree;
mod values;

use crate::html::Tree;

pub(crate) use values::OF_TARGET;

/// How many bytes the tags may have that go around the text in blocks instead of around the blocks.
const MOST_SPREAD: usize = 1 << 20;

/// Makes a clean tree valid. It must not be deeper than an article may be.
pub(crate) fn conform(tree: &Tree) -> Tree {
    let nodes = tree::nodes(tree);
    let unwraps = spread::cost(&nodes) > MOST_SPREAD;
    tree::tree(place::content(nodes, place::Place { unwraps, ..place::Place::default() }))
}

#[cfg(test)]
#[path = "../../tests/conform.rs"]
mod tests;
