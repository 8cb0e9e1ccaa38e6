//! Pictures of all formats, made by the tests: what cameras, telephones, scanners and broken disks leave.

use std::io::Cursor;

use exif::{Field, In, Rational, Tag, Value, experimental::Writer};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::publisher::Result;

/// What no reader may find in a published picture.
pub(crate) const SECRETS: [&str; 6] =
    ["Maker-4711", "Model-4712", "Author-4713", "Serial-4714", "Place-4715", "Comment-4716"];

/// Samples of red, green and blue: colours that run, and a dark corner at the top left, so that no two ways to turn
/// the picture look the same.
pub(crate) fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut noise = 7_u32;
    let mut out = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = (noise >> 28) as u8;
            let corner = x < width / 3 && y < height / 4;
            let ramp = |at: u32, of: u32| (40 + 190 * at / of.max(1)) as u8;
            let pixel = match corner {
                true => [10 + grain, 20, 30],
                false => [ramp(x, width), ramp(y, height), 120 + grain],
            };
            out.extend(pixel);
        }
    }
    out
}

/// Samples of a chart: bars of four colours on white.
pub(crate) fn chart(width: u32, height: u32) -> Vec<u8> {
    let colours = [[155, 27, 30], [26, 86, 176], [0, 0, 0], [216, 209, 195]];
    let bar = |x: u32, y: u32| {
        let column = x / 23;
        let is_bar = x % 23 < 13 && y > (column * 37 + 11) % height.max(1);
        if is_bar { colours[(column % 4) as usize] } else { [255; 3] }
    };
    (0..height).flat_map(|y| (0..width).flat_map(move |x| bar(x, y))).collect()
}

/// The picture as it lies in a file that is to be turned so; rows of pixels of so many samples.
pub(crate) fn laid(
    data: &[u8],
    (width, height): (u32, u32),
    orientation: u16,
) -> (Vec<u8>, u32, u32) {
    let (wide, high) = if orientation > 4 { (height, width) } else { (width, height) };
    let mut out = Vec::new();
    for row in 0..high {
        for column in 0..wide {
            // Where the row and the column of the file are in the picture (Exif 2.32, tag 0x0112).
            let (x, y) = match orientation {
                2 => (wide - 1 - column, row),
                3 => (wide - 1 - column, high - 1 - row),
                4 => (column, high - 1 - row),
                5 => (row, column),
                6 => (width - 1 - row, column),
                7 => (width - 1 - row, height - 1 - column),
                8 => (row, height - 1 - column),
                _ => (column, row),
            };
            let at = ((y * width + x) * 3) as usize;
            out.extend(&data[at..at + 3]);
        }
    }
    (out, wide, high)
}

/// Exif data as cameras write it: who made what where, and how it lies.
pub(crate) fn exif(orientation: u16) -> Result<Vec<u8>> {
    let text = |tag, words: &str| Field {
        tag,
        ifd_num: In::PRIMARY,
        value: Value::Ascii(vec![words.as_bytes().to_vec()]),
    };
    let degrees = [(19, 1), (14, 1), (4715, 100)].map(|(num, denom)| Rational { num, denom });
    let fields = [
        text(Tag::Make, SECRETS[0]),
        text(Tag::Model, SECRETS[1]),
        text(Tag::Artist, SECRETS[2]),
        text(Tag::BodySerialNumber, SECRETS[3]),
        text(Tag::GPSAreaInformation, SECRETS[4]),
        text(Tag::ImageDescription, SECRETS[5]),
        text(Tag::GPSLatitudeRef, "N"),
        Field {
            tag: Tag::GPSLatitude,
            ifd_num: In::PRIMARY,
            value: Value::Rational(degrees.into()),
        },
        Field {
            tag: Tag::Orientation,
            ifd_num: In::PRIMARY,
            value: Value::Short(vec![orientation]),
        },
    ];
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut out = Cursor::new(Vec::new());
    writer.write(&mut out, orientation.is_multiple_of(2))?;
    Ok(out.into_inner())
}

/// XMP data with a place in it.
pub(crate) fn xmp() -> String {
    format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><dc:creator>{}</dc:creator><city>{}</city></x:xmpmeta>",
        SECRETS[2], SECRETS[4]
    )
}

/// How a JPEG file is written.
#[derive(Clone, Copy)]
pub(crate) struct Jpeg {
    pub(crate) color: ColorType,
    pub(crate) progressive: bool,
    pub(crate) sampling: SamplingFactor,
    pub(crate) orientation: Option<u16>,
}

pub(crate) const JPEG: Jpeg = Jpeg {
    color: ColorType::Rgb,
    progressive: false,
    sampling: SamplingFactor::R_4_2_0,
    orientation: None,
};

/// A JPEG file; with an orientation it has all the metadata that a camera writes, too.
pub(crate) fn jpeg(data: &[u8], width: u32, height: u32, how: Jpeg) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 92);
    encoder.set_progressive(how.progressive);
    encoder.set_sampling_factor(how.sampling);
    if let Some(orientation) = how.orientation {
        encoder.add_app_segment(1, [b"Exif\0\0", &*exif(orientation)?].concat())?;
        let name = b"http://ns.adobe.com/xap/1.0/\0";
        encoder.add_app_segment(1, [name, xmp().as_bytes()].concat())?;
        let iptc =
            format!("Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0f\x1c\x02\x50\0\x0a{}", SECRETS[2]);
        encoder.add_app_segment(13, iptc.into_bytes())?;
    }
    encoder.encode(data, width as u16, height as u16, how.color)?;
    if how.orientation.is_some() {
        // A comment, and after the end what telephones hide there: a film of the moment.
        let comment = segment(0xfe, SECRETS[5].as_bytes());
        out.splice(2..2, comment);
        out.extend(SECRETS[4].as_bytes());
    }
    Ok(out)
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() + 2) as u16;
    [&[0xff, marker], &length.to_be_bytes()[..], data].concat()
}

/// A PNG file.
pub(crate) fn png(
    data: &[u8],
    width: u32,
    height: u32,
    color: png::ColorType,
    depth: png::BitDepth,
) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::Fast);
    if color == png::ColorType::Indexed {
        encoder
            .set_palette((0..=255_u8).flat_map(|it| [it, 255 - it, it / 2]).collect::<Vec<u8>>());
        encoder.set_trns((0..=255_u8).map(|it| if it < 20 { 0 } else { 255 }).collect::<Vec<u8>>());
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(data)?;
    writer.finish()?;
    Ok(out)
}

/// A PNG file with a chunk more, before its data.
pub(crate) fn with_chunk(png: &[u8], name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    // Behind the signature and IHDR.
    [&png[..33], &chunk(name, data), &png[33..]].concat()
}

/// A chunk of a PNG file.
pub(crate) fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [name, data].concat();
    let mut crc = !0_u32;
    for byte in &named {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    [&(data.len() as u32).to_be_bytes()[..], &named, &(!crc).to_be_bytes()].concat()
}

/// An interlaced PNG file (PNG, section 8.2), its data not compressed.
pub(crate) fn interlaced(data: &[u8], width: u32, height: u32) -> Vec<u8> {
    let passes = [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];
    let mut raw = Vec::new();
    for (left, top, across, down) in passes {
        if left >= width {
            continue;
        }
        for y in (top..height).step_by(down) {
            raw.push(0);
            for x in (left..width).step_by(across) {
                let at = ((y * width + x) * 3) as usize;
                raw.extend(&data[at..at + 3]);
            }
        }
    }
    let mut zlib = vec![0x78, 1];
    let blocks = raw.chunks(65_535).count();
    for (number, block) in raw.chunks(65_535).enumerate() {
        let length = block.len() as u16;
        zlib.push(u8::from(number + 1 == blocks));
        zlib.extend(length.to_le_bytes());
        zlib.extend((!length).to_le_bytes());
        zlib.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &raw {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    zlib.extend((b << 16 | a).to_be_bytes());
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 1]].concat();
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &header),
        &chunk(b"IDAT", &zlib),
        &chunk(b"IEND", b""),
    ]
    .concat()
}

/// The header of a PNG file that says it has these sides, and hardly any data.
pub(crate) fn bomb(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    // An empty stream of zlib.
    let data = [0x78, 0x9c, 0x03, 0, 0, 0, 0, 1];
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &header),
        &chunk(b"IDAT", &data),
        &chunk(b"IEND", b""),
    ]
    .concat()
}

/// A WebP file.
pub(crate) fn webp(data: &[u8], width: u32, height: u32, lossless: bool) -> Result<Vec<u8>> {
    let config = match lossless {
        true => webpx::EncoderConfig::new_lossless_level(1),
        false => webpx::EncoderConfig::new().quality(80.0).method(1),
    };
    let file = match data.len() == (width * height * 4) as usize {
        true => config.encode_rgba(data, width, height, webpx::Unstoppable),
        false => config.encode_rgb(data, width, height, webpx::Unstoppable),
    };
    file.map_err(|error| format!("{error:?}").into())
}

/// A WebP file with more chunks: those before the picture and those after it. `flags` are those of VP8X.
pub(crate) fn extended(
    webp: &[u8],
    (width, height): (u32, u32),
    flags: u8,
    before: &[u8],
    after: &[u8],
) -> Vec<u8> {
    let sides = [width - 1, height - 1].map(|it| it.to_le_bytes());
    let header = [&[flags, 0, 0, 0], &sides[0][..3], &sides[1][..3]].concat();
    let own =
        [riff(b"VP8X", &header), before.to_vec(), webp[12..].to_vec(), after.to_vec()].concat();
    [&b"RIFF"[..], &(own.len() as u32 + 4).to_le_bytes(), b"WEBP", &own].concat()
}

/// A chunk of a WebP file.
pub(crate) fn riff(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let padding: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
    [&name[..], &(data.len() as u32).to_le_bytes(), data, padding].concat()
}

/// A WebP animation of two frames.
pub(crate) fn moving_webp(frames: [&[u8]; 2], (width, height): (u32, u32)) -> Vec<u8> {
    let sides = [width - 1, height - 1].map(|it| it.to_le_bytes());
    let frame = |webp: &[u8]| {
        let head = [&[0; 6], &sides[0][..3], &sides[1][..3], &[100, 0, 0, 0]].concat();
        riff(b"ANMF", &[&head, &webp[12..]].concat())
    };
    let header = [&[0b0000_1110, 0, 0, 0], &sides[0][..3], &sides[1][..3]].concat();
    let own = [
        riff(b"VP8X", &header),
        riff(b"ANIM", &[255, 255, 255, 255, 0, 0]),
        frame(frames[0]),
        frame(frames[1]),
        riff(b"XMP ", xmp().as_bytes()),
    ]
    .concat();
    [&b"RIFF"[..], &(own.len() as u32 + 4).to_le_bytes(), b"WEBP", &own].concat()
}

/// A GIF file of so many frames, with a comment.
pub(crate) fn gif(width: u16, height: u16, frames: u8) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let palette: Vec<u8> = (0..=255_u8).flat_map(|it| [it, 255 - it, it / 3]).collect();
    let mut encoder = gif::Encoder::new(&mut out, width, height, &palette)?;
    encoder.set_repeat(gif::Repeat::Infinite)?;
    encoder.write_raw_extension(gif::Extension::Comment.into(), &[SECRETS[5].as_bytes()])?;
    for number in 0..frames {
        let row = |y: u16| (0..width).map(move |x| (x / 2 + y / 3) as u8 ^ number);
        let pixels: Vec<u8> = (0..height).flat_map(row).collect();
        let frame = gif::Frame::from_indexed_pixels(width, height, pixels, Some(0));
        encoder.write_frame(&frame)?;
    }
    encoder.write_raw_extension(gif::AnyExtension(255), &[b"XMP DataXMP", xmp().as_bytes()])?;
    drop(encoder);
    Ok(out)
}

/// An AVIF file with Exif data.
pub(crate) fn avif(data: &[u8], width: u32, height: u32) -> Result<Vec<u8>> {
    let pixels: Vec<rgb::RGB8> =
        data.chunks_exact(3).map(|it| rgb::RGB8::new(it[0], it[1], it[2])).collect();
    let exif = exif(1)?;
    let encoder = ravif::Encoder::new().with_speed(10).with_num_threads(Some(1)).with_exif(&*exif);
    Ok(encoder.encode_rgb(ravif::Img::new(&pixels, width as usize, height as usize))?.avif_file)
}

/// A small drawing of 40 x 20 pixels, as PNG.
pub(crate) fn icon() -> Result<Vec<u8>> {
    png(&chart(40, 20), 40, 20, png::ColorType::Rgb, png::BitDepth::Eight)
}
