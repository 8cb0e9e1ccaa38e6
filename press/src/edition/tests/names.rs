//! Ids and classes of content, whatever an author writes: they never meet those of the app, and links find them.

use std::collections::HashSet;

use super::edition::{folder, read};
use crate::dice::Dice;
use crate::html::{Element, Tree};

/// What an author may write. `ID` becomes a name.
const PIECES: [&str; 14] = [
    "## ID\n\n",
    "## Head {#ID}\n\n",
    "<h3 id=\"ID\" class=\"app left ID\">x</h3>\n\n",
    "<p id=\"ID\" class=\"app right c-left footnotes\">x</p>\n\n",
    "<span id='ID'>x</span> [l](#ID)\n\n",
    "<a id=ID href=\"#ID\">x</a>\n\n",
    "<table id=ID class=table><tr><td id=ID class=center>x</table>\n\n",
    "|a|b|\n|:-|-:|\n|1|2|\n\n",
    "```app-ID\nx\n```\n\n",
    "a[^ID] b[^ID]\n\n[^ID]: note\n\n",
    "<pre id=ID><code class=\"language-rust app\">x</code></pre>\n\n",
    "<section id=ID role=doc-endnotes class=\"c-app footnote-ref\">x</section>\n\n",
    "<details id=ID open><summary id=ID>x</summary></details>\n\n",
    "[^1]\n\n[^1]: x\n\n",
];
const NAMES: [&str; 18] = [
    "app-root",
    "App root",
    "app",
    "APP-ROOT",
    "app-",
    "c-app-root",
    "app-root-2",
    "fn-1",
    "fnref-1",
    "Đường về",
    "app\u{a0}x",
    "&#97;pp-root",
    "a&#x70;p&#45;main",
    "app&shy;-x",
    "section",
    "x",
    "ấp-root",
    "content",
];

fn elements(html: &str) -> Vec<Element> {
    let tree = Tree::parse(html);
    tree.nodes().filter_map(|node| node.value().element().cloned()).collect()
}

fn values(html: &str, key: &str) -> Vec<String> {
    elements(html).iter().filter_map(|it| it.get(key).map(str::to_owned)).collect()
}

#[test]
fn no_name_of_content_is_one_of_the_app_and_every_link_finds_its_own() {
    let mut dice = Dice(11);
    let articles: Vec<(String, String)> = (0..1500)
        .map(|i| {
            let mut text = String::from("---\ntitle: A\ndate: 2020-01-01\n---\n\n");
            for _ in 0..=dice.roll(8) {
                let piece = PIECES[dice.roll(PIECES.len())];
                text += &piece.replace("ID", NAMES[dice.roll(NAMES.len())]);
            }
            (format!("content/tin/{i}.md"), text)
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        articles.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let (edition, _) = read(folder(&files).path());
    let articles = edition.unwrap().articles;
    assert!(articles.len() > 1400);
    let mut seen = HashSet::new();
    for article in articles {
        let html = article.prose.html().unwrap();
        let mut ids = HashSet::new();
        for element in elements(&html) {
            if let Some(id) = element.get("id") {
                assert!(!id.to_ascii_lowercase().starts_with("app-"), "{id} in {html}");
                assert!(ids.insert(id.to_owned()), "{id} twice in {html}");
            }
            let class = element.get("class").unwrap_or_default();
            for class in class.split_whitespace() {
                assert!(class.starts_with("c-"), "{class} in {html}");
                seen.insert(class.to_owned());
            }
        }
        for href in values(&html, "href") {
            let id = href.strip_prefix('#').unwrap_or(&href);
            // A name with white space is no id.
            let space =
                id.contains("%20") || id.contains("%C2%A0") || id.contains(char::is_whitespace);
            assert!(space || ids.contains(id), "{href} in {html}");
        }
    }
    for class in ["left", "right", "center", "table", "footnotes", "footnote-ref", "footnote-back"]
    {
        assert!(seen.contains(&format!("c-{class}")), "{class}: {seen:?}");
    }
}

#[test]
fn links_lead_to_the_names_as_they_are_printed() {
    let text = "---\ntitle: A\ndate: 2020-01-01\n---\n\n## App root\n\n## App root\n\n## Main\n\n\
        <p id=app-main class=\"app left\">x</p>\n\n\
        [a](#app-root) [b](#App%20root) [c](#app-main) [d](#main) [e](#app-root-2)\n";
    let (edition, _) = read(folder(&[("content/tin/a.md", text.as_bytes())]).path());
    let html = edition.unwrap().articles.remove(0).prose.html().unwrap();
    let ids = values(&html, "id");
    assert_eq!(ids, ["c-app-root", "c-app-root-2", "main", "c-app-main"]);
    let targets = values(&html, "href");
    assert_eq!(targets, ["#c-app-root", "#c-app-root", "#c-app-main", "#main", "#c-app-root-2"]);
    assert!(html.contains("<p id=\"c-app-main\" class=\"c-left\">"), "{html}");
}
