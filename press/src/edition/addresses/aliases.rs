//! Old addresses of an article, from which readers are sent on.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::edition::addresses::reserved::RESERVED_SECTIONS;
use crate::edition::addresses::urls;

/// A name of a folder or a file may have 255 bytes, and `index.html` comes behind it.
const LONGEST: usize = 240;
/// A path may have 4,096 bytes, those of the output folder before it.
const LONGEST_PATH: usize = 1000;

/// The path of an alias in one form: from the site's root, a folder unless it names an HTML file.
pub(crate) fn normal(alias: &str) -> Result<String, &'static str> {
    if urls::has_scheme(alias) || urls::is_foreign(alias) {
        return Err("leads to another site");
    }
    let Ok(path) = percent_decode_str(alias).decode_utf8() else {
        return Err("is not UTF-8");
    };
    let odd = |c: char| c.is_control() || "\\?#:*<>|\"%".contains(c);
    if path.contains(odd) {
        return Err("holds characters that a path cannot have");
    }
    let path: String = path.nfc().collect();
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| matches!(*part, "." | "..")) {
        return Err("leaves its folder");
    }
    if parts.last() == Some(&"index.html") {
        parts.pop();
    }
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return Err("is the front page");
    };
    if RESERVED_SECTIONS.contains(first) {
        return Err("is where the site keeps files of its own");
    }
    if parts.iter().any(|part| part.starts_with('.') || part.ends_with(['.', ' '])) {
        return Err("holds a name that not every host has");
    }
    if path.len() > LONGEST_PATH || parts.iter().any(|part| part.len() > LONGEST) {
        return Err("is too long");
    }
    let ending = last.rsplit_once('.').map(|(_, ending)| ending);
    match ending.filter(|ending| ending.chars().all(|c| c.is_ascii_alphabetic())) {
        Some("html" | "htm") => Ok(format!("/{}", parts.join("/"))),
        Some(_) if !path.ends_with('/') => Err("is not the address of a page"),
        _ => Ok(format!("/{}/", parts.join("/"))),
    }
}

/// The name of the file that stands at an alias, relative to the site.
pub(crate) fn file(alias: &str) -> String {
    let path = alias.trim_start_matches('/');
    if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_a_path_from_the_root() {
        for (alias, path) in [
            ("/thoi-su/old/", "/thoi-su/old/"),
            ("2015/01/09/x", "/2015/01/09/x/"),
            ("/a/b.html", "/a/b.html"),
            ("/a//b/index.html", "/a/b/"),
            ("/v1.2/", "/v1.2/"),
            ("/v1.2", "/v1.2/"),
            ("/bao.vn/", "/bao.vn/"),
            ("/a/b.html/", "/a/b.html"),
            ("/ch%E1%BB%A3-pho%CC%9B%CC%89", "/chợ-phở/"),
        ] {
            assert_eq!(normal(alias).as_deref(), Ok(path));
        }
    }

    #[test]
    fn an_alias_that_leaves_the_site_is_refused() {
        for alias in [
            "../a",
            "/a/../../b",
            "/%2e%2e/a",
            "https://a.vn/",
            "//a.vn/x",
            "javascript:x",
            "/",
            "",
            "/a\\..\\b",
            "/a?b",
            "/page/2/",
            "/feed.xml",
            "/%00",
            "/index.html",
            "/.git/hooks/",
            "/a/.htaccess/",
            "/a./b/",
            "/story.php",
        ] {
            assert!(normal(alias).is_err(), "{alias}");
        }
        assert!(normal(&"x".repeat(250)).is_err() && normal(&"x/".repeat(600)).is_err());
    }

    #[test]
    fn an_alias_is_a_file_of_its_own() {
        assert_eq!(file("/a/b.html"), "a/b.html");
        assert_eq!(file("/a/b/"), "a/b/index.html");
    }
}
