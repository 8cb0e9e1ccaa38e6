//! The addresses an edition gives to its articles and their files.

use std::borrow::Cow;

/// Where an article will live.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address<'a> {
    /// What all addresses of the site begin with: `/` or `/news/`.
    pub(crate) base: &'a str,
    pub(crate) section: &'a str,
    pub(crate) slug: &'a str,
}

impl Address<'_> {
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

/// The schemes that a link may have. The others run, or mean nothing to readers.
pub(crate) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// An address as browsers read it, without tabs and line breaks (URL Standard, "basic URL parser"), with two slashes
/// behind `http:` whatever is there, and without the blanks and control characters around it, which are more here
/// than there.
pub(crate) fn as_read(url: &str) -> Cow<'_, str> {
    let trimmed = url.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    let read = match trimmed.contains(['\t', '\n', '\r']) {
        true => Cow::Owned(trimmed.replace(['\t', '\n', '\r'], "")),
        false => Cow::Borrowed(trimmed),
    };
    let is_web = |scheme: &str| ["http", "https"].iter().any(|it| it.eq_ignore_ascii_case(scheme));
    if let Some((scheme, rest)) = read.split_once(':').filter(|(scheme, _)| is_web(scheme)) {
        let host = rest.trim_start_matches(['/', '\\']);
        if rest.strip_prefix("//") != Some(host) {
            return Cow::Owned(format!("{scheme}://{host}"));
        }
    }
    read
}

/// Whether a link may lead to an address that [`as_read`] returned.
pub(crate) fn may_lead(url: &str) -> bool {
    if url.len() > 1 && url.bytes().all(|b| matches!(b, b'/' | b'\\')) {
        // A host without a name.
        return false;
    }
    let scheme = url.split(':').next().filter(|_| has_scheme(url));
    scheme.is_none_or(|it| SCHEMES.iter().any(|known| it.eq_ignore_ascii_case(known)))
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

/// The path of an address on the host of `site`, with its query and fragment: `http` and `https`, with and without
/// `www.`, in capitals or not, are one host.
pub(crate) fn host_path<'a>(site: &str, url: &'a str) -> Option<&'a str> {
    let (host, path) = split_host(url)?;
    let (own, _) = split_host(site)?;
    let bare = |host: &str| {
        let host = host.to_ascii_lowercase();
        let host = host.trim_end_matches(":443").trim_end_matches(":80").trim_end_matches('.');
        host.strip_prefix("www.").unwrap_or(host).to_owned()
    };
    (bare(host) == bare(own)).then_some(path)
}

/// The path of an address of this site from the site's root, where the address says the host.
pub(crate) fn of_site<'a>(site: &str, url: &'a str) -> Option<&'a str> {
    let path = host_path(site, url)?;
    let base = split_host(site).map_or("/", |(_, path)| path);
    // The slash at the end of the base is the one at the path's begin.
    let below = path.strip_prefix(base.trim_end_matches('/'));
    Some(below.filter(|it| it.starts_with('/')).unwrap_or(path))
}

/// Parts an address with a host into the host and what follows.
fn split_host(url: &str) -> Option<(&str, &str)> {
    let rest = match url.split_once("//")? {
        ("", rest) => rest,
        (scheme, rest) => {
            let web = ["http:", "https:"].iter().any(|it| it.eq_ignore_ascii_case(scheme));
            web.then_some(rest)?
        }
    };
    let at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    Some(rest.split_at(at))
}

/// An address with the characters that none may have (URL Standard, "URL writing") encoded as a browser would.
pub(crate) fn encoded(url: &str) -> Cow<'_, str> {
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
        ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\u{fffd}' => true,
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
    fn a_host_is_known_in_every_spelling() {
        let site = "https://bao.example/tin/";
        for (url, path, below) in [
            ("https://bao.example/tin/x/", "/tin/x/", "/x/"),
            ("HTTP://www.Bao.example/a?b#c", "/a?b#c", "/a?b#c"),
            ("//bao.example:443/tin/", "/tin/", "/"),
            ("https://bao.example", "", ""),
            ("https://bao.example/tintuc/", "/tintuc/", "/tintuc/"),
        ] {
            assert_eq!((host_path(site, url), of_site(site, url)), (Some(path), Some(below)));
        }
        for url in [
            "https://bao.example.org/",
            "https://a.vn//bao.example/",
            "ftp://bao.example/",
            "/x//y",
        ] {
            assert_eq!(host_path(site, url), None, "{url}");
        }
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
    fn an_address_that_runs_leads_nowhere_however_it_is_spelt() {
        for url in [
            "javascript:x",
            "JavaScript:x",
            "\u{a0}javascript:x",
            "\u{2003} \u{1}javascript:x\u{85}",
            "\u{3000}java\nscript\t:x",
            "//",
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
    fn the_web_begins_with_two_slashes() {
        for url in ["http:a.vn/b", "http:/a.vn/b", "http:\\\\a.vn/b", "ht\ntp:///a.vn/b"] {
            assert_eq!(as_read(url), "http://a.vn/b");
        }
        for url in ["HTTP://a.vn", "//a.vn", "/http:/a", "mailto:a", "x?http:a"] {
            assert_eq!(as_read(url), url);
        }
    }

    #[test]
    fn a_scheme_is_told_from_a_name_with_a_colon() {
        assert!(has_scheme("mailto:a@b") && has_scheme("C:\\x"));
        assert!(!has_scheme("/a:b") && !has_scheme("a/b:c") && !has_scheme("#a:b"));
    }
}
