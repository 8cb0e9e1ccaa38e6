//! Pictures at several widths: which there are follows from the widest, so that no page has to list them.

/// The widths of the layout in pixels: small pictures beside words (104 and 240 wide), stories (up to 352), a screen
/// of a telephone (328 to 400), the text (640), the lead (744), each at once to three times the pixels.
pub const WIDTHS: [u32; 7] = [240, 320, 480, 750, 1000, 1280, 1920];

/// The widths at which a picture lies there whose widest is `widest`: those of [`WIDTHS`] that are a good part
/// narrower, and its own.
pub fn widths(widest: u32) -> impl Iterator<Item = u32> {
    let narrower = WIDTHS.into_iter().filter(move |width| width + width / 8 < widest);
    narrower.chain([widest])
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
}
