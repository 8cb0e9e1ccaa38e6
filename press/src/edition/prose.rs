//! The text of an article as it is printed: HTML that is there, or that is made when it is asked for. What most prints
//! need of most texts is their hash alone.

use std::fmt;
use std::sync::Arc;

use crate::edition::diagnostics::Diagnostic;
use crate::hash::{Hash, hash};

type Make = dyn Fn() -> Result<String, Diagnostic> + Send + Sync;
type Change = dyn Fn(&mut String) + Send + Sync;

/// The text of an article: safe HTML with final addresses.
#[derive(Clone)]
pub struct Prose {
    hash: Hash,
    html: Html,
}

#[derive(Clone)]
enum Html {
    Made(Arc<str>),
    Later { make: Arc<Make>, changes: Vec<Arc<Change>> },
}

impl Prose {
    /// A text that `make` makes when it is asked for; `hash` is that of what will be made.
    pub(crate) fn later(
        hash: Hash,
        make: impl Fn() -> Result<String, Diagnostic> + Send + Sync + 'static,
    ) -> Self {
        Self { hash, html: Html::Later { make: Arc::new(make), changes: Vec::new() } }
    }

    /// The HTML.
    ///
    /// # Errors
    ///
    /// When it is to be made of a file that has changed since the edition was read.
    pub fn html(&self) -> Result<Arc<str>, Diagnostic> {
        match &self.html {
            Html::Made(html) => Ok(html.clone()),
            Html::Later { make, changes } => {
                let mut html = make()?;
                changes.iter().for_each(|change| change(&mut html));
                Ok(html.into())
            }
        }
    }

    /// The HTML, where it is there.
    pub(crate) fn made(&self) -> Option<&str> {
        match &self.html {
            Html::Made(html) => Some(html),
            Html::Later { .. } => None,
        }
    }

    /// The hash of the HTML, and of the names of what changed it.
    pub(crate) fn hash(&self) -> Hash {
        self.hash
    }

    /// Changes the HTML; `name` says what the change is: two that differ have other names.
    pub(crate) fn change(
        &mut self,
        name: &str,
        change: impl Fn(&mut String) + Send + Sync + 'static,
    ) {
        self.hash = hash(&[&self.hash, name.as_bytes()]);
        match &mut self.html {
            Html::Made(html) => {
                let mut changed = html.to_string();
                change(&mut changed);
                *html = changed.into();
            }
            Html::Later { changes, .. } => changes.push(Arc::new(change)),
        }
    }
}

impl From<String> for Prose {
    fn from(html: String) -> Self {
        Self { hash: hash(&[html.as_bytes()]), html: Html::Made(html.into()) }
    }
}

impl Default for Prose {
    fn default() -> Self {
        Self::from(String::new())
    }
}

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.html {
            Html::Made(html) => f.debug_tuple("Prose").field(html).finish(),
            Html::Later { .. } => f.debug_tuple("Prose").field(&self.hash).finish(),
        }
    }
}
