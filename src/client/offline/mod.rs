//! Offline: what the app asks the service worker for, and what it tells the reader of it.

#[cfg(feature = "csr")]
pub(super) mod corrections;
#[cfg(feature = "csr")]
pub(super) mod first_page;
#[cfg(feature = "csr")]
pub(super) mod freshness;
mod protocol;
#[cfg(test)]
mod protocol_tests;
#[cfg(feature = "csr")]
pub(super) mod saved_page;
#[cfg(feature = "csr")]
pub(super) mod saving;
mod saving_state;
#[cfg(feature = "csr")]
pub(super) mod updates;
#[cfg(feature = "csr")]
pub(super) mod worker;
