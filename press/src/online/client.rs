//! The client for all requests of the press but those to clouds' stores.

use std::error::Error as _;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use reqwest::blocking::ClientBuilder;
use reqwest::redirect::Policy;

/// How the press names itself to those whom it asks.
pub(super) const NAME: &str = concat!("press/", env!("CARGO_PKG_VERSION"));

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
    ClientBuilder::new().timeout(patience).user_agent(NAME)
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
        let answer = request.send().map_err(|error| anyhow!("no answer: {}", why(&error)))?;
        Ok(answer.status().as_u16())
    }
}

/// Why there is no answer, as a sentence that says what to look at.
pub(super) fn why(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it takes too long".to_owned();
    }
    let (mut chain, mut next) = (Vec::new(), error.source());
    while let Some(cause) = next {
        chain.push(cause.to_string());
        next = cause.source();
    }
    let has = |word: &str| chain.iter().any(|it| it.contains(word));
    let last = chain.last().cloned().unwrap_or_else(|| error.to_string());
    if has("dns error") {
        format!(
            "no machine has this name ({last}): look at its spelling and at the records of the domain"
        )
    } else if has("certificate") {
        format!("browsers refuse its certificate ({last}): let the host get one for this name")
    } else if has("InvalidContentType") || has("corrupt message") {
        format!("what answers does not speak TLS ({last}): https:// leads to a port for http://")
    } else if error.is_connect() {
        format!("nobody can be reached there ({last})")
    } else {
        last
    }
}
