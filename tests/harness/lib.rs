//! The harness of the tests: an edition printed for a test, a server that can fail, a browser.

mod browser;
pub mod dev;
mod engine;
mod events;
mod every_engine;
mod host;
mod paper;
mod processes;
mod proxy;
mod server;
mod written;

pub use browser::Browser;
pub use engine::Engine;
pub use events::{Event, report};
pub use every_engine::run_in;
pub use host::{Host, HostKind};
pub use paper::{
    NO_NGHEAN, NOW, Paper, nghean, own_edition, picture_store, precompressed_digitalgov,
    precompressed_nghean, precompressed_sample, sample, shell, workshop,
};
pub use proxy::Proxy;
pub use server::{BLANK_PAGE, Fault, Server};
pub use written::WrittenEdition;

/// What tests return: any error fails them, with its story.
pub type Result<T = ()> = anyhow::Result<T>;
