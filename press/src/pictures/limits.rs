//! What a picture may cost: a small file can hold a picture that fills the memory.

use super::Refusal;

/// The largest picture, in pixels: 12,000 x 12,000 and a little more.
pub(super) const PIXELS: u64 = 150_000_000;
/// What one picture may need while it is decoded, in bytes. The workshop lets no more pictures run at once than need
/// this together.
pub(super) const MEMORY: u64 = 400_000_000;
/// The largest profile, text or directory in a file, in bytes.
pub(super) const CHUNK: usize = 16_000_000;

/// What a picture needs beside its decoder's buffers: the reduced one and those of the encoders.
const ENCODERS: u64 = 24_000_000;

/// A picture of these sides, if it is not too large.
pub(super) fn sides(width: u32, height: u32) -> Result<(u32, u32), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged("it is empty".to_owned()));
    }
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(too_large(width, height, PIXELS));
    }
    Ok((width, height))
}

/// What decoding needs in all, if that is not too much: `bytes` a pixel.
pub(super) fn memory(width: u32, height: u32, bytes: u64) -> Result<u64, Refusal> {
    let pixels = u64::from(width) * u64::from(height);
    let needed = pixels.saturating_mul(bytes);
    if needed > MEMORY {
        return Err(too_large(width, height, MEMORY / bytes.max(1)));
    }
    Ok(needed + ENCODERS.min(pixels * 16))
}

fn too_large(width: u32, height: u32, most: u64) -> Refusal {
    let mega = |pixels: u64| pixels.div_euclid(1_000_000);
    let pixels = u64::from(width) * u64::from(height);
    Refusal::Unfit(format!(
        "it has {width} x {height} pixels, {} megapixels, and the limit for pictures of its kind is {} megapixels",
        mega(pixels),
        mega(most)
    ))
}
