//! The folder of a site, as it is at the moment of a request: it may be replaced while it is served.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use broadsheet::contract::Site;
use sha2::{Digest as _, Sha256};

use super::headers::Rules;
use super::kept::Kept;
use super::redirects::Redirects;

/// The hash of a content: the first half of its SHA-256.
pub(super) type ContentHash = [u8; 16];

/// A site on disk. It may be replaced while it is served.
pub struct Folder {
    root: PathBuf,
    base_path: String,
    hashes: Kept<ContentHash>,
    headers: Kept<Arc<Rules>>,
    redirects: Kept<Arc<Redirects>>,
}

/// What there is under a name.
pub(super) enum Entry {
    /// The folder of a page.
    Page,
    File,
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
        Ok(Self {
            // Links in it are followed anew for each request: a deploy may put another one there.
            root: std::path::absolute(root)?,
            base_path: site.base_path,
            hashes: Kept::default(),
            headers: Kept::default(),
            redirects: Kept::default(),
        })
    }

    /// The path below which the site is served.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// Where a name of the site leads. A link inside the folder may lead to another place in it, and not out.
    fn real(&self, name: &Path) -> io::Result<PathBuf> {
        // A name that is too long, or a link to itself, is no fault of the server's.
        let nothing = |_| io::Error::from(io::ErrorKind::NotFound);
        let root = self.root.canonicalize().map_err(nothing)?;
        let path = root.join(name).canonicalize().map_err(nothing)?;
        if path.starts_with(&root) { Ok(path) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    /// What a name stands for. A folder without a page is nothing, and so is what is no file, such as a device.
    pub(super) fn entry(&self, name: &Path) -> io::Result<Entry> {
        let path = self.real(name)?;
        if fs::metadata(&path)?.is_file() {
            return Ok(Entry::File);
        }
        match path.join("index.html").is_file() {
            true => Ok(Entry::Page),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Opens a file, and says what it is and the hash of its bytes.
    pub(super) fn file(&self, name: &Path) -> io::Result<(File, Metadata, ContentHash)> {
        let path = self.real(name)?;
        // A pipe would wait for a writer when it is opened.
        if !fs::metadata(&path)?.is_file() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let mut file = File::open(path)?;
        let about = file.metadata()?;
        let hash = self.hashes.get(&name.to_string_lossy(), &about, || hash(&mut file))?;
        Ok((file, about, hash))
    }

    /// The headers that the site asks its host to send.
    pub(super) fn headers(&self) -> Arc<Rules> {
        self.rules("_headers", &self.headers, Rules::read)
    }

    /// The redirects that the site asks its host for.
    pub(super) fn redirects(&self) -> Arc<Redirects> {
        self.rules("_redirects", &self.redirects, Redirects::read)
    }

    /// What a file of rules says; one that is not there says nothing.
    fn rules<T: Default>(&self, name: &str, kept: &Kept<Arc<T>>, read: fn(&str) -> T) -> Arc<T> {
        let rules = || {
            let mut file = File::open(self.real(Path::new(name))?)?;
            kept.get(name, &file.metadata()?, || {
                let mut text = String::new();
                file.read_to_string(&mut text)?;
                Ok(Arc::new(read(&text)))
            })
        };
        rules().unwrap_or_default()
    }
}

/// The hash of a file that was just opened, which stands at its beginning again then.
fn hash(file: &mut File) -> io::Result<ContentHash> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hash.update(buffer.get(..read).unwrap_or_default()),
        }
    }
    file.rewind()?;
    let digest = hash.finalize();
    let mut half = ContentHash::default();
    half.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
    Ok(half)
}
