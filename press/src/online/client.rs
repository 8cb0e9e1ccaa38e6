//! The client for all requests of the press but those to clouds' stores.

use std::time::Duration;

use anyhow::{Context as _, Result};
use reqwest::blocking::ClientBuilder;
use reqwest::redirect::Policy;

/// A client that follows no redirects and unpacks nothing.
#[derive(Debug, Clone)]
pub struct Client(pub(super) reqwest::blocking::Client);

/// Chooses what encrypts requests, for the whole process. That something is chosen already is as good.
pub fn prepare_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// What every client of the press has in common: TLS, its name, and how long it waits for a whole answer.
pub(crate) fn builder(patience: Duration) -> ClientBuilder {
    prepare_tls();
    let name = concat!("press/", env!("CARGO_PKG_VERSION"));
    ClientBuilder::new().timeout(patience).user_agent(name)
}

impl Client {
    /// A client that waits so long for an answer.
    ///
    /// # Errors
    /// If the machine's certificates cannot be read.
    pub fn new(patience: Duration) -> Result<Self> {
        let client = builder(patience).redirect(Policy::none()).build();
        client.map(Self).context("no requests can be made")
    }

    /// Sends a form or JSON to an address, and says what status it answers.
    ///
    /// # Errors
    /// If there is no answer.
    pub fn post(&self, url: &str, media_type: &str, body: String) -> Result<u16> {
        let request = self.0.post(url).header("Content-Type", media_type).body(body);
        Ok(request.send().with_context(|| format!("{url} does not answer"))?.status().as_u16())
    }
}
