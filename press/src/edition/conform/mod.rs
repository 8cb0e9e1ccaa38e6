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

/// Makes clean HTML valid.
pub(super) fn conform(html: &str) -> String {
    let nodes = place::content(tree::parse(html), place::Place::default());
    tree::print(&nodes)
}

#[cfg(test)]
#[path = "../tests/conform.rs"]
mod tests;
