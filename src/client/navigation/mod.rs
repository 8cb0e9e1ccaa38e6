//! Navigation: what happens between a click and the page that it asks for.
//!
//! The navigator decides and knows no browser; the effects carry out what it decides; the other
//! files tell it what the reader does.

#[cfg(feature = "csr")]
pub(super) mod effects;
#[cfg(feature = "csr")]
pub(super) mod history;
#[cfg(feature = "csr")]
pub(super) mod links;
pub(super) mod navigator;
#[cfg(test)]
mod navigator_tests;
mod page_cache;
#[cfg(feature = "csr")]
pub(super) mod prefetch;
#[cfg(feature = "csr")]
mod target;
