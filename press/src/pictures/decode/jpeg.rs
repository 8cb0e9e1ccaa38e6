//! JPEG. The fast decoder reads photographs; the other one reads what is very large, reduced by the transform
//! itself, and what has four inks.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::super::Refusal;
use super::super::limits;
use super::super::pixels::{Model, Pixels};
use super::{Decoded, Head, damaged, rows, turned};

/// From so many pixels on, a picture is reduced by the transform, in pixels.
const LARGE: u64 = 30_000_000;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plan {
    width: u32,
    height: u32,
    progressive: bool,
    inks: bool,
}

impl Plan {
    fn of(decoder: &mut JpegDecoder<ZCursor<&[u8]>>) -> Result<Self, Refusal> {
        decoder.decode_headers().map_err(|error| damaged(format_args!("{error:?}")))?;
        let info = decoder.info().ok_or_else(|| damaged("no header"))?;
        let (width, height) = limits::sides(u32::from(info.width), u32::from(info.height))?;
        Ok(Self {
            width,
            height,
            progressive: info.sof.is_progressive(),
            inks: info.components == 4,
        })
    }

    fn is_large(self) -> bool {
        u64::from(self.width) * u64::from(self.height) > LARGE
    }

    fn reduces(self) -> bool {
        self.inks || (self.is_large() && !self.progressive)
    }

    /// Bytes a pixel: samples, and for a progressive file all coefficients of all components.
    fn memory(self) -> Result<u64, Refusal> {
        let bytes = match (self.reduces(), self.progressive) {
            (true, true) => 16,
            (true, false) if self.is_large() => 2,
            (true, false) => 8,
            (false, true) => 9,
            (false, false) => 4,
        };
        limits::memory(self.width, self.height, bytes)
    }
}

fn decoder(bytes: &[u8]) -> JpegDecoder<ZCursor<&[u8]>> {
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    JpegDecoder::new_with_options(ZCursor::new(bytes), options)
}

pub(super) fn head(bytes: &[u8]) -> Result<Head, Refusal> {
    let plan = Plan::of(&mut decoder(bytes))?;
    let Plan { width, height, .. } = plan;
    Ok(Head { width, height, memory: plan.memory()?, animated: false })
}

pub(super) fn decode(bytes: &[u8], widest: u32) -> Result<Decoded, Refusal> {
    let mut decoder = decoder(bytes);
    let plan = Plan::of(&mut decoder)?;
    plan.memory()?;
    let orientation = turned(decoder.exif().map(Vec::as_slice));
    let profile = decoder.icc_profile().filter(|it| it.len() <= limits::CHUNK);
    let Plan { width, height, .. } = plan;
    let pixels = match plan.reduces() {
        true => reduced(bytes, plan, widest)?,
        false => {
            let data = decoder.decode().map_err(|error| damaged(format_args!("{error:?}")))?;
            if data.len() != width as usize * height as usize * 3 {
                return Err(damaged("its size changes"));
            }
            Pixels { width, height, model: Model::Rgb, data }
        }
    };
    let whole = is_whole(bytes);
    Ok(Decoded { pixels, width, height, orientation, profile, lossless: false, whole })
}

/// Reads with the reduction that the transform can do: 1/2, 1/4 or 1/8.
fn reduced(bytes: &[u8], plan: Plan, widest: u32) -> Result<Pixels, Refusal> {
    use jpeg_decoder::{Decoder, PixelFormat};
    let mut decoder = Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(limits::MEMORY as usize);
    decoder.read_info().map_err(damaged)?;
    if plan.is_large() {
        // Turned, its height is what becomes its width.
        let side = |length: u32, other: u32| {
            let scaled = u64::from(length) * u64::from(2 * widest) / u64::from(length.min(other));
            u16::try_from(scaled.max(1)).unwrap_or(u16::MAX)
        };
        decoder
            .scale(side(plan.width, plan.height), side(plan.height, plan.width))
            .map_err(damaged)?;
    }
    let data = decoder.decode().map_err(damaged)?;
    let info = decoder.info().ok_or_else(|| damaged("no header"))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    let samples = match info.pixel_format {
        PixelFormat::L8 => 1,
        PixelFormat::RGB24 => 3,
        PixelFormat::CMYK32 => 4,
        PixelFormat::L16 => return Err(damaged("16 bit samples")),
    };
    let model = if samples == 4 { Model::Cmyk } else { Model::Rgb };
    if samples != 1 && u64::from(width) * u64::from(height) * 4 <= super::REDUCED {
        return Ok(Pixels { width, height, model, data });
    }
    let mut rows = rows(width, height, model, widest);
    for row in data.chunks_exact(width as usize * samples) {
        match samples {
            1 => rows.push(&row.iter().flat_map(|it| [*it; 3]).collect::<Vec<u8>>()),
            _ => rows.push(row),
        }
    }
    Ok(rows.finish())
}

/// Whether the data of the picture ends with the marker that says so (ITU-T T.81, B.1.1.3: EOI). A small picture in
/// the Exif data has one too, but before the first scan.
fn is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xff, marker, high, low, tail @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        match marker {
            0xff => rest = &rest[1..],
            0xda => return tail.windows(2).any(|it| it == [0xff, 0xd9]),
            _ => rest = tail.get(length.saturating_sub(2)..).unwrap_or_default(),
        }
    }
    // Something else is between the segments: the decoder found its way.
    bytes.windows(2).any(|it| it == [0xff, 0xd9])
}
