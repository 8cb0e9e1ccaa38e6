//! The files of the folder for tower-http's `ServeDir`, which answers ranges and conditional requests.
//!
//! `ServeDir` makes the entity tag of a file of its time of modification and its length (tower-http 0.7). A site
//! may be replaced several times in a second, restored with old times, or printed again without a change. So the
//! time that it gets is made of the hash of the bytes: the tag changes with the content and with nothing else.
//! Whoever calls it keeps `Last-Modified` and dates of requests away.

use std::fs::Metadata;
use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncRead, AsyncSeek, ReadBuf};
use tower_http::services::fs as serve_dir;

use super::folder::{ContentHash, Entry, Folder};

type Answer<'a, T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send + 'a>>;

/// The files of a site.
#[derive(Clone)]
pub(super) struct Files(pub(super) Arc<Folder>);

/// What `ServeDir` wants to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct About {
    is_page: bool,
    length: u64,
    hash: ContentHash,
}

/// A file that is being sent.
pub(super) struct Opened {
    file: tokio::fs::File,
    about: About,
}

impl About {
    fn of(file: &Metadata, hash: ContentHash) -> Self {
        Self { is_page: false, length: file.len(), hash }
    }
}

/// Does on a thread of its own what waits for the disk.
fn blocking<T: Send + 'static>(
    files: &Files,
    work: impl FnOnce(&Folder) -> io::Result<T> + Send + 'static,
) -> Answer<'static, T> {
    let folder = files.0.clone();
    Box::pin(async move {
        let done = tokio::task::spawn_blocking(move || work(&folder)).await;
        done.unwrap_or_else(|error| Err(io::Error::other(error)))
    })
}

/// The name without the root that `ServeDir` puts before it, `./`.
fn relative(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

impl serve_dir::Backend for Files {
    type File = Opened;
    type Metadata = About;
    type OpenFuture = Answer<'static, Opened>;
    type MetadataFuture = Answer<'static, About>;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        blocking(self, move |folder| {
            let (file, about, hash) = folder.file(relative(&path))?;
            let file = tokio::fs::File::from_std(file);
            Ok(Opened { file, about: About::of(&about, hash) })
        })
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        blocking(self, move |folder| match folder.entry(relative(&path))? {
            Entry::Page => Ok(About { is_page: true, length: 0, hash: ContentHash::default() }),
            Entry::File => {
                let (_, about, hash) = folder.file(relative(&path))?;
                Ok(About::of(&about, hash))
            }
        })
    }
}

impl serve_dir::Metadata for About {
    fn is_dir(&self) -> bool {
        self.is_page
    }

    fn modified(&self) -> io::Result<SystemTime> {
        let hash = u128::from_le_bytes(self.hash);
        // HTTP writes years of four digits: 2^37 seconds after 1970 are the year 6325.
        let seconds = u64::try_from(hash & ((1 << 37) - 1)).unwrap_or_default();
        let nanoseconds = u32::try_from((hash >> 64) % 1_000_000_000).unwrap_or_default();
        Ok(SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds))
    }

    fn len(&self) -> u64 {
        self.length
    }
}

impl serve_dir::File for Opened {
    type Metadata = About;
    type MetadataFuture<'a> = Answer<'a, About>;

    fn metadata(&self) -> Self::MetadataFuture<'_> {
        Box::pin(std::future::ready(Ok(self.about)))
    }
}

impl AsyncRead for Opened {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.file).poll_read(context, buffer)
    }
}

impl AsyncSeek for Opened {
    fn start_seek(mut self: Pin<&mut Self>, position: io::SeekFrom) -> io::Result<()> {
        Pin::new(&mut self.file).start_seek(position)
    }

    fn poll_complete(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<u64>> {
        Pin::new(&mut self.file).poll_complete(context)
    }
}
