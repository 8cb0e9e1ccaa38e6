//! Styles: what runs, loads, covers the page or reads it by selectors.

use super::Row;

pub(super) const STYLES: &[Row] = &[
    ("style_attribute", "<p style=\"background:url(LOAD)\">a</p>"),
    ("style_javascript", "<p style=\"background:url(javascript:RUN)\">a</p>"),
    ("style_expression", "<p style=\"width:expression(RUN)\">a</p>"),
    ("style_expression_comment", "<p style=\"width:exp/**/ression(RUN)\">a</p>"),
    ("style_binding", "<p style=\"-moz-binding:url(LOAD#a)\">a</p>"),
    ("style_behavior", "<p style=\"behavior:url(LOAD)\">a</p>"),
    ("style_covers", "<p style=\"position:fixed;inset:0;z-index:9999\">a</p>"),
    ("style_list_image", "<li style=\"list-style-image:url(LOAD)\">a</li>"),
    ("style_image_set", "<p style=\"background:image-set('LOAD' 1x)\">a</p>"),
    ("style_cursor", "<p style=\"cursor:url(LOAD),auto\">a</p>"),
    ("style_content", "<p style=\"content:url(LOAD)\">a</p>"),
    ("style_escape", "<p style=\"background:\\75rl(LOAD)\">a</p>"),
    ("style_element", "<style>.prose{background:url(LOAD)}</style>"),
    ("style_import", "<style>@import 'LOAD';</style>"),
    ("style_import_url", "<style>@import url(LOAD);</style>"),
    ("style_font", "<style>@font-face{font-family:x;src:url(LOAD)}*{font-family:x}</style>"),
    ("style_selector_reads", "<style>input[value^=a]{background:url(LOAD)}</style><input value=a>"),
    ("style_in_svg", "<svg><style>*{background:url(LOAD)}</style></svg>"),
    ("style_mask", "<svg><rect width=9 height=9 mask=url(LOAD#a) fill=url(LOAD#b) /></svg>"),
    ("style_media", "<style media=all onload=RUN>a{}</style>"),
    ("style_svg_onload", "<svg><style onload=RUN></style></svg>"),
    ("style_in_comment", "<style><!--</style><script>RUN</script>--></style>"),
    ("old_colours", "<font color=\"red\" onclick=RUN>a</font><center onclick=RUN>b</center>"),
];
