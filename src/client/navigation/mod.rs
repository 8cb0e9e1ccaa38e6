//! Navigation: what happens between a click and the page that it asks for.
//!
//! The navigator decides and knows no browser; the effects carry out what it decides; the other
//! files tell it what the reader does.

#[cfg(feature = "hydrate")]
pub(super) mod effects;
#[cfg(feature = "hydrate")]
pub(super) mod history;
#[cfg(feature = "hydrate")]
pub(super) mod links;
pub(super) mod navigator;
#[cfg(test)]
mod navigator_tests;
mod page_cache;
#[cfg(feature = "hydrate")]
pub(super) mod prefetch;
#[cfg(feature = "hydrate")]
mod target;
