//! Requests to a site that is online, as a browser makes them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::io::Read as _;
use std::time::{Duration, Instant};

use anyhow::Result;
use percent_encoding::percent_decode_str;
use url::Url;

use super::client::{Client, why};
use super::mend::Mend;
use super::{Measure, packing};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// What is longer is not looked at further than this.
const LONGEST: u64 = 64 << 20;
/// After so many requests without an answer no more are made: each may take as long as the patience.
const MOST_SILENT: usize = 4;

/// Asks one site.
pub(super) struct Asker {
    client: Client,
    base: Url,
    /// Name and password that the address was given with; they are in no message.
    who: Option<(String, String)>,
    count: Cell<usize>,
    notes: RefCell<Vec<Note>>,
    /// The paths that had no answer.
    silent: RefCell<BTreeSet<String>>,
    /// The other hosts that had none.
    silent_hosts: RefCell<BTreeSet<String>>,
}

/// What is wrong with an answer whatever was asked for.
pub(super) struct Note {
    pub(super) code: &'static str,
    pub(super) path: String,
    pub(super) mend: Mend,
    pub(super) what: String,
}

/// An answer, read to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    /// 0 if there is no answer.
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    first_byte: Duration,
    /// The bytes as they came.
    pub(super) length: usize,
    /// The bytes unpacked.
    pub(super) plain: Vec<u8>,
    /// Why there is no answer.
    pub(super) cause: String,
}

impl Asker {
    pub(super) fn new(mut base: Url) -> Result<Self> {
        let part = |it: &str| percent_decode_str(it).decode_utf8_lossy().into_owned();
        let who = (part(base.username()), part(base.password().unwrap_or_default()));
        let who = Some(who).filter(|it| !it.0.is_empty());
        // Only addresses without a host refuse that.
        let _ = base.set_username("").and_then(|()| base.set_password(None));
        Ok(Self {
            client: Client::new(PATIENCE)?,
            base,
            who,
            count: Cell::new(0),
            notes: RefCell::default(),
            silent: RefCell::default(),
            silent_hosts: RefCell::default(),
        })
    }

    pub(super) fn base(&self) -> &Url {
        &self.base
    }

    pub(super) fn count(&self) -> usize {
        self.count.get()
    }

    /// What came up at any request, and the paths that had no answer.
    pub(super) fn notes(&self) -> (Vec<Note>, BTreeSet<String>) {
        (self.notes.take(), self.silent.take())
    }

    /// The address of a path that is relative to the site, as it is written in it.
    pub(super) fn url(&self, path: &str) -> Result<Url> {
        // A path with a colon in its first part would be read as an address.
        Ok(self.base.join(&format!("./{path}"))?)
    }

    /// Asks for a path relative to the site.
    pub(super) fn get(&self, path: &str) -> Result<Answer> {
        Ok(self.get_url(self.url(path)?))
    }

    /// Asks for an address. What is wrong with the answer itself is noted, if it is one of the site's host.
    pub(super) fn get_url(&self, url: Url) -> Answer {
        if url.origin() != self.base.origin() {
            return self.elsewhere(&url);
        }
        let path = url.path().strip_prefix(self.base.path()).unwrap_or(url.path()).to_owned();
        let note = |code, mend, what| {
            self.notes.borrow_mut().push(Note { code, path: path.clone(), mend, what });
        };
        let silent = self.silent.borrow().len();
        let asked = match silent < MOST_SILENT {
            true => self.ask(&url),
            false => Err(String::new()),
        };
        let (mut answer, bytes) = match asked {
            Ok(answer) => answer,
            Err(cause) => {
                if silent < MOST_SILENT {
                    note("no-answer", Mend::Answer, format!("{url} does not answer: {cause}"));
                }
                if silent + 1 == MOST_SILENT {
                    let what = format!("after {MOST_SILENT} such requests no more were made");
                    note("no-answer", Mend::Answer, what);
                }
                self.silent.borrow_mut().insert(path);
                return Answer { cause, ..Answer::default() };
            }
        };
        answer.length = bytes.len();
        let (plain, wrong) = packing::unpacked(&path, &answer.header("content-encoding"), bytes);
        answer.plain = plain;
        if let Some(what) = wrong {
            note("encoding", Mend::Packing, what);
        }
        if !answer.header("clear-site-data").is_empty() {
            let what = "it is sent with Clear-Site-Data, by which readers lose what they saved";
            note("clear-site-data", Mend::Rules, what.to_owned());
        }
        answer
    }

    /// Asks another host, and none twice that does not answer.
    fn elsewhere(&self, url: &Url) -> Answer {
        let host = url.origin().ascii_serialization();
        if self.silent_hosts.borrow().contains(&host) {
            return Answer::default();
        }
        match self.ask(url) {
            Ok((answer, bytes)) => Answer { length: bytes.len(), plain: bytes, ..answer },
            Err(cause) => {
                self.silent_hosts.borrow_mut().insert(host);
                Answer { cause, ..Answer::default() }
            }
        }
    }

    /// Asks for an address of which it is no fault that nobody answers.
    pub(super) fn plainly(&self, url: &Url) -> Option<Answer> {
        self.ask(url).ok().map(|(answer, _)| answer)
    }

    fn ask(&self, url: &Url) -> Result<(Answer, Vec<u8>), String> {
        self.count.set(self.count.get() + 1);
        let begun = Instant::now();
        let mut request = self.client.0.get(url.clone()).header("Accept-Encoding", "br, gzip");
        if let Some((name, password)) =
            self.who.as_ref().filter(|_| url.origin() == self.base.origin())
        {
            request = request.basic_auth(name, Some(password));
        }
        let response = request.send().map_err(|error| why(&error))?;
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
        read.map_err(|error| format!("it breaks off after {} bytes: {error}", bytes.len()))?;
        Ok((Answer { status, headers, first_byte, ..Answer::default() }, bytes))
    }
}

impl Answer {
    /// The values of a header, joined as HTTP does (RFC 9110, section 5.3).
    pub(super) fn header(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(it, _)| it == name);
        values.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ")
    }

    #[cfg(test)]
    pub(super) fn stub(status: u16, headers: &[(&str, &str)]) -> Self {
        let headers =
            headers.iter().map(|(name, it)| ((*name).to_owned(), (*it).to_owned())).collect();
        Self { status, headers, ..Self::default() }
    }

    /// Whether it leads elsewhere.
    pub(super) fn leads_on(&self) -> bool {
        (301..=308).contains(&self.status) && self.status != 304
    }

    /// What it answers, after "it answers".
    pub(super) fn told(&self) -> String {
        match (self.status, self.header("location")) {
            (0, _) => "not at all".to_owned(),
            (status, place) if self.leads_on() && !place.is_empty() => {
                format!("{status} and leads to {place}")
            }
            (status, _) => status.to_string(),
        }
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
}
