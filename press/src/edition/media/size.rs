//! How large a picture is when a browser shows it.

use crate::pictures::exif;
use crate::pictures::kind::Kind;

/// Width and height in CSS pixels, or why they cannot be told.
pub(super) fn of(bytes: &[u8], kind: Kind) -> Result<(u32, u32), String> {
    if kind == Kind::Svg {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())?;
        return svg(text).ok_or_else(|| "it has no <svg> element".to_owned());
    }
    let size = imagesize::blob_size(bytes).map_err(|e| format!("its size cannot be read ({e})"))?;
    let (mut width, mut height) = (clamp(size.width), clamp(size.height));
    if kind == Kind::Jpeg && lies_on_its_side(bytes) {
        (width, height) = (height, width);
    }
    match (width, height) {
        (0, _) | (_, 0) => Err("it is empty".to_owned()),
        size => Ok(size),
    }
}

fn clamp(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(0)
}

/// A telephone held upright saves a wide picture and a note in its Exif data to turn it; browsers obey.
fn lies_on_its_side(jpeg: &[u8]) -> bool {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    while let [0xff, marker, high, low, tail @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(segment) = tail.get(..length.saturating_sub(2)) else {
            break;
        };
        if *marker == 0xe1 && segment.starts_with(b"Exif\0\0") {
            return matches!(exif::orientation(&segment[6..]), Some(5..=8));
        }
        if *marker == 0xda {
            break;
        }
        rest = tail.get(segment.len()..).unwrap_or_default();
    }
    false
}

fn svg(text: &str) -> Option<(u32, u32)> {
    let tag = &text[text.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let view = attribute(tag, "viewBox").and_then(|view| {
        let numbers = view.split([' ', ',', '\n', '\t']).filter(|n| !n.is_empty());
        let numbers: Vec<f64> = numbers.filter_map(|n| n.parse().ok()).collect();
        match numbers.as_slice() {
            [_, _, width, height] if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
            _ => None,
        }
    });
    let width = attribute(tag, "width").and_then(length);
    let height = attribute(tag, "height").and_then(length);
    // What CSS does with a drawing of which only one side or the proportions are known.
    let (width, height) = match (width, height, view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some(view)) => view,
        (width, height, None) => (width.unwrap_or(300.0), height.unwrap_or(150.0)),
    };
    let side = |length: f64| length.round().clamp(1.0, 65_535.0) as u32;
    Some((side(width), side(height)))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let before = tag[..at].chars().next_back()?;
        let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = value.get(1..)?;
        before.is_whitespace().then(|| value.split(quote).next())?
    })
}

fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic() || c == '%');
    let (number, unit) = text.split_at(unit_at.unwrap_or(text.len()));
    let pixels = match unit {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        _ => return None,
    };
    let number: f64 = number.trim().parse().ok()?;
    (number > 0.0).then_some(number * pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_without_sides_has_those_of_its_view_box() {
        let size = |tag: &str| of(tag.as_bytes(), Kind::Svg).unwrap();
        assert_eq!(size("<?xml?><svg viewBox='0 0 40 20'/>"), (40, 20));
        assert_eq!(size("<svg width=\"100%\" viewBox=\"0,0,40,20\"></svg>"), (40, 20));
        assert_eq!(size("<svg stroke-width='9' width='10px' height=\"5\"></svg>"), (10, 5));
        assert_eq!(size("<svg width='80' viewBox='0 0 40 20'></svg>"), (80, 40));
        assert_eq!(size("<svg></svg>"), (300, 150));
    }

    #[test]
    fn an_upright_photograph_is_upright() {
        let exif =
            [b"Exif\0\0II*\0\x08\0\0\0\x01\0".as_slice(), b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"]
                .concat();
        let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe1, 0, exif.len() as u8 + 2];
        jpeg.extend(&exif);
        jpeg.extend(b"\xff\xc0\0\x11\x08\0\x14\0\x28\x03\x01\x22\0\x02\x11\x01\x03\x11\x01");
        assert_eq!(of(&jpeg, Kind::Jpeg), Ok((20, 40)));
    }

    #[test]
    fn what_has_no_size_is_refused() {
        assert!(of(b"GIF89a\0\0\x01\0\0\0\0\0", Kind::Gif).is_err());
        assert!(of(b"", Kind::Png).is_err());
        assert_eq!(of(b"GIF89a\x01\0\x02\0\0\0\0\0", Kind::Gif), Ok((1, 2)));
    }
}
