//! The spool: where the texts of a large edition wait from making to printing, so that an archive need not fit into
//! memory. It is a file without a name, beside the site, that goes with the process.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crate::edition::diagnostics::{Diagnostic, Problem};
use crate::edition::prose::Prose;

/// So many bytes of texts are held in memory where nothing else is asked for: those of some ten thousand articles.
pub(crate) const HELD: usize = 48 << 20;

/// Takes the texts for which memory has no room.
#[derive(Debug)]
pub(crate) struct Spool {
    folder: PathBuf,
    /// Made when the first text is put into it. Where it cannot be, all texts stay in memory.
    file: OnceLock<Option<File>>,
    /// Where the next text goes.
    end: AtomicU64,
    /// How many bytes memory has room for, of the files that were read and of the texts that were made of them.
    room: usize,
    read: AtomicUsize,
    made: AtomicUsize,
}

impl Spool {
    /// A spool in a folder, which is used when there are more bytes than `room`.
    pub(crate) fn new(folder: &Path, room: usize) -> Arc<Self> {
        Arc::new(Self {
            folder: folder.to_owned(),
            file: OnceLock::new(),
            end: AtomicU64::new(0),
            room,
            read: AtomicUsize::new(0),
            made: AtomicUsize::new(0),
        })
    }

    /// Whether memory has room for so many bytes more of a file that was read.
    pub(crate) fn has_room(&self, length: usize) -> bool {
        self.read.fetch_add(length, Ordering::Relaxed).saturating_add(length) <= self.room
    }

    /// The same text of an article's file, held here if memory has no room. One that cannot be written stays in memory.
    pub(crate) fn hold(self: &Arc<Self>, prose: Prose, of: &Path) -> Prose {
        let Some(html) = prose.made() else { return prose };
        let length = html.len();
        let all = self.made.fetch_add(length, Ordering::Relaxed).saturating_add(length);
        let file = || self.file.get_or_init(|| tempfile::tempfile_in(&self.folder).ok()).as_ref();
        let Some(file) = (all > self.room).then(file).flatten() else { return prose };
        let at = self.end.fetch_add(length as u64, Ordering::Relaxed);
        if file.write_all_at(html.as_bytes(), at).is_err() {
            return prose;
        }
        let (spool, of) = (Arc::clone(self), of.to_owned());
        Prose::later(prose.hash(), move || spool.read(at, length, &of))
    }

    fn read(&self, at: u64, length: usize, of: &Path) -> Result<String, Diagnostic> {
        let mut bytes = vec![0; length];
        let file = self.file.get().and_then(Option::as_ref);
        let read = file.map(|file| file.read_exact_at(&mut bytes, at)).transpose();
        let text = read.and_then(|_| String::from_utf8(bytes).map_err(std::io::Error::other));
        text.map_err(|error| {
            let reason = format!("its text, which waits in {}: {error}", self.folder.display());
            Diagnostic::new(of, Problem::Unreadable { reason })
        })
    }
}
