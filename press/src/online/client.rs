//! The client for all requests of the press but those to clouds' stores.

use std::time::Duration;

use anyhow::{Context as _, Result};
use reqwest::redirect::Policy;

/// A client that follows no redirects and unpacks nothing.
#[derive(Debug, Clone)]
pub struct Client(pub(super) reqwest::blocking::Client);

/// Chooses what encrypts requests, for the whole process. That something is chosen already is as good.
pub fn prepare_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl Client {
    /// A client that waits so long for an answer.
    ///
    /// # Errors
    /// If the machine's certificates cannot be read.
    pub fn new(patience: Duration) -> Result<Self> {
        prepare_tls();
        let client = reqwest::blocking::Client::builder()
            .redirect(Policy::none())
            .timeout(patience)
            .user_agent(concat!("press/", env!("CARGO_PKG_VERSION")))
            .build();
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
