//! Pictures at several widths: which there are follows from the widest, so that no page has to list them.

use crate::contract::Picture;
use crate::urls::picture;

/// The widths of the layout in pixels: small pictures beside words (104 and 240 wide), stories (up to 352), a screen
/// of a telephone (328 to 400), the text (640), the lead (744), each at once to three times the pixels.
pub const WIDTHS: [u32; 7] = [240, 320, 480, 750, 1000, 1280, 1920];

/// What a device keeps (`KEPT` of `js/worker/pages.js`).
const KEPT: u32 = 1000;

/// The widths at which a picture lies there whose widest is `widest`: those of [`WIDTHS`] that are a good part
/// narrower, and its own.
pub fn widths(widest: u32) -> impl Iterator<Item = u32> {
    let narrower = WIDTHS.into_iter().filter(move |width| width + width / 8 < widest);
    narrower.chain([widest])
}

/// The width that a device keeps of a picture: good enough for the text on every screen, light enough for hundreds.
pub fn kept_width(widest: u32) -> u32 {
    widths(widest).find(|width| *width >= KEPT).unwrap_or(widest)
}

/// The candidates of a picture for browsers to choose from (HTML, "Images", `srcset`), up to the first one that is at
/// least `most` wide.
pub fn srcset(src: &str, widest: u32, most: u32, format: &str) -> String {
    let mut out = String::new();
    for width in widths(widest) {
        if !out.is_empty() {
            out += ", ";
        }
        out += &picture(src, width, format);
        out += " ";
        out += &width.to_string();
        out += "w";
        if width >= most {
            break;
        }
    }
    out
}

/// The widest file of the picture at `src`.
pub fn widest(src: &str, shown: &Picture) -> String {
    match shown.formats.rsplit(' ').next() {
        Some(format) if !format.is_empty() => picture(src, shown.width, format),
        _ => src.to_owned(),
    }
}

/// How a picture is shown.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The class of the `<img>`; may be empty.
    pub class: &'static str,
    /// How wide it is (HTML, "sizes attributes"), as the style sheet has it.
    pub sizes: &'static str,
    /// The widest file that is of use there, in pixels.
    pub most: u32,
    /// Whether it is among the first things that are seen.
    pub first: bool,
}

/// What is inside the `<picture>` at `src`, a path: what a browser chooses from by its screen, and the `<img>`, with
/// one address for all.
pub fn html(src: &str, picture: &Picture, alt: &str, place: Place) -> String {
    let mut out = String::new();
    for format in picture.formats.split(' ').filter(|format| !format.is_empty()) {
        let set = srcset(src, picture.width, place.most, format);
        let kind = ["image/", format].concat();
        tag(&mut out, "<source", &[("type", &kind), ("srcset", &set), ("sizes", place.sizes)]);
    }
    // In the browser a page may be made before it is shown, and its pictures wait for that.
    let when = if place.first && cfg!(not(feature = "csr")) {
        ("fetchpriority", "high")
    } else {
        ("loading", "lazy")
    };
    let (width, height) = (picture.width.to_string(), picture.height.to_string());
    let tint = picture.tint.as_deref().unwrap_or_default();
    let attributes = [
        ("class", place.class),
        when,
        ("decoding", "async"),
        ("src", src),
        ("width", &width),
        ("height", &height),
        ("alt", alt),
        ("data-tint", tint),
    ];
    tag(&mut out, "<img", &attributes);
    out
}

/// Writes a tag. Of the attributes without a value only `alt` means something.
fn tag(out: &mut String, start: &str, attributes: &[(&str, &str)]) {
    *out += start;
    for (name, value) in attributes.iter().filter(|it| it.0 == "alt" || !it.1.is_empty()) {
        *out += " ";
        *out += name;
        *out += "=\"";
        for part in value.split_inclusive(['&', '"', '<', '>']) {
            // HTML, "Serializing HTML fragments": the signs that end a value or begin something in it.
            let (words, sign) = match part.as_bytes().last() {
                Some(b'&') => (&part[..part.len() - 1], "&amp;"),
                Some(b'"') => (&part[..part.len() - 1], "&quot;"),
                Some(b'<') => (&part[..part.len() - 1], "&lt;"),
                Some(b'>') => (&part[..part.len() - 1], "&gt;"),
                _ => (part, ""),
            };
            *out += words;
            *out += sign;
        }
        *out += "\"";
    }
    *out += ">";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_picture_is_made_wider_or_twice_nearly_the_same() {
        let of = |widest| widths(widest).collect::<Vec<_>>();
        assert_eq!(of(100), [100]);
        assert_eq!(of(260), [260]);
        assert_eq!(of(1200), [240, 320, 480, 750, 1000, 1200]);
        assert_eq!(of(1920), [240, 320, 480, 750, 1000, 1280, 1920]);
    }

    #[test]
    fn what_a_picture_is_called_ends_no_attribute() {
        let place = Place { class: "", sizes: "9rem", most: 1, first: true };
        let shown = Picture { width: 3, height: 2, ..Picture::default() };
        let alt = "\"onload=x&quot;<img>\u{1ed9}";
        assert_eq!(
            html("/a.1a2b3c4d.svg", &shown, alt, place),
            "<img fetchpriority=\"high\" decoding=\"async\" src=\"/a.1a2b3c4d.svg\" width=\"3\" height=\"2\" \
             alt=\"&quot;onload=x&amp;quot;&lt;img&gt;\u{1ed9}\">"
        );
        let formats = "avif webp".to_owned();
        let shown = Picture { formats, tint: Some("r1g2b3".to_owned()), ..shown };
        let html = html("/a.1a2b3c4d.jpg", &shown, "", Place { first: false, class: "c", ..place });
        assert_eq!(
            html,
            "<source type=\"image/avif\" srcset=\"/a-3.1a2b3c4d.avif 3w\" sizes=\"9rem\">\
             <source type=\"image/webp\" srcset=\"/a-3.1a2b3c4d.webp 3w\" sizes=\"9rem\">\
             <img class=\"c\" loading=\"lazy\" decoding=\"async\" src=\"/a.1a2b3c4d.jpg\" width=\"3\" height=\"2\" \
             alt=\"\" data-tint=\"r1g2b3\">"
        );
    }

    #[test]
    fn browsers_choose_among_the_files_that_are_there() {
        let some = "/a/b-240.1a2b3c4d.webp 240w, /a/b-320.1a2b3c4d.webp 320w";
        assert_eq!(srcset("/a/b.1a2b3c4d.jpg", 1920, 320, "webp"), some);
        assert_eq!(srcset("/a/b.1a2b3c4d.jpg", 200, 320, "avif"), "/a/b-200.1a2b3c4d.avif 200w");
        let shown =
            |formats: &str| Picture { width: 900, formats: formats.into(), ..Picture::default() };
        assert_eq!(widest("/a/b.1a2b3c4d.jpg", &shown("avif webp")), "/a/b-900.1a2b3c4d.webp");
        assert_eq!(widest("/a/b.1a2b3c4d.svg", &shown("")), "/a/b.1a2b3c4d.svg");
        assert_eq!((kept_width(1920), kept_width(1100), kept_width(300)), (1000, 1100, 300));
    }
}
