//! The colour of the place of a picture until it has come.
//!
//! The policy of the pages allows no style of a single element, so the style sheet has eight steps of red, green and
//! blue each, which an attribute of the picture chooses: `r3g5b7`.

use super::pixels::{Model, Pixels};

/// The mean colour in these steps; nothing for what is transparent, since it would shine through.
pub(super) fn of(pixels: &Pixels) -> Option<String> {
    if pixels.model != Model::Rgb || pixels.data.is_empty() {
        return None;
    }
    let mut sums = [0_u64; 3];
    for pixel in pixels.data.chunks_exact(3) {
        sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u64::from(*value));
    }
    let count = (pixels.data.len() / 3) as u64;
    // The steps are 0, 36, 73 … 255.
    let [r, g, b] = sums.map(|sum| (sum * 7 + 255 * count / 2) / (255 * count));
    Some(format!("r{r}g{g}b{b}"))
}
