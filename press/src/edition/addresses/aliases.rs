//! Old addresses of an article, from which readers are sent on.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::edition::addresses::urls;
use crate::edition::config::RESERVED_SECTIONS;

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
    let file =
        last.rsplit_once('.').filter(|(_, ending)| ending.chars().all(|c| c.is_ascii_alphabetic()));
    match file {
        None => Ok(format!("/{}/", parts.join("/"))),
        Some((_, "html" | "htm")) => Ok(format!("/{}", parts.join("/"))),
        Some(_) => Err("is not the address of a page"),
    }
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
        ] {
            assert!(normal(alias).is_err(), "{alias}");
        }
    }
}
