//! Absolute addresses: a text of an article as it can be read anywhere.

use std::borrow::Cow;

use url::Url;

use crate::html::Tree;

/// Attributes whose value is one address (HTML, "Attributes").
const ADDRESSES: [&str; 11] = [
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "longdesc",
    "ping",
    "poster",
    "src",
    "xlink:href",
];
/// Attributes whose value is a list of pictures with their sizes (HTML, "Srcset attributes").
const PICTURES: [&str; 2] = ["imagesrcset", "srcset"];

/// The HTML with every address made absolute, as seen from the page at the URL `page`. A place in the article
/// becomes that place on its page.
pub(super) fn html<'h>(html: &'h str, page: &str) -> Cow<'h, str> {
    let Ok(page) = Url::parse(page) else { return Cow::Borrowed(html) };
    let mut tree = Tree::parse(html);
    // What plays is a link in a feed.
    for sound in tree.all(|name| name == "audio") {
        tree.remove(sound);
    }
    for element in tree.elements_mut() {
        for (name, value) in &mut element.attributes {
            if ADDRESSES.contains(&&**name) {
                *value = address(value, &page);
            } else if PICTURES.contains(&&**name) {
                *value = pictures(value, &page);
            }
        }
    }
    Cow::Owned(tree.to_html())
}

/// An address that is one stays as it is where it is absolute already.
fn address(value: &str, page: &Url) -> String {
    match Url::parse(value) {
        Ok(_) => value.to_owned(),
        Err(_) => page.join(value).map_or_else(|_| value.to_owned(), String::from),
    }
}

/// The candidates of a `srcset` (HTML, "Parsing a srcset attribute"): an address ends at white space, or at the commas
/// at its end; a description ends at a comma that is in no brackets.
fn pictures(value: &str, page: &Url) -> String {
    let between = |c: char| c.is_ascii_whitespace() || c == ',';
    let mut rest = value.trim_start_matches(between);
    let mut out: Vec<String> = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (written, behind) = rest.split_at(end);
        let picture = written.trim_end_matches(',');
        let mut candidate = address(picture, page);
        rest = behind;
        if picture.len() == written.len() {
            let mut open = 0_i32;
            let end = behind.find(|c| {
                open += i32::from(c == '(') - i32::from(c == ')');
                c == ',' && open <= 0
            });
            let (description, behind) = behind.split_at(end.unwrap_or(behind.len()));
            if !description.trim().is_empty() {
                candidate.push(' ');
                candidate.push_str(description.trim());
            }
            rest = behind;
        }
        out.push(candidate);
        rest = rest.trim_start_matches(between);
    }
    out.join(", ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_a_text_is_absolute() {
        let page = "https://paper.example/news/tin/a/";
        for (written, printed) in [
            (
                "<a href=\"/news/tin/b/\">b</a>",
                "<a href=\"https://paper.example/news/tin/b/\">b</a>",
            ),
            ("<a href=\"#lua\">b</a>", "<a href=\"https://paper.example/news/tin/a/#lua\">b</a>"),
            ("<a href=\"?x=1\">b</a>", "<a href=\"https://paper.example/news/tin/a/?x=1\">b</a>"),
            ("<a href=\"mailto:a@b.example\">b</a>", "<a href=\"mailto:a@b.example\">b</a>"),
            ("<a href=\"HTTPS://Other.example\">b</a>", "<a href=\"HTTPS://Other.example\">b</a>"),
            ("<img src=\"//cdn.example/x.png\">", "<img src=\"https://cdn.example/x.png\">"),
            ("<q cite=\"../b/\">b</q>", "<q cite=\"https://paper.example/news/tin/b/\">b</q>"),
            (
                "<video poster=\"p.jpg\" src=\"v.mp4\"></video>",
                "<video poster=\"https://paper.example/news/tin/a/p.jpg\" src=\"https://paper.example/news/tin/a/v.mp4\"></video>",
            ),
        ] {
            assert_eq!(html(written, page), printed);
        }
    }

    #[test]
    fn every_picture_of_a_srcset_is_absolute() {
        let page = Url::parse("https://paper.example/tin/a/").unwrap();
        for (written, printed) in [
            (
                "a.jpg 1x, /b.jpg 2x",
                "https://paper.example/tin/a/a.jpg 1x, https://paper.example/b.jpg 2x",
            ),
            (
                " a.jpg, b.jpg 200w",
                "https://paper.example/tin/a/a.jpg, https://paper.example/tin/a/b.jpg 200w",
            ),
            ("x,y.jpg 1x", "https://paper.example/tin/a/x,y.jpg 1x"),
            (
                "a.jpg f(1, 2),b.jpg",
                "https://paper.example/tin/a/a.jpg f(1, 2), https://paper.example/tin/a/b.jpg",
            ),
            (" , ", ""),
        ] {
            assert_eq!(pictures(written, &page), printed, "{written}");
        }
    }
}
