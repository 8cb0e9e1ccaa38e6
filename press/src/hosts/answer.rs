//! What a host is to answer, read from the table: the model that the hosts' own answers are compared with.

use percent_encoding::percent_decode_str;

use super::classes::{Class, media_type};
use super::names;
use super::table::{Header, Table};

/// The answer to a request for a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 200, 301 or 404. Hosts that add the slash by themselves do it with any of 301, 302, 307 and 308.
    pub status: u16,
    /// Where a redirect leads: a path, percent-encoded. Hosts may send it as a whole URL.
    pub location: Option<String>,
    /// The headers of the table. A redirect has none. A host that sets headers by path may send an answer of 404
    /// with those of the path.
    pub headers: Vec<Header>,
    /// The media type of the file.
    pub media_type: Option<&'static str>,
    /// The class of the file that is sent.
    pub class: Option<Class>,
}

impl Answer {
    fn redirect(location: String) -> Self {
        let headers = Vec::new();
        Self { status: 301, location: Some(location), headers, media_type: None, class: None }
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, it)| it.as_str())
    }
}

impl Table {
    /// What a host is to answer for `path`, percent-encoded as it stands in the request, without a query. `has` says
    /// whether the site has a file, by its name relative to the site.
    pub fn answer(&self, path: &str, has: impl Fn(&str) -> bool) -> Answer {
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let Some(below) = decoded.strip_prefix(self.base.as_str()) else {
            return match [&decoded, "/"].concat() == self.base {
                true => Answer::redirect(self.location("")),
                false => self.missing(),
            };
        };
        if names::is_hidden(below) {
            return self.missing();
        }
        if let Some(redirect) = self.redirects.iter().find(|it| it.paths().any(|it| it == below)) {
            return Answer::redirect(self.location(&redirect.to));
        }
        let is_folder = below.is_empty() || below.ends_with('/');
        let file = if is_folder { format!("{below}index.html") } else { below.to_owned() };
        if has(&file) {
            return self.file(200, below, &file);
        }
        match !is_folder && has(&format!("{below}/index.html")) {
            true => Answer::redirect(self.location(&format!("{below}/"))),
            false => self.missing(),
        }
    }

    fn missing(&self) -> Answer {
        self.file(404, "404.html", "404.html")
    }

    fn file(&self, status: u16, path: &str, name: &str) -> Answer {
        let rule = self.rule_of(path);
        Answer {
            status,
            location: None,
            headers: rule.into_iter().flat_map(|rule| self.headers(rule)).cloned().collect(),
            media_type: media_type(name),
            class: rule.map(|rule| rule.class),
        }
    }
}
