//! Jekyll's Liquid: `{% tag %}` and `{{ value | filter }}` run before Markdown, in code as well.

use crate::edition::body::dialects::marks::{Kind, Mark};

/// Whether Liquid runs a mark that stands in code.
pub(crate) fn runs_in_code(mark: &Mark<'_>) -> bool {
    mark.kind != Kind::Shortcode
}
