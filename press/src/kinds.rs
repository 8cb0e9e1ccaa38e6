//! What a file is by its name: its media type, and whether compressing it is of use.

use crate::hosts;

/// The value of `Content-Type` for a file of this name: what the rules for hosts say, else what is commonly meant.
/// Texts are in UTF-8.
pub(crate) fn content_type(name: &str) -> Option<String> {
    if let Some(known) = hosts::media_type(name) {
        return Some(known.to_owned());
    }
    let guess = mime_guess::from_path(name).first_raw()?;
    let charset = if guess.starts_with("text/") { "; charset=utf-8" } else { "" };
    Some([guess, charset].concat())
}

/// Whether a file of this name consists of text or code, which compress. Pictures, films and archives are
/// compressed already.
pub(crate) fn compresses(name: &str) -> bool {
    let Some(value) = content_type(name) else { return false };
    let (kind, rest) = value.split_once('/').unwrap_or_default();
    let subtype = rest.split(';').next().unwrap_or_default();
    // Structured suffixes: RFC 6839.
    let format = subtype.rsplit_once('+').map_or(subtype, |(_, suffix)| suffix);
    kind == "text" || matches!(format, "json" | "xml" | "javascript" | "wasm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_code_compress_and_pictures_do_not() {
        let texts =
            "a.html a.json a.css a.js a.svg a.webmanifest a.xml a.rss a.atom a.txt a.wasm a.vtt";
        for name in texts.split(' ') {
            assert!(compresses(name), "{name}");
        }
        for name in
            "a.jpg a.png a.webp a.avif a.mp4 a.mp3 a.pdf a.zip a.br a.gz a.woff2 a".split(' ')
        {
            assert!(!compresses(name), "{name}");
        }
    }
}
