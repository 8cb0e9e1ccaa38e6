//! AVIF (ISO/IEC 14496-12 and 23008-12): the items that hold Exif and XMP data are overwritten with noughts, so that
//! no place in the file changes.

use std::ops::Range;

use super::super::Refusal;

/// A box: its type, and where its content is.
struct Part {
    name: [u8; 4],
    content: Range<usize>,
}

/// The boxes in a part of the file.
fn parts(file: &[u8], within: Range<usize>) -> impl Iterator<Item = Part> {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let mut reader = Reader { file, at, end: within.end };
        let short = reader.number(4)?;
        let name = *reader.take(4)?.first_chunk()?;
        let length = match short {
            0 => (within.end - at) as u64,
            1 => reader.number(8)?,
            length => length,
        };
        let end = at.checked_add(usize::try_from(length).ok()?)?;
        let content = reader.at..end;
        if content.start > end || end > within.end {
            return None;
        }
        at = end;
        Some(Part { name, content })
    })
}

struct Reader<'a> {
    file: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.end)?;
        let bytes = self.file.get(self.at..end)?;
        self.at = end;
        Some(bytes)
    }

    /// A number of so many bytes; of none it is nought.
    fn number(&mut self, length: usize) -> Option<u64> {
        Some(self.take(length)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}

/// The same picture without metadata; an error where it cannot be told what is metadata.
pub(in crate::pictures) fn strip(avif: &[u8]) -> Result<Vec<u8>, Refusal> {
    let unclear = || Refusal::Damaged("it is damaged (the places of its metadata)".to_owned());
    let mut out = avif.to_vec();
    for part in parts(avif, 0..avif.len()) {
        match &part.name {
            b"meta" => {
                for place in metadata(avif, part.content).ok_or_else(unclear)? {
                    out.get_mut(place).ok_or_else(unclear)?.fill(0);
                }
            }
            // What programs add, and what a film says of itself.
            b"uuid" | b"udta" => free(&mut out, part.content),
            b"moov" => {
                let inside: Vec<Part> = parts(avif, part.content).collect();
                let metadata =
                    inside.into_iter().filter(|it| matches!(&it.name, b"udta" | b"meta"));
                metadata.for_each(|it| free(&mut out, it.content));
            }
            _ => {}
        }
    }
    Ok(out)
}

/// Makes a box one of free space (ISO/IEC 14496-12, 8.1.2).
fn free(out: &mut [u8], content: Range<usize>) {
    if let Some(name) = content.start.checked_sub(4).and_then(|at| out.get_mut(at..at + 4)) {
        name.copy_from_slice(b"free");
    }
    if let Some(bytes) = out.get_mut(content) {
        bytes.fill(0);
    }
}

/// Where the file has Exif and XMP data.
fn metadata(file: &[u8], meta: Range<usize>) -> Option<Vec<Range<usize>>> {
    let inside = || parts(file, meta.start + 4..meta.end);
    let find = |name: &[u8; 4]| inside().find(|part| part.name == *name).map(|it| it.content);
    let Some(infos) = find(b"iinf") else { return Some(Vec::new()) };
    let items = items(file, infos)?;
    if items.is_empty() {
        return Some(Vec::new());
    }
    let idat = find(b"idat");
    places(file, find(b"iloc")?, &items, idat)
}

/// The numbers of the items that are no picture: "iinf" and "infe".
fn items(file: &[u8], infos: Range<usize>) -> Option<Vec<u64>> {
    let mut reader = Reader { file, at: infos.start, end: infos.end };
    let version = reader.number(1)?;
    reader.take(3)?;
    reader.number(if version == 0 { 2 } else { 4 })?;
    let mut found = Vec::new();
    for part in parts(file, reader.at..infos.end).filter(|it| it.name == *b"infe") {
        let mut reader = Reader { file, at: part.content.start, end: part.content.end };
        let version = reader.number(1)?;
        reader.take(3)?;
        let number = reader.number(if version < 3 { 2 } else { 4 })?;
        reader.take(2)?;
        let kind = reader.take(4)?;
        if matches!(kind, b"Exif" | b"mime" | b"uri ") || version < 2 {
            found.push(number);
        }
    }
    Some(found)
}

/// Where these items are: "iloc".
fn places(
    file: &[u8],
    iloc: Range<usize>,
    items: &[u64],
    idat: Option<Range<usize>>,
) -> Option<Vec<Range<usize>>> {
    let mut reader = Reader { file, at: iloc.start, end: iloc.end };
    let version = reader.number(1)?;
    reader.take(3)?;
    let sizes = reader.number(2)?;
    let size = |shift: u32| (sizes >> shift & 15) as usize;
    let (of_offset, of_length, of_base) = (size(12), size(8), size(4));
    let of_index = if version == 0 { 0 } else { size(0) };
    let count = reader.number(if version < 2 { 2 } else { 4 })?;
    let mut found = Vec::new();
    for _ in 0..count {
        let number = reader.number(if version < 2 { 2 } else { 4 })?;
        let method = if version == 0 { 0 } else { reader.number(2)? & 15 };
        reader.take(2)?;
        let base = reader.number(of_base)?;
        let extents = reader.number(2)?;
        for _ in 0..extents {
            reader.take(of_index)?;
            let start = base.checked_add(reader.number(of_offset)?)?;
            let length = reader.number(of_length)?;
            if !items.contains(&number) {
                continue;
            }
            let origin = match method {
                0 => 0,
                1 => idat.as_ref()?.start,
                _ => return None,
            };
            let start = origin.checked_add(usize::try_from(start).ok()?)?;
            let end = start.checked_add(usize::try_from(length).ok()?)?;
            if length == 0 || end > file.len() {
                return None;
            }
            found.push(start..end);
        }
    }
    Some(found)
}
