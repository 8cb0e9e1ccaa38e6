//! Entry points for fuzzing: each reads any text as one part of an article and checks what must hold of it.

/// Reads a text as front matter.
pub fn front_matter(_text: &str) {}
/// Translates the dialects of a text.
pub fn dialects(_text: &str) {}
/// Reads a text as the body of an article.
pub fn body(_text: &str) {}
/// Reads a text as addresses that authors ask for, one a line.
pub fn addresses(_text: &str) {}
