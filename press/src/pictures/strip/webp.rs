//! WebP (RFC 9649): the chunks of Exif and XMP go, and whatever is unknown.

/// What says how to draw. A profile of colours says nothing of its maker and stays.
const KEPT: [&[u8]; 5] = [b"VP8 ", b"VP8L", b"ANIM", b"ALPH", b"ICCP"];
/// The flags of VP8X for Exif and XMP, and for a profile (section 2.7.1).
const METADATA: u8 = 0b0000_1100;
const PROFILE: u8 = 0b0010_0000;

/// What a frame begins with before its own chunks (section 2.7.2).
const FRAME: usize = 16;

/// The Exif data of a file.
pub(in crate::pictures) fn exif(webp: &[u8]) -> Option<&[u8]> {
    let mut rest = webp.get(12..)?;
    while let Some((name, data, after)) = next(rest) {
        rest = after;
        if name == b"EXIF" {
            return Some(data);
        }
    }
    None
}

/// The same picture without anything else. Decoders refuse files whose flags promise what is not there; browsers do
/// not, and with the right flags neither do decoders.
pub(in crate::pictures) fn strip(webp: &[u8]) -> Vec<u8> {
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut profile = false;
    let mut rest = webp.get(12..).unwrap_or_default();
    while let Some((name, data, after)) = next(rest) {
        rest = after;
        match name {
            b"VP8X" => {
                let mut data = data.to_vec();
                data.iter_mut().take(1).for_each(|flags| *flags &= !METADATA);
                put(&mut out, name, &data);
            }
            b"ICCP" => {
                profile = true;
                put(&mut out, name, data);
            }
            b"ANMF" => put(&mut out, name, &frame(data)),
            name if KEPT.contains(&name) => put(&mut out, name, data),
            _ => {}
        }
    }
    if !profile
        && let Some(b"VP8X") = out.get(12..16)
        && let Some(flags) = out.get_mut(20)
    {
        *flags &= !PROFILE;
    }
    let size = u32::try_from(out.len() - 8).unwrap_or(u32::MAX);
    out[4..8].copy_from_slice(&size.to_le_bytes());
    out
}

/// A frame with its picture alone.
fn frame(data: &[u8]) -> Vec<u8> {
    let mut out = data.get(..FRAME).unwrap_or(data).to_vec();
    let mut rest = data.get(FRAME..).unwrap_or_default();
    while let Some((name, data, after)) = next(rest) {
        rest = after;
        if KEPT.contains(&name) {
            put(&mut out, name, data);
        }
    }
    out
}

fn put(out: &mut Vec<u8>, name: &[u8], data: &[u8]) {
    out.extend_from_slice(name);
    out.extend_from_slice(&u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
}

/// The name and the data of the next chunk, and what follows it.
fn next(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let size = u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?) as usize;
    let data = bytes.get(8..size.checked_add(8)?)?;
    // Padded to an even length; the last byte of a file is missing in some.
    let after = bytes.get(8 + size + size % 2..).unwrap_or_default();
    Some((bytes.get(..4)?, data, after))
}
