//! The classes of a site's files: by which names they are known, as a pattern and as a regular expression, and the
//! media types.

use super::paths;

/// The endings of pictures that are published under a name with a hash; SVG has a rule of its own.
pub(super) const PICTURES: [&str; 9] =
    ["jpg", "jpeg", "png", "gif", "webp", "avif", "jfif", "jpe", "apng"];
/// The endings of other files that articles link to, published under a name with a hash.
pub(super) const DOCUMENTS: [&str; 25] = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "csv", "txt", "zip",
    "epub", "ics", "mp3", "mp4", "m4a", "ogg", "opus", "wav", "flac", "webm", "m4v", "vtt",
];

/// The media types of what a site holds, by the ending of the name (IANA, "Media Types").
pub(super) const TYPES: [(&str, &str); 41] = [
    ("html", "text/html; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
    ("svg", "image/svg+xml"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jfif", "image/jpeg"),
    ("jpe", "image/jpeg"),
    ("png", "image/png"),
    ("apng", "image/apng"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/vnd.microsoft.icon"),
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("zip", "application/zip"),
    ("epub", "application/epub+zip"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("wav", "audio/wav"),
    ("flac", "audio/flac"),
    ("webm", "video/webm"),
    ("m4v", "video/mp4"),
    ("vtt", "text/vtt; charset=utf-8"),
];

/// What a file is to its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A page that other sites frame.
    Embed,
    /// The page of a player of another site, which the newspaper's own pages frame.
    Player,
    /// `embed.js`, which partners' pages load.
    EmbedScript,
    /// The same script, named by its bytes.
    PinnedScript,
    /// A part of the shell, named by its bytes.
    Asset,
    /// The service worker.
    Worker,
    /// A page of the newspaper.
    Page,
    /// An SVG picture, named by its bytes.
    Drawing,
    /// Another picture or document, named by its bytes.
    Media,
    /// An SVG picture that keeps its name, such as an icon.
    PlainDrawing,
    /// Everything else: data, feeds, the manifest, icons.
    Other,
}

/// Which paths a rule is about, relative to the base path and decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// This path alone.
    Exact(&'static str),
    /// All paths that begin so.
    Starts(&'static str),
    /// The path of a page: it is empty, ends with a slash, or is `index.html` in its folder.
    Page,
    /// A name with a hash of eight hexadecimal digits before one of these endings: `anh.1a2b3c4d.jpg`.
    Hashed(&'static [&'static str]),
    /// A name with this ending.
    Ending(&'static str),
    /// Any path.
    Any,
}

impl Pattern {
    /// Whether a path is what the pattern says.
    pub fn matches(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        match self {
            Self::Exact(exact) => path == *exact,
            Self::Starts(start) => path.starts_with(start),
            Self::Page => name.is_empty() || name == "index.html",
            Self::Hashed(endings) => {
                let mut parts = name.rsplit('.');
                let (ending, hash) = (parts.next(), parts.next().unwrap_or_default());
                let is_hash = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
                parts.next().is_some_and(|stem| !stem.is_empty() || parts.next().is_some())
                    && ending.is_some_and(|it| endings.contains(&it))
                    && hash.len() == 8
                    && hash.bytes().all(is_hash)
            }
            Self::Ending(ending) => {
                name.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.'))
            }
            Self::Any => true,
        }
    }

    /// The same as a regular expression that RE2, PCRE and JavaScript read alike, without its anchors.
    pub(super) fn regex(&self) -> String {
        match self {
            Self::Exact(exact) => paths::regex(exact),
            Self::Starts(start) => format!("{}.*", paths::regex(start)),
            Self::Page => r"(?:.*/)?(?:index\.html)?".to_owned(),
            Self::Hashed(endings) => {
                format!(r"(?:.*/)?[^/]+\.[0-9a-f]{{8}}\.(?:{})", endings.join("|"))
            }
            Self::Ending(ending) => format!(r".*\.{ending}"),
            Self::Any => ".*".to_owned(),
        }
    }
}

/// The media type of a file, by the ending of its name.
pub fn media_type(name: &str) -> Option<&'static str> {
    let ending = name.rsplit('/').next()?.rsplit_once('.')?.1;
    TYPES.iter().find(|(it, _)| *it == ending).map(|(_, kind)| *kind)
}
