//! Media types of what a site holds.

/// How a file is sent.
pub(super) struct Kind {
    /// The value of `Content-Type`.
    pub(super) mime: &'static str,
    /// Whether compressing it is of use.
    pub(super) compresses: bool,
}

/// The kind of a file, by its extension.
pub(super) fn of(name: &str) -> Kind {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let (mime, compresses) = match extension {
        "html" => ("text/html; charset=utf-8", true),
        "json" => ("application/json; charset=utf-8", true),
        "css" => ("text/css; charset=utf-8", true),
        "js" => ("text/javascript; charset=utf-8", true),
        "wasm" => ("application/wasm", true),
        "svg" => ("image/svg+xml", true),
        "webmanifest" => ("application/manifest+json", true),
        "xml" => ("application/xml; charset=utf-8", true),
        "txt" | "md" => ("text/plain; charset=utf-8", true),
        "jpg" | "jpeg" => ("image/jpeg", false),
        "png" => ("image/png", false),
        "webp" => ("image/webp", false),
        "avif" => ("image/avif", false),
        "gif" => ("image/gif", false),
        _ => ("application/octet-stream", false),
    };
    Kind { mime, compresses }
}
