//! Hashes of a content: short ones, which name it, and longer ones, by which it is checked.

use std::io::{self, Read, Write};

use sha2::{Digest as _, Sha256};

/// The first 8 hexadecimal digits of the SHA-256 of `bytes`.
pub fn short_hash(bytes: &[u8]) -> String {
    digits(bytes, 4)
}

/// The same of what a reader gives, piece by piece.
pub(crate) fn short_hash_of(mut reader: impl Read) -> io::Result<String> {
    let mut sha = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let length = reader.read(&mut piece)?;
        if length == 0 {
            return Ok(hexadecimal(&sha.finalize(), 4));
        }
        sha.update(piece.get(..length).unwrap_or_default());
    }
}

/// Passes on what is read, and writes it, too.
pub(crate) struct Copying<R, W>(pub(crate) R, pub(crate) W);

impl<R: Read, W: Write> Read for Copying<R, W> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let length = self.0.read(piece)?;
        self.1.write_all(piece.get(..length).unwrap_or_default())?;
        Ok(length)
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of `bytes`.
pub(crate) fn long_hash(bytes: &[u8]) -> String {
    digits(bytes, 8)
}

fn digits(bytes: &[u8], count: usize) -> String {
    hexadecimal(&Sha256::digest(bytes), count)
}

fn hexadecimal(digest: &[u8], count: usize) -> String {
    digest.iter().take(count).map(|byte| format!("{byte:02x}")).collect()
}
