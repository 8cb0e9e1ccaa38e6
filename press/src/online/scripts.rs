//! What has been done to a page on the way, as far as the page alone shows it: the press writes no script but those that its
//! own policy allows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::policy;
use crate::html::{Node, Tree};

/// What services write into pages, and what it is known as.
const MARKS: [(&str, &str); 3] = [
    ("data-cfemail", "addresses of mail are hidden"),
    ("/cdn-cgi/l/email-protection", "addresses of mail are hidden"),
    ("data-pagespeed-", "PageSpeed rewrites pages"),
];

/// What was changed in a page of the app, if anything was.
pub(super) fn changed(html: &str, base: &Url) -> Option<String> {
    let tree = Tree::parse(html);
    let elements = || tree.nodes().filter_map(|it| Some((it, it.value().element()?)));
    if !elements().any(|(_, it)| it.get("id") == Some("app-root")) {
        return Some("it has no app: something shows another page in its place".to_owned());
    }
    if let Some((_, what)) = MARKS.iter().find(|(mark, _)| html.contains(mark)) {
        return Some(format!("{what}: something rewrites pages"));
    }
    let Some(policy) = policy::inside(html) else {
        return Some("its own policy, in <meta>, is gone: something rewrites pages".to_owned());
    };
    for (node, script) in elements().filter(|(_, it)| &*it.name == "script") {
        let kind = script.get("type").unwrap_or_default().to_ascii_lowercase();
        if ["application/json", "application/ld+json"].contains(&kind.as_str()) {
            continue;
        }
        if !["", "module", "text/javascript", "speculationrules"].contains(&kind.as_str()) {
            return Some(format!(
                "it has a script of the type {kind:?}: something holds scripts back, such as Rocket Loader, and the app does not \
                 start"
            ));
        }
        let added = match script.get("src") {
            Some(src) => {
                let own = base.join(src).is_ok_and(|it| it.origin() == base.origin());
                (!own || src.contains("/cdn-cgi/")).then(|| format!("a script of {src}"))
            }
            None => {
                let text: String = node
                    .children()
                    .filter_map(|it| match it.value() {
                        Node::Text(text) => Some(text.as_str()),
                        _ => None,
                    })
                    .collect();
                let hash = STANDARD.encode(Sha256::digest(text.as_bytes()));
                (!policy.contains(&hash)).then(|| {
                    let start: String = text.trim().chars().take(40).collect();
                    format!("a script that begins with {start:?}")
                })
            }
        };
        if let Some(what) = added {
            return Some(format!("something puts {what} into pages, which their policy forbids"));
        }
    }
    None
}
