//! The one thing that a picture's Exif data says about its pixels: how to turn them.

/// The value of tag 0x0112 in the first directory of TIFF data (Exif 2.32, section 4.6.5): 1 to 8.
pub(crate) fn orientation(tiff: &[u8]) -> Option<u8> {
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let (a, b) = (u32::from(short(at)?), u32::from(short(at.checked_add(2)?)?));
        usize::try_from(if little { b << 16 | a } else { a << 16 | b }).ok()
    };
    let directory = long(4)?;
    let entries = usize::from(short(directory)?);
    let mut at = (0..entries).filter_map(|i| directory.checked_add(2 + 12 * i));
    let entry = at.find(|at| short(*at) == Some(0x0112))?;
    short(entry.checked_add(8)?).and_then(|value| u8::try_from(value).ok())
}

/// The TIFF data of an Exif block. WebP files have it with the name that JPEG puts before it, and without.
pub(super) fn tiff(exif: &[u8]) -> &[u8] {
    exif.strip_prefix(b"Exif\0\0").unwrap_or(exif)
}
