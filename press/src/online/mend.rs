//! What there is to do about a fault, whoever the host is.

/// What mends a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mend {
    /// The host has to follow the rules of the site.
    Rules,
    /// The host has to compress.
    Compress,
    /// Nothing may change pages on the way.
    Untouched,
    /// The site has to be published, or a cache emptied.
    Publish,
    /// The edition has to be mended.
    Edition,
    /// What is compressed has to say so, and once.
    Packing,
    /// Somebody has to answer.
    Answer,
    /// The host has to answer at this address, or another has to be printed for.
    Address,
}
