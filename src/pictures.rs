//! Pictures at several widths: which there are follows from the widest, so that no page has to list them.

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
    fn browsers_choose_among_the_files_that_are_there() {
        let some = "/a/b-240.1a2b3c4d.webp 240w, /a/b-320.1a2b3c4d.webp 320w";
        assert_eq!(srcset("/a/b.1a2b3c4d.jpg", 1920, 320, "webp"), some);
        assert_eq!(srcset("/a/b.1a2b3c4d.jpg", 200, 320, "avif"), "/a/b-200.1a2b3c4d.avif 200w");
        assert_eq!((kept_width(1920), kept_width(1100), kept_width(300)), (1000, 1100, 300));
    }
}
