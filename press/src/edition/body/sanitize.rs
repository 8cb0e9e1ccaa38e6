//! The allow-list: everything an article brings passes through a real HTML5 parser here, and what is not
//! listed is not printed. No scripts, no styles, no frames, no foreign pictures; ids and classes are those that
//! `names` makes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use ammonia::{Builder, Url, UrlRelative};

use crate::edition::{addresses::urls, body::names};
use crate::html::Tree;
use crate::text::composed;

const TAGS: [&str; 69] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
    "address",
    "aside",
    "footer",
];

const ATTRIBUTES: [(&str, &[&str]); 14] = [
    ("a", &["href", "hreflang"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("q", &["cite"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope", "abbr"]),
    ("time", &["datetime"]),
];

/// The classes that content may ask for, beside the language of code.
const CLASSES: [&str; 13] = [
    "left",
    "center",
    "right",
    "footnotes",
    "footnote-ref",
    "footnote-back",
    // Links that `players` makes cards of.
    "player",
    "player-iframe",
    "player-embed",
    "player-object",
    "player-video",
    "player-audio",
    "player-chapters",
];

const ROLES: [&str; 4] = ["doc-noteref", "doc-backlink", "doc-endnotes", "img"];

/// Before an id of the press: a footnote's, or one in the attributes of a Markdown heading. It changes with every run and is cut off here, so no author can guess it.
pub(crate) static OURS: LazyLock<String> = LazyLock::new(|| {
    let chance = RandomState::new().hash_one("ours");
    format!("ours-{chance:016x}-")
});

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = allow_list();
    cleaner.attribute_filter(|element, attribute, value| match attribute {
        "id" | "name" => id(value),
        "class" => classes(element, value),
        "cite" => {
            let is_right = urls::is_web(value) && Url::parse(value).is_ok();
            is_right.then_some(Cow::Borrowed(value))
        }
        "role" => ROLES.contains(&value).then_some(Cow::Borrowed(value)),
        _ => Some(Cow::Borrowed(value)),
    });
    cleaner
});

fn allow_list() -> Builder<'static> {
    let attributes = ATTRIBUTES.map(|(tag, names)| (tag, names.iter().copied().collect()));
    let mut list = Builder::empty();
    list.tags(TAGS.into_iter().collect())
        .tag_attributes(attributes.into_iter().collect::<HashMap<_, HashSet<_>>>())
        .generic_attributes(
            ["lang", "dir", "title", "id", "name", "class", "role", "aria-label"].into(),
        )
        .clean_content_tags(["script", "style", "template", "noscript", "title"].into())
        .url_schemes(urls::SCHEMES.into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    list
}

/// Makes HTML safe. The result, printed and parsed again, is the same.
pub(crate) fn clean(html: &str, has_raw_html: bool) -> Tree {
    let mut bytes = Vec::with_capacity(html.len());
    // Writing into memory cannot fail, and what is printed is UTF-8.
    let _ = CLEANER.clean(html).write_to(&mut bytes);
    let printed = simdutf8::basic::from_utf8(&bytes).unwrap_or_default();
    if let Some(tree) = Tree::of_printed(printed) {
        return tree;
    }
    let mut printed = printed.to_owned();
    let mut tree = Tree::parse(&printed);
    if has_raw_html {
        // Taking a tag out can leave what no parser would build (a paragraph in a paragraph): parse again
        // until nothing moves.
        for _ in 0..4 {
            let again = tree.to_html();
            if again == printed {
                break;
            }
            tree = Tree::parse(&again);
            printed = again;
        }
    }
    tree
}

fn id(value: &str) -> Option<Cow<'_, str>> {
    if let Some(own) = value.strip_prefix(OURS.as_str()) {
        return Some(names::id(own));
    }
    let plain = !value.is_empty() && !value.contains(char::is_whitespace);
    plain.then(|| Cow::Owned(names::id_of_author(&composed(value))))
}

fn classes<'v>(element: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let language = |class: &str| {
        let name = class.strip_prefix("language-");
        element == "code"
            && name.is_some_and(|n| {
                n.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-#_.".contains(&b))
            })
    };
    let player = |class: &str| element == "a" || !class.starts_with("player");
    // The size of what a link plays, `size-560x315`.
    let size = |class: &str| {
        let size = class.strip_prefix("size-").and_then(|it| it.split_once('x'));
        let number =
            |it: &str| (1..=5).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_digit());
        element == "a" && size.is_some_and(|(width, height)| number(width) && number(height))
    };
    let length = |class: &str| {
        let length = class.strip_prefix("length-").unwrap_or_default();
        element == "a"
            && (1..=5).contains(&length.len())
            && length.bytes().all(|b| b.is_ascii_digit())
    };
    let listed = |class: &str| CLASSES.contains(&class) && player(class);
    let kept =
        value.split_whitespace().filter(|c| listed(c) || language(c) || size(c) || length(c));
    let kept: Vec<String> = kept.map(names::class).collect();
    (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::{OURS, Tree};

    fn clean(html: &str) -> String {
        super::clean(html, true).to_html()
    }

    #[test]
    fn nothing_that_runs_or_styles_is_left() {
        for bad in [
            "<script>alert(1)</script>",
            "<style>p{}</style>",
            "<iframe src=\"https://a\"></iframe>",
            "<form action=\"/\"><input></form>",
            "<svg><script>1</script></svg>",
            "<math><mi xlink:href=\"javascript:1\"></mi></math>",
            "<!-- comment -->",
        ] {
            assert_eq!(clean(bad), "", "{bad}");
        }
        assert_eq!(clean("<p onclick=\"x()\" style=\"color:red\" class=\"app\">a</p>"), "<p>a</p>");
        for url in ["javascript:alert(1)", "data:text/html,x", " java\nscript:x", "vbscript:x"] {
            assert_eq!(clean(&format!("<a href=\"{url}\">a</a>")), "<a>a</a>");
        }
    }

    #[test]
    fn ids_of_authors_are_set_apart_from_ours() {
        let ours = OURS.as_str();
        assert_eq!(
            clean(&format!("<p id=\"{ours}fn-1\">a</p><p id=\"fn-1\">b</p>")),
            "<p id=\"fn-1\">a</p><p id=\"c-fn-1\">b</p>"
        );
    }

    #[test]
    fn what_a_newspaper_needs_is_left() {
        for good in [
            "<details open=\"\"><summary>a</summary><p>b</p></details>",
            "<p><abbr title=\"x\">a</abbr><kbd>b</kbd><sub>1</sub><mark>m</mark><q cite=\"https://a.vn/a\">q</q></p>",
            "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
            "<p lang=\"en\" dir=\"ltr\"><bdi>x</bdi> <time datetime=\"2020\">y</time></p>",
            "<dl><dt>a</dt><dd>b</dd></dl>",
        ] {
            assert_eq!(clean(good), good);
        }
    }

    #[test]
    fn the_result_prints_as_itself() {
        for odd in [
            "<p>a<button><p>b</p></button></p>",
            "<pre>\n\na</pre>",
            "<table><tr><td>a<p>b</table>c",
            "<a href=x>1<a href=y>2</a>",
            "<p><svg><p>x</svg>",
            "<b><p>1</b>2</p>",
        ] {
            let once = clean(odd);
            assert_eq!(Tree::parse(&once).to_html(), once, "{odd}");
        }
    }
}
