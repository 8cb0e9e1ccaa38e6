//! The folder of a site: which file answers a path, and its bytes.

use std::collections::HashMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::{Context as _, Result};
use axum::body::Bytes;
use broadsheet::contract::Site;
use percent_encoding::percent_decode_str;

use super::headers::Rules;
use crate::hash::short_hash;

/// A site on disk. It may be replaced while it is served.
pub struct Folder {
    root: PathBuf,
    base_path: String,
    headers: Rules,
    packed: Mutex<HashMap<PathBuf, (SystemTime, Payload)>>,
}

/// A file of the site.
pub(super) struct File {
    path: PathBuf,
    pub(super) name: String,
}

/// What is sent for a file.
#[derive(Clone)]
pub(super) struct Payload {
    pub(super) bytes: Bytes,
    /// The entity tag of these very bytes, in quotes (RFC 9110, section 8.8.3).
    pub(super) etag: String,
}

/// What answers a path.
pub(super) enum Found {
    File(File),
    /// The page is at this path.
    Redirect(String),
    Nothing,
}

impl File {
    /// The name carries a hash of the bytes (`app.1a2b3c4d.css`), so they never change.
    pub(super) fn name_has_hash(&self) -> bool {
        let mut parts = self.name.rsplit('.').skip(1);
        let hash = parts.next().filter(|_| parts.next().is_some()).unwrap_or("");
        hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    }
}

impl Folder {
    /// Opens the site in a folder.
    ///
    /// # Errors
    /// If `site.json` is not there or cannot be read.
    pub fn open(root: &Path) -> Result<Self> {
        let file = root.join("site.json");
        let json = fs::read_to_string(&file).with_context(|| {
            format!("{} holds no site: print one with `press build`", root.display())
        })?;
        let site: Site = serde_json::from_str(&json)
            .with_context(|| format!("{} is not that of a site", file.display()))?;
        let headers = fs::read_to_string(root.join("_headers")).unwrap_or_default();
        Ok(Self {
            root: root.to_owned(),
            base_path: site.base_path,
            headers: Rules::read(&headers),
            packed: Mutex::default(),
        })
    }

    /// The path below which the site is served.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The headers that the site asks its host to send.
    pub(super) fn headers(&self) -> &Rules {
        &self.headers
    }

    /// What answers a path of a request.
    pub(super) fn find(&self, url_path: &str) -> Found {
        let Some(below) = url_path.strip_prefix(self.base_path.as_str()) else {
            let missing_slash = format!("{url_path}/") == self.base_path;
            return if missing_slash {
                Found::Redirect(self.base_path.clone())
            } else {
                Found::Nothing
            };
        };
        let Ok(below) = percent_decode_str(below).decode_utf8() else { return Found::Nothing };
        let path = Path::new(below.as_ref());
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return Found::Nothing;
        }
        let path = self.root.join(path);
        if below.is_empty() || below.ends_with('/') {
            return self.file(path.join("index.html")).map_or(Found::Nothing, Found::File);
        }
        if path.is_dir() && path.join("index.html").is_file() {
            // A path that begins with two slashes would lead to another host.
            return Found::Redirect(format!("/{}/", url_path.trim_matches('/')));
        }
        self.file(path).map_or(Found::Nothing, Found::File)
    }

    pub(super) fn not_found_page(&self) -> Option<File> {
        self.file(self.root.join("404.html"))
    }

    fn file(&self, path: PathBuf) -> Option<File> {
        let name = path.file_name()?.to_string_lossy().into_owned();
        // Names that begin with a `_` are for the host, not for readers.
        (path.is_file() && !name.starts_with('_')).then_some(File { path, name })
    }

    /// The bytes of a file, brotli on demand. What was compressed is kept until the file changes.
    pub(super) fn read(&self, file: &File, packed: bool) -> std::io::Result<Payload> {
        let plain = |path: &Path| fs::read(path);
        if !packed {
            let bytes = plain(&file.path)?;
            return Ok(Payload {
                etag: format!("\"{}\"", short_hash(&bytes)),
                bytes: bytes.into(),
            });
        }
        let changed = fs::metadata(&file.path)?.modified()?;
        let kept = {
            let packed = self.packed.lock().unwrap_or_else(PoisonError::into_inner);
            packed.get(&file.path).filter(|(at, _)| *at == changed).map(|(_, it)| it.clone())
        };
        if let Some(payload) = kept {
            return Ok(payload);
        }
        let bytes = plain(&file.path)?;
        let etag = format!("\"{}-br\"", short_hash(&bytes));
        let payload = Payload { bytes: compress(&bytes)?.into(), etag };
        let mut packed = self.packed.lock().unwrap_or_else(PoisonError::into_inner);
        packed.insert(file.path.clone(), (changed, payload.clone()));
        Ok(payload)
    }
}

/// Brotli at the quality that CDNs use for static files (11, RFC 7932 leaves it to the encoder).
fn compress(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out)
}
