//! The shell inside the program, so that a publisher needs one file.
//!
//! It belongs to the program and not to the library: so the library and what it is made of are compiled while the
//! shell is being built. The compiler watches every file of `dist/`, and Trunk writes all of them anew.

use anyhow::Result;
use press::shell::Shell;

/// The files of the shell. Lints and documentation do not need them.
#[cfg(feature = "embedded-shell")]
#[derive(rust_embed::Embed)]
#[folder = "../dist"]
#[cfg_attr(any(clippy, doc), allow_missing = true)]
struct Files;

/// The shell that the program was built with.
#[cfg(feature = "embedded-shell")]
pub(crate) fn read() -> Result<Shell> {
    use anyhow::Context as _;
    let file = |name: std::borrow::Cow<'static, str>| {
        let file = Files::get(&name)?;
        Some((name.into_owned(), file.data.into_owned()))
    };
    Shell::from_files(Files::iter().filter_map(file).collect())
        .context("the shell in this program is not complete: name another with --shell")
}

/// Says what to do without a shell.
#[cfg(not(feature = "embedded-shell"))]
pub(crate) fn read() -> Result<Shell> {
    anyhow::bail!(
        "this press was built without a shell: take the one of a release or of `make press`, or name the folder \
         that `make shell` built with --shell dist"
    )
}
