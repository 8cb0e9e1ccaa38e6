//! Reads the first segment of a file piece by piece, so that it is not held: in an archive it is larger than what is made of it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::{End, PIECE, Source, in_all};
use crate::hash::Hash;

/// The content of a first segment that is being read. Whether it is whole is known at its end.
#[derive(Debug)]
pub(crate) struct Reader {
    file: File,
    /// The bytes up to the last piece that was read, as far as they were not taken.
    buffer: Vec<u8>,
    /// How many of them were taken.
    taken: usize,
    /// How many bytes of the segment were read, and how many it has, the head of the file included.
    read: usize,
    end: usize,
    checksums: Vec<[u8; 4]>,
}

impl Reader {
    /// Begins to read a file behind its head.
    ///
    /// # Errors
    /// If the file cannot be read; `InvalidData` if it has another head, `UnexpectedEof` if it is shorter than it says.
    pub(crate) fn open(place: &Path, head: &[u8]) -> io::Result<Self> {
        let mut file = File::open(place)?;
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        let start = head.len() + size_of::<u64>();
        let mut buffer = vec![0; start];
        file.read_exact(&mut buffer)?;
        let (own, size) = buffer.split_at(head.len());
        if own != head {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let size = size.try_into().map(u64::from_le_bytes).ok();
        let size = size.and_then(|size| usize::try_from(size).ok());
        let end = size.and_then(|size| start.checked_add(size)).filter(|end| *end <= length);
        let end = end.ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut reader =
            Self { file, buffer, taken: start, read: start, end, checksums: Vec::new() };
        reader.read_piece(0)?;
        Ok(reader)
    }

    /// Reads up to the end of a piece, which begins at a place of the buffer.
    fn read_piece(&mut self, start: usize) -> io::Result<()> {
        let length = (PIECE - self.read % PIECE).min(self.end - self.read);
        self.buffer.reserve(length);
        if (&self.file).take(length as u64).read_to_end(&mut self.buffer)? < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.read += length;
        let piece = self.buffer.get(start..).unwrap_or_default();
        self.checksums.push(crc32fast::hash(piece).to_le_bytes());
        Ok(())
    }

    /// Makes the next bytes stand in the buffer, so many if there are so many.
    fn fill(&mut self, length: usize) -> Option<&[u8]> {
        if length > self.left() {
            return None;
        }
        while self.buffer.len() - self.taken < length {
            self.buffer.drain(..self.taken);
            self.taken = 0;
            self.read_piece(self.buffer.len()).ok()?;
        }
        self.buffer.get(self.taken..self.taken + length)
    }

    /// What stands behind the segment, and its end, if it was read to its end and is whole.
    pub(crate) fn finish(mut self) -> Option<(Vec<u8>, End)> {
        let mut check = Hash::default();
        self.file.read_exact(&mut check).ok()?;
        if self.left() > 0 || in_all(None, self.end, &self.checksums) != check {
            return None;
        }
        let all = (self.end + size_of::<Hash>()) as u64;
        let mut behind = Vec::new();
        self.file.read_to_end(&mut behind).ok()?;
        Some((behind, End { first: all, all, hash: check }))
    }
}

impl Source for Reader {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let bytes = self.fill(N)?.try_into().ok()?;
        self.taken += N;
        Some(bytes)
    }

    fn bytes(&mut self, length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(length.min(self.left()));
        while bytes.len() < length {
            let next = (length - bytes.len()).min(PIECE);
            bytes.extend_from_slice(self.fill(next)?);
            self.taken += next;
        }
        Some(bytes)
    }

    fn left(&self) -> usize {
        self.end - self.read + self.buffer.len() - self.taken
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;
    use crate::segments::{Segment, next};

    /// Reads a file's first segment in parts of changing length, to its end.
    fn read(place: &Path) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut reader = Reader::open(place, b"head").ok()?;
        let mut all = Vec::new();
        for turn in 0.. {
            match turn % 3 {
                0 if reader.left() >= 7 => all.extend(reader.array::<7>()?),
                1 if reader.left() >= 300_000 => all.extend(reader.bytes(300_000)?),
                _ if reader.left() > 0 => all.extend(reader.array::<1>()?),
                _ => break,
            }
        }
        assert!(reader.array::<1>().is_none() && reader.bytes(1).is_none());
        let (behind, end) = reader.finish()?;
        assert_eq!(end.length() as usize + behind.len(), fs::read(place).unwrap().len());
        Some((all, behind))
    }

    #[test]
    fn a_first_segment_is_read_as_it_was_written_if_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("file");
        for length in [0, 1, PIECE - 13, PIECE - 12, PIECE, 3 * PIECE - 12, 3 * PIECE + 5] {
            let content: Vec<u8> = (0..length).map(|it| (it % 251) as u8).collect();
            let mut segment = Segment::first(&[b"head"]);
            segment.bytes.extend_from_slice(&content);
            let end = segment.write(&place).unwrap().unwrap();
            assert_eq!(read(&place), Some((content.clone(), Vec::new())), "{length}");
            let mut segment = Segment::behind(end);
            segment.bytes.extend_from_slice(b"later");
            segment.write(&place).unwrap().unwrap();
            let whole = fs::read(&place).unwrap();
            let (first, behind) = read(&place).unwrap();
            assert!(first == content && behind == whole[whole.len() - behind.len()..]);
            let (later, _) = next((&behind, end.length()), 4, Some(end)).unwrap();
            assert_eq!(&behind[later], b"later");
            let first = end.length() as usize;
            for at in [0, 4, 11, 12, first / 2, first - 17, first - 16, first - 1] {
                let mut other = whole.clone();
                other[at] ^= 1;
                fs::write(&place, &other).unwrap();
                assert_eq!(read(&place), None, "{length}: byte {at}");
                fs::write(&place, &whole[..at]).unwrap();
                assert_eq!(read(&place), None, "{length}: {at} bytes");
            }
        }
    }
}
