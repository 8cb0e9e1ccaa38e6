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

/// An address with the characters that none may have (URL Standard, "URL writing") encoded as a browser would.
pub(super) fn encoded(url: &str) -> Cow<'_, str> {
    // Brackets belong into the host of an address and nowhere else.
    let host = url.find("//").map(|at| at + 2);
    let host_end =
        host.map_or(0, |at| url[at..].find(['/', '?', '#']).map_or(url.len(), |i| at + i));
    let (path, fragment) =
        (url.find(['?', '#']).unwrap_or(url.len()), url.find('#').unwrap_or(url.len()));
    let bad = |at: usize, c: char| match c {
        '%' => {
            let hex = url.as_bytes().get(at + 1..at + 3);
            !hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
        }
        '#' => at > fragment,
        '[' | ']' => at >= host_end,
        ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => true,
        _ => c.is_control() || c.is_whitespace(),
    };
    if !url.char_indices().any(|(at, c)| bad(at, c)) {
        return Cow::Borrowed(url);
    }
    let mut out = String::with_capacity(url.len() + 16);
    for (at, c) in url.char_indices() {
        match c {
            '\\' if at < path => out.push('/'),
            _ if bad(at, c) => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
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
    fn what_an_address_must_not_have_is_encoded() {
        for (written, right) in [
            ("https://a.vn/b?c=d&e#f", "https://a.vn/b?c=d&e#f"),
            ("https://a.vn/báo/%C3%A1", "https://a.vn/báo/%C3%A1"),
            ("https://a.vn/a b|c{d}^`", "https://a.vn/a%20b%7Cc%7Bd%7D%5E%60"),
            ("https://a.vn/100%?x=50%#y", "https://a.vn/100%25?x=50%25#y"),
            ("https://[::1]/a[1]?b[]=2", "https://[::1]/a%5B1%5D?b%5B%5D=2"),
            ("#a#b", "#a%23b"),
            ("https://a.vn\\b?\\", "https://a.vn/b?%5C"),
            ("mailto:a@b.vn?subject=Xin chào", "mailto:a@b.vn?subject=Xin%20chào"),
        ] {
            assert_eq!(encoded(written), right);
            assert_eq!(encoded(right), right);
        }
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
