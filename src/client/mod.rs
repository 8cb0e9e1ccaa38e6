//! The client: it takes the printed page over in the browser and keeps it going.
//!
//! All that touches web-sys is in this folder. This file wires its features, which do not know each
//! other: they watch which page is shown, and call the [`handle`](Handle). What decides without a
//! browser is tested natively.

#[cfg(feature = "csr")]
mod banner;
#[cfg(feature = "csr")]
mod connection;
#[cfg(feature = "csr")]
mod controls;
#[cfg(feature = "csr")]
mod data;
#[cfg(feature = "csr")]
mod document;
#[cfg(feature = "csr")]
mod handle;
#[cfg(feature = "csr")]
mod json;
mod navigation;
mod offline;
#[cfg(feature = "csr")]
mod start;
#[cfg(feature = "csr")]
mod views;
