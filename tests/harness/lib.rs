//! The harness of the browser tests: a paper printed for a test, a server that can fail, a browser.

mod browser;
mod paper;
mod server;

pub use browser::{Browser, Engine};
pub use paper::{Paper, nghean, own_edition, sample};
pub use server::{Fault, Server};

/// What tests return: any error fails them, with its story.
pub type Result<T = ()> = anyhow::Result<T>;
