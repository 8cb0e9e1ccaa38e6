//! Where `press publish` sends to, as it is written on the command line.

use std::path::Path;

use anyhow::{Result, bail};
use press::publish::{FolderStore, SftpStore, Store};

/// Opens a destination. `site` is the folder that is printed into, which cannot be one.
pub(super) fn open(to: &str, sftp: &str, site: Option<&Path>) -> Result<Box<dyn Store>> {
    match to.split_once("://") {
        None => folder(Path::new(to), site),
        Some(("file", path)) => folder(Path::new(path), site),
        #[cfg(feature = "cloud")]
        Some(("s3" | "gs" | "az", _)) => Ok(Box::new(press::publish::CloudStore::open(to)?)),
        Some(("sftp", _)) => Ok(Box::new(SftpStore::open(to, sftp)?)),
        Some((scheme, _)) => bail!(
            "{scheme}:// is no destination of this press; it knows a folder, s3://, gs://, az:// and sftp://"
        ),
    }
}

fn folder(path: &Path, site: Option<&Path>) -> Result<Box<dyn Store>> {
    let real = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
    if let Some(site) = site
        && (real(path)?.starts_with(real(site)?) || real(site)?.starts_with(real(path)?))
    {
        bail!(
            "{} is where the site is printed, or around it: publish to another folder",
            path.display()
        );
    }
    Ok(Box::new(FolderStore::open(path)?))
}
