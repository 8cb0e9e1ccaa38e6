//! The table `[players]` of `site.toml`: which sites beside the known ones may play something in an article, after a
//! click.

use url::Url;

use crate::edition::diagnostics::Problem;
use crate::edition::values::fields::{Fields, Lined};
use crate::edition::values::node::Node;

/// What `[players]` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlayersConfig {
    /// The origins whose frames are shown: `https://maps.example.org`, `https://*.example.org`.
    pub frames: Vec<String>,
}

impl PlayersConfig {
    /// Whether a frame with this address may be shown.
    pub(crate) fn may_frame(&self, address: &str) -> bool {
        let Ok(url) = Url::parse(address) else { return false };
        let plain = url.username().is_empty() && url.password().is_none();
        let origin = url.origin().ascii_serialization();
        let fits = |allowed: &String| match allowed.strip_prefix("https://*.") {
            Some(domain) => {
                let host = origin.strip_prefix("https://").unwrap_or_default();
                host.strip_suffix(domain).is_some_and(|it| it.len() > 1 && it.ends_with('.'))
            }
            None => *allowed == origin,
        };
        plain && self.frames.iter().any(fits)
    }
}

impl Fields<'_> {
    pub(crate) fn players(&mut self) -> PlayersConfig {
        self.inner("players").map(|mut it| it.frames()).unwrap_or_default()
    }

    fn frames(&mut self) -> PlayersConfig {
        let items = self.table.get("frames").map(Node::items).unwrap_or_default();
        let texts = if items.is_empty() { Vec::new() } else { self.texts(&["frames"]) };
        let mut frames = Vec::new();
        for Lined { value, line } in texts {
            match origin(&value) {
                Some(origin) if !frames.contains(&origin) => frames.push(origin),
                Some(_) => {}
                None => self.diagnostics.push(line, Problem::PlayerFrame { origin: value }),
            }
        }
        PlayersConfig { frames }
    }
}

/// An origin with `https`, as browsers write it; its first label may be a star.
fn origin(written: &str) -> Option<String> {
    let star = written.strip_prefix("https://*.");
    let url = star.map_or_else(|| written.to_owned(), |rest| format!("https://{rest}"));
    let url = Url::parse(&url).ok().filter(|it| it.scheme() == "https")?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let plain = url.username().is_empty() && url.password().is_none();
    let host = url.host_str()?.to_owned();
    // A star for all names of a country is a slip.
    let narrow = star.is_none() || host.contains('.');
    let sign = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
    if !(bare && plain && narrow && host.chars().all(sign)) {
        return None;
    }
    let origin = url.origin().ascii_serialization();
    Some(if star.is_some() { origin.replacen("https://", "https://*.", 1) } else { origin })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_named_by_its_origin() {
        for (written, read) in [
            ("https://Maps.example.org/", Some("https://maps.example.org")),
            ("https://*.example.org", Some("https://*.example.org")),
            ("https://a.example:8443", Some("https://a.example:8443")),
            ("http://a.example", None),
            ("https://a.example/embed", None),
            ("https://*", None),
            ("https://*.org", None),
            ("https://a.example; script-src *", None),
            ("https://u@a.example", None),
            ("a.example", None),
        ] {
            assert_eq!(origin(written).as_deref(), read, "{written}");
        }
    }

    #[test]
    fn a_frame_is_allowed_by_its_origin_alone() {
        let frames = ["https://a.example", "https://*.b.example"].map(str::to_owned).to_vec();
        let config = PlayersConfig { frames };
        for yes in ["https://a.example/x?y", "https://c.b.example/", "https://d.c.b.example"] {
            assert!(config.may_frame(yes), "{yes}");
        }
        for no in [
            "http://a.example/",
            "https://a.example:444/",
            "https://a.example.evil.example/",
            "https://b.example/",
            "https://evilb.example/",
            "https://u@a.example/",
            "javascript:a",
        ] {
            assert!(!config.may_frame(no), "{no}");
        }
    }
}
