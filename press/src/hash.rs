//! Hashes of a content: short ones, which name it, and longer ones, by which it is checked.

use sha2::{Digest as _, Sha256};

/// The first 8 hexadecimal digits of the SHA-256 of `bytes`.
pub fn short_hash(bytes: &[u8]) -> String {
    digits(bytes, 4)
}

/// The first 16 hexadecimal digits of the SHA-256 of `bytes`.
pub(crate) fn long_hash(bytes: &[u8]) -> String {
    digits(bytes, 8)
}

fn digits(bytes: &[u8], count: usize) -> String {
    Sha256::digest(bytes).iter().take(count).map(|byte| format!("{byte:02x}")).collect()
}
