//! The policies that a host sends with pages (Content Security Policy Level 3), beside the one that is in each page.

use super::Answer;
use super::fault::Faults;
use super::mend::Mend;
use crate::html::Tree;

/// What the app needs of a policy, by the directives that stand in its pages.
const NEEDED: [&str; 9] = [
    "script-src",
    "style-src",
    "img-src",
    "media-src",
    "font-src",
    "connect-src",
    "manifest-src",
    "worker-src",
    "frame-src",
];

/// The policy that is in a page.
pub(super) fn inside(html: &str) -> Option<String> {
    let tree = Tree::parse(html);
    tree.nodes().find_map(|node| {
        let element = node.value().element()?;
        let is = |it: &&str| it.eq_ignore_ascii_case("content-security-policy");
        element.get("http-equiv").filter(is)?;
        element.get("content").map(str::to_owned)
    })
}

/// The policy that a page is sent with.
pub(super) fn judge(path: &str, answer: &Answer, faults: &mut Faults) {
    let value = answer.header("content-security-policy");
    if value.is_empty() {
        let what = "it is sent without Content-Security-Policy: other sites may frame it";
        return faults.add("policy", path, Mend::Rules, what);
    }
    let policies: Vec<&str> = value.split(',').collect();
    // What is in one of them holds.
    let first = |name: &str| policies.iter().find_map(|it| directive(it, name));
    let scripts = first("script-src").or_else(|| first("default-src")).unwrap_or("'unsafe-inline'");
    let any = ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"];
    if scripts.split_whitespace().any(|it| any.contains(&it)) {
        let what = format!("its policy lets any script run: script-src {}", scripts.trim());
        faults.add("policy-weak", path, Mend::Rules, what);
    }
    if !policies.iter().any(|it| directive(it, "frame-ancestors") == Some("'none'")) {
        faults.add("policy-weak", path, Mend::Rules, "its policy lets other sites frame it");
    }
    if policies.len() > 1 {
        let what =
            "it is sent with two policies, of which browsers follow what is stricter in either";
        faults.add("policy-twice", path, Mend::Rules, what);
    }
    let Some(wanted) = inside(&answer.text()) else { return };
    if let Some(lack) = policies.iter().find_map(|policy| lack(policy, &wanted)) {
        let what = format!("its policy keeps the app from working: {lack}");
        faults.add("policy-strict", path, Mend::Rules, what);
    }
}

/// What a policy forbids that another allows.
pub(super) fn lack(policy: &str, wanted: &str) -> Option<String> {
    for name in NEEDED {
        let Some(needed) = directive(wanted, name) else { continue };
        // What counts where a directive is not there (section 6.8.3).
        let above: &[&str] = match name {
            "worker-src" => &["child-src", "script-src"],
            "frame-src" => &["child-src"],
            _ => &[],
        };
        let mut given = [name].into_iter().chain(above.iter().copied()).chain(["default-src"]);
        let Some(given) = given.find_map(|it| directive(policy, it)) else { continue };
        let given: Vec<&str> = given.split_whitespace().collect();
        let has = |it: &str| given.contains(&it);
        let allowed = |source: &str| match source {
            it if has(it) || it == "'none'" => true,
            // What runs inline is allowed by its hash, or where all is, and no hash or nonce forbids that.
            it if it.starts_with("'sha") => {
                let one = |it: &&str| it.starts_with("'sha") || it.starts_with("'nonce-");
                has("'unsafe-inline'") && !given.iter().any(one)
            }
            "'wasm-unsafe-eval'" => has("'unsafe-eval'"),
            it if it.starts_with('\'') && it != "'self'" => false,
            it if it.ends_with(':') => false,
            // Of other words for hosts it is not said that they are too few.
            _ => given.iter().any(|it| {
                let other = ["data:", "blob:", "mediastream:", "filesystem:"];
                !it.starts_with('\'') && !other.contains(it)
            }),
        };
        if let Some(source) = needed.split_whitespace().find(|it| !allowed(it)) {
            return Some(format!("{name} lacks {source}"));
        }
    }
    let flags = ["sandbox", "require-trusted-types-for"];
    let flag = flags.into_iter().find(|name| directive(policy, name).is_some());
    flag.map(|name| format!("it has {name}"))
}

/// The value of a directive; empty for one without.
fn directive<'a>(policy: &'a str, name: &str) -> Option<&'a str> {
    policy.split(';').map(str::trim).find_map(|it| {
        let (is, value) = it.split_once(char::is_whitespace).unwrap_or((it, ""));
        is.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_policy_forbids_is_found_and_what_is_broader_is_none() {
        let wanted = "default-src 'none'; script-src 'self' 'sha256-a=' 'wasm-unsafe-eval'; img-src 'self' data:; \
            worker-src 'self'; connect-src 'self'";
        for (policy, lacks) in [
            (wanted, None),
            ("frame-ancestors 'none'", None),
            ("script-src 'self' 'sha256-a=' 'unsafe-eval'; img-src * data:", None),
            ("default-src https: data: 'unsafe-inline' 'unsafe-eval'", None),
            ("script-src 'self'", Some("script-src lacks 'sha256-a='")),
            (
                "script-src 'self' 'unsafe-inline' 'sha256-b=' 'unsafe-eval'",
                Some("script-src lacks 'sha256-a='"),
            ),
            ("script-src 'self' 'sha256-a='", Some("script-src lacks 'wasm-unsafe-eval'")),
            ("SCRIPT-SRC 'none'", Some("script-src lacks 'self'")),
            ("default-src 'self'", Some("script-src lacks 'sha256-a='")),
            ("img-src 'self'", Some("img-src lacks data:")),
            ("connect-src 'none'", Some("connect-src lacks 'self'")),
            ("worker-src 'none'", Some("worker-src lacks 'self'")),
            ("sandbox allow-scripts", Some("it has sandbox")),
            ("img-src 'self' data:; connect-src https://paper.example", None),
            ("child-src 'none'", Some("worker-src lacks 'self'")),
        ] {
            assert_eq!(lack(policy, wanted).as_deref(), lacks, "{policy}");
        }
        let wanted = "frame-src https://www.player.example; manifest-src 'none'";
        assert_eq!(lack("frame-src *.player.example; manifest-src 'self'", wanted), None);
        assert_eq!(
            lack("frame-src 'self' data:", wanted).as_deref(),
            Some("frame-src lacks https://www.player.example")
        );
    }
}
