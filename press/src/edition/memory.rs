//! What was made of the bodies of an edition when it was read last, so that only those that may have become others
//! are read again: for who prints the same edition many times in one process.
//!
//! A body is made of its file, of what `site.toml` says, of the directory of all addresses, and of the files that it
//! asks for. If one of these is another, it is made anew; so what is remembered costs memory and never a wrong page.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::edition::addresses::directory::Directory;
use crate::edition::article_file::ArticleFile;
use crate::edition::config::SiteConfig;
use crate::edition::made::Made;
use crate::edition::media::{Asked, Media};

/// What is remembered of an edition.
#[derive(Debug, Default)]
pub struct Memory {
    /// What all bodies are made of.
    shared: Option<(String, Directory)>,
    bodies: Mutex<HashMap<PathBuf, Remembered>>,
}

/// A body, and what it was made of.
#[derive(Debug)]
pub(super) struct Remembered {
    pub(super) text: ArticleFile,
    pub(super) language: String,
    pub(super) asked: Vec<Asked>,
    pub(super) made: Made,
}

impl Memory {
    /// Forgets what was made for another `site.toml` or other addresses.
    pub(super) fn begin(&mut self, site: &SiteConfig, directory: &Directory) {
        let site = format!("{site:?}");
        if !self.shared.as_ref().is_some_and(|it| it.0 == site && it.1 == *directory) {
            self.bodies.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        }
        self.shared = None;
    }

    /// Keeps what the bodies were made of until the next reading.
    pub(super) fn end(&mut self, site: &SiteConfig, directory: Directory) {
        self.shared = Some((format!("{site:?}"), directory));
    }

    /// What was made of the body of a file in a language, if it would be made so again.
    pub(super) fn find(
        &self,
        file: &Path,
        language: &str,
        text: &ArticleFile,
        media: &Media,
    ) -> Option<Made> {
        let bodies = self.bodies.lock().unwrap_or_else(PoisonError::into_inner);
        let it = bodies.get(file)?;
        let same = it.text == *text
            && it.language == language
            && it.asked.iter().all(|asked| media.answers_so(asked));
        same.then(|| it.made.clone())
    }

    /// Remembers what was made of the body of a file.
    pub(super) fn keep(&self, file: &Path, body: Remembered) {
        let mut bodies = self.bodies.lock().unwrap_or_else(PoisonError::into_inner);
        bodies.insert(file.to_owned(), body);
    }
}
