//! The store: what was made of pictures, kept between two prints. A folder beside the site, never in it. It may be
//! deleted at any time; what no picture of the last print names is taken out of it.
//!
//! A picture has a folder, named by the hash of its bytes and the version of this pipeline. It comes into being
//! complete, by a rename; only AVIF files are added later, by a rename each.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::kind::Kind;
use super::lock;
use super::make::{Files, Made};

/// Changes when the same bytes would become other files.
const VERSION: &str = "pictures-1";
/// What was made, in the folder of a picture; the files that were seen, in the folder of all.
const MADE: &str = "made.json";
const SEEN: &str = "seen.json";
/// Pictures of other sites as they came. They stay: their hosts may be gone.
pub(super) const REMOTE: &str = "remote";
/// Tells programs that make backups what this folder is (bford.info/cachedir).
const TAG: (&str, &str) = (
    "CACHEDIR.TAG",
    "Signature: 8a477f597d28d172789f06886806bc55\n# Pictures that press build has made. This folder may be deleted at any time.\n",
);
/// A file that was changed so recently may change again without its time changing.
const RECENT: Duration = Duration::from_secs(2);

/// A picture in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    made: Made,
    /// The lengths of its files, by which those are found that a full disk has cut off.
    files: BTreeMap<String, u64>,
}

/// How a file of the edition was last time: if it still is, it need not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    length: u64,
    /// Seconds and nanoseconds since 1970 when its bytes were changed, and when anything of it was.
    times: [(i64, i64); 2],
    kind: Kind,
    key: String,
}

/// What was made of pictures, on the disk.
#[derive(Debug)]
pub(super) struct Store {
    root: PathBuf,
    /// Where nothing could be kept.
    _temporary: Option<TempDir>,
    before: HashMap<PathBuf, Seen>,
    seen: Mutex<BTreeMap<PathBuf, Seen>>,
    used: Mutex<HashSet<String>>,
    number: AtomicU64,
}

impl Store {
    /// The store in a folder, which is made when it is needed. Where that cannot be, a folder for this print alone.
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        let (root, temporary) = match prepare(root) {
            Ok(()) => (root.to_owned(), None),
            Err(_) => {
                let folder = tempfile::tempdir()?;
                prepare(folder.path())?;
                (folder.path().to_owned(), Some(folder))
            }
        };
        let before = fs::read(root.join(SEEN)).ok();
        let before = before.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
        Ok(Self {
            root,
            _temporary: temporary,
            before,
            seen: Mutex::default(),
            used: Mutex::default(),
            number: AtomicU64::new(0),
        })
    }

    /// The name of these bytes.
    pub(super) fn key(bytes: &[u8]) -> String {
        let mut hash = Sha256::new();
        hash.update(VERSION);
        hash.update(bytes);
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The kind and the name of a file that is as it was last time.
    pub(super) fn known(&self, file: &Path) -> Option<(Kind, String)> {
        let seen = self.before.get(file)?;
        let now = Seen::of(&fs::metadata(file).ok()?, seen.kind, seen.key.clone())?;
        (now == *seen).then(|| {
            let found = (seen.kind, seen.key.clone());
            lock(&self.seen).insert(file.to_owned(), now);
            found
        })
    }

    /// Notes how a file is of which these bytes were read.
    pub(super) fn note(&self, file: &Path, before: Option<Metadata>, kind: Kind, key: &str) {
        let after = fs::metadata(file).ok();
        let [before, after] =
            [before, after].map(|it| it.and_then(|it| Seen::of(&it, kind, key.to_owned())));
        if let (Some(before), Some(after)) = (before, after)
            && before == after
        {
            lock(&self.seen).insert(file.to_owned(), after);
        }
    }

    /// What was made of a picture, if all of it is there.
    pub(super) fn find(&self, key: &str) -> Option<Made> {
        let json = fs::read(self.path(key, MADE)).ok()?;
        let Entry { made, files } = serde_json::from_slice(&json).ok()?;
        let is_there = |(name, length): (&String, &u64)| {
            fs::metadata(self.path(key, name)).is_ok_and(|it| it.len() == *length)
        };
        files.iter().all(is_there).then_some(made)
    }

    /// Puts a picture in.
    pub(super) fn put(&self, key: &str, made: &Made, files: &Files) -> io::Result<()> {
        let draft = self.draft();
        fs::create_dir_all(&draft)?;
        for (name, bytes) in files {
            fs::write(draft.join(name), bytes)?;
        }
        let lengths = files.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64));
        let entry = Entry { made: made.clone(), files: lengths.collect() };
        fs::write(draft.join(MADE), serde_json::to_vec(&entry)?)?;
        let place = self.root.join(key);
        if place.exists() {
            // Not whole, or of a press that runs beside this one.
            fs::remove_dir_all(&place)?;
        }
        fs::rename(&draft, &place).or_else(|error| {
            let _ = fs::remove_dir_all(&draft);
            if self.find(key).is_some() { Ok(()) } else { Err(error) }
        })
    }

    /// Adds a file to a picture.
    pub(super) fn add(&self, key: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
        let draft = self.draft();
        fs::write(&draft, bytes)?;
        fs::rename(&draft, self.path(key, name))
    }

    /// Whether a file was added to a picture.
    pub(super) fn has(&self, key: &str, name: &str) -> bool {
        fs::metadata(self.path(key, name)).is_ok_and(|it| it.len() > 0)
    }

    /// Where a file of a picture is.
    pub(super) fn path(&self, key: &str, name: &str) -> PathBuf {
        self.root.join(key).join(name)
    }

    /// Keeps a picture when the store is tidied.
    pub(super) fn keep(&self, key: &str) {
        lock(&self.used).insert(key.to_owned());
    }

    /// Writes down which files were seen, and takes out what was not kept. What cannot be written or taken out is
    /// no harm.
    pub(super) fn tidy(&self) {
        let old = SystemTime::now().checked_sub(RECENT).and_then(since_1970);
        let mut seen = lock(&self.seen).clone();
        seen.retain(|_, it| old.is_some_and(|old| it.times.iter().all(|time| *time < old)));
        if let Ok(json) = serde_json::to_vec(&seen) {
            let draft = self.draft();
            if fs::write(&draft, json).is_ok() {
                let _ = fs::rename(&draft, self.root.join(SEEN));
            }
        }
        let used = lock(&self.used);
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if ![SEEN, REMOTE, TAG.0].contains(&&*name) && !used.contains(&*name) {
                let path = entry.path();
                let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
            }
        }
    }

    fn draft(&self) -> PathBuf {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        self.root.join(format!("draft-{}-{number}", std::process::id()))
    }
}

impl Seen {
    fn of(file: &Metadata, kind: Kind, key: String) -> Option<Self> {
        let modified = since_1970(file.modified().ok()?)?;
        #[cfg(unix)]
        let changed = {
            use std::os::unix::fs::MetadataExt as _;
            (file.ctime(), file.ctime_nsec())
        };
        #[cfg(not(unix))]
        let changed = modified;
        Some(Self { length: file.len(), times: [modified, changed], kind, key })
    }
}

fn since_1970(time: SystemTime) -> Option<(i64, i64)> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some((i64::try_from(since.as_secs()).ok()?, i64::from(since.subsec_nanos())))
}

fn prepare(root: &Path) -> io::Result<()> {
    fs::create_dir_all(root)?;
    fs::write(root.join(TAG.0), TAG.1)
}
