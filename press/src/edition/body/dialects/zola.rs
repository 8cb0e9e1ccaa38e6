//! Zola: shortcodes are calls, `{{ name(a="b") }}` and `{% name(a="b") %}…{% end %}`; any other mark is text to it.

use crate::edition::body::dialects::marks::{self, Kind, Mark};

/// Whether Zola runs a mark that stands in code.
pub(crate) fn runs_in_code(mark: &Mark<'_>) -> bool {
    let called = marks::split_name(mark.inner).is_some_and(|(_, rest)| rest.starts_with('('));
    mark.kind != Kind::Shortcode && (called || mark.inner == "end")
}
