//! Pictures of other sites, where the publisher wants them fetched: each is asked for once, by the first print that
//! shows it, and kept beside what was made of pictures. Readers never ask another site for a picture.

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use reqwest::blocking::{Client, Response};
use reqwest::redirect;
use url::Url;

use crate::hash::long_hash;
use crate::online::client_builder;
use crate::pictures::kind::Kind;
use crate::pictures::lock;

/// The largest picture that is fetched, in bytes. A photograph of 50 megapixels has 10 to 30 MB.
const LARGEST: u64 = 30_000_000;
/// How long a host may take to answer, and a picture to come as a whole.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(30);
/// How many addresses one picture may lead through.
const REDIRECTS: usize = 5;
/// How often a host may be unreachable before a print asks it no more.
const FAILURES: usize = 3;

type Entry = Arc<OnceLock<Result<PathBuf, String>>>;

/// The pictures of other sites that articles show.
#[derive(Debug)]
pub(super) struct Remote {
    folder: PathBuf,
    client: OnceLock<Result<Client, String>>,
    pictures: Mutex<HashMap<String, Entry>>,
    /// How often each host could not be reached.
    failures: Mutex<HashMap<String, usize>>,
}

impl Remote {
    /// Keeps pictures in a folder, which is made when it is needed.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            client: OnceLock::new(),
            pictures: Mutex::default(),
            failures: Mutex::default(),
        }
    }

    /// The file with the picture at an address; the error says why there is none.
    pub(super) fn file(&self, address: &str) -> Result<PathBuf, String> {
        let entry = lock(&self.pictures).entry(address.to_owned()).or_default().clone();
        entry.get_or_init(|| self.find(address)).clone()
    }

    fn find(&self, address: &str) -> Result<PathBuf, String> {
        let url = parse(address)?;
        let place = self.folder.join(long_hash(url.as_str().as_bytes()));
        if let Some(file) = only_file(&place) {
            return Ok(file);
        }
        let bytes = self.fetch(&url)?;
        let ending = Kind::of(&bytes)?.ending();
        let keep = || -> std::io::Result<PathBuf> {
            fs::create_dir_all(&self.folder)?;
            let draft = tempfile::tempdir_in(&self.folder)?;
            let name = format!("{}.{ending}", name(&url));
            fs::write(draft.path().join(&name), &bytes)?;
            // Complete or not there: a print that is killed leaves a draft, which has another name.
            fs::rename(draft.path(), &place)
                .or_else(|error| if only_file(&place).is_some() { Ok(()) } else { Err(error) })?;
            Ok(place.join(name))
        };
        keep().map_err(|error| format!("there is no room for it ({error})"))
    }

    fn fetch(&self, url: &Url) -> Result<Vec<u8>, String> {
        let host = url.host_str().unwrap_or_default();
        if lock(&self.failures).get(host).is_some_and(|count| *count >= FAILURES) {
            return Err(format!("{host} could not be reached {FAILURES} times"));
        }
        let client = self.client.get_or_init(client).as_ref().map_err(String::clone)?;
        let answer = client.get(url.clone()).send().map_err(|error| {
            if error.is_timeout() || error.is_connect() {
                *lock(&self.failures).entry(host.to_owned()).or_default() += 1;
            }
            innermost(&error)
        })?;
        read(answer)
    }
}

/// What came, if it is all of it and not too much.
fn read(answer: Response) -> Result<Vec<u8>, String> {
    let status = answer.status();
    if !status.is_success() {
        return Err(format!("its host answered {status}"));
    }
    let mut bytes = Vec::new();
    // The length that the host tells may be wrong, or missing.
    answer.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is larger than {} MB", LARGEST / 1_000_000));
    }
    Ok(bytes)
}

fn client() -> Result<Client, String> {
    let builder = client_builder(WHOLE).connect_timeout(CONNECT);
    let builder = builder.redirect(redirect::Policy::limited(REDIRECTS));
    builder.build().map_err(|error| innermost(&error))
}

/// The address as it is asked for, without its fragment. What begins with `//` gets a scheme.
fn parse(address: &str) -> Result<Url, String> {
    let trimmed = address.trim();
    let whole = match trimmed.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => trimmed.to_owned(),
    };
    let mut url = Url::parse(&whole).map_err(|error| format!("its address is wrong ({error})"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("its address is wrong".to_owned());
    }
    url.set_fragment(None);
    Ok(url)
}

/// What the picture is called in its address.
fn name(url: &Url) -> String {
    let last = url.path_segments().and_then(|mut it| it.next_back()).unwrap_or_default();
    let stem = super::file::stem(Path::new(&*percent_decode_str(last).decode_utf8_lossy()));
    if stem.is_empty() { "picture".to_owned() } else { stem }
}

fn only_file(folder: &Path) -> Option<PathBuf> {
    let file = fs::read_dir(folder).ok()?.next()?.ok()?.path();
    file.is_file().then_some(file)
}

/// The cause of a failure; what is around it repeats the address.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
