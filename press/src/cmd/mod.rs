//! The commands of the press.

pub(crate) mod build;
pub(crate) mod serve;

/// The exit code when a site was printed without some of its articles.
pub(crate) const SOME_LEFT_OUT: u8 = 1;
/// The exit code when no site was printed.
pub(crate) const NOTHING_PRINTED: u8 = 2;
