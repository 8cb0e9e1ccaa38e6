//! The state: what the press knows of the files it wrote, so that the next print writes and renders only what is
//! different. It is kept beside the output folder, as `.press-state-<name of the folder>`, so that no host is sent it.
//!
//! It is a cache. A file counts as unchanged only if its size, time and inode are those that the state has; anything
//! else, a missing or broken state too, makes the press compare bytes. So a state of another site, or one that is older
//! than the files, costs time and never a wrong page.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// How the name of a state begins.
const NAME: &str = ".press-state-";
/// The first line; a state with another one is read by nobody.
const FORM: &str = "press state 1";

/// The first half of a SHA-256.
pub(super) type Hash = [u8; 16];

/// What is known of a file of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// Of its bytes.
    pub(super) hash: Hash,
    /// In bytes.
    pub(super) size: u64,
    /// When it was written, in nanoseconds since 1970.
    time: i128,
    inode: u64,
    /// Of all that its bytes were made of, where that is known.
    pub(super) recipe: Option<Hash>,
}

/// What is known of all files of a site, by their names.
#[derive(Debug, Default)]
pub(super) struct State {
    files: HashMap<String, Record>,
    /// Why nothing is known though something was kept.
    pub(super) broken: Option<&'static str>,
}

impl Record {
    pub(super) fn new(hash: Hash, found: &Metadata, recipe: Option<Hash>) -> Self {
        let time = i128::from(found.mtime()) * 1_000_000_000 + i128::from(found.mtime_nsec());
        Self { hash, size: found.len(), time, inode: found.ino(), recipe }
    }

    /// Whether a file is still the one that was recorded.
    pub(super) fn is(&self, found: &Metadata) -> bool {
        found.is_file() && *self == Self::new(self.hash, found, self.recipe)
    }

    fn write(&self, name: &str, text: &mut String) {
        let recipe = self.recipe.map_or_else(|| "-".to_owned(), |it| digits(&it));
        let Self { hash, size, time, inode, .. } = self;
        // Writing into a text never fails.
        let _ = writeln!(text, "{} {size} {time} {inode} {recipe} {name}", digits(hash));
    }

    fn read(line: &str) -> Option<(&str, Self)> {
        let mut parts = line.splitn(6, ' ');
        let hash = bytes(parts.next()?)?;
        let [size, time, inode] = [parts.next()?, parts.next()?, parts.next()?];
        let recipe = match parts.next()? {
            "-" => None,
            recipe => Some(bytes(recipe)?),
        };
        let (size, inode) = (size.parse().ok()?, inode.parse().ok()?);
        Some((parts.next()?, Self { hash, size, time: time.parse().ok()?, inode, recipe }))
    }
}

impl State {
    /// Reads the state of the site at `place`. There is none, or one that is broken: nothing is known then.
    pub(super) fn read(place: &Path) -> Self {
        let Some(text) = path(place).and_then(|path| fs::read(path).ok()) else {
            return Self::default();
        };
        let broken = |why| Self { files: HashMap::new(), broken: Some(why) };
        let Some(text) = str::from_utf8(&text).ok() else { return broken("it is no text") };
        if text.lines().next() != Some(FORM) {
            return broken("another press wrote it");
        }
        let whole = text.strip_suffix('\n').and_then(|it| it.rsplit_once('\n'));
        let Some((lines, end)) =
            whole.filter(|(lines, end)| *end == digits(&hash(&[lines.as_bytes()])))
        else {
            return broken("it is not whole");
        };
        let files: Option<HashMap<String, Record>> = lines
            .lines()
            .skip(1)
            .map(|line| Record::read(line).map(|(name, record)| (name.to_owned(), record)))
            .collect();
        match files.filter(|_| !end.is_empty()) {
            Some(files) => Self { files, broken: None },
            None => broken("it is not whole"),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Record> {
        self.files.get(name)
    }
}

/// Keeps what is known of the files at `place`, in the place of what was known before.
pub(super) fn keep<'a>(
    place: &Path,
    files: impl Iterator<Item = (&'a String, &'a Record)>,
) -> io::Result<()> {
    let Some(path) = path(place) else { return Ok(()) };
    let mut text = FORM.to_owned();
    text.push('\n');
    for (name, record) in files.filter(|(name, _)| !name.contains(['\n', '\r'])) {
        record.write(name, &mut text);
    }
    text.pop();
    let end = digits(&hash(&[text.as_bytes()]));
    let _ = writeln!(text, "\n{end}");
    if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let mut draft = path.clone().into_os_string();
    draft.push(".new");
    let written = fs::write(&draft, text).and_then(|()| fs::rename(&draft, &path));
    if written.is_err() {
        let _ = fs::remove_file(draft);
    }
    written
}

/// The hash of texts one after the other.
pub(super) fn hash(parts: &[&[u8]]) -> Hash {
    let mut all = Sha256::new();
    for part in parts {
        all.update(part);
    }
    let mut half = Hash::default();
    half.copy_from_slice(all.finalize().get(..16).unwrap_or(&[0; 16]));
    half
}

fn path(place: &Path) -> Option<PathBuf> {
    let name = place.file_name()?.to_str()?;
    Some(place.with_file_name(format!("{NAME}{name}")))
}

fn digits(hash: &Hash) -> String {
    format!("{:032x}", u128::from_be_bytes(*hash))
}

fn bytes(digits: &str) -> Option<Hash> {
    let number = u128::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 32)?;
    Some(number.to_be_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_state_that_is_cut_changed_or_of_another_press_is_no_state() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("site");
        let file = folder.path().join("a b.html");
        fs::write(&file, "a").unwrap();
        let found = fs::metadata(&file).unwrap();
        let [first, second] =
            [None, Some([7; 16])].map(|recipe| Record::new(hash(&[b"a"]), &found, recipe));
        let names = ["tin/a b.html".to_owned(), "c".to_owned()];
        keep(&place, names.iter().zip([&first, &second])).unwrap();
        let state = State::read(&place);
        assert_eq!(names.each_ref().map(|it| state.get(it)), [Some(&first), Some(&second)]);
        assert!(second.is(&found) && state.broken.is_none());
        let path = path(&place).unwrap();
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            let mut other = whole.clone();
            other[length] ^= 1;
            for bad in [&whole[..length], &other] {
                fs::write(&path, bad).unwrap();
                let state = State::read(&place);
                assert!(state.broken.is_some() && state.files.is_empty(), "{length}");
            }
        }
    }
}
