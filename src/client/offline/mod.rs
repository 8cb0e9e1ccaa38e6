//! Offline: what the app asks the service worker for, and what it tells the reader of it.

#[cfg(feature = "hydrate")]
pub(super) mod corrections;
#[cfg(feature = "hydrate")]
pub(super) mod first_page;
#[cfg(feature = "hydrate")]
pub(super) mod freshness;
mod protocol;
#[cfg(test)]
mod protocol_tests;
#[cfg(feature = "hydrate")]
pub(super) mod saved_page;
#[cfg(feature = "hydrate")]
pub(super) mod saving;
mod saving_state;
#[cfg(feature = "hydrate")]
pub(super) mod updates;
#[cfg(feature = "hydrate")]
pub(super) mod worker;
