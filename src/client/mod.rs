//! The client: it takes the prerendered page over in the browser and keeps it going.
//!
//! All that touches web-sys is in this folder. This file wires its features, which do not know each
//! other: they watch which page is shown, and call the [`handle`](Handle). What decides without a
//! browser is tested natively.

#[cfg(feature = "hydrate")]
mod connection;
#[cfg(feature = "hydrate")]
mod controls;
#[cfg(feature = "hydrate")]
mod data;
#[cfg(feature = "hydrate")]
mod document;
#[cfg(feature = "hydrate")]
mod handle;
#[cfg(feature = "hydrate")]
mod json;
mod navigation;
mod offline;
#[cfg(feature = "hydrate")]
mod start;
#[cfg(feature = "hydrate")]
mod views;
