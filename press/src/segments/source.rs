//! What the content of segments is read from, one part after the other.

/// Bytes that are read one after the other.
pub(crate) trait Source {
    /// The next bytes.
    fn array<const N: usize>(&mut self) -> Option<[u8; N]>;

    /// So many bytes, in memory of their own.
    fn bytes(&mut self, length: usize) -> Option<Vec<u8>>;

    /// How many bytes are left.
    fn left(&self) -> usize;

    /// The next four bytes, the lowest first.
    fn number(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }
}

/// Bytes in memory.
pub(crate) struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    /// Begins at the first of them.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next bytes, so many.
    pub(crate) fn next(&mut self, length: usize) -> Option<&'a [u8]> {
        let (next, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(next)
    }

    /// A text behind its length.
    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        str::from_utf8(self.next(length)?).ok()
    }
}

impl Source for Cursor<'_> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes(&mut self, length: usize) -> Option<Vec<u8>> {
        self.next(length).map(<[u8]>::to_vec)
    }

    fn left(&self) -> usize {
        self.0.len()
    }
}
