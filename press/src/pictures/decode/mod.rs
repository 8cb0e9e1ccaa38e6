//! Reading pictures: one decoder a format, each within the limits; what is damaged is shown as far as it goes.

mod gif;
mod jpeg;
mod png;
mod webp;

use super::Refusal;
use super::exif;
use super::kind::Kind;
use super::pixels::{Pixels, Rows};

/// What a decoder may use for the reduced picture, in bytes.
const REDUCED: u64 = 100_000_000;

/// What is known of a picture before it is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// As stored, before it is turned.
    pub(super) width: u32,
    pub(super) height: u32,
    /// What decoding and preparing will need, in bytes.
    pub(super) memory: u64,
    /// Whether it moves.
    pub(super) animated: bool,
}

/// A picture as its file has it.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) pixels: Pixels,
    /// Before it was reduced.
    pub(super) width: u32,
    pub(super) height: u32,
    /// 1 to 8, as Exif counts.
    pub(super) orientation: u8,
    pub(super) profile: Option<Vec<u8>>,
    /// Whether the format keeps every pixel as it was drawn.
    pub(super) lossless: bool,
    /// Whether all of it was there.
    pub(super) whole: bool,
}

/// What a picture will need; `widest` is the widest that is published.
pub(super) fn head(bytes: &[u8], kind: Kind) -> Result<Head, Refusal> {
    match kind {
        Kind::Jpeg => jpeg::head(bytes),
        Kind::Png => png::head(bytes),
        Kind::Gif => gif::head(bytes),
        Kind::Webp => webp::head(bytes),
        Kind::Avif | Kind::Svg => Err(Refusal::NoPicture("it is no picture of pixels".to_owned())),
    }
}

/// Reads a picture, reduced where it is more than twice as wide as `widest`.
pub(super) fn decode(bytes: &[u8], kind: Kind, widest: u32) -> Result<Decoded, Refusal> {
    let mut decoded = match kind {
        Kind::Jpeg => jpeg::decode(bytes, widest),
        Kind::Png => png::decode(bytes, widest),
        Kind::Gif => gif::decode(bytes, widest),
        Kind::Webp => webp::decode(bytes, widest),
        Kind::Avif | Kind::Svg => Err(Refusal::NoPicture("it is no picture of pixels".to_owned())),
    }?;
    decoded.pixels = decoded.pixels.opaque();
    Ok(decoded)
}

/// Rows for a picture of these sides.
fn rows(width: u32, height: u32, model: super::pixels::Model, widest: u32) -> Rows {
    Rows::new(width, height, model, Rows::factor(width, height, widest, REDUCED))
}

fn turned(exif: Option<&[u8]>) -> u8 {
    let value = exif.and_then(|it| exif::orientation(exif::tiff(it)));
    value.filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

fn damaged(error: impl std::fmt::Display) -> Refusal {
    Refusal::Damaged(format!("it is damaged ({error})"))
}
