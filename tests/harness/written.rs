//! Editions that a test writes itself.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::{Paper, Result};

/// An edition that is being written, in a folder that goes with the value.
pub struct WrittenEdition(TempDir);

impl WrittenEdition {
    /// Begins one with this `site.toml`.
    pub fn begin(site: &str) -> Result<Self> {
        let edition = Self(tempfile::tempdir()?);
        edition.file("site.toml", site)?;
        Ok(edition)
    }

    /// Writes a file, by its name relative to the edition.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> Result {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/")))?;
        Ok(fs::write(path, bytes)?)
    }

    /// Writes an article, by its name relative to `content/` and without an ending. `fields` are lines of YAML.
    pub fn article(&self, name: &str, fields: &str, body: &str) -> Result {
        self.file(&format!("content/{name}.md"), format!("---\n{fields}---\n{body}"))
    }

    /// Prints it, at this base path if there is one.
    pub fn print(&self, base: Option<&str>) -> Result<Paper> {
        Paper::print(self.0.path(), base)
    }
}
