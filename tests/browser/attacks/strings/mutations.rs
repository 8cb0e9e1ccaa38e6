//! HTML that one parser reads in another way than the next: what a filter saw as text becomes an element.

use super::Row;

pub(super) const MUTATIONS: &[Row] = &[
    (
        "mglyph_comment",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=broken.png onerror=RUN&gt;\" src=dot.png></table></mtext></math>",
    ),
    (
        "svg_paragraph_style",
        "<svg></p><style><a id=\"</style><img src=broken.png onerror=RUN>\"></style></svg>",
    ),
    (
        "svg_style_title",
        "<svg><style><p title=\"</style><img src=broken.png onerror=RUN>\"></style></svg>",
    ),
    (
        "svg_inner_paragraph",
        "<svg><p><style><g title=\"</style><img src=broken.png onerror=RUN>\"></style></svg>",
    ),
    (
        "svg_style_entities",
        "<svg><style>&lt;/style&gt;&lt;img src=broken.png onerror=RUN&gt;</style></svg>",
    ),
    (
        "svg_foreign_object",
        "<svg><foreignObject><p onclick=RUN>a</p><img src=broken.png onerror=RUN></foreignObject></svg>",
    ),
    ("svg_desc", "<svg><desc><img src=broken.png onerror=RUN></desc></svg>"),
    (
        "svg_title_style",
        "<svg><title><style><img title=\"</style></title><img src=broken.png onerror=RUN>\"></style></title></svg>",
    ),
    ("svg_cdata", "<svg><![CDATA[><img src=broken.png onerror=RUN>]]></svg>"),
    ("svg_desc_cdata", "<svg><desc><![CDATA[</desc><script>RUN</script>]]></desc></svg>"),
    ("svg_script_entities", "<svg><script>&#116;op.ran_NAME=1</script></svg>"),
    ("svg_font_breaks_out", "<svg><font color=red><img src=broken.png onerror=RUN></svg>"),
    (
        "svg_in_table",
        "<table><caption><svg><style><img src=dot.png title=\"</style><img src=broken.png onerror=RUN>\"></svg></table>",
    ),
    (
        "math_annotation",
        "<math><annotation-xml encoding=\"text/html\"><style><img title=\"</style><img src=broken.png onerror=RUN>\"></style></annotation-xml></math>",
    ),
    (
        "math_annotation_svg",
        "<math><annotation-xml><svg><mi><script>RUN</script></svg></annotation-xml></math>",
    ),
    ("math_mtext_script", "<math><mtext><script>RUN</script></mtext></math>"),
    ("math_mi_img", "<math><mi><img src=broken.png onerror=RUN></mi></math>"),
    (
        "math_malignmark",
        "<math><mtext><malignmark><style><!--</style><img title=\"--&gt;&lt;script&gt;RUN&lt;/script&gt;\" src=dot.png></mtext></math>",
    ),
    (
        "math_table_moved",
        "<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title=\"</style><img src=broken.png onerror=RUN>\"></style></h1></mtext></math>",
    ),
    (
        "noscript_title",
        "<noscript><p title=\"</noscript><img src=broken.png onerror=RUN>\"></noscript>",
    ),
    (
        "noscript_style",
        "<noscript><style></noscript><img src=broken.png onerror=RUN></style></noscript>",
    ),
    ("noscript_comment", "<noscript><!--</noscript><img src=broken.png onerror=RUN>--></noscript>"),
    ("xmp_title", "<xmp><p title=\"</xmp><img src=broken.png onerror=RUN>\"></xmp>"),
    (
        "noembed_title",
        "<noembed><p title=\"</noembed><img src=broken.png onerror=RUN>\"></noembed>",
    ),
    (
        "noframes_title",
        "<noframes><p title=\"</noframes><img src=broken.png onerror=RUN>\"></noframes>",
    ),
    ("iframe_title", "<iframe><p title=\"</iframe><img src=broken.png onerror=RUN>\"></iframe>"),
    (
        "textarea_title",
        "<textarea><p title=\"</textarea><img src=broken.png onerror=RUN>\"></textarea>",
    ),
    ("title_title", "<title><p title=\"</title><img src=broken.png onerror=RUN>\"></title>"),
    ("listing", "<listing>&lt;img src=broken.png onerror=RUN&gt;</listing>"),
    ("xmp_text", "<xmp><img src=broken.png onerror=RUN></xmp>"),
    ("template", "<template><img src=broken.png onerror=RUN><script>RUN</script></template>"),
    (
        "shadow_root",
        "<div><template shadowrootmode=open><img src=broken.png onerror=RUN><script>RUN</script></template></div>",
    ),
    ("select_script", "<select><option><script>RUN</script></option></select>"),
    ("select_iframe", "<select><iframe><script>RUN</script></iframe></select>"),
    ("select_style", "<select><style></select><img src=broken.png onerror=RUN></style></select>"),
    ("option_img", "<select><option><img src=broken.png onerror=RUN></option></select>"),
    (
        "table_misnested",
        "<table><tr><a href=/><td><img src=broken.png onerror=RUN></a><script>RUN</script></table>",
    ),
    (
        "table_in_table",
        "<table><td><table><img src=broken.png onerror=RUN></table><p onclick=RUN>a</table>",
    ),
    ("caption_in_form", "<form><table><form onsubmit=RUN></table></form>"),
    (
        "colgroup_template",
        "<table><colgroup><template><script>RUN</script></template></colgroup></table>",
    ),
    ("button_paragraph", "<p><button><p onclick=RUN>a</p></button></p>"),
    ("paragraphs_nested", "<b><p onclick=RUN></b><img src=broken.png onerror=RUN></p>"),
    ("links_nested", "<a href=/><b><a href=javascript:RUN>a</a></b></a>"),
    ("ruby_script", "<ruby><rtc><rt><script>RUN</script></rt></rtc></ruby>"),
    ("nobr_nested", "<nobr onclick=RUN><nobr onclick=RUN>a</nobr></nobr>"),
    ("image_is_img", "<image src=broken.png onerror=RUN>"),
    ("comment_short", "<!--><img src=broken.png onerror=RUN>-->"),
    ("comment_dash", "<!---><img src=broken.png onerror=RUN>-->"),
    ("comment_bang", "<!-- --!><img src=broken.png onerror=RUN> -->"),
    ("comment_inside", "<!-- <!-- --><img src=broken.png onerror=RUN> -->"),
    ("comment_conditional", "<!--[if gte IE 4]><script>RUN</script><![endif]-->"),
    ("comment_downlevel", "<![if !IE]><script>RUN</script><![endif]>"),
    ("cdata", "<![CDATA[><img src=broken.png onerror=RUN>]]>"),
    ("processing_instruction", "<?xml a=\"><img src=broken.png onerror=RUN>\"?>"),
    ("doctype", "<!DOCTYPE a \"><img src=broken.png onerror=RUN>\">"),
    ("bogus_end_tag", "</ ><img src=broken.png onerror=RUN></#><b onclick=RUN>a</b>"),
    ("double_less_than", "<<img src=broken.png onerror=RUN>><<b onclick=RUN>a</b>"),
    ("percent_tag", "<%<img src=broken.png onerror=RUN>%>"),
    ("script_in_script", "<scr<script>ipt>RUN</scr</script>ipt>"),
    ("script_taken_out", "<scr<b></b>ipt>RUN</script>"),
    ("script_blank_end", "<script >RUN</script\n x>"),
    ("script_slash", "<script/x>RUN</script/x>"),
    ("script_double_escape", "<script><!--<script></script>RUN//--></script>"),
    ("script_capital", "<SCRIPT>RUN</SCRIPT>"),
    ("alt_breaks_out", "<img src=dot.png alt='\"><script>RUN</script>'>"),
    ("alt_backticks", "<img src=dot.png alt=\"``onload=RUN \">"),
    ("title_breaks_out", "<p title=\"&quot;&gt;&lt;script&gt;RUN&lt;/script&gt;\">a</p>"),
    (
        "title_escaped_twice",
        "<p title=\"&amp;quot;&amp;gt;&amp;lt;img src=broken.png onerror=RUN&amp;gt;\">a</p>",
    ),
    ("lang_breaks_out", "<p lang='\" onclick=RUN x=\"' dir='\" onclick=RUN'>a</p>"),
    (
        "label_breaks_out",
        "<p aria-label='\"><script>RUN</script>' role='doc-noteref\" onclick=RUN'>a</p>",
    ),
    ("class_breaks_out", "<code class='language-a\"onclick=RUN left\" onclick=RUN'>a</code>"),
    ("id_breaks_out", "<p id='a\"onclick=RUN//'>a</p><h2 id='a\"onclick=RUN//'>b</h2>"),
    (
        "href_breaks_out",
        "<a href='/?\" onclick=\"RUN'>a</a><a href=\"/x.md#&quot;onclick=RUN//\">b</a>",
    ),
    ("number_breaks_out", "<ol start='1\" onclick=\"RUN'><li value='2\" onclick=RUN'>a</li></ol>"),
    ("width_breaks_out", "<img src=dot.png width='1\" onload=\"RUN' height='1\" onload=RUN'>"),
    (
        "time_breaks_out",
        "<time datetime='\" onclick=RUN'>a</time><td colspan='\" onclick=RUN'>b</td>",
    ),
    ("text_escaped_twice", "<p>&amp;lt;img src=broken.png onerror=RUN&amp;gt;</p>"),
    (
        "text_escaped",
        "<p>&lt;script&gt;RUN&lt;/script&gt;</p><pre>&lt;img src=broken.png onerror=RUN&gt;</pre>",
    ),
    ("pre_line_break", "<pre>\n\n<img src=broken.png onerror=RUN></pre>"),
    ("nbsp_in_title", "<p title=\"&nbsp;&quot;&nbsp;onclick=RUN\">a&nbsp;<b>b</b></p>"),
];
