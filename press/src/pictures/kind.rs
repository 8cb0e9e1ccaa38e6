//! What a picture is: its first bytes say it, whatever its name says.

use imagesize::ImageType;
use serde::{Deserialize, Serialize};

/// The pictures that browsers show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Jpeg,
    Png,
    Gif,
    Webp,
    Avif,
    Svg,
}

impl Kind {
    /// The kind of these bytes, or why no browser shows them.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, String> {
        // AVIF and HEIC are one container, and of its two brands some files name only the general one.
        let is_avif = bytes.get(4..8) == Some(b"ftyp")
            && brands(bytes).any(|it| it == b"avif" || it == b"avis");
        match imagesize::image_type(bytes) {
            Ok(ImageType::Jpeg) => Ok(Self::Jpeg),
            Ok(ImageType::Png) => Ok(Self::Png),
            Ok(ImageType::Gif) => Ok(Self::Gif),
            Ok(ImageType::Webp) => Ok(Self::Webp),
            _ if is_avif => Ok(Self::Avif),
            Ok(ImageType::Heif(_)) => {
                Err("it is a HEIC picture, which most browsers do not show".into())
            }
            Ok(other) => {
                let name = format!("{other:?}").to_uppercase();
                Err(format!("it is a {name} picture, which browsers do not show"))
            }
            Err(_) => Self::of_text(bytes),
        }
    }

    fn of_text(bytes: &[u8]) -> Result<Self, String> {
        if bytes.is_empty() {
            return Err("it is empty".into());
        }
        let text = String::from_utf8_lossy(bytes);
        let root = root(&text).to_ascii_lowercase();
        let local = root.rsplit(':').next().unwrap_or_default();
        let is_page =
            text.trim_start().get(..14).is_some_and(|it| it.eq_ignore_ascii_case("<!doctype html"));
        match local {
            _ if is_page => Err("it is a web page (HTML) and no picture".into()),
            "svg" => Ok(Self::Svg),
            "html" | "head" | "body" => Err("it is a web page (HTML) and no picture".into()),
            _ if text.contains(['\u{fffd}', '\0']) => Err("it is no picture".into()),
            _ => Err("it is text and no picture".into()),
        }
    }

    /// What people call it.
    pub(crate) fn called(self) -> &'static str {
        match self {
            Self::Jpeg => "a JPEG picture",
            Self::Png => "a PNG picture",
            Self::Gif => "a GIF picture",
            Self::Webp => "a WebP picture",
            Self::Avif => "an AVIF picture",
            Self::Svg => "an SVG picture",
        }
    }

    /// The ending that every host knows.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Avif => "avif",
            Self::Svg => "svg",
        }
    }

    /// Whether a file of this kind may end so (in small letters).
    pub(crate) fn fits(self, ending: &str) -> bool {
        match self {
            Self::Jpeg => matches!(ending, "jpg" | "jpeg" | "jfif" | "jpe"),
            Self::Png => matches!(ending, "png" | "apng"),
            _ => ending == self.ending(),
        }
    }

    /// The ending under which it is published: as it was written if hosts know that for this kind.
    pub(crate) fn published(self, written: &str) -> &str {
        match (self, written) {
            (Self::Jpeg, "jpeg") => written,
            _ => self.ending(),
        }
    }
}

/// The brands of an ISO media file (ISO/IEC 14496-12, "ftyp"): the major one and the compatible ones.
fn brands(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let length = bytes.first_chunk().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    let all = bytes.get(8..length.min(bytes.len())).unwrap_or_default();
    // After the major brand comes its version.
    all.chunks_exact(4).enumerate().filter(|(at, _)| *at != 1).map(|(_, brand)| brand)
}

/// The name of the first element of XML or HTML, or nothing.
fn root(text: &str) -> &str {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let after = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>")
        } else if let Some(doctype) = rest.strip_prefix("<!") {
            // An internal subset holds ">" of its own.
            let end = match (doctype.find('['), doctype.find('>')) {
                (Some(subset), Some(end)) if subset < end => "]",
                _ => ">",
            };
            doctype
                .split_once(end)
                .map(|(name, rest)| (name, rest.trim_start_matches([' ', '\n', '>'])))
        } else {
            break;
        };
        let Some((_, after)) = after else { return "" };
        rest = after.trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return "" };
    tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_a_picture_is() {
        let avif = b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf";
        for (bytes, kind) in [
            (&b"GIF89a\x01\0\x01\0\0\0\0"[..], Kind::Gif),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind::Png),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0", Kind::Jpeg),
            (b"RIFF\x24\0\0\0WEBPVP8 \0\0", Kind::Webp),
            (avif, Kind::Avif),
            (b"<svg/>", Kind::Svg),
            (
                b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <html> -->\n<svg:svg xmlns:svg='x'>",
                Kind::Svg,
            ),
            (b"<!DOCTYPE svg PUBLIC \"a\" \"b\" [\n<!ENTITY a \"b>\">\n]>\n<svg>", Kind::Svg),
        ] {
            assert_eq!(Kind::of(bytes), Ok(kind), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_is_no_picture_is_called_by_its_name() {
        for (bytes, why) in [
            (&b"<!doctype html>\n<p><svg></svg>"[..], "HTML"),
            (b"<!DOCTYPE html>\n<html><svg></svg>", "HTML"),
            (b"gi\xe1\xba\xa5y", "text"),
            (b"\0\x01\x02\xff", "no picture"),
            (b"", "empty"),
            (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "BMP"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        ] {
            let told = Kind::of(bytes).unwrap_err();
            assert!(told.contains(why), "{told}");
        }
    }
}
