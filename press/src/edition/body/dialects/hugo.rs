//! Hugo: shortcodes `{{< name >}}` and `{{% name %}}` run everywhere, in code too; `{{ … }}` is text to it.

use crate::edition::body::dialects::marks::{Kind, Mark};

/// Whether Hugo runs a mark that stands in code.
pub(crate) fn runs_in_code(mark: &Mark<'_>) -> bool {
    mark.kind == Kind::Shortcode
}
