//! What other generators write into an article, in the words of Markdown and HTML. The way through:
//!
//! 1. `verbatim`: `highlight`, `raw`, comments and escaped marks, which may hold anything.
//! 2. `calls`: the marks of templates (`marks` finds them, `expression` knows values, `figure` and `embed` what is
//!    shown, `place` where an address is expected). What is unknown goes, with a warning.
//! 3. `excerpt`: the text before `<!--more-->` is the lede of an article that has none.
//! 4. `wordpress`, then `kramdown`: their shortcodes and attribute lists.
//! 5. `text`: addresses with blanks; `bare`: bare addresses, names of emoji.
//!
//! `hugo`, `zola`, `liquid` and `nunjucks` say what is peculiar to a generator, `lined_text` keeps the lines, `code` knows
//! where nothing may be touched, `braces` cuts out what stands in others. Every step takes a time that grows with the
//! length of the text.

mod args;
mod bare;
mod braces;
mod calls;
mod code;
mod embed;
mod excerpt;
mod expression;
mod figure;
mod hugo;
mod kramdown;
mod lined_text;
mod liquid;
mod marks;
mod nunjucks;
mod place;
mod text;
mod verbatim;
mod wordpress;
mod zola;

use std::fmt;

use crate::edition::body::dialects::lined_text::LinedText;
use crate::edition::body::dialects::marks::Mark;
use crate::edition::config::Generator;
use crate::edition::diagnostics::FileDiagnostics;
use crate::text::permitted_lines;

/// What a body's marks mean depends on these.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The generator that the edition was written for, where it is known.
    pub(crate) generator: Option<Generator>,
    /// The line of the file that the body begins on.
    pub(crate) first_line: usize,
    pub(crate) site_title: &'a str,
    pub(crate) site_address: &'a str,
    /// What ends the lede, where the front matter says it.
    pub(crate) separator: Option<&'a str>,
    /// Whether an address leads to a file of the edition, or to another site.
    pub(crate) exists: &'a (dyn Fn(&str) -> bool + 'a),
    /// A value of the front matter.
    pub(crate) value: &'a (dyn Fn(&str) -> Option<String> + 'a),
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self {
            generator: None,
            first_line: 1,
            site_title: "",
            site_address: "",
            separator: None,
            exists: &|_| false,
            value: &|_| None,
        }
    }
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("generator", &self.generator).finish_non_exhaustive()
    }
}

/// A body in Markdown and HTML alone.
#[derive(Debug)]
pub(crate) struct Translated {
    pub(crate) text: String,
    /// The words before the mark that ends the lede.
    pub(crate) lede: Option<String>,
}

/// Translates a body.
pub(crate) fn translate(
    body: &str,
    context: &Context<'_>,
    diagnostics: &mut FileDiagnostics,
) -> Translated {
    // What no document may hold is taken out first: behind it, two braces would become a mark.
    let body = &*permitted_lines(body);
    let mut source = LinedText::new(body, context.first_line);
    if body.contains("{{") || body.contains("{%") || body.contains("{#") {
        source = verbatim::translate(&source, context.generator);
        source = calls::translate(&source, context, diagnostics);
    }
    let lede_ends = excerpt::cut(&mut source, context.separator);
    let lede_ends = lede_ends.map(|at| source.text.split_at(at).0.to_owned());
    source = wordpress::translate(source, diagnostics);
    source = kramdown::translate(source, context.generator);
    let text = text::translate(source.text);
    let lede = lede_ends.and_then(|before| {
        // Its marks were told of above.
        let mut told = FileDiagnostics::new(&diagnostics.file);
        let before = wordpress::translate(LinedText::new(&before, 1), &mut told);
        excerpt::words(&kramdown::translate(before, context.generator).text)
    });
    Translated { text, lede }
}

/// Whether a generator runs a mark that stands in code. Where no generator is known, code is left alone.
fn runs_in_code(generator: Option<Generator>, mark: &Mark<'_>) -> bool {
    match generator {
        Some(Generator::Hugo) => hugo::runs_in_code(mark),
        Some(Generator::Zola) => zola::runs_in_code(mark),
        Some(Generator::Jekyll | Generator::Eleventy) => liquid::runs_in_code(mark),
        None => false,
    }
}

#[cfg(test)]
#[path = "../../tests/dialects/mod.rs"]
mod tests;
