//! A destination that is a folder: of a server's, a mounted one, a checkout.
//!
//! A file is written beside the others under a name of its own and then moved, so that whoever reads the folder has the
//! old bytes or the new ones.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};

use super::list::FOLDER;
use super::store::{About, Body, Store, Version};

/// A folder.
pub struct FolderStore {
    root: PathBuf,
    count: AtomicUsize,
}

impl FolderStore {
    /// The folder at a path, which is made if it is not there.
    ///
    /// # Errors
    /// If it cannot be made, or is no folder.
    pub fn open(path: &Path) -> Result<Self> {
        fs::create_dir_all(path)
            .with_context(|| format!("cannot use {} as a folder", path.display()))?;
        Ok(Self { root: path.canonicalize()?, count: AtomicUsize::new(0) })
    }

    /// Where it really is.
    pub fn path(&self) -> &Path {
        &self.root
    }

    fn path_of(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// A name for a file that is moved to its place when it is whole.
    fn draft(&self) -> Result<PathBuf> {
        let folder = self.root.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        Ok(folder.join(format!("new-{}-{number}", std::process::id())))
    }

    /// Makes a draft, and does with it what brings it to its place. Nothing of it stays if that fails.
    fn through_draft<T>(
        &self,
        make: impl FnOnce(&Path) -> io::Result<()>,
        place: impl FnOnce(&Path) -> io::Result<T>,
    ) -> Result<T> {
        let draft = self.draft()?;
        let placed = make(&draft).and_then(|()| place(&draft));
        let _ = fs::remove_file(&draft);
        Ok(placed?)
    }

    fn make_folder(path: &Path) -> io::Result<()> {
        path.parent().map_or(Ok(()), fs::create_dir_all)
    }

    fn version(bytes: &[u8]) -> Version {
        format!("{:x?}", &Sha256::digest(bytes)[..])
    }
}

fn found<T>(result: io::Result<T>) -> Result<Option<T>> {
    match result {
        Ok(it) => Ok(Some(it)),
        Err(error)
            if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) =>
        {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

impl Store for FolderStore {
    fn name(&self) -> String {
        self.root.display().to_string()
    }

    fn get(&self, name: &str) -> Result<Option<(Vec<u8>, Version)>> {
        let bytes =
            found(fs::read(self.path_of(name))).with_context(|| format!("cannot read {name}"))?;
        Ok(bytes.map(|bytes| {
            let version = Self::version(&bytes);
            (bytes, version)
        }))
    }

    fn has(&self, name: &str) -> Result<bool> {
        Ok(found(fs::symlink_metadata(self.path_of(name)))?.is_some())
    }

    fn put(&self, name: &str, body: Body<'_>, _: &About) -> Result<()> {
        let path = self.path_of(name);
        let make = |draft: &Path| match body {
            Body::File(from) => {
                // The bytes only: a read-only file must not make one that cannot be replaced.
                io::copy(&mut File::open(from)?, &mut File::create(draft)?).map(drop)
            }
            Body::Bytes(bytes) => fs::write(draft, bytes),
        };
        let place = |draft: &Path| Self::make_folder(&path).and_then(|()| fs::rename(draft, &path));
        self.through_draft(make, place).with_context(|| format!("cannot write {}", path.display()))
    }

    fn create(&self, name: &str, bytes: &[u8]) -> Result<bool> {
        let path = self.path_of(name);
        let make = |draft: &Path| {
            let mut file = File::create(draft)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        // A link is made if nothing has the name, and is whole at once.
        let place = |draft: &Path| {
            match fs::hard_link(draft, &path) {
                Ok(()) => Ok(true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                // A file system without links: whoever creates the file has it, and writes it.
                Err(_) => match File::create_new(&path).and_then(|mut it| it.write_all(bytes)) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                    other => other.map(|()| true),
                },
            }
        };
        self.through_draft(make, place).with_context(|| format!("cannot write {}", path.display()))
    }

    fn replace(&self, name: &str, old: &Version, bytes: &[u8]) -> Result<bool> {
        // Of two that do this at once one alone can move the file away.
        let (path, away) = (self.path_of(name), self.draft()?);
        if found(fs::rename(&path, &away))?.is_none() {
            return Ok(false);
        }
        let moved = fs::read(&away)?;
        if &Self::version(&moved) != old {
            // A new one came meanwhile, and stays.
            let restored = self.create(name, &moved);
            fs::remove_file(&away)?;
            return restored.map(|_| false);
        }
        fs::remove_file(&away)?;
        self.create(name, bytes)
    }

    fn copy(&self, from: &str, to: &str) -> Result<bool> {
        let (from, to) = (self.path_of(from), self.path_of(to));
        if found(fs::symlink_metadata(&from))?.is_none() {
            return Ok(false);
        }
        // No file is changed where it is, so two names may have the same.
        let make = |draft: &Path| {
            fs::hard_link(&from, draft).or_else(|_| fs::copy(&from, draft).map(drop))
        };
        // Moving one name of a file over another of the same does nothing (rename(2)); the draft goes by itself.
        let place = |draft: &Path| Self::make_folder(&to).and_then(|()| fs::rename(draft, &to));
        self.through_draft(make, place)
            .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
        Ok(true)
    }

    fn delete(&self, name: &str) -> Result<()> {
        let path = self.path_of(name);
        found(fs::remove_file(&path))
            .with_context(|| format!("cannot delete {}", path.display()))?;
        // Folders that are empty then, but for the destination itself.
        let mut folder = path.parent();
        while let Some(it) = folder.filter(|it| *it != self.root && fs::remove_dir(it).is_ok()) {
            folder = it.parent();
        }
        Ok(())
    }

    fn below(&self, folder: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in walkdir::WalkDir::new(self.path_of(folder)) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error)
                    if error.io_error().is_some_and(|it| it.kind() == io::ErrorKind::NotFound) =>
                {
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            if entry.file_type().is_file() {
                let Some(name) = entry.path().strip_prefix(&self.root)?.to_str() else {
                    bail!("{} is no UTF-8", entry.path().display())
                };
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many_creates_a_file_and_one_replaces_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderStore::open(folder.path()).unwrap();
        let count = |work: &(dyn Fn(usize) -> bool + Sync)| {
            std::thread::scope(|scope| {
                let all: Vec<_> = (0..8).map(|it| scope.spawn(move || work(it))).collect();
                all.into_iter()
                    .filter(|_| true)
                    .map(|it| it.join().unwrap())
                    .filter(|it| *it)
                    .count()
            })
        };
        assert_eq!(count(&|it| store.create("a", &[it as u8]).unwrap()), 1);
        let (bytes, version) = store.get("a").unwrap().unwrap();
        assert_eq!(bytes.len(), 1);
        assert_eq!(count(&|it| store.replace("a", &version, &[it as u8, 0]).unwrap()), 1);
        assert_eq!(store.get("a").unwrap().unwrap().0.len(), 2);
    }

    #[test]
    fn a_folder_goes_with_its_last_file() {
        let folder = tempfile::tempdir().unwrap();
        let store = FolderStore::open(folder.path()).unwrap();
        for name in ["a/b/c", "a/d"] {
            store.put(name, Body::Bytes(b"1"), &About::private()).unwrap();
        }
        store.delete("a/b/c").unwrap();
        assert!(!folder.path().join("a/b").exists() && store.has("a/d").unwrap());
        store.delete("a/d").unwrap();
        store.delete("a/d").unwrap();
        assert!(!folder.path().join("a").exists());
    }
}
