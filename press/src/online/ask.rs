//! Requests to a site that is online, as a browser makes them.

use std::cell::Cell;
use std::io::Read as _;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use url::Url;

use super::Measure;
use super::client::Client;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// What is longer is not looked at further than this.
const LONGEST: u64 = 64 << 20;

/// Asks one site.
pub(super) struct Asker {
    client: Client,
    base: Url,
    count: Cell<usize>,
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    first_byte: Duration,
    /// The bytes as they came.
    pub(super) length: usize,
    /// The bytes unpacked.
    pub(super) plain: Vec<u8>,
}

impl Asker {
    pub(super) fn new(base: Url) -> Result<Self> {
        Ok(Self { client: Client::new(PATIENCE)?, base, count: Cell::new(0) })
    }

    pub(super) fn base(&self) -> &Url {
        &self.base
    }

    pub(super) fn count(&self) -> usize {
        self.count.get()
    }

    /// The address of a path that is relative to the site, as it is written in it.
    pub(super) fn url(&self, path: &str) -> Result<Url> {
        // A path with a colon in its first part would be read as an address.
        Ok(self.base.join(&format!("./{path}"))?)
    }

    /// Asks for a path relative to the site.
    pub(super) fn get(&self, path: &str) -> Result<Answer> {
        self.get_url(self.url(path)?)
    }

    pub(super) fn get_url(&self, url: Url) -> Result<Answer> {
        self.count.set(self.count.get() + 1);
        let begun = Instant::now();
        let request = self.client.0.get(url.clone()).header("Accept-Encoding", "br, gzip");
        let response = request.send().with_context(|| format!("{url} does not answer"))?;
        let first_byte = begun.elapsed();
        let status = response.status().as_u16();
        let text = |value: &reqwest::header::HeaderValue| {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        let headers = response.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        let mut bytes = Vec::new();
        let read = response.take(LONGEST).read_to_end(&mut bytes);
        read.with_context(|| format!("{url} breaks off"))?;
        let mut answer =
            Answer { status, headers, first_byte, length: bytes.len(), plain: Vec::new() };
        answer.plain =
            answer.unpacked(bytes).with_context(|| format!("{url} cannot be unpacked"))?;
        Ok(answer)
    }
}

impl Answer {
    /// The values of a header, joined as HTTP does (RFC 9110, section 5.3).
    pub(super) fn header(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(it, _)| it == name);
        values.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(it, _)| it == name)
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.plain).into_owned()
    }

    /// The media type without its parameters.
    pub(super) fn media_type(&self) -> String {
        let value = self.header("content-type");
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    pub(super) fn measure(&self, path: &str) -> Measure {
        let path = format!("/{path}");
        Measure { path, first_byte: self.first_byte, bytes: self.length, plain: self.plain.len() }
    }

    fn unpacked(&self, bytes: Vec<u8>) -> Result<Vec<u8>> {
        let mut plain = Vec::new();
        match self.header("content-encoding").as_str() {
            "br" => brotli::Decompressor::new(&bytes[..], 1 << 14)
                .take(LONGEST)
                .read_to_end(&mut plain)?,
            "gzip" => flate2::read::MultiGzDecoder::new(&bytes[..])
                .take(LONGEST)
                .read_to_end(&mut plain)?,
            _ => return Ok(bytes),
        };
        Ok(plain)
    }
}
