//! What is done on another core while nobody waits for it.

/// Gives memory back. Of an archive that takes up to a tenth of a second.
pub(crate) fn free<T: Send + 'static>(what: T) {
    rayon::spawn(move || drop(what));
}
