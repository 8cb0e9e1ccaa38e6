//! What holds for whatever an author writes.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::edition::fuzzing;

/// Pieces of Markdown and HTML whose borders meet in odd ways.
const PIECES: [&str; 64] = [
    "\n\n",
    "\n",
    " ",
    "lúa ",
    "nước",
    "&amp;",
    "&lt;b&gt;",
    "&#8211;",
    "&nbsp;",
    "\u{feff}",
    "e\u{302}\u{301}",
    "\u{0}",
    "\u{8}",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "**",
    "_",
    "`",
    "```\n",
    "    ",
    "|a|b|\n|-|-|\n|1|2|\n",
    "[x](#y)",
    "[^1]",
    "\n[^1]: n\n",
    "![a](https://b.example/c.png)",
    "{#app-x}",
    "<p>",
    "</p>",
    "<b id=z>",
    "</b>",
    "<i>",
    "</i>",
    "<div>",
    "</div>",
    "<a href=\"/x\">",
    "<a name=\"app-y\">",
    "</a>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<h2>",
    "<h3 id=\"h\">",
    "</h3>",
    "<ul>",
    "<li>",
    "</ul>",
    "<dl><dd>",
    "<figure>",
    "<figcaption>",
    "<details>",
    "<summary>",
    "<pre>\n",
    "<ruby><rb>",
    "<rt>",
    "<span class=\"left app\">",
    "<svg><p>",
    "<math><mi>",
    "<button>",
    "<!--",
    "-->",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_body_is_read_as_it_was_printed(pieces in vec(select(&PIECES[..]), 0..24)) {
        fuzzing::html(&pieces.concat());
    }

    #[test]
    fn any_characters_are_printed_safely(text in any::<String>()) {
        fuzzing::html(&text);
    }

    #[test]
    fn front_matter_gives_texts_in_one_form(title in "[ -~àé\u{300}\u{ad}\u{feff}\u{200b}&;<>]{0,40}", tag in any::<String>()) {
        let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let (title, tag) = (quoted(&title), quoted(&tag));
        fuzzing::front_matter(&format!("---\ntitle: {title}\nsummary: {title}\ntags: [{tag}]\nauthor: {tag}\n---\n"));
    }
}
