//! PNG, row by row.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Reader, Transformations};

use super::super::Refusal;
use super::super::limits;
use super::super::pixels::Model;
use super::super::strip::png::chunks;
use super::{Decoded, Head, damaged, rows, turned};

fn reader(bytes: &[u8]) -> Result<Reader<Cursor<&[u8]>>, Refusal> {
    let limits = Limits { bytes: limits::CHUNK };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    decoder.read_info().map_err(damaged)
}

/// An interlaced picture is read as a whole.
fn memory(width: u32, height: u32, interlaced: bool) -> Result<u64, Refusal> {
    limits::memory(width, height, if interlaced { 6 } else { 2 })
}

pub(super) fn head(bytes: &[u8]) -> Result<Head, Refusal> {
    // IHDR, which comes first (PNG, section 11.2.1).
    let header = chunks(bytes).next().filter(|it| it.name == *b"IHDR" && it.data.len() == 13);
    let header = header.ok_or_else(|| damaged("no header"))?.data;
    let side = |at: usize| header[at..at + 4].iter().fold(0, |n, byte| n << 8 | u32::from(*byte));
    let (width, height) = limits::sides(side(0), side(4))?;
    let memory = memory(width, height, header[12] != 0)?;
    let animated = chunks(bytes).take_while(|it| it.name != *b"IDAT");
    let animated = animated.into_iter().any(|it| it.name == *b"acTL");
    Ok(Head { width, height, memory, animated })
}

pub(super) fn decode(bytes: &[u8], widest: u32) -> Result<Decoded, Refusal> {
    head(bytes)?;
    let mut reader = reader(bytes)?;
    let info = reader.info();
    let (width, height, interlaced) = (info.width, info.height, info.interlaced);
    let profile = info.icc_profile.as_ref().map(|it| it.to_vec());
    let (color, _) = reader.output_color_type();
    let samples = color.samples();
    let has_alpha = matches!(color, ColorType::GrayscaleAlpha | ColorType::Rgba);
    let model = if has_alpha { Model::Rgba } else { Model::Rgb };
    let mut rows = rows(width, height, model, widest);
    let line = width as usize * samples;
    let mut wide = Vec::with_capacity(width as usize * model.samples());
    let mut push = |row: &[u8]| match color {
        ColorType::Grayscale | ColorType::Indexed => {
            wide.clear();
            wide.extend(row.iter().flat_map(|it| [*it; 3]));
            rows.push(&wide);
        }
        ColorType::GrayscaleAlpha => {
            wide.clear();
            wide.extend(row.chunks_exact(2).flat_map(|it| [it[0], it[0], it[0], it[1]]));
            rows.push(&wide);
        }
        ColorType::Rgb | ColorType::Rgba => rows.push(row),
    };
    let mut error = None;
    if interlaced {
        let size = reader.output_buffer_size().ok_or_else(|| damaged("its size"))?;
        let mut all = vec![0; size];
        error = reader.next_frame(&mut all).err();
        // Passes that never came leave no row that is whole: what is there is shown.
        if error.is_none() || all.iter().any(|it| *it != 0) {
            all.chunks_exact(line.max(1)).take(height as usize).for_each(&mut push);
        }
    } else {
        for _ in 0..height {
            match reader.next_row() {
                Ok(Some(row)) => push(row.data().get(..line).unwrap_or_default()),
                Ok(None) => break,
                Err(it) => {
                    error = Some(it);
                    break;
                }
            }
        }
    }
    if let Some(error) = error.as_ref().filter(|_| rows.is_empty()) {
        return Err(damaged(error));
    }
    let exif = chunks(bytes).find(|it| it.name == *b"eXIf").map(|it| it.data);
    Ok(Decoded {
        pixels: rows.finish(),
        width,
        height,
        orientation: turned(exif),
        profile,
        lossless: true,
        whole: error.is_none(),
    })
}
