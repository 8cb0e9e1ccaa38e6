//! What a host answered, beside what the table says.

use std::fmt;

use press::hosts::{Answer as Expected, Class};

use crate::http::{Answer, header};

/// What an answer differs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Status,
    Location,
    /// A header of the table, by its name.
    Header(String),
    Type,
    Body,
}

/// One difference.
#[derive(Debug, Clone)]
pub(crate) struct Difference {
    pub(crate) path: String,
    pub(crate) class: Option<Class>,
    pub(crate) part: Part,
    pub(crate) expected: String,
    pub(crate) found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, part, expected, found, .. } = self;
        write!(f, "{path}: {part:?}: {found:?} in place of {expected:?}")
    }
}

/// The headers that the table speaks of. What it does not say for a path must not be sent there.
const SPOKEN_OF: [&str; 9] = [
    "cache-control",
    "content-security-policy",
    "x-frame-options",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "access-control-allow-origin",
    "service-worker-allowed",
];

/// Compares an answer with the one that is expected. `body` is what the file has.
pub(crate) fn compare(
    path: &str,
    expected: &Expected,
    body: &[u8],
    found: &Answer,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut differs = |part, expected: &str, found: &str| {
        let (path, class) = (path.to_owned(), None);
        let (expected, found) = (expected.to_owned(), found.to_owned());
        differences.push(Difference { path, class, part, expected, found });
    };
    let status = found.status().as_u16();
    let is_right = match expected.status {
        // Both are permanent.
        301 => [301, 308].contains(&status),
        other => status == other,
    };
    if !is_right {
        differs(Part::Status, &expected.status.to_string(), &status.to_string());
    } else if let Some(location) = &expected.location {
        let sent = path_of(header(found, "location"));
        if same_path(sent) != same_path(location) {
            differs(Part::Location, location, sent);
        }
    } else {
        for name in SPOKEN_OF {
            let right = expected.header(name).unwrap_or_default();
            let sent = header(found, name);
            let is_right = match (expected.status, name) {
                (404, "cache-control") => !sent.contains("immutable"),
                // A host that sets headers by path sends those of the path.
                (404, _) => true,
                (_, "cache-control") => same_cache(right, sent),
                _ => right == sent,
            };
            if !is_right {
                differs(Part::Header(name.to_owned()), right, sent);
            }
        }
        let (right, sent) =
            (expected.media_type.unwrap_or_default(), header(found, "content-type"));
        if !same_type(right, sent) {
            differs(Part::Type, right, sent);
        }
        if found.body() != body {
            let begin =
                |bytes: &[u8]| String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
            differs(Part::Body, &begin(body), &begin(found.body()));
        }
    }
    let class = expected.class;
    differences.into_iter().map(|it| Difference { class, ..it }).collect()
}

/// The path of a URL, or of what is one already.
fn path_of(location: &str) -> &str {
    let below =
        location.split_once("://").map(|(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    below.unwrap_or(location)
}

/// Percent-encoding may be in small or capital letters (RFC 3986, section 6.2.2.1), and hosts leave more or less of a
/// path as it is.
fn same_path(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// Whether two values of `Cache-Control` mean the same. "May be kept, must be asked for" has two spellings (RFC 9111,
/// sections 5.2.2.2 and 5.2.2.4).
fn same_cache(right: &str, sent: &str) -> bool {
    let is_asked_for = |value: &str| {
        let parts: Vec<&str> = value.split(',').map(str::trim).collect();
        parts.contains(&"no-cache")
            || parts.contains(&"max-age=0") && parts.contains(&"must-revalidate")
    };
    right == sent || is_asked_for(right) && is_asked_for(sent)
}

/// Whether two media types are the same to a browser: JavaScript has an older name (RFC 9239, section 6), and only
/// plain text needs its character set, because all else of a site says it itself or has but one.
fn same_type(right: &str, sent: &str) -> bool {
    let part = |value: &str| {
        let (name, rest) = value.split_once(';').unwrap_or((value, ""));
        let name = name.trim().to_ascii_lowercase();
        let name =
            if name == "application/javascript" { "text/javascript".to_owned() } else { name };
        (name, rest.replace(' ', "").to_ascii_lowercase())
    };
    let ((right, right_set), (sent, sent_set)) = (part(right), part(sent));
    let set_is_right = sent_set == right_set || sent_set.is_empty() && right != "text/plain";
    // A file without a known type is sent with any.
    right.is_empty()
        || right == sent && (set_is_right || right_set.is_empty() && sent_set == "charset=utf-8")
}
