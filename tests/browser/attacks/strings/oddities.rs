//! Characters and encodings that parsers, editors and readers see in different ways.

use super::Row;

pub(super) const ODDITIES: &[Row] = &[
    ("utf7", "+ADw-script+AD4-RUN+ADw-/script+AD4-"),
    ("utf7_attribute", "<p title=\"+ACI- onclick+AD0-RUN\">a</p>"),
    ("wide_brackets", "＜script＞RUN＜/script＞"),
    ("small_brackets", "﹤script﹥RUN﹤/script﹥ ‹script›RUN‹/script› ≮script≯RUN"),
    ("combining_less_than", "<\u{338}script>RUN</script>"),
    ("variation_selector", "<\u{fe00}script>RUN</script><script\u{fe00}>RUN</script>"),
    ("zero_width_in_tag", "<\u{200b}script>RUN</script><scr\u{200b}ipt>RUN</script>"),
    ("zero_width_in_handler", "<p on\u{200b}click=RUN>a</p>"),
    ("nul_in_tag", "<scr\0ipt>RUN</scr\0ipt><\0script>RUN</script>"),
    ("nul_in_handler", "<p on\0click=RUN>a</p><p onclick\0=RUN>b</p>"),
    ("nul_before_text", "\0<script>RUN</script>"),
    ("byte_order_mark_in_text", "\u{feff}<script>RUN</script>"),
    ("byte_order_mark_in_tag", "<script\u{feff}>RUN</script>"),
    ("override", "\u{202e}<script>RUN</script>\u{202c}<tpircs>"),
    ("isolates", "\u{2066}<img src=broken.png onerror=RUN>\u{2069}"),
    (
        "override_attribute",
        "<bdo dir=rtl onclick=RUN>a</bdo><p dir=\"\u{202e}auto\" onclick=RUN>b</p>",
    ),
    (
        "separator_in_tag",
        "<script\u{2028}>RUN</script>\u{2029}<img\u{2028}src=broken.png\u{2028}onerror=RUN>",
    ),
    ("nbsp_in_tag", "<script\u{a0}>RUN</script>"),
    ("control_characters", "<\u{8}script>RUN</script><script\u{7}>RUN</script>\u{1b}[31m"),
    ("private_use", "\u{e000}<script>RUN</script>\u{f8ff}"),
    ("tag_characters", "\u{e003c}\u{e0073}script\u{e003e}RUN"),
    ("dotted_letters", "<\u{130}MG SRC=broken.png ONERROR=RUN><scr\u{131}pt>RUN</scr\u{131}pt>"),
    ("long_s_script", "<\u{17f}cript>RUN</\u{17f}cript>"),
    ("overlong_by_percent", "<a href=\"%c0%bcscript%c0%beRUN\">a</a>"),
    ("carriage_returns", "<script\r>RUN</script\r><img\rsrc=broken.png\ronerror=RUN>"),
    ("escape_sequences", "\\u003cscript\\u003eRUN\\u003c/script\\u003e \\x3cscript>RUN"),
    ("template_marks", "{{constructor.constructor('RUN')()}} ${RUN} <%= RUN %> #{RUN}"),
    ("hydration_marks", "<!----><!><script>RUN</script><!--hk=1-->"),
    ("press_marks", "<!--press:head--><script>RUN</script><!--press:body-->"),
    ("entities_without_end", "&ltscript&gtRUN&lt/script&gt"),
    ("entities_unknown", "&apos;&lpar;&LT;script&GT;RUN&LT;/script&GT;"),
    ("numbers_of_windows", "&#139;script&#155;RUN&#139;/script&#155;"),
    ("number_too_large", "&#x110000;&#xD800;<script>RUN</script>"),
];

/// Strings whose length is what is tried.
pub(super) fn long() -> Vec<(&'static str, String)> {
    let many = |text: &str, times: usize| text.repeat(times);
    vec![
        ("long_title", format!("<p title=\"{}\" onclick=RUN>a</p>", many("a", 100_000))),
        ("long_handler", format!("<p onclick=\"{}RUN\">a</p>", many("0;", 50_000))),
        ("long_address", format!("<a href=\"{}javascript:RUN\">a</a>", many(" ", 70_000))),
        ("long_tag", format!("<{}><script>RUN</script>", many("a", 70_000))),
        ("many_attributes", format!("<p {} onclick=RUN>a</p>", many("a=b ", 5_000))),
        ("many_entities", format!("<a href=\"{}javascript:RUN\">a</a>", many("&Tab;", 20_000))),
        ("deep_bold", format!("{}<script>RUN</script>{}", many("<b>", 190), many("</b>", 190))),
        (
            "deep_math",
            format!(
                "{}<img src=broken.png onerror=RUN>{}",
                many("<math><mi>", 150),
                many("</mi></math>", 150)
            ),
        ),
        (
            "deep_form",
            format!(
                "{}<p onclick=RUN>a</p>{}",
                many("<form><table>", 60),
                many("</table></form>", 60)
            ),
        ),
        ("deep_brackets", format!("{}a](javascript:RUN)", many("[", 200))),
    ]
}
