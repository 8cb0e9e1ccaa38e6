//! The output folder: written beside the old one, and put in its place when it is complete.

use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result, bail};
use rustix::fs::{CWD, RenameFlags, renameat_with};

use crate::edition::BundleFile;
use crate::hash::short_hash;

/// A file that every site has, and by which a folder is known to be one.
const MARK: &str = "site.json";

/// A site that is being written. Dropped before it is finished, it leaves nothing behind.
pub(super) struct Output {
    /// Where the site will be.
    place: PathBuf,
    /// Where it is written.
    draft: PathBuf,
    /// The folders that were made.
    made: Mutex<HashSet<PathBuf>>,
}

impl Output {
    /// Begins a site that will be at `place`.
    pub(super) fn begin(place: &Path) -> Result<Self> {
        let occupied = place.exists() && fs::read_dir(place)?.next().is_some();
        if occupied && !place.join(MARK).is_file() {
            bail!(
                "{} is not empty and holds no site: choose another folder, or empty it",
                place.display()
            );
        }
        let place = std::path::absolute(place)?;
        let name = place.file_name().context("the output folder needs a name")?.to_string_lossy();
        let draft = place.with_file_name(format!(".{name}.{}", std::process::id()));
        let _ = fs::remove_dir_all(&draft);
        fs::create_dir_all(&draft)
            .with_context(|| format!("cannot write into {}", draft.display()))?;
        Ok(Self { place, draft, made: Mutex::default() })
    }

    /// The path of a file of the draft, its folder made.
    fn path(&self, name: &str) -> Result<PathBuf> {
        let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if name.is_empty() || !inside {
            bail!("the path {name:?} would leave the site");
        }
        let path = self.draft.join(name);
        if let Some(folder) = path.parent() {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            if !made.contains(folder) {
                fs::create_dir_all(folder)?;
                made.insert(folder.to_owned());
            }
        }
        Ok(path)
    }

    /// Writes a file. `name` is relative to the site.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        fs::write(self.path(name)?, bytes).with_context(|| format!("cannot write {name}"))
    }

    /// Copies a file of the edition into the site, and says how many bytes it has.
    pub(super) fn publish(&self, file: &BundleFile, name: &str) -> Result<u64> {
        // The bytes only: a publisher's read-only picture must not make a site that cannot be
        // replaced.
        let bytes = file.bytes().with_context(|| format!("cannot read {}", file.from.display()))?;
        self.write(name, &bytes)?;
        Ok(bytes.len() as u64)
    }

    /// Reads what was written under a name.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>> {
        fs::read(self.path(name)?).with_context(|| format!("cannot read {name}"))
    }

    /// Takes files over from the site that is replaced: those of a folder whose names begin like this and carry
    /// the hash of their bytes.
    pub(super) fn keep(&self, folder: &str, stem: &str) -> Result<()> {
        // A site that is printed for the first time has no such folder.
        let Ok(entries) = fs::read_dir(self.place.join(folder)) else { return Ok(()) };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let hash = name.strip_prefix(stem).and_then(|rest| rest.split('.').next());
            let Some(hash) = hash else { continue };
            let bytes = fs::read(entry.path())?;
            if short_hash(&bytes) == hash {
                self.write(&format!("{folder}/{name}"), &bytes)?;
            }
        }
        Ok(())
    }

    /// Puts the site in its place. The two folders are exchanged in one step where the file system
    /// can, so that at no moment there is no site.
    pub(super) fn finish(self) -> Result<()> {
        if !self.place.exists() {
            fs::rename(&self.draft, &self.place)?;
        } else if renameat_with(CWD, &self.draft, CWD, &self.place, RenameFlags::EXCHANGE).is_err()
        {
            let old = self.draft.with_extension("old");
            fs::rename(&self.place, &old)?;
            fs::rename(&self.draft, &self.place)?;
            fs::remove_dir_all(&old)?;
        }
        // The drop removes what is now under the draft's name: the old site.
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // Nothing depends on it: the next run removes what stays.
        let _ = fs::remove_dir_all(&self.draft);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_stays_whole_until_the_new_one_is_complete() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let place = folder.path().join("site");
        let read = |name: &str| fs::read_to_string(place.join(name)).ok();
        let print = |text: &str| -> Result<Output> {
            let output = Output::begin(&place)?;
            output.write(MARK, text.as_bytes())?;
            output.write("a/index.html", text.as_bytes())?;
            Ok(output)
        };
        print("first")?.finish()?;
        let second = print("second")?;
        assert_eq!(read("a/index.html").as_deref(), Some("first"));
        second.finish()?;
        assert_eq!(read("a/index.html").as_deref(), Some("second"));
        drop(print("given up")?);
        assert_eq!(read(MARK).as_deref(), Some("second"));
        assert_eq!(fs::read_dir(folder.path())?.count(), 1, "nothing is left behind");
        Ok(())
    }

    #[test]
    fn a_folder_that_is_no_site_is_not_replaced() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("thesis.txt"), "years of work")?;
        assert!(Output::begin(folder.path()).is_err());
        assert!(folder.path().join("thesis.txt").exists());
        Ok(())
    }

    #[test]
    fn no_file_is_written_outside_the_site() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let output = Output::begin(&folder.path().join("site"))?;
        for name in ["../a", "/etc/a", "a/../../b", ""] {
            assert!(output.write(name, b"").is_err(), "{name}");
        }
        Ok(())
    }
}
