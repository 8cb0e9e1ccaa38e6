//! The reader: the pages of a newspaper, printed as HTML by the press and taken over in the browser.
//!
//! One source, two builds. With the feature `ssr` it is a native library: the press renders
//! [`app::App`] for every page. With `csr` it is the WebAssembly app that takes over the page
//! so printed. All that touches a browser lives in `client`; the rest runs, and is tested,
//! natively.

pub mod app;
#[cfg(any(feature = "csr", test))]
pub mod client;
pub mod components;
pub mod context;
pub mod contract;
pub mod dates;
pub mod ids;
pub mod phrases;
pub mod pictures;
pub mod title;
pub mod urls;
