//! The addresses an edition gives to its articles and their files.

use std::borrow::Cow;

/// Where an article will live.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address<'a> {
    /// What all addresses of the site begin with: `/` or `/news/`.
    pub(super) base: &'a str,
    pub(super) section: &'a str,
    pub(super) slug: &'a str,
}

impl Address<'_> {
    /// The article's page.
    pub(super) fn page(&self) -> String {
        format!("{}{}/{}/", self.base, self.section, self.slug)
    }

    /// A file that is published beside the article's page.
    pub(super) fn file(&self, name: &str) -> String {
        format!("{}{}/{}/{name}", self.base, self.section, self.slug)
    }
}

/// A file of the site itself, such as the banner.
pub(super) fn site_file(base: &str, name: &str) -> String {
    format!("{base}{name}")
}

/// Puts the base path before a path from the site's root, unless it is there already.
pub(super) fn with_base(base: &str, path: &str) -> String {
    if path.starts_with(base) {
        path.to_owned()
    } else {
        format!("{base}{}", path.trim_start_matches('/'))
    }
}

/// Whether an address leads to another host: `https://…`, `//…` and what browsers take for it.
pub(super) fn is_foreign(url: &str) -> bool {
    let lower = url.trim_start().get(..8).unwrap_or(url).to_ascii_lowercase();
    let schemes = ["http://", "https://", "//", "/\\"];
    schemes.iter().any(|scheme| lower.starts_with(scheme))
}

/// Whether an address starts with a scheme, `mailto:` or `c:` alike.
pub(super) fn has_scheme(url: &str) -> bool {
    let end = url.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    let colon = end.is_some_and(|i| url[i..].starts_with(':'));
    colon && url.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// The schemes that a link may have. The others run, or mean nothing to readers.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// An address as browsers read it, without tabs and line breaks (URL Standard, "basic URL parser"), and without
/// the blanks and control characters around it, which are more here than there.
pub(super) fn as_read(url: &str) -> Cow<'_, str> {
    let trimmed = url.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    match trimmed.contains(['\t', '\n', '\r']) {
        true => Cow::Owned(trimmed.replace(['\t', '\n', '\r'], "")),
        false => Cow::Borrowed(trimmed),
    }
}

/// Whether a link may lead to an address that [`as_read`] returned.
pub(super) fn may_lead(url: &str) -> bool {
    let scheme = url.split(':').next().filter(|_| has_scheme(url));
    scheme.is_none_or(|it| SCHEMES.iter().any(|known| it.eq_ignore_ascii_case(known)))
}

/// Whether a web address is one: `http` or `https`, a host, no spaces.
pub(super) fn is_web(url: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| url.get(scheme.len()..))?
    });
    let plain =
        !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\".contains(c));
    plain && rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':']))
}

/// Parts an address into its path and what follows: a query or a fragment.
pub(super) fn split_path(url: &str) -> (&str, &str) {
    url.split_at(url.find(['?', '#']).unwrap_or(url.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_path_is_added_once() {
        assert_eq!(with_base("/", "/a/b/"), "/a/b/");
        assert_eq!(with_base("/news/", "/a/b/"), "/news/a/b/");
        assert_eq!(with_base("/news/", "/news/a/"), "/news/a/");
        assert_eq!(with_base("/news/", "/newsroom/"), "/news/newsroom/");
    }

    #[test]
    fn a_web_address_has_a_scheme_and_a_host() {
        assert!(is_web("https://a.vn/x?y#z") && is_web("HTTP://a.vn"));
        for url in ["https://", "ftp://a", "//a", "a.vn", "https:///x", "https://a b", "https:/a"] {
            assert!(!is_web(url), "{url}");
        }
    }

    #[test]
    fn an_address_that_runs_leads_nowhere_however_it_is_spelt() {
        for url in [
            "javascript:x",
            "JavaScript:x",
            "\u{a0}javascript:x",
            "\u{2003} \u{1}javascript:x\u{85}",
            "\u{3000}java\nscript\t:x",
            "\u{2028}data:text/html,x",
            "vbscript:x",
        ] {
            assert!(!may_lead(&as_read(url)), "{url:?}");
        }
        for url in [" https://a.vn", "/a:b", "#a:b", "MAILTO:a@b.vn", "tel:1", "a/b\n", ":"] {
            assert!(may_lead(&as_read(url)), "{url:?}");
        }
    }

    #[test]
    fn a_scheme_is_told_from_a_name_with_a_colon() {
        assert!(has_scheme("mailto:a@b") && has_scheme("C:\\x"));
        assert!(!has_scheme("/a:b") && !has_scheme("a/b:c") && !has_scheme("#a:b"));
    }
}
