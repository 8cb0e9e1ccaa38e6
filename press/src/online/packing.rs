//! Answers that are compressed: unpacked as browsers do it, and what is wrong with how they say so.

use std::io::{self, Read};

use crate::kinds;

/// What is longer is not looked at further than this.
const LONGEST: u64 = 64 << 20;
/// What gzip begins with (RFC 1952, section 2.3.1), with the only method that there is.
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];

/// The bytes unpacked, and what browsers would not make of them. `said` is the value of `Content-Encoding`.
pub(super) fn unpacked(path: &str, said: &str, bytes: Vec<u8>) -> (Vec<u8>, Option<String>) {
    let lower = said.to_ascii_lowercase();
    let steps = lower.split(',').map(str::trim).filter(|it| !["", "identity"].contains(it));
    let mut plain = bytes;
    for step in steps.rev() {
        let result = match step {
            "br" => un_brotli(&plain),
            "gzip" | "x-gzip" => un_gzip(&plain),
            other => {
                let what = format!(
                    "it is sent with Content-Encoding: {other}, and br or gzip was asked for: browsers may not read it"
                );
                return (plain, Some(what));
            }
        };
        plain = match result {
            Ok(plain) => plain,
            Err(error) => {
                let what =
                    format!("it is sent with Content-Encoding: {said}, and is not that: {error}");
                return (plain, Some(what));
            }
        };
    }
    let name = if path.is_empty() || path.ends_with('/') { "index.html" } else { path };
    // An archive is meant to be packed.
    if !kinds::compresses(name) {
        return (plain, None);
    }
    let packed = match plain.starts_with(&GZIP) {
        true => un_gzip(&plain).ok().map(|it| ("gzip", it)),
        // Brotli has no mark at its begin; what is no text and can be unpacked is packed.
        false if std::str::from_utf8(&plain).is_err() => {
            un_brotli(&plain).ok().filter(|it| !it.is_empty()).map(|it| ("br", it))
        }
        false => None,
    };
    match packed {
        None => (plain, None),
        Some((kind, inside)) if said.is_empty() => {
            let what = format!("it is compressed and sent without Content-Encoding: {kind}");
            (inside, Some(what))
        }
        Some((kind, inside)) => {
            let what = format!(
                "it is compressed twice: unpacked as Content-Encoding says ({said}) it is {kind} again"
            );
            (inside, Some(what))
        }
    }
}

fn un_brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    whole(brotli::Decompressor::new(bytes, 1 << 14))
}

fn un_gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    whole(flate2::read::MultiGzDecoder::new(bytes))
}

fn whole(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    reader.take(LONGEST).read_to_end(&mut plain)?;
    Ok(plain)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_cannot_unpack_is_named_and_the_rest_is_not() {
        let gzip = |bytes: &[u8]| {
            let mut out = Vec::new();
            flate2::read::GzEncoder::new(bytes, flate2::Compression::fast())
                .read_to_end(&mut out)
                .unwrap();
            out
        };
        let mut br = Vec::new();
        let text = "chợ nổi ".repeat(50).into_bytes();
        brotli::CompressorReader::new(&text[..], 4096, 5, 20).read_to_end(&mut br).unwrap();
        for (path, said, bytes, wrong) in [
            ("a/", "gzip", gzip(&text), None),
            ("a/", "br", br.clone(), None),
            ("a/", "gzip, br", br_of(&gzip(&text)), None),
            ("a/", "identity", text.clone(), None),
            ("a/", "", text.clone(), None),
            ("a/", "", gzip(&text), Some("without Content-Encoding: gzip")),
            ("a.css", "", br.clone(), Some("without Content-Encoding: br")),
            ("a.js", "gzip", gzip(&gzip(&text)), Some("twice")),
            ("a.js", "br", br_of(&gzip(&text)), Some("twice")),
            ("a/", "gzip", text.clone(), Some("is not that")),
            ("a/", "zstd", text.clone(), Some("zstd")),
            ("a/", "aws-chunked", text.clone(), Some("aws-chunked")),
        ] {
            let (plain, told) = unpacked(path, said, bytes);
            assert_eq!(plain, text, "{path} {said}");
            match wrong {
                None => assert_eq!(told, None, "{path} {said}"),
                Some(word) => assert!(told.as_ref().unwrap().contains(word), "{told:?}"),
            }
        }
        assert_eq!(unpacked("a.tar.gz", "", gzip(&text)), (gzip(&text), None));
        assert_eq!(unpacked("a.wasm", "", b"\0asm\x01\0\0\0\xff".to_vec()).1, None);
    }

    fn br_of(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        brotli::CompressorReader::new(bytes, 4096, 5, 20).read_to_end(&mut out).unwrap();
        out
    }
}
