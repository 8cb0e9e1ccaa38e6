//! Escaping: text on its way into HTML.

/// Text between tags.
pub fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text in a quoted attribute.
pub fn attribute(value: &str) -> String {
    text(value).replace('"', "&quot;")
}

/// JSON inside a `<script>`: without `<`, neither `</script>` nor `<!--` can end or hide it
/// (HTML, "Restrictions for contents of script elements").
pub fn json_in_html(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_place() {
        assert_eq!(attribute("a \"b\" <c> & d"), "a &quot;b&quot; &lt;c&gt; &amp; d");
        assert_eq!(json_in_html(r#"{"a":"</script><!--"}"#), r#"{"a":"\u003c/script>\u003c!--"}"#);
    }
}
