//! Hashes of a content. SHA-256 where a name is made of it, or a browser computes it, too; XXH3 where the press compares
//! with what it has written before, which is most of what is hashed: in this it takes a tenth of the time.

use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// So many bytes of a program have one checksum.
const PIECE: u64 = 1 << 16;

/// An XXH3 of 128 bits, the highest first (xxHash, `doc/xxhash_spec.md`). It tells contents apart that nobody has made to be
/// mistaken for each other: who writes an edition could mislead only the prints of that edition.
pub(crate) type Hash = [u8; 16];

/// The hash of texts one after the other.
pub(crate) fn hash(parts: &[&[u8]]) -> Hash {
    let hash = match parts {
        [all] => xxh3_128(all),
        parts => {
            let mut all = Xxh3::new();
            parts.iter().for_each(|part| all.update(part));
            all.digest128()
        }
    };
    hash.to_be_bytes()
}

/// The first half of the SHA-256 of texts one after the other, which lists of published files have that an older press wrote.
pub(crate) fn half_of_sha(parts: &[&[u8]]) -> Hash {
    let mut all = Sha256::new();
    parts.iter().for_each(|part| all.update(part));
    let mut half = Hash::default();
    half.copy_from_slice(all.finalize().get(..16).unwrap_or(&[0; 16]));
    half
}

/// Begins to find the hash of the program, which takes a while, on another core.
pub(crate) fn prepare_program() {
    // Without another thread it is found when it is needed.
    let _ = std::thread::Builder::new().spawn(program);
}

/// The hash of the program, of the CRC-32 of its pieces: another press may make something else of the same. Where the
/// program cannot be read, it is that of no other run.
pub(crate) fn program() -> &'static Hash {
    static PROGRAM: OnceLock<Hash> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let checksums = std::env::current_exe().and_then(File::open).and_then(checksums);
        checksums.map_or_else(
            |_| {
                let moment = jiff::Timestamp::now().as_nanosecond();
                hash(&[&moment.to_be_bytes(), &std::process::id().to_be_bytes()])
            },
            |checksums| hash(&[&checksums]),
        )
    })
}

/// The CRC-32 of the pieces of a file, one after the other.
fn checksums(mut file: impl Read) -> io::Result<Vec<u8>> {
    let mut checksums = Vec::new();
    let mut piece = Vec::new();
    loop {
        piece.clear();
        if file.by_ref().take(PIECE).read_to_end(&mut piece)? == 0 {
            return Ok(checksums);
        }
        checksums.extend_from_slice(&crc32fast::hash(&piece).to_le_bytes());
    }
}

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
