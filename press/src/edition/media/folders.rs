//! Folders that hold many files, held open: a hundred thousand questions take the system less from there than from the
//! root of all folders.

use std::ffi::OsStr;
use std::fs::File;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::files::OPEN;

/// A folder with fewer files is not worth its opening.
const FILES: usize = 20;

/// The folders of files that are named relative to an edition.
#[derive(Debug, Default)]
pub(crate) struct Folders(FxHashMap<Vec<u8>, OwnedFd>);

impl Folders {
    /// Opens the folders below `root` that hold many of these files, which are in the order of their paths.
    pub(crate) fn of<'a>(root: &Path, files: impl Iterator<Item = &'a Path>) -> Self {
        let mut all = FxHashMap::default();
        let mut last: (&[u8], usize) = (b"", 0);
        for (folder, _) in files.filter_map(parted) {
            let count = if folder == last.0 { last.1 + 1 } else { 1 };
            last = (folder, count);
            if count == FILES && all.len() < OPEN && !all.contains_key(folder) {
                let opened = File::open(root.join(OsStr::from_bytes(folder)));
                all.extend(opened.ok().map(|opened| (folder.to_vec(), opened.into())));
            }
        }
        Self(all)
    }

    /// The open folder of a file, and its name in it.
    pub(crate) fn find<'a>(&self, file: &'a Path) -> Option<(&OwnedFd, &'a OsStr)> {
        let (folder, name) = parted(file)?;
        Some((self.0.get(folder)?, OsStr::from_bytes(name)))
    }
}

/// The folder and the name of a path.
fn parted(path: &Path) -> Option<(&[u8], &[u8])> {
    let bytes = path.as_os_str().as_bytes();
    let place = bytes.iter().rposition(|byte| *byte == b'/')?;
    Some((bytes.get(..place)?, bytes.get(place + 1..)?))
}
