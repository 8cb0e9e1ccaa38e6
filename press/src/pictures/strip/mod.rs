//! Taking the metadata out of files that are published as they came: what moves, and what no decoder here reads.

pub(super) mod avif;
pub(super) mod gif;
pub(super) mod png;
pub(super) mod webp;
