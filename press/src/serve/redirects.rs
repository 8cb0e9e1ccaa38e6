//! The redirects that a site asks its host for: its `_redirects` file, in the form that Netlify and Cloudflare
//! Pages read. A line is the old path, the new address and a status; the press writes no patterns, and lines
//! with one (`*`, `:name`) or with conditions are left out.

use std::collections::HashMap;

use axum::http::StatusCode;
use percent_encoding::percent_decode_str;

/// Where an old path leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Redirect {
    pub(super) to: String,
    pub(super) status: StatusCode,
    /// Also where there is a file (`301!`).
    pub(super) forced: bool,
}

/// The lines of a `_redirects` file, by the old path in plain letters.
#[derive(Debug, Default)]
pub(super) struct Redirects(HashMap<String, Redirect>);

impl Redirects {
    /// Reads the file. Of two lines for one path the first counts.
    pub(super) fn read(text: &str) -> Self {
        let mut redirects = HashMap::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let (from, redirect) = match *line.split_whitespace().collect::<Vec<_>>() {
                // Without a status: Netlify says 301.
                [from, to] => (from, redirect(to, "301")),
                [from, to, status] => (from, redirect(to, status)),
                _ => continue,
            };
            if let Some(redirect) = redirect.filter(|_| from.starts_with('/'))
                && !from.contains(['*', ':'])
            {
                redirects.entry(plain(from)).or_insert(redirect);
            }
        }
        Self(redirects)
    }

    /// Where a path leads.
    pub(super) fn find(&self, path: &str) -> Option<&Redirect> {
        self.0.get(&plain(path))
    }
}

fn redirect(to: &str, status: &str) -> Option<Redirect> {
    let plain = status.trim_end_matches('!');
    let status_code = match plain {
        "301" => StatusCode::MOVED_PERMANENTLY,
        "302" => StatusCode::FOUND,
        "303" => StatusCode::SEE_OTHER,
        "307" => StatusCode::TEMPORARY_REDIRECT,
        "308" => StatusCode::PERMANENT_REDIRECT,
        _ => return None,
    };
    Some(Redirect { to: to.to_owned(), status: status_code, forced: plain != status })
}

fn plain(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_no_plain_redirects_are_left_out() {
        let text = "# old\n/cu/ /moi/ 301 # a note\n/cu/ /khac/ 302\n/hai /moi/\n/b/* /c/:splat 301\n\
            /p/:id /q 301\n/viet /moi/ 200\n/c /d 301 Country=vn\nx /y 301\n/m%C3%A8o /meo/ 308!\n";
        let redirects = Redirects::read(text);
        let found =
            |path: &str| redirects.find(path).map(|it| (it.to.as_str(), it.status.as_u16()));
        assert_eq!(found("/cu/"), Some(("/moi/", 301)));
        assert_eq!(found("/hai"), Some(("/moi/", 301)));
        assert_eq!(found("/mèo"), Some(("/meo/", 308)));
        assert!(redirects.find("/m%c3%a8o").is_some_and(|it| it.forced));
        assert_eq!(redirects.0.len(), 3);
    }
}
