//! What publishing asks of a destination.

use std::path::Path;

use anyhow::Result;

use crate::hosts::{Source, Table};
use crate::kinds;

/// What is put into a store.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// The bytes of a file.
    File(&'a Path),
    /// These bytes.
    Bytes(&'a [u8]),
}

/// What an object is sent to readers with, where the store says that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// `Content-Type`.
    pub media_type: Option<String>,
    /// `Cache-Control`.
    pub cache: Option<String>,
    /// Whether the object is to be compressed and to be sent with `Content-Encoding: gzip`.
    pub gzip: bool,
}

impl About {
    /// What a file of a site is sent with, by its name.
    pub(super) fn of(name: &str, table: &Table, compress: bool) -> Self {
        let cache = table.rule_of(name).and_then(|rule| rule.header("Cache-Control"));
        Self {
            media_type: kinds::content_type(name),
            cache: cache.map(str::to_owned),
            gzip: compress && kinds::compresses(name),
        }
    }

    /// Of an object that no reader is to see.
    pub(super) fn private() -> Self {
        Self {
            media_type: kinds::content_type("a.json"),
            cache: Some("no-store".into()),
            gzip: false,
        }
    }

    /// As a text, by which a change of it is known.
    pub(super) fn key(&self) -> String {
        let text = |it: &Option<String>| it.clone().unwrap_or_default();
        format!("{}\n{}\n{}", text(&self.media_type), text(&self.cache), self.gzip)
    }
}

/// The rules by which objects get their headers.
pub(super) fn rules() -> Table {
    Table::new(Source::default())
}

/// Which version of an object was read, in the store's own words.
pub type Version = String;

/// A destination. Names are relative to it, have `/` between their parts, and never lead out of it. A put is seen as a
/// whole or not at all.
pub trait Store: Sync {
    /// How people know it.
    fn name(&self) -> String;

    /// Whether its objects carry their headers, and files for hosts are of no use in it.
    fn has_headers(&self) -> bool {
        false
    }

    /// How many objects are sent at a time.
    fn at_a_time(&self) -> usize {
        4
    }

    /// Reads an object; nothing if it is not there.
    ///
    /// # Errors
    /// If the store cannot be asked.
    fn get(&self, name: &str) -> Result<Option<(Vec<u8>, Version)>>;

    /// Whether there is an object.
    ///
    /// # Errors
    /// If the store cannot be asked.
    fn has(&self, name: &str) -> Result<bool>;

    /// Puts an object in the place of any that is there.
    ///
    /// # Errors
    /// If it is not there then.
    fn put(&self, name: &str, body: Body<'_>, about: &About) -> Result<()>;

    /// Puts an object if there is none. Says whether it did.
    ///
    /// # Errors
    /// If the store cannot be asked.
    fn create(&self, name: &str, bytes: &[u8]) -> Result<bool>;

    /// Puts an object in the place of one that has not changed since it was read. Says whether it did.
    ///
    /// # Errors
    /// If the store cannot be asked.
    fn replace(&self, name: &str, old: &Version, bytes: &[u8]) -> Result<bool>;

    /// Copies an object with its headers. Says whether it was there.
    ///
    /// # Errors
    /// If it was there and could not be copied.
    fn copy(&self, from: &str, to: &str) -> Result<bool>;

    /// Deletes an object. That there is none is no error.
    ///
    /// # Errors
    /// If it is there then.
    fn delete(&self, name: &str) -> Result<()>;

    /// The names of all objects below a folder.
    ///
    /// # Errors
    /// If the store cannot be asked.
    fn below(&self, folder: &str) -> Result<Vec<String>>;
}
