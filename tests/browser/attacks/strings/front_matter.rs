//! Front matter, as TOML: texts that meet HTML in the head, the page, its data, lists and embeds.

use super::Row;

pub(super) const FRONT_MATTER: &[Row] = &[
    ("title_script", "title = '<script>RUN</script>'"),
    ("title_ends_title", "title = '</title><script>RUN</script>'"),
    ("title_ends_data", "title = '</script><script>RUN</script><!--<script>'"),
    ("title_ends_attribute", "title = '\"><img src=broken.png onerror=RUN>'"),
    ("title_entities", "title = '&lt;img src=broken.png onerror=RUN&gt; &amp;lt;script>'"),
    ("title_escapes", "title = '\\u003cscript>RUN\\u003c/script> <\\/script>'"),
    ("title_comment", "title = '--><script>RUN</script><!--'"),
    ("title_separators", "title = \"a\\u2028<script>RUN</script>\\u2029\\u0085\""),
    ("title_override", "title = \"\\u202e<script>RUN</script>\\u2066\\u200b\""),
    ("title_control", "title = \"\\u0001\\u0008<script>RUN</script>\\u001f\""),
    ("title_press_mark", "title = '<!--press:head--><!--press:body--><script>RUN</script>'"),
    ("title_cdata", "title = ']]><script>RUN</script><![CDATA['"),
    ("title_template", "title = '{{constructor}} ${RUN} <%= RUN %>'"),
    ("summary_script", "summary = '\"><script>RUN</script>'"),
    ("summary_markdown", "summary = '[a](javascript:RUN) <img src=broken.png onerror=RUN>'"),
    ("summary_ends_attribute", "summary = '\" http-equiv=refresh content=\"0;url=LOAD'"),
    ("summary_entities", "description = '&quot;&gt;&lt;script&gt;RUN&lt;/script&gt;'"),
    ("summary_escaped", "summary = '\\<script>RUN\\</script>'"),
    ("authors_script", "authors = ['<script>RUN</script>', '\" onclick=RUN x=\"']"),
    ("author_ends_data", "author = '</script><svg onload=RUN>'"),
    (
        "source_name",
        "source = { name = '<img src=broken.png onerror=RUN>', url = 'https://paper.example/?\u{202e}' }",
    ),
    ("source_quote", "source_url = \"https://paper.example/'onclick='RUN\""),
    ("source_is_text", "source = '\"><script>RUN</script>'"),
    (
        "tags_script",
        "tags = ['<script>RUN</script>', '\" onclick=RUN', '</script><script>RUN</script>']",
    ),
    ("tags_of_zola", "taxonomies = { tags = ['<svg onload=RUN>'] }"),
    (
        "image_words",
        "image = { src = 'dot.png', alt = '\" onload=\"RUN', caption = '<script>RUN</script>', credit = '</figcaption><img src=broken.png onerror=RUN>' }",
    ),
    (
        "image_words_apart",
        "image = 'dot.png'\nimage_alt = '\"><script>RUN</script>'\nimage_caption = '[a](javascript:RUN)'\nimage_credit = '&lt;script&gt;RUN&lt;/script&gt;'",
    ),
    ("image_query", "image = 'dot.png?\"onload=\"RUN'"),
    ("image_foreign", "image = 'https://paper.example/\" onerror=\"RUN'"),
    ("corrected", "corrected = '</p><script>RUN</script> \" onclick=RUN'"),
    ("withdrawn", "withdrawn = '</p><script>RUN</script> &lt;img src=broken.png onerror=RUN&gt;'"),
    ("alias", "aliases = [\"/old/NAME'onclick='RUN/\"]"),
    ("slug", "slug = \"x'onclick='RUN\""),
    ("language_private", "language = 'en-x-onclick'"),
];
