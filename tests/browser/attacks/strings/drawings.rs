//! SVG pictures. `PARTS` stand inside an `<svg>` element, `WHOLE` are files of their own. `h:` is the namespace
//! of HTML, `s:` that of SVG and `xlink:` that of XLink.

use super::Row;

pub(super) const PARTS: &[Row] = &[
    ("part_script", "<script>RUN</script>"),
    ("part_script_cdata", "<script><![CDATA[RUN]]></script>"),
    ("part_script_href", "<script href='LOAD'/><script xlink:href='LOAD'/>"),
    ("part_script_data", "<script href='data:,RUN'/>"),
    ("part_script_module", "<script type='module'>RUN</script>"),
    ("part_script_prefix", "<s:script>RUN</s:script>"),
    ("part_script_of_html", "<h:script>RUN</h:script>"),
    (
        "part_script_other_namespace",
        "<g xmlns='http://www.w3.org/1999/xhtml'><script>RUN</script></g>",
    ),
    (
        "part_script_in_desc",
        "<desc><h:script>RUN</h:script></desc><title><h:img src='LOAD' onerror='RUN'/></title>",
    ),
    ("part_script_in_defs", "<defs><symbol><script>RUN</script></symbol></defs>"),
    ("part_script_in_switch", "<switch><g requiredExtensions=''><script>RUN</script></g></switch>"),
    (
        "part_handler",
        "<handler type='text/javascript' ev:event='load' xmlns:ev='http://www.w3.org/2001/xml-events'>RUN</handler>",
    ),
    (
        "part_listener",
        "<listener event='load' handler='data:image/svg+xml,x' xmlns='http://www.w3.org/2001/xml-events'/>",
    ),
    ("part_onclick", "<rect width='9' height='9' onclick='RUN'/>"),
    ("part_onload", "<g onload='RUN'/><image href='LOAD' onload='RUN' onerror='RUN'/>"),
    (
        "part_onfocus",
        "<text y='9' tabindex='0' autofocus='' onfocus='RUN' onfocusin='RUN' onactivate='RUN'>a</text>",
    ),
    (
        "part_onbegin",
        "<rect><animate attributeName='x' dur='1ms' onbegin='RUN' onend='RUN' onrepeat='RUN' repeatCount='2'/></rect>",
    ),
    ("part_onbegin_set", "<set attributeName='x' to='1' onbegin='RUN'/>"),
    ("part_style_onload", "<style onload='RUN'>a{}</style>"),
    (
        "part_animation_start",
        "<style>@keyframes k{}</style><g style='animation:k 1s' onanimationstart='RUN'/>",
    ),
    (
        "part_foreign_object",
        "<foreignObject width='9' height='9'><h:p onclick='RUN'>a</h:p><h:script>RUN</h:script></foreignObject>",
    ),
    (
        "part_foreign_frame",
        "<foreignObject><h:iframe src='javascript:RUN'/><h:iframe srcdoc='&lt;script&gt;RUN&lt;/script&gt;'/></foreignObject>",
    ),
    (
        "part_foreign_style",
        "<foreignObject><h:link rel='stylesheet' href='LOAD'/><h:meta http-equiv='refresh' content='0;url=LOAD'/></foreignObject>",
    ),
    (
        "part_html_elements",
        "<h:img src='LOAD' onerror='RUN'/><h:embed src='LOAD'/><h:object data='LOAD'/><h:base href='LOAD'/>",
    ),
    (
        "part_iframe",
        "<iframe src='javascript:RUN'/><embed src='LOAD'/><object data='LOAD'/><audio src='LOAD'/><video src='LOAD'/>",
    ),
    ("part_link", "<a href='javascript:RUN'><text y='9'>a</text></a>"),
    ("part_link_xlink", "<a xlink:href='javascript:RUN'><text y='9'>a</text></a>"),
    (
        "part_link_spelt",
        "<a href='java&#9;script:RUN'><text y='9'>a</text></a><a href=' &#x6A;avascript:RUN'><rect/></a>",
    ),
    (
        "part_link_data",
        "<a href='data:text/html,&lt;script&gt;RUN&lt;/script&gt;' target='_top'><text y='9'>a</text></a>",
    ),
    (
        "part_link_animated",
        "<a><animate attributeName='href' values='javascript:RUN;#' dur='9s'/><text y='9'>a</text></a>",
    ),
    (
        "part_link_set",
        "<a id='NAME'><text y='9'>a</text></a><set href='#NAME' attributeName='href' to='javascript:RUN'/>",
    ),
    (
        "part_link_set_xlink",
        "<a><set attributeName='xlink:href' to='javascript:RUN'/><text y='9'>a</text></a>",
    ),
    (
        "part_link_set_blank",
        "<a><set attributeName=' href ' to='javascript:RUN'/><animate attributeName='HREF' to='javascript:RUN'/><text y='9'>a</text></a>",
    ),
    (
        "part_handler_set",
        "<rect width='9' height='9'><set attributeName='onclick' to='RUN'/><animate attributeName='onmouseover' to='RUN'/></rect>",
    ),
    ("part_use_foreign", "<use href='LOAD#a'/><use xlink:href='LOAD#a'/>"),
    (
        "part_use_data",
        "<use href='data:image/svg+xml,&lt;svg xmlns=&quot;http://www.w3.org/2000/svg&quot; id=&quot;x&quot; onload=&quot;RUN&quot;/&gt;#x'/>",
    ),
    ("part_use_animated", "<use><animate attributeName='href' values='LOAD#a'/></use>"),
    ("part_image", "<image href='LOAD'/><image xlink:href='LOAD'/><image href='javascript:RUN'/>"),
    (
        "part_image_data",
        "<image href='data:image/svg+xml,&lt;svg xmlns=&quot;http://www.w3.org/2000/svg&quot; onload=&quot;RUN&quot;/&gt;'/>",
    ),
    (
        "part_image_both",
        "<image href='data:image/png;base64,AA==' xlink:href='LOAD'/><image xlink:href='#a' href='LOAD'/>",
    ),
    ("part_image_set", "<image><set attributeName='href' to='LOAD'/></image>"),
    (
        "part_feimage",
        "<filter id='NAME'><feImage href='LOAD'/></filter><rect width='9' height='9' filter='url(#NAME)'/>",
    ),
    (
        "part_paint",
        "<rect width='9' height='9' fill='url(LOAD#a)' stroke='url( \"LOAD#a\" )' mask='url(LOAD#m)' clip-path='url(LOAD#c)' filter='url(LOAD#f)'/>",
    ),
    (
        "part_paint_set",
        "<rect width='9' height='9'><set attributeName='fill' to='url(LOAD#a)'/><animate attributeName='mask' values='url(LOAD#b);none' dur='9s'/></rect>",
    ),
    (
        "part_gradient",
        "<linearGradient href='LOAD#a'/><pattern xlink:href='LOAD#p'/><mpath href='LOAD#m'/><textPath href='LOAD#t'/><tref xlink:href='LOAD#r'/>",
    ),
    ("part_cursor", "<cursor href='LOAD'/><rect width='9' height='9' cursor='url(LOAD),auto'/>"),
    (
        "part_style_url",
        "<g style='background:url(LOAD);fill:URL(\"LOAD#a\")'><text y='9'>a</text></g>",
    ),
    (
        "part_style_escape",
        "<rect width='9' height='9' style='fill:\\75rl(LOAD#a)'/><style>rect{mask:u\\72 l(LOAD#a)}</style>",
    ),
    (
        "part_style_comment",
        "<style>rect{fill:/**/url(/**/LOAD#a)} /* ' */ g{mask:url(LOAD)}</style>",
    ),
    (
        "part_style_import",
        "<style>@import 'LOAD';@import url(LOAD);@import/**/\"LOAD\" all;</style>",
    ),
    ("part_style_import_late", "<style>@charset 'x';@IMPORT url('LOAD') layer(a);</style>"),
    ("part_style_import_cdata", "<style><![CDATA[@import 'LOAD';]]></style>"),
    ("part_style_namespace", "<style>@namespace url(LOAD);@document url(LOAD){a{}}</style>"),
    (
        "part_style_font",
        "<style>@font-face{font-family:f;src:url(LOAD)}text{font-family:f}</style><text y='9'>a</text>",
    ),
    (
        "part_style_image_set",
        "<style>rect{mask-image:image-set('LOAD' 1x);background:-webkit-image-set(url(LOAD) 1x)}</style>",
    ),
    (
        "part_style_cross_fade",
        "<style>svg{background:cross-fade(url(LOAD),url(LOAD),50%)}svg{content:src('LOAD')}</style>",
    ),
    ("part_style_string", "<style>a{b:'\n url(LOAD) '} rect{fill:url('LOAD#x')}</style>"),
    ("part_style_close", "<style>&lt;/style&gt;&lt;script&gt;RUN&lt;/script&gt;</style>"),
    (
        "part_style_selector",
        "<style>[href^='#a']{mask:url(LOAD)}svg:has(a){fill:url(LOAD#y)}</style>",
    ),
    ("part_style_property", "<style>:root{--x:url(LOAD)}rect{mask:var(--x)}</style>"),
    (
        "part_style_binding",
        "<g style='-moz-binding:url(LOAD);behavior:url(LOAD);width:expression(RUN)'/>",
    ),
    ("part_href_base", "<g xml:base='LOAD'><use href='#a'/></g><image xml:base='LOAD' href='#b'/>"),
    (
        "part_audio",
        "<audio xlink:href='LOAD'/><video xlink:href='LOAD'/><animation xlink:href='LOAD'/>",
    ),
    (
        "part_text_escaped",
        "<text y='9'>&lt;script&gt;RUN&lt;/script&gt;</text><text><![CDATA[</text><script>RUN</script>]]></text>",
    ),
    (
        "part_attribute_escaped",
        "<g id='&quot; onload=&quot;RUN' class='&quot;&gt;&lt;script&gt;RUN&lt;/script&gt;' font-family='&quot; onload=&quot;RUN'/>",
    ),
    ("part_comment", "<!-- --><script>RUN</script><!-- -->"),
    ("part_instruction", "<?xml-stylesheet href='LOAD'?><?php RUN ?>"),
    ("part_discard", "<discard begin='0s' href='#a' onbegin='RUN'/>"),
    (
        "part_math",
        "<math xmlns='http://www.w3.org/1998/Math/MathML' href='javascript:RUN'><mtext>a</mtext></math>",
    ),
    ("part_nested", "<svg onload='RUN'><svg><script>RUN</script></svg></svg>"),
    ("part_metadata", "<metadata><h:script>RUN</h:script></metadata>"),
];

pub(super) const WHOLE: &[Row] = &[
    (
        "whole_onload",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='RUN' onresize='RUN' onscroll='RUN'/>",
    ),
    ("whole_no_namespace", "<svg width='9' height='9' onload='RUN'><script>RUN</script></svg>"),
    (
        "whole_prefix",
        "<s:svg xmlns:s='http://www.w3.org/2000/svg' width='9' height='9' onload='RUN'><s:script>RUN</s:script></s:svg>",
    ),
    (
        "whole_default_is_html",
        "<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns='http://www.w3.org/1999/xhtml' width='9' height='9'><script>RUN</script></s:svg>",
    ),
    (
        "whole_style_sheet",
        "<?xml-stylesheet type='text/css' href='LOAD'?><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    ),
    (
        "whole_transformation",
        "<?xml-stylesheet type='text/xsl' href='#x'?><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><xsl:stylesheet id='x' version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:template match='/'><script xmlns='http://www.w3.org/1999/xhtml'>RUN</script></xsl:template></xsl:stylesheet></svg>",
    ),
    (
        "whole_entity",
        "<!DOCTYPE svg [<!ENTITY e '&#60;script>RUN&#60;/script>'>]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>&e;</svg>",
    ),
    (
        "whole_entity_handler",
        "<!DOCTYPE svg [<!ENTITY e 'RUN'>]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='&e;'/>",
    ),
    (
        "whole_outer_entity",
        "<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>&e;</svg>",
    ),
    (
        "whole_attribute_list",
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'RUN'><!ATTLIST a href CDATA 'javascript:RUN'>]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><a><text y='9'>a</text></a></svg>",
    ),
    (
        "whole_external",
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'LOAD'><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='RUN'/>",
    ),
    (
        "whole_version",
        "<?xml version='1.0' standalone='no'?><svg xmlns='http://www.w3.org/2000/svg' version='1.2' baseProfile='tiny' contentScriptType='text/javascript' width='9' height='9' onload='RUN'/>",
    ),
    (
        "whole_byte_order_mark",
        "\u{feff}<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='RUN'/>",
    ),
    (
        "whole_utf7",
        "<?xml version='1.0' encoding='UTF-8'?><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>+ADw-script+AD4-RUN+ADw-/script+AD4-</text></svg>",
    ),
    (
        "whole_base",
        "<svg xmlns='http://www.w3.org/2000/svg' xml:base='LOAD' width='9' height='9'><use href='#a'/></svg>",
    ),
    (
        "whole_sized_by_entity",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9&quot; onload=&quot;RUN' height='9' viewBox='0 0 9 9&#34; onload=&#34;RUN'/>",
    ),
];

/// Files that are no picture, or none that can be read: an article that shows one is not published.
pub(super) const REFUSED: &[Row] = &[
    ("refused_html", "<html xmlns='http://www.w3.org/1999/xhtml'><script>RUN</script></html>"),
    ("refused_html_text", "<!doctype html><script>RUN</script>"),
    (
        "refused_html_before",
        "<script>RUN</script><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    ),
    (
        "refused_two_roots",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/><script>RUN</script>",
    ),
    (
        "refused_wrong_namespace",
        "<svg xmlns='http://www.w3.org/1999/xhtml' width='9' height='9'><script>RUN</script></svg>",
    ),
    (
        "refused_many_entities",
        "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaaaaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>&d;</svg>",
    ),
    (
        "refused_endless_entity",
        "<!DOCTYPE svg [<!ENTITY e '&e;'>]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>&e;</svg>",
    ),
    ("refused_unquoted", "<svg xmlns=http://www.w3.org/2000/svg width=9 height=9 onload=RUN>"),
    (
        "refused_doubled_attribute",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' id='a' id='b' onload='RUN'/>",
    ),
    (
        "refused_unknown_prefix",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' xlink:href='javascript:RUN'/>",
    ),
    (
        "refused_stylesheet",
        "<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform' version='1.0'><xsl:template match='/'><script>RUN</script></xsl:template></xsl:stylesheet>",
    ),
];
