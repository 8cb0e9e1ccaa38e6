//! Whether search engines may come: `robots.txt` (RFC 9309) and `X-Robots-Tag`.

use std::path::Path;

use anyhow::Result;

use super::fault::Faults;
use super::mend::Mend;
use super::{Answer, Visit};

const NAME: &str = "robots.txt";

impl Visit<'_> {
    /// The file that search engines ask for at the top of the host. What the print has itself is as it is meant.
    pub(super) fn robots(&self, print: Option<&Path>, faults: &mut Faults) -> Result<()> {
        let answer = self.ask.get_url(self.ask.base().join("/robots.txt")?);
        let printed = print.and_then(|print| std::fs::read(print.join(NAME)).ok());
        if printed.is_some_and(|it| it == answer.plain) {
            return Ok(());
        }
        let what = match answer.status {
            500..=599 => {
                format!("it answers {}, for which search engines stay away", answer.status)
            }
            200 if forbids_all(&answer.text(), self.ask.base().path()) => {
                "it forbids search engines the whole site".to_owned()
            }
            200 if answer.media_type() == "text/html" => {
                "it is a page, which search engines cannot read".to_owned()
            }
            _ => return Ok(()),
        };
        faults.add("robots", NAME, Mend::Rules, what);
        Ok(())
    }
}

/// A page that its host keeps out of search engines, as hosts do with previews.
pub(super) fn tag(path: &str, answer: &Answer, faults: &mut Faults) {
    let value = answer.header("x-robots-tag");
    // A word before a colon names whom it is for.
    let words = value.split([',', ':']).map(|it| it.trim().to_ascii_lowercase());
    if words.into_iter().any(|it| ["noindex", "none"].contains(&it.as_str())) {
        let what =
            format!("it is sent with X-Robots-Tag: {value}, so search engines do not show it");
        faults.add("robots", path, Mend::Rules, what);
    }
}

/// Whether all robots are forbidden everything below a path, by the longest rule that matches it (RFC 9309, section 2.2.2).
fn forbids_all(text: &str, path: &str) -> bool {
    let (mut ours, mut in_names) = (false, false);
    // How much of the path the longest rule matches, and whether it forbids.
    let mut longest = (0, false);
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "user-agent" => {
                ours = value == "*" || (in_names && ours);
                in_names = true;
            }
            rule @ ("allow" | "disallow") => {
                in_names = false;
                let prefix = value.trim_end_matches('*');
                let longer =
                    prefix.len() > longest.0 || (prefix.len() == longest.0 && rule == "allow");
                if ours && !value.is_empty() && path.starts_with(prefix) && longer {
                    longest = (prefix.len(), rule == "disallow");
                }
            }
            _ => {}
        }
    }
    longest.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_forbids_all_is_told_from_what_forbids_some() {
        for (text, path, forbids) in [
            ("User-agent: *\nDisallow: /", "/", true),
            ("User-agent: a\nUser-agent: *\nDisallow: /*", "/", true),
            ("user-agent: *\ndisallow: / # all\n", "/news/", true),
            ("User-agent: *\nDisallow: /news/", "/news/", true),
            ("User-agent: *\nAllow: /\n", "/", false),
            ("User-agent: *\nDisallow:\n", "/", false),
            ("User-agent: *\nDisallow: /admin/", "/", false),
            ("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /", "/", false),
            ("User-agent: *\nDisallow: /\nAllow: /", "/", false),
            ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/", false),
            ("<html>", "/", false),
        ] {
            assert_eq!(forbids_all(text, path), forbids, "{text}");
        }
    }
}
