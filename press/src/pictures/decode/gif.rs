//! GIF that does not move: the first frame on its canvas.

use gif::{ColorOutput, DecodeOptions, MemoryLimit};

use super::super::Refusal;
use super::super::limits;
use super::super::pixels::Model;
use super::super::strip::gif::frames;
use super::{Decoded, Head, damaged, rows};

pub(super) fn head(bytes: &[u8]) -> Result<Head, Refusal> {
    let [width_low, width_high, height_low, height_high] =
        *bytes.get(6..).and_then(|it| it.first_chunk()).ok_or_else(|| damaged("no header"))?;
    let width = u32::from(u16::from_le_bytes([width_low, width_high]));
    let height = u32::from(u16::from_le_bytes([height_low, height_high]));
    let (width, height) = limits::sides(width, height)?;
    let memory = limits::memory(width, height, 2)?;
    Ok(Head { width, height, memory, animated: frames(bytes) > 1 })
}

pub(super) fn decode(bytes: &[u8], widest: u32) -> Result<Decoded, Refusal> {
    let Head { width, height, .. } = head(bytes)?;
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.set_memory_limit(MemoryLimit::Unlimited);
    let mut decoder = options.read_info(bytes).map_err(damaged)?;
    let frame = decoder.next_frame_info().map_err(damaged)?.ok_or_else(|| damaged("no frame"))?;
    let (left, top) = (usize::from(frame.left), usize::from(frame.top));
    let (wide, high) = (usize::from(frame.width), usize::from(frame.height));
    limits::sides(u32::from(frame.width), u32::from(frame.height))?;
    let transparent = frame.transparent;
    let palette = frame.palette.clone();
    let mut indices = vec![0_u8; wide * high];
    let filled = fill(&mut decoder, &mut indices)?;
    let palette = match &palette {
        Some(own) => own.as_slice(),
        None => decoder.global_palette().ok_or_else(|| damaged("no colours"))?,
    };
    let colours: Vec<[u8; 4]> = (0..=255_usize)
        .map(|index| match palette.get(index * 3..index * 3 + 3) {
            Some([r, g, b]) if transparent != Some(index as u8) => [*r, *g, *b, 255],
            _ => [0; 4],
        })
        .collect();
    let mut rows = rows(width, height, Model::Rgba, widest);
    let mut row = vec![0_u8; width as usize * 4];
    for y in 0..height as usize {
        row.fill(0);
        let line = y.checked_sub(top).filter(|y| *y < high).map(|y| &indices[y * wide..][..wide]);
        if let Some(pixels) = row.get_mut(left * 4..) {
            for (pixel, index) in pixels.chunks_exact_mut(4).zip(line.into_iter().flatten()) {
                pixel.copy_from_slice(&colours[usize::from(*index)]);
            }
        }
        rows.push(&row);
    }
    Ok(Decoded {
        pixels: rows.finish(),
        width,
        height,
        orientation: 1,
        profile: None,
        lossless: true,
        whole: filled,
    })
}

/// Fills the frame as far as there is data; says whether there was enough.
fn fill(decoder: &mut gif::Decoder<&[u8]>, indices: &mut [u8]) -> Result<bool, Refusal> {
    match decoder.read_into_buffer(indices) {
        Ok(()) => Ok(true),
        Err(error) if indices.iter().all(|it| *it == 0) => Err(damaged(error)),
        Err(_) => Ok(false),
    }
}
