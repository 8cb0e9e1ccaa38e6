//! What the app says to the service worker, and what that answers: the part of `js/protocol.d.ts`
//! that the app uses. A test compares the two.

use crate::context::StoreError;

/// The property of what the worker tells all tabs by itself: the path of an article that was saved
/// or given up.
pub(super) const SAVED_CHANGED: &str = "savedChanged";

/// A task of the worker, with its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Request<'a> {
    /// The name of the worker's build. Answers a text.
    Build,
    /// Whether the article at a path is saved. Answers a truth value.
    IsSaved(&'a str),
    /// Saves the article at a path.
    Save(&'a str),
    /// Gives up the article at a path.
    Remove(&'a str),
    /// Keeps the page at a path, and pictures (URLs).
    Keep(&'a str, &'a [String]),
    /// The same for a page that was opened as data.
    KeepData(&'a str, &'a [String]),
    /// The articles that can be read without a network. Answers items.
    Readable,
    /// Asks the newspaper for its corrections. Answers the paths whose copies changed.
    SyncCorrections,
}

/// An argument of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Argument<'a> {
    /// A text.
    Text(&'a str),
    /// A list of texts.
    Texts(&'a [String]),
}

impl<'a> Request<'a> {
    /// The name of the task.
    pub(super) fn task(self) -> &'static str {
        match self {
            Request::Build => "build",
            Request::IsSaved(_) => "isSaved",
            Request::Save(_) => "save",
            Request::Remove(_) => "remove",
            Request::Keep(..) => "keep",
            Request::KeepData(..) => "keepData",
            Request::Readable => "readable",
            Request::SyncCorrections => "syncCorrections",
        }
    }

    /// Its arguments, in their order.
    pub(super) fn arguments(self) -> [Option<Argument<'a>>; 2] {
        match self {
            Request::Build | Request::Readable | Request::SyncCorrections => [None, None],
            Request::IsSaved(path) | Request::Save(path) | Request::Remove(path) => {
                [Some(Argument::Text(path)), None]
            }
            Request::Keep(path, pictures) | Request::KeepData(path, pictures) => {
                [Some(Argument::Text(path)), Some(Argument::Texts(pictures))]
            }
        }
    }
}

/// The codes of errors, as the worker says them.
pub(super) const ERROR_CODES: [(&str, StoreError); 7] = [
    ("network", StoreError::Network),
    ("server", StoreError::Server),
    ("full", StoreError::Full),
    ("no-store", StoreError::NoStore),
    ("gone", StoreError::Gone),
    ("unreadable", StoreError::Unreadable),
    ("foreign", StoreError::Foreign),
];

/// The error of a code. One that this build does not know is that of a worker of a newer build.
#[cfg(feature = "csr")]
pub(super) fn error_of(code: &str) -> StoreError {
    ERROR_CODES.iter().find(|it| it.0 == code).map_or(StoreError::Server, |it| it.1)
}
