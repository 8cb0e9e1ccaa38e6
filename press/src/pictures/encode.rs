//! Writing pictures. `make bench-pictures` compares encoders: bytes and time at equal quality.

use std::collections::HashMap;

use imgref::Img;
use jpeg_encoder::{ColorType, Encoder as Jpeg, SamplingFactor};
use rgb::FromSlice as _;
use webpx::{EncoderConfig, Unstoppable};

use super::Refusal;
use super::pixels::{Model, Pixels};

/// Qualities at which the three look alike (SSIMULACRA2).
const WEBP_QUALITY: f32 = 78.0;
const JPEG_QUALITY: u8 = 80;
const AVIF_QUALITY: f32 = 62.0;
/// Of 1 (slow) to 10: one step further is 5 % larger, one less takes twice the time.
const AVIF_SPEED: u8 = 8;

fn failed(error: impl std::fmt::Display) -> Refusal {
    Refusal::Damaged(format!("it cannot be written again ({error})"))
}

/// A photograph as WebP.
pub(super) fn webp(pixels: &Pixels) -> Result<Vec<u8>, Refusal> {
    write_webp(pixels, EncoderConfig::new().quality(WEBP_QUALITY).method(4).sharp_yuv(false))
}

/// Line art as WebP, each pixel as it is.
pub(super) fn lossless_webp(pixels: &Pixels) -> Result<Vec<u8>, Refusal> {
    write_webp(pixels, EncoderConfig::new_lossless_level(6))
}

fn write_webp(pixels: &Pixels, config: EncoderConfig) -> Result<Vec<u8>, Refusal> {
    let Pixels { width, height, ref data, model } = *pixels;
    match model {
        Model::Rgba => config.encode_rgba(data, width, height, Unstoppable),
        Model::Rgb | Model::Cmyk => config.encode_rgb(data, width, height, Unstoppable),
    }
    .map_err(failed)
}

/// A photograph as AVIF.
pub(super) fn avif(pixels: &Pixels) -> Result<Vec<u8>, Refusal> {
    let Pixels { width, height, ref data, model } = *pixels;
    let (width, height) = (width as usize, height as usize);
    // One thread: other pictures have the others.
    let encoder = ravif::Encoder::new()
        .with_quality(AVIF_QUALITY)
        .with_alpha_quality(AVIF_QUALITY + 15.0)
        .with_speed(AVIF_SPEED)
        .with_num_threads(Some(1));
    let image = match model {
        Model::Rgba => encoder.encode_rgba(Img::new(data.as_rgba(), width, height)),
        Model::Rgb | Model::Cmyk => encoder.encode_rgb(Img::new(data.as_rgb(), width, height)),
    };
    image.map(|it| it.avif_file).map_err(failed)
}

/// A photograph as JPEG, for the browsers and programs that know nothing younger.
pub(super) fn jpeg(pixels: &Pixels) -> Result<Vec<u8>, Refusal> {
    let (Ok(width), Ok(height)) = (u16::try_from(pixels.width), u16::try_from(pixels.height))
    else {
        return Err(failed("it is too long"));
    };
    let mut out = Vec::new();
    let mut encoder = Jpeg::new(&mut out, JPEG_QUALITY);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.encode(&pixels.data, width, height, ColorType::Rgb).map_err(failed)?;
    Ok(out)
}

/// Line art as PNG, with a table of its colours where there are no more than 256.
pub(super) fn png(pixels: &Pixels) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels.width, pixels.height);
    encoder.set_compression(png::Compression::High);
    let table = indexed(pixels);
    match &table {
        Some((colours, _)) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_filter(png::Filter::NoFilter);
            encoder.set_palette(
                colours.iter().flat_map(|it| [it[0], it[1], it[2]]).collect::<Vec<_>>(),
            );
            if colours.iter().any(|it| it[3] != 255) {
                encoder.set_trns(colours.iter().map(|it| it[3]).collect::<Vec<_>>());
            }
        }
        None => {
            encoder.set_color(match pixels.model {
                Model::Rgba => png::ColorType::Rgba,
                Model::Rgb | Model::Cmyk => png::ColorType::Rgb,
            });
            encoder.set_filter(png::Filter::Adaptive);
        }
    }
    let mut writer = encoder.write_header().map_err(failed)?;
    let data = table.as_ref().map_or(&pixels.data, |(_, indices)| indices);
    writer.write_image_data(data).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

/// The colours of a picture, in the order in which they come, and the place of each pixel's in them; nothing if there
/// are more than 256.
fn indexed(pixels: &Pixels) -> Option<(Vec<[u8; 4]>, Vec<u8>)> {
    let samples = pixels.model.samples();
    let mut places: HashMap<[u8; 4], u8> = HashMap::new();
    let mut colours = Vec::new();
    let mut indices = Vec::with_capacity(pixels.data.len() / samples);
    for pixel in pixels.data.chunks_exact(samples) {
        let colour = [pixel[0], pixel[1], pixel[2], pixel.get(3).copied().unwrap_or(255)];
        let index = match places.get(&colour) {
            Some(index) => *index,
            None => {
                let index = u8::try_from(colours.len()).ok()?;
                places.insert(colour, index);
                colours.push(colour);
                index
            }
        };
        indices.push(index);
    }
    Some((colours, indices))
}

/// Whether a picture is line art: few colours for its size, as drawings, charts and most screenshots have.
pub(super) fn is_line_art(pixels: &Pixels) -> bool {
    let samples = pixels.model.samples();
    let count = pixels.data.len() / samples;
    let most = (count / 32).clamp(256, 8192);
    let mut colours = std::collections::HashSet::new();
    pixels.data.chunks_exact(samples).all(|pixel| {
        colours.insert(pixel);
        colours.len() <= most
    })
}
