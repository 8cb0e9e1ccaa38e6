//! Short hashes: what names a content by its bytes.

use sha2::{Digest as _, Sha256};

/// The first 8 hexadecimal digits of the SHA-256 of `bytes`.
pub fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
