//! Markdown: what a writer types and what is printed.

use super::*;
use crate::edition::body::labels;

fn html(text: &str) -> String {
    to_html(text, labels::of("vi")).html.replace('\n', "")
}

#[test]
fn a_picture_alone_in_a_paragraph_is_a_figure() {
    assert_eq!(
        html("![Chợ *Vinh*](a.jpg \"Chợ sớm\")"),
        "<figure><img src=\"a.jpg\" alt=\"Chợ Vinh\"><figcaption>Chợ sớm</figcaption></figure>"
    );
    assert_eq!(
        html("[![x](a.jpg)](/b/)"),
        "<figure><a href=\"/b/\"><img src=\"a.jpg\" alt=\"x\"></a></figure>"
    );
}

#[test]
fn pictures_among_words_stay_in_their_paragraph() {
    assert_eq!(
        html("![a](a.jpg \"t\") ![b](b.jpg)"),
        "<p><img src=\"a.jpg\" alt=\"a\" title=\"t\"> <img src=\"b.jpg\" alt=\"b\"></p>"
    );
}

#[test]
fn a_table_has_a_head_a_body_and_sides() {
    assert_eq!(
        html("|a|b|\n|---|--:|\n|1|2|"),
        "<table><thead><tr><th>a</th><th class=\"right\">b</th></tr></thead>\
         <tbody><tr><td>1</td><td class=\"right\">2</td></tr></tbody></table>"
    );
}

#[test]
fn code_keeps_its_language_and_quotes_stay_as_they_are() {
    assert_eq!(
        html("```Rust,ignore\na<b\n```"),
        "<pre><code class=\"language-rust\">a&lt;b</code></pre>"
    );
    assert_eq!(html("\"a\" -- b..."), "<p>&quot;a&quot; -- b...</p>");
}
