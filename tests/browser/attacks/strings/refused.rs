//! Articles that are an error, and so are not published.

use super::Row;

pub(super) const REFUSED: &[Row] = &[
    (
        "refused_language",
        "+++\ntitle = 'a'\ndate = 2026-11-20\nlanguage = '\" onclick=\"RUN'\n+++\nb\n",
    ),
    (
        "refused_image",
        "+++\ntitle = 'a'\ndate = 2026-11-20\nimage = 'https:javascript:RUN'\n+++\nb\n",
    ),
    ("refused_depth", "+++\ntitle = 'a'\ndate = 2026-11-20\n+++\nDEEP<script>RUN</script>\n"),
];
