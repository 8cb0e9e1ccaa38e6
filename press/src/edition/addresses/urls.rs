//! The addresses an edition gives to its articles and their files.

/// Where an article will live.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address<'a> {
    /// What all addresses of the site begin with: `/` or `/news/`.
    pub(crate) base: &'a str,
    pub(crate) section: &'a str,
    pub(crate) slug: &'a str,
}

impl Address<'_> {
    /// The article's page.
    pub(crate) fn page(&self) -> String {
        format!("{}{}/{}/", self.base, self.section, self.slug)
    }

    /// A file that is published beside the article's page.
    pub(crate) fn file(&self, name: &str) -> String {
        format!("{}{}/{}/{name}", self.base, self.section, self.slug)
    }
}

/// A file of the site itself, such as the banner.
pub(crate) fn site_file(base: &str, name: &str) -> String {
    format!("{base}{name}")
}

/// Puts the base path before a path from the site's root, unless it is there already.
pub(crate) fn with_base(base: &str, path: &str) -> String {
    if path.starts_with(base) {
        path.to_owned()
    } else {
        format!("{base}{}", path.trim_start_matches('/'))
    }
}

/// Whether an address leads to another host: `https://…`, `//…` and what browsers take for it.
pub(crate) fn is_foreign(url: &str) -> bool {
    let lower = url.trim_start().get(..8).unwrap_or(url).to_ascii_lowercase();
    let schemes = ["http://", "https://", "//", "/\\"];
    schemes.iter().any(|scheme| lower.starts_with(scheme))
}

/// Whether an address starts with a scheme, `mailto:` or `c:` alike.
pub(crate) fn has_scheme(url: &str) -> bool {
    let end = url.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    let colon = end.is_some_and(|i| url[i..].starts_with(':'));
    colon && url.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether a web address is one: `http` or `https`, a host, no spaces.
pub(crate) fn is_web(url: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| url.get(scheme.len()..))?
    });
    let plain =
        !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\".contains(c));
    plain && rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':']))
}

/// Parts an address into its path and what follows: a query or a fragment.
pub(crate) fn split_path(url: &str) -> (&str, &str) {
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
    fn a_scheme_is_told_from_a_name_with_a_colon() {
        assert!(has_scheme("mailto:a@b") && has_scheme("C:\\x"));
        assert!(!has_scheme("/a:b") && !has_scheme("a/b:c") && !has_scheme("#a:b"));
    }
}
