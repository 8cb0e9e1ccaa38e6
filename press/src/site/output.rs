//! The output folder: written beside the old one, and put in its place when it is complete.

use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result, bail};
use rustix::fs::{CWD, RenameFlags, renameat_with};

use crate::edition::{Book, BundleFile, place_key};
use crate::hash::short_hash;

/// A file that every site has, and by which a folder is known to be one.
const MARK: &str = "site.json";

/// A site that is being written. Dropped before it is finished, it leaves nothing behind.
pub(super) struct Output {
    /// Where the site will be.
    place: PathBuf,
    /// Where it is written.
    draft: PathBuf,
    /// Who has which place.
    book: Book,
    /// The folders that were made.
    made: Mutex<HashSet<PathBuf>>,
    /// The files that were written, as they are compared.
    written: Mutex<HashSet<String>>,
}

impl Output {
    /// Begins a site that will be at `place`, with the places that `book` gives out.
    pub(super) fn begin(place: &Path, book: Book) -> Result<Self> {
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
        Ok(Self { place, draft, book, made: Mutex::default(), written: Mutex::default() })
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

    /// Writes a file. `name` is relative to the site. That a file is written twice, or has no place in the address
    /// book, is a mistake of the press.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        if self.book.owner_of(name).is_none() {
            bail!("{name} has no place in the address book: this is a bug of the press");
        }
        if !self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(place_key(name)) {
            bail!("{name} would be written twice: this is a bug of the press");
        }
        fs::write(self.path(name)?, bytes).with_context(|| format!("cannot write {name}"))
    }

    fn is_written(&self, name: &str) -> bool {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).contains(&place_key(name))
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
            let name = format!("{folder}/{name}");
            if short_hash(&bytes) == hash && !self.is_written(&name) {
                self.write(&name, &bytes)?;
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
            let output = Output::begin(&place, Book::default())?;
            output.write(MARK, text.as_bytes())?;
            output.write("page/1/index.html", text.as_bytes())?;
            Ok(output)
        };
        print("first")?.finish()?;
        let second = print("second")?;
        assert_eq!(read("page/1/index.html").as_deref(), Some("first"));
        second.finish()?;
        assert_eq!(read("page/1/index.html").as_deref(), Some("second"));
        drop(print("given up")?);
        assert_eq!(read(MARK).as_deref(), Some("second"));
        assert_eq!(fs::read_dir(folder.path())?.count(), 1, "nothing is left behind");
        Ok(())
    }

    #[test]
    fn a_folder_that_is_no_site_is_not_replaced() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("thesis.txt"), "years of work")?;
        assert!(Output::begin(folder.path(), Book::default()).is_err());
        assert!(folder.path().join("thesis.txt").exists());
        Ok(())
    }

    #[test]
    fn no_file_is_written_outside_the_site() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let output = Output::begin(&folder.path().join("site"), Book::default())?;
        for name in ["../a", "/etc/a", "a/../../b", "", "../site.json", "assets/../../x.js"] {
            assert!(output.write(name, b"").is_err(), "{name}");
        }
        Ok(())
    }

    #[test]
    fn a_file_without_a_place_and_a_second_one_are_refused_by_name() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let output = Output::begin(&folder.path().join("site"), Book::default())?;
        output.write("page/1/index.html", b"1")?;
        for name in ["page/1/index.html", "Page/1/INDEX.html", "tin/moi/index.html"] {
            let told = output.write(name, b"2").err().map(|it| it.to_string()).unwrap_or_default();
            assert!(told.contains(name) && told.contains("bug"), "{told}");
        }
        assert_eq!(output.read("page/1/index.html")?, b"1");
        Ok(())
    }
}
