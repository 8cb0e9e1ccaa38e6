//! WebP that does not move.

use std::io::Cursor;

use image_webp::WebPDecoder;

use super::super::Refusal;
use super::super::limits;
use super::super::pixels::Model;
use super::super::strip::webp::{exif, strip};
use super::{Decoded, Head, damaged, rows, turned};

fn decoder(bytes: &[u8]) -> Result<WebPDecoder<Cursor<&[u8]>>, Refusal> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    decoder.set_memory_limit(limits::MEMORY as usize);
    Ok(decoder)
}

pub(super) fn head(bytes: &[u8]) -> Result<Head, Refusal> {
    let stripped = strip(bytes);
    let decoder = decoder(&stripped)?;
    let (width, height) = decoder.dimensions();
    let (width, height) = limits::sides(width, height)?;
    Ok(Head {
        width,
        height,
        // Samples, and the decoder's own planes.
        memory: limits::memory(width, height, 9)?,
        animated: decoder.is_animated(),
    })
}

pub(super) fn decode(bytes: &[u8], widest: u32) -> Result<Decoded, Refusal> {
    let Head { width, height, .. } = head(bytes)?;
    let stripped = strip(bytes);
    let mut decoder = decoder(&stripped)?;
    let model = if decoder.has_alpha() { Model::Rgba } else { Model::Rgb };
    let profile = decoder.icc_profile().ok().flatten();
    let size = decoder.output_buffer_size().ok_or_else(|| damaged("its size"))?;
    let mut all = vec![0; size];
    decoder.read_image(&mut all).map_err(damaged)?;
    let lossless = !decoder.is_lossy();
    let mut rows = rows(width, height, model, widest);
    all.chunks_exact(width as usize * model.samples()).for_each(|row| rows.push(row));
    Ok(Decoded {
        pixels: rows.finish(),
        width,
        height,
        orientation: turned(exif(bytes)),
        profile,
        lossless,
        whole: true,
    })
}
