//! Turning a picture upright, as Exif says it lies.

use super::pixels::Pixels;

/// Whether width and height change their places.
pub(super) fn swaps(orientation: u8) -> bool {
    matches!(orientation, 5..=8)
}

/// The picture upright (Exif 2.32, tag 0x0112: where the first row and the first column are).
pub(super) fn upright(pixels: Pixels, orientation: u8) -> Pixels {
    if !matches!(orientation, 2..=8) {
        return pixels;
    }
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let samples = pixels.model.samples();
    let (wide, high) = if swaps(orientation) { (height, width) } else { (width, height) };
    let mut data = Vec::with_capacity(pixels.data.len());
    for y in 0..high {
        for x in 0..wide {
            let (column, row) = match orientation {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                _ => (width - 1 - y, x),
            };
            let at = (row * width + column) * samples;
            data.extend_from_slice(&pixels.data[at..at + samples]);
        }
    }
    Pixels { width: wide as u32, height: high as u32, data, ..pixels }
}
