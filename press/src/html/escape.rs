//! The one escaper: text on its way into HTML. What it prints is right in XML too.

/// Text between tags.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text_into(&mut out, text);
    out
}

/// Text in a quoted attribute; it may stand between tags as well.
pub(crate) fn attribute(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    attribute_into(&mut out, value);
    out
}

/// Adds text between tags.
pub(crate) fn text_into(out: &mut String, text: &str) {
    escape(out, text, |b| matches!(b, b'&' | b'<' | b'>'));
}

/// Adds text in a quoted attribute.
pub(crate) fn attribute_into(out: &mut String, value: &str) {
    escape(out, value, |b| matches!(b, b'&' | b'<' | b'>' | b'"'));
}

fn escape(out: &mut String, text: &str, special: impl Fn(u8) -> bool) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(&special) {
        // All special bytes are ASCII, so both cuts are between characters.
        let (plain, tail) = rest.split_at(at);
        out.push_str(plain);
        out.push_str(match tail.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            _ => "&quot;",
        });
        rest = tail.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// JSON inside a `<script>`: without `<`, neither `</script>` nor `<!--` can end or hide it
/// (HTML, "Restrictions for contents of script elements").
pub(crate) fn json_in_html(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    json_into(&mut out, json);
    out
}

/// Adds the same.
pub(crate) fn json_into(out: &mut String, json: &str) {
    let mut rest = json;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (plain, tail) = rest.split_at(at);
        out.push_str(plain);
        out.push_str("\\u003c");
        rest = tail.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_place() {
        assert_eq!(attribute("a \"b\" <c> & đ"), "a &quot;b&quot; &lt;c&gt; &amp; đ");
        assert_eq!(text("a \"b\" <c> & đ\u{a0}"), "a \"b\" &lt;c&gt; &amp; đ\u{a0}");
        assert_eq!(json_in_html(r#"{"a":"</script><!--"}"#), r#"{"a":"\u003c/script>\u003c!--"}"#);
    }
}
