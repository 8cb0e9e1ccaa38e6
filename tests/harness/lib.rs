//! The harness of the browser tests: a paper printed for a test, a server that can fail, a browser.

mod browser;
mod engine;
mod paper;
mod server;

pub use browser::{Browser, died};
pub use engine::Engine;
pub use paper::{Paper, nghean, own_edition, sample};
pub use server::{Fault, Server};

use std::io::Write as _;

/// What tests return: any error fails them, with its story.
pub type Result<T = ()> = anyhow::Result<T>;

/// Says something that is read although the test passes: what `eprintln!` prints is kept back then.
pub fn say(words: &str) -> Result {
    Ok(writeln!(std::io::stderr(), "{words}")?)
}
