//! The headers that a site asks its host to send: its `_headers` file, applied as Netlify and Cloudflare Pages
//! do.

use axum::http::header::{HeaderMap, HeaderName, HeaderValue};

/// The rules of a `_headers` file.
#[derive(Debug, Default)]
pub(super) struct Rules(Vec<(String, Vec<(HeaderName, String)>)>);

impl Rules {
    /// Reads the file. A line that is not understood is left out, as hosts do.
    pub(super) fn read(text: &str) -> Self {
        let mut rules = Self::default();
        for line in text.lines() {
            let indented = line.starts_with([' ', '\t']);
            match (line.trim().split_once(':'), rules.0.last_mut()) {
                (Some((name, value)), Some((_, headers))) if indented => {
                    let name = name.parse::<HeaderName>();
                    headers.extend(name.ok().map(|name| (name, value.trim().to_owned())));
                }
                _ if !indented && line.starts_with('/') => {
                    rules.0.push((line.trim().to_owned(), Vec::new()));
                }
                _ => {}
            }
        }
        rules
    }

    /// Sets the headers of all rules that match a path. They take the place of those that are there; values
    /// that several rules give one header are joined with a comma.
    pub(super) fn apply(&self, path: &str, to: &mut HeaderMap) {
        let mut set: Vec<(&HeaderName, String)> = Vec::new();
        let matching = self.0.iter().filter(|(pattern, _)| matches(pattern, path));
        for (name, value) in matching.flat_map(|(_, headers)| headers) {
            match set.iter_mut().find(|(earlier, _)| *earlier == name) {
                Some((_, joined)) => *joined = format!("{joined}, {value}"),
                None => set.push((name, value.clone())),
            }
        }
        for (name, value) in set {
            if let Ok(value) = HeaderValue::try_from(value) {
                to.insert(name, value);
            }
        }
    }
}

/// Whether a path is what a pattern says; a `*` stands for any characters, slashes too, and `:name` for a part of the
/// path.
fn matches(pattern: &str, path: &str) -> bool {
    if let Some((start, rest)) = pattern.split_once("/:")
        && !start.contains('*')
    {
        let name = rest.find('/').unwrap_or(rest.len());
        return path.strip_prefix(start).and_then(|it| it.strip_prefix('/')).is_some_and(|below| {
            let part = below.find('/').unwrap_or(below.len());
            part > 0 && matches(&rest[name..], &below[part..])
        });
    }
    match pattern.split_once('*') {
        None => pattern == path,
        Some((start, "")) => path.starts_with(start),
        Some((start, end)) => path
            .strip_prefix(start)
            .is_some_and(|rest| rest.char_indices().any(|(at, _)| matches(end, &rest[at..]))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rules_that_match_are_applied_and_joined() {
        let text = "# c\n/*\n  X-A: 1\n/a/*\n  x-a: 2: 3\n  X-B: 4\n  not a header\n/*.svg\n\tX-C: 5\n/*/\n  X-D: 6\n";
        let rules = Rules::read(text);
        let headers = |path: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-a", HeaderValue::from_static("0"));
            rules.apply(path, &mut headers);
            let get = |name: &str| {
                headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or("").to_owned()
            };
            ["x-a", "x-b", "x-c", "x-d"].map(get)
        };
        assert_eq!(headers("/"), ["1", "", "", ""]);
        assert_eq!(headers("/a/b"), ["1, 2: 3", "4", "", ""]);
        assert_eq!(headers("/b/c.svg"), ["1", "", "5", ""]);
        assert_eq!(headers("/b/c.svg/"), ["1", "", "", "6"]);
        assert!(matches("/:a/b/:c/", "/x/b/y/") && matches("/x/:b/*.jpg", "/x/y/z/1.jpg"));
        assert!(!matches("/:a/b/:c/", "/x/b//") && !matches("/:a/:b/", "/x/y/z/"));
    }
}
