//! PNG and APNG: chunks that say how to draw stay, all others go.

/// A chunk (PNG, section 5.3).
#[derive(Clone, Copy)]
pub(in crate::pictures) struct Chunk<'a> {
    pub(in crate::pictures) name: [u8; 4],
    pub(in crate::pictures) data: &'a [u8],
    /// With its length, name and checksum.
    whole: &'a [u8],
}

const SIGNATURE: usize = 8;

/// What says how to draw: PNG, section 11, and its animations. Profiles, texts, times and Exif data are none of it.
const KEPT: [[u8; 4]; 12] = [
    *b"IHDR", *b"PLTE", *b"IDAT", *b"IEND", *b"tRNS", *b"gAMA", *b"cHRM", *b"sRGB", *b"cICP",
    *b"acTL", *b"fcTL", *b"fdAT",
];

/// The chunks of a file, as far as they are whole.
pub(in crate::pictures) fn chunks(png: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = png.get(SIGNATURE..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let name = *rest.get(4..)?.first_chunk()?;
        let end = length.checked_add(12)?;
        let (whole, after) = (rest.get(..end)?, rest.get(end..)?);
        rest = after;
        Some(Chunk { name, data: whole.get(8..8 + length)?, whole })
    })
}

/// The same picture without anything else. Where the file is cut off, it ends before the chunk that is not whole.
pub(in crate::pictures) fn strip(png: &[u8]) -> Vec<u8> {
    let mut out = png.get(..SIGNATURE).unwrap_or_default().to_vec();
    for chunk in chunks(png).filter(|it| KEPT.contains(&it.name)) {
        out.extend_from_slice(chunk.whole);
        if chunk.name == *b"IEND" {
            return out;
        }
    }
    // The checksum of a chunk without data.
    out.extend_from_slice(b"\0\0\0\0IEND\xae\x42\x60\x82");
    out
}
